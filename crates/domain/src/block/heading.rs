//! Headings inside a body. The headline is not one.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::schema::{self, described};
use crate::slug::Slug;
use crate::span::Spans;
use crate::violation::{Rule, Violation};

/// A subhead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Heading {
    /// How deep.
    pub level: HeadingLevel,
    /// Where an address with `#` leads. Absent only until the body is assembled, which makes one from the text.
    pub anchor: Option<Slug>,
    /// The text.
    pub content: Spans,
}

/// The level of a heading: 2 to 4. Level 1 is the headline, and below 4 nobody can tell levels apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u64", into = "u64")]
pub struct HeadingLevel(u8);

impl HeadingLevel {
    /// The highest level inside a body.
    pub const MIN: u8 = 2;
    /// The lowest level inside a body.
    pub const MAX: u8 = 4;

    /// Parses a level.
    pub fn parse(raw: u64) -> Result<Self, Violation> {
        u8::try_from(raw)
            .ok()
            .filter(|level| (Self::MIN..=Self::MAX).contains(level))
            .map(Self)
            .ok_or_else(|| Violation::new(Rule::OutOfRange, "must be 2, 3 or 4"))
    }

    /// The bare number.
    pub const fn number(self) -> u8 {
        self.0
    }
}

described!(HeadingLevel: schema::count_from(
    Self::MIN, "The level of a heading. Level 1 is the headline.",
).maximum(Some(Self::MAX)));

impl TryFrom<u64> for HeadingLevel {
    type Error = Violation;

    fn try_from(raw: u64) -> Result<Self, Violation> {
        Self::parse(raw)
    }
}

impl From<HeadingLevel> for u64 {
    fn from(level: HeadingLevel) -> Self {
        level.0.into()
    }
}
