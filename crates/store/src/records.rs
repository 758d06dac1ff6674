//! What every write leaves behind: audit entries, events, and answers that can be given again.

use domain::audit::AuditEntry;
use domain::event::Event;
use domain::id::{AuditId, EventId, UserId};
use domain::paging::From;
use domain::surrogate_key::SurrogateKey;
use domain::thing::Thing;
use domain::time::Moment;

use crate::error::Error;

/// Which entries of the audit log are asked for, newest first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Only what this user did.
    pub actor: Option<UserId>,
    /// Only what was done to this thing.
    pub subject: Option<Thing>,
    /// Only what lies there.
    pub from: Option<From<AuditId>>,
}

/// An event in the order in which events are passed on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sequenced {
    /// Its place; numbers grow, and may skip.
    pub seq: i64,
    /// What happened.
    pub event: Event,
}

/// What an event purges.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purge {
    /// The place of the event.
    pub seq: i64,
    /// The event.
    pub event: EventId,
    /// When it was made.
    pub at: Moment,
    /// What shows what it tells of.
    pub keys: Vec<SurrogateKey>,
}

/// Who goes through the outbox, whichever node it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passage {
    /// Who tells a CDN what to let go of.
    Cdn,
    /// Who writes the feed of changes.
    Changes,
    /// Who tells it again a while later, for what it fetched in between from a node that did not know yet.
    CdnAgain,
}

impl Passage {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Cdn => "cdn",
            Self::Changes => "changes",
            Self::CdnAgain => "cdn again",
        }
    }
}

/// What a request was answered, kept for the same request to come again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAnswer {
    /// SHA-256 of the request that it answers.
    pub fingerprint: [u8; 32],
    /// The answer as the edge wrote it.
    pub answer: String,
    /// From when on it is forgotten.
    pub expires_at: Moment,
}

/// The audit log, the outbox and kept answers.
pub trait Records {
    /// Adds an entry to the audit log. There is no way to change or remove one.
    fn add_audit_entry(&mut self, entry: &AuditEntry) -> Result<(), Error>;

    /// Up to `limit` entries of the audit log, newest first; those before one backwards.
    fn audit_entries(&mut self, filter: AuditFilter, limit: u16) -> Result<Vec<AuditEntry>, Error>;

    /// Puts an event into the outbox, to be passed on once the transaction is committed. Where its keys name a tag or a
    /// contributor that was merged, it purges what shows the survivor too; where they name a contributor, their portrait.
    fn add_event(&mut self, event: &Event) -> Result<(), Error>;

    /// The same of several, in their order.
    fn add_events(&mut self, events: &[Event]) -> Result<(), Error>;

    /// Up to `limit` events behind the place `after`, oldest first; 0 is before the first.
    fn events(&mut self, after: i64, limit: u16) -> Result<Vec<Sequenced>, Error>;

    /// What those behind the place `after` and up to the place `last` purge, oldest first; those that purge nothing are left
    /// out. Events of a later release are read too.
    fn purges(&mut self, after: i64, last: i64, limit: u16) -> Result<Vec<Purge>, Error>;

    /// Whether there are events behind the place of `passage`, and nobody is at them at `now`.
    fn is_behind(&mut self, passage: Passage, now: Moment) -> Result<bool, Error>;

    /// Takes the place of `passage` until `lease`, and tells it; `None` where another has it at `now`. The first time, it is
    /// behind the last event.
    fn take_place(&mut self, passage: Passage, now: Moment, lease: Moment) -> Result<Option<i64>, Error>;

    /// Moves the place of `passage` to `seq`, and lets others have it at `free`.
    fn leave_place(&mut self, passage: Passage, seq: i64, free: Moment) -> Result<(), Error>;

    /// The place of the last event; 0 while there is none.
    fn last_event(&mut self) -> Result<i64, Error>;

    /// Takes `scope` until the transaction ends; `false` where another transaction has it.
    fn take_scope(&mut self, scope: &[u8; 32]) -> Result<bool, Error>;

    /// What was kept under `scope`, the SHA-256 of operation, actor and key, unless it is forgotten by `now`.
    fn kept_answer(&mut self, scope: &[u8; 32], now: Moment) -> Result<Option<KeptAnswer>, Error>;

    /// Keeps an answer; one that was forgotten by `now` makes room.
    fn keep_answer(&mut self, scope: &[u8; 32], answer: &KeptAnswer, now: Moment) -> Result<(), Error>;

    /// Removes up to `limit` answers that are forgotten by `now`, and tells how many.
    fn sweep_answers(&mut self, now: Moment, limit: u16) -> Result<usize, Error>;

    /// A fact of this installation, such as the fingerprint of its keys.
    fn fact(&mut self, name: &str) -> Result<Option<String>, Error>;

    /// Sets a fact of this installation.
    fn set_fact(&mut self, name: &str, value: &str) -> Result<(), Error>;
}
