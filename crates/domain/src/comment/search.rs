//! By what comments are looked for, and what is kept beside one. The looking is the store's.

use super::ReportReason;
use super::private::KeyedHash;
use super::state::CommentState;
use super::step::Step;
use super::text::CommentText;
use crate::id::{ArticleId, CommentId, SectionId};
use crate::paging::From;
use crate::time::Moment;

/// Which comments are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CommentFilter {
    /// Only in one of these states; in any where there are none.
    pub states: Vec<CommentState>,
    /// Only about this article.
    pub article: Option<ArticleId>,
    /// Only about articles of one of these sections; of any where there are none.
    pub sections: Vec<SectionId>,
    /// Only of the commenter of this trace.
    pub commenter: Option<KeyedHash>,
    /// Only about which this step decided.
    pub step: Option<Step>,
    /// Only with these words in text or name, in any case.
    pub words: Option<String>,
    /// Only those that readers reported, or only those that none did.
    pub reported: Option<Reported>,
    /// Only what lies there in that order.
    pub from: Option<From<CommentId>>,
    /// In which order.
    pub order: QueueOrder,
}

/// Whether readers reported a comment since a moderator last decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reported {
    /// Some did.
    Yes,
    /// Nobody did.
    No,
}

/// The order of a list of comments.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum QueueOrder {
    /// Those that came in last first.
    #[default]
    NewestFirst,
    /// Those that wait for longest first.
    OldestFirst,
}

/// What a comment said before its writer changed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What it said.
    pub text: CommentText,
    /// Until when.
    pub replaced_at: Moment,
}

/// Reports of a comment that give the same reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reports {
    /// The reason; `None` of those that give none.
    pub reason: Option<ReportReason>,
    /// How many readers gave it.
    pub count: u32,
}
