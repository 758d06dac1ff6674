//! Which state of a changeable thing somebody saw: the ground of `If-Match`. The comparison itself is the store's.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize};

use crate::schema::{self, described};
use crate::violation::{Rule, Violation};

/// How often a thing was written, from 1: it grows by one with each write and never stands still over a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Version(i64);

impl Version {
    /// The version of what was just made.
    pub const FIRST: Self = Self(1);

    /// Takes over a version from the store or a header; zero and below are refused.
    pub fn parse(raw: i64) -> Result<Self, Violation> {
        if raw >= 1 { Ok(Self(raw)) } else { Err(Violation::new(Rule::OutOfRange, "must be 1 or more")) }
    }

    /// The number, for the store and the `ETag`.
    pub const fn number(self) -> i64 {
        self.0
    }

    /// The version after one more write.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }
}

/// Read back from an answer that was kept.
impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::parse(i64::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

described!(Version: schema::count_from(1, "How often it was written: the version of its `ETag` and of `If-Match`."));

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a writer says to have seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// Exactly this version: any other at the time of the write is refused as stale.
    Version(Version),
    /// `If-Match: *`, the stated wish to overwrite whatever is there.
    Any,
}

impl Seen {
    /// Whether a write over `current` is what the writer meant.
    pub fn covers(self, current: Version) -> bool {
        match self {
            Self::Version(seen) => seen == current,
            Self::Any => true,
        }
    }
}
