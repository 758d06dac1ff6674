//! The numbers of revisions. Their content is not here, and their storage is the store's.

use std::fmt;

use crate::violation::{Rule, Violation};

/// The number of a revision within its article: 1, 2, 3 … without gaps, in the order of their saving.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RevisionNumber(u32);

impl RevisionNumber {
    /// The revision with which an article begins.
    pub const FIRST: Self = Self(1);

    /// Takes over a number from an address or the store; 0 is refused.
    pub fn parse(raw: u32) -> Result<Self, Violation> {
        if raw >= 1 { Ok(Self(raw)) } else { Err(Violation::new(Rule::OutOfRange, "must be 1 or more")) }
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

impl fmt::Display for RevisionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
