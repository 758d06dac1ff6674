//! Revisions: every save of the working copy, numbered. Their storage is the store's.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::content::Content;
use crate::bounded::bounded;
use crate::id::UserId;
use crate::schema::{self, described};
use crate::time::Moment;
use crate::violation::{Rule, Violation};

/// The number of a revision within its article: 1, 2, 3 … without gaps, in the order of their saving.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct RevisionNumber(u32);

impl RevisionNumber {
    /// The revision with which an article begins.
    pub const FIRST: Self = Self(1);

    /// Highest number: what the integers of both databases hold, and more saves than any article sees.
    pub const MAX: u32 = i32::MAX.unsigned_abs();

    /// Takes over a number from an address or the store; 0 is refused, and what is above [`RevisionNumber::MAX`].
    pub fn parse(raw: u32) -> Result<Self, Violation> {
        match raw {
            1..=Self::MAX => Ok(Self(raw)),
            0 => Err(Violation::new(Rule::OutOfRange, "must be 1 or more")),
            _ => Err(Violation::new(Rule::OutOfRange, "must be at most 2147483647")),
        }
    }

    /// The bare number.
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The number of the revision saved after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

described!(RevisionNumber: schema::count_from(1, "The number of a revision within its article, from 1 without gaps.")
    .maximum(Some(Self::MAX)));

impl fmt::Display for RevisionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<u32> for RevisionNumber {
    type Error = Violation;

    fn try_from(raw: u32) -> Result<Self, Violation> {
        Self::parse(raw)
    }
}

impl From<RevisionNumber> for u32 {
    fn from(number: RevisionNumber) -> Self {
        number.0
    }
}

/// One save of an article: what it said, who saved it, and when. It never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    /// Its place among the revisions of its article.
    pub number: RevisionNumber,
    /// Who saved it.
    pub author: UserId,
    /// What they noted about it.
    pub note: Option<RevisionNote>,
    /// When.
    pub saved_at: Moment,
    /// What it says.
    pub content: Content,
}

bounded! {
    /// What somebody notes about a save, or about what they hand in or return.
    RevisionNote: lines up to 500, "a few sentences to a colleague",
        like "Quote of the minister added";
}
