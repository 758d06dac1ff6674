//! Corrections of what was published. They are only ever added: a mistaken one is superseded, not edited away.

use crate::block::id::BlockId;
use crate::bounded::bounded;
use crate::codes::codes;
use crate::id::{CorrectionId, UserId};
use crate::time::Moment;

codes! {
    /// What a correction does to what readers were told.
    pub enum CorrectionKind {
        /// Something was wrong, and here is what is right.
        Correction = "correction",
        /// Something could be misread.
        Clarification = "clarification",
        /// Something happened since.
        Update = "update",
        /// The editors explain themselves.
        EditorsNote = "editors_note",
        /// The article as a whole does not stand, though it stays to be read.
        Retraction = "retraction",
    }
}

/// A correction as readers see it from the moment on which it is posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Its identity.
    pub id: CorrectionId,
    /// What it does.
    pub kind: CorrectionKind,
    /// What readers are told.
    pub text: CorrectionText,
    /// The block that it concerns; `None` for the article as a whole.
    pub block: Option<BlockId>,
    /// When it was posted.
    pub published_at: Moment,
    /// Who posted it, for the newsroom only.
    pub author: UserId,
    /// The later correction that took its place; readers then see only that one.
    pub superseded_by: Option<CorrectionId>,
}

bounded! {
    /// The text of a correction.
    CorrectionText: lines up to 2000, "several paragraphs, which a retraction may need",
        like "An earlier version gave the wrong year of the flood.";
}
