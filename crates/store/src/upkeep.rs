//! What has to be done as time goes by: changes to be announced, and what may be forgotten.

use domain::event::EventKind;
use domain::id::ArticleId;
use domain::time::Moment;

use crate::error::Error;

/// What readers see or no longer see since an instant, by the clock alone. Reads are right without it; others are told
/// by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueChange {
    /// Of which article.
    pub article: ArticleId,
    /// Since when.
    pub at: Moment,
    /// What happened then.
    pub kind: EventKind,
}

/// The work of workers.
pub trait Upkeep {
    /// Up to `limit` changes of up to `until` that nobody has announced, oldest first.
    fn due_changes(&mut self, until: Moment, limit: u16) -> Result<Vec<DueChange>, Error>;

    /// Takes those to announce them in this transaction, and with them what else of the same articles is due by the last of
    /// them: no other transaction takes it too.
    fn take_due_changes(&mut self, until: Moment, limit: u16) -> Result<Vec<DueChange>, Error>;

    /// Whether something of this article was due by `until`.
    fn has_change_of(&mut self, article: ArticleId, until: Moment) -> Result<bool, Error>;

    /// Takes those of one article that were due by `until`, oldest first, to announce them before something else is told of it.
    fn take_changes_of(&mut self, article: ArticleId, until: Moment) -> Result<Vec<DueChange>, Error>;

    /// Removes up to `limit` invitations that were over before `before`, and tells how many.
    fn sweep_invitations(&mut self, before: Moment, limit: u16) -> Result<usize, Error>;

    /// Removes up to `limit` links to working copies that were over before `before`, and tells how many.
    fn sweep_preview_tokens(&mut self, before: Moment, limit: u16) -> Result<usize, Error>;
}
