//! What has to be done as time goes by: changes to be announced, and what may be forgotten.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use domain::comment::settings::OpenDays;
use domain::event::EventKind;
use domain::id::{ArticleId, PhotoId};
use domain::time::Moment;

use crate::error::Error;

/// No two clocks that work together are so far apart, nor is a place in the outbox leased for so long: what is stamped later than
/// that by the present was stamped by a clock that was ahead and has been set right.
pub const FAR: TimeDelta = TimeDelta::minutes(2);

/// What a clock that was ahead announced before its time: readers see it as it was until that comes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PlannedAgain {
    /// Articles that readers see, and that change or disappear then.
    pub shown: BTreeSet<ArticleId>,
    /// Articles that appear then.
    pub hidden: BTreeSet<ArticleId>,
    /// Articles whose threads close then.
    pub closing: BTreeSet<ArticleId>,
    /// Photos whose embargo or use ends.
    pub photos: BTreeSet<PhotoId>,
}

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

    /// Whether a clock that was [far](FAR) ahead of `now` has stamped what is to be passed on, or what was passed on last.
    fn was_ahead(&mut self, now: Moment) -> Result<bool, Error>;

    /// Whether it still is so, once whoever else announces or sets it right has done so: to be asked in the transaction that does.
    fn is_first_to_set_right(&mut self, now: Moment) -> Result<bool, Error>;

    /// Lets nothing wait for the hour to which that clock dated it, and has what it announced before its time announced again
    /// when that comes. The site closes threads after so many days.
    fn set_right(&mut self, now: Moment, open_days: Option<OpenDays>) -> Result<PlannedAgain, Error>;

    /// Removes up to `limit` invitations that were over before `before`, and tells how many.
    fn sweep_invitations(&mut self, before: Moment, limit: u16) -> Result<usize, Error>;

    /// Removes up to `limit` links to working copies that were over before `before`, and tells how many.
    fn sweep_preview_tokens(&mut self, before: Moment, limit: u16) -> Result<usize, Error>;
}
