//! Why something does not fit the present state of a comment or of its thread.

use std::fmt;

use crate::codes::codes;

codes! {
    /// A state of a comment that a decision does not fit.
    pub enum CommentConflict {
        /// The comment is in that state already.
        Decided = "decided",
        /// The writer took the comment away, or had it forgotten.
        Gone = "gone",
        /// Only what readers see can be replied to or featured.
        NotVisible = "not_visible",
    }
}

impl CommentConflict {
    /// What to do about it, for a person.
    pub const fn detail(self) -> &'static str {
        match self {
            Self::Decided => "the comment is in that state already",
            Self::Gone => "the writer took the comment away, or had it forgotten",
            Self::NotVisible => "readers do not see the comment: approve it first",
        }
    }
}

impl fmt::Display for CommentConflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.detail())
    }
}

codes! {
    /// Why a thread takes no comments.
    pub enum ClosedBecause {
        /// The article has no comments.
        Disabled = "disabled",
        /// An editor closed the thread.
        Closed = "closed",
        /// The time for comments is over.
        TimeOver = "time_over",
    }
}
