//! How far the working copy is. Whether readers see the article is another axis: see `publication`.

use crate::codes::codes;

codes! {
    /// The stage of a working copy.
    pub enum Stage {
        /// Being written.
        Draft = "draft",
        /// Handed in, waiting for an editor.
        InReview = "in_review",
        /// Approved: who may not publish no longer changes it.
        Ready = "ready",
    }
}
