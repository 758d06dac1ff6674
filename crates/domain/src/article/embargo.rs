//! The embargo: a prohibition on showing an article, where a schedule is an intention.

use crate::text;
use crate::time::Moment;
use crate::violation::Violation;

/// Nobody outside the newsroom sees the article before it ends. It belongs to the article, not to a revision, and
/// acts at once (ruling 1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Embargo {
    /// The first instant at which the article may be shown; without it the embargo holds until it is lifted.
    pub until: Option<Moment>,
    /// Who imposed it and why, for the newsroom only.
    pub note: Option<EmbargoNote>,
}

/// Why there is an embargo: internal, never delivered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EmbargoNote(String);

impl EmbargoNote {
    /// Longest note, in Unicode scalar values: a source's condition in a few sentences.
    pub const MAX_CHARS: usize = 500;

    /// Parses a note of one or more lines.
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        let note = text::lines(raw)?;
        text::length(&note, 1..=Self::MAX_CHARS)?;
        Ok(Self(note))
    }

    /// The note as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The first instant at or after `at` at which `embargo` allows showing; `None` while it has no end.
pub fn allowed_from(embargo: Option<&Embargo>, at: Moment) -> Option<Moment> {
    match embargo {
        None => Some(at),
        Some(embargo) => embargo.until.map(|until| until.max(at)),
    }
}
