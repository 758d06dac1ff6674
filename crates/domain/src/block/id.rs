//! The identities of blocks. Giving them out is the body's business.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::json::from_text;
use crate::schema::{self, described};
use crate::violation::{Rule, Violation};

/// The identity of a block within its article: letters, digits, `-` and `_`, so that it can stand in an address.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BlockId(String);

impl BlockId {
    /// Longest id, in characters: a UUID with its hyphens fits.
    pub const MAX_CHARS: usize = 40;

    /// The form as a regular expression, for the OpenAPI document.
    pub const PATTERN: &'static str = "^[A-Za-z0-9_-]{1,40}$";

    /// One for the OpenAPI document.
    /// An example for the OpenAPI document.
    pub const EXAMPLE: &'static str = "b7";

    /// Parses an id.
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        crate::text::length(raw, 1..=Self::MAX_CHARS)?;
        if !raw.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')) {
            return Err(Violation::new(Rule::BadFormat, "takes the letters A to Z, digits, - and _"));
        }
        Ok(Self(raw.to_owned()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

from_text!(BlockId);

described!(BlockId: schema::text(
    "The identity of a block within its article, stable from revision to revision.", 1, Self::MAX_CHARS, Self::EXAMPLE,
).pattern(Some(Self::PATTERN)));

impl fmt::Display for BlockId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for BlockId {
    type Error = Violation;

    fn try_from(raw: String) -> Result<Self, Violation> {
        Self::parse(&raw)
    }
}

impl From<BlockId> for String {
    fn from(id: BlockId) -> Self {
        id.0
    }
}
