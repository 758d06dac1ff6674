//! What a use case works with: the transaction, who acts, and when. And what it leaves behind.

use domain::actor::Actor;
use domain::audit::{AuditAction, AuditEntry};
use domain::event::{Event, EventKind};
use domain::id::{AuditId, EventId};
use domain::policy::{Granted, House, Right, grant_house};
use domain::site::Site;
use domain::surrogate_key::SurrogateKey;
use domain::thing::Thing;
use domain::time::Moment;
use serde_json::Value;
use store::tx::Tx;
use uuid::Uuid;

use crate::asked::{Ids, Origin};
use crate::error::Error;
use crate::grant::Grant;
use crate::upkeep::overdue;

/// A use case at work. It may be run again, so it keeps nothing outside the transaction.
pub struct Cx<'a> {
    /// The transaction.
    pub tx: &'a mut dyn Tx,
    /// Who acts.
    pub actor: Actor,
    /// When.
    pub now: Moment,
    pub(crate) site: &'a Site,
    pub(crate) ids: &'a Ids,
    pub(crate) origin: &'a Origin,
    /// What was granted so far.
    pub(crate) grants: Vec<Grant>,
}

/// What was done, for the audit log.
#[derive(Debug)]
pub struct Deed {
    /// What.
    pub action: AuditAction,
    /// To what.
    pub subject: Thing,
    /// What else is worth knowing: before and after, never a secret.
    pub detail: Value,
}

/// What others are told of it.
#[derive(Debug)]
pub struct News {
    /// What happened.
    pub kind: EventKind,
    /// Of what answers may be different now.
    pub keys: Vec<SurrogateKey>,
}

/// The answer of a write whose audit entry and event are stored with it.
#[derive(Debug)]
#[must_use]
pub struct Recorded<T>(T);

impl<T> Recorded<T> {
    /// The answer in another form.
    pub fn map<U>(self, form: impl FnOnce(T) -> U) -> Recorded<U> {
        Recorded(form(self.0))
    }

    /// The answer alone, for a bigger write of which this one is a part.
    pub fn into_inner(self) -> T {
        self.0
    }
}

/// The answers of many writes of one transaction, each recorded, beside what was not written.
impl<T> Recorded<Vec<T>> {
    /// No answer yet.
    pub(crate) const fn none() -> Self {
        Self(Vec::new())
    }

    /// These and the answer of one more write.
    pub(crate) fn and(mut self, next: Recorded<T>) -> Self {
        self.0.push(next.0);
        self
    }

    /// These and one that tells why nothing was written.
    pub(crate) fn with(mut self, unwritten: T) -> Self {
        self.0.push(unwritten);
        self
    }
}

impl<'a> Cx<'a> {
    /// A use case that begins.
    pub(crate) fn new(
        tx: &'a mut dyn Tx,
        actor: Actor,
        now: Moment,
        site: &'a Site,
        ids: &'a Ids,
        origin: &'a Origin,
    ) -> Self {
        Self { tx, actor, now, site, ids, origin, grants: Vec::new() }
    }
}

impl Cx<'_> {
    /// Grants a right that concerns the whole newsroom.
    pub(crate) fn house<R: Right>(&mut self) -> Result<Granted<House, R>, Error> {
        let granted = grant_house::<R>(&self.actor)?;
        self.grants.push(Grant::new(R::ACTION, None));
        Ok(granted)
    }

    /// A new id.
    pub(crate) fn id(&self) -> Uuid {
        self.ids.draw()
    }

    /// Stores what was done and, where readers or followers may care, the event; only this makes an answer of a write.
    pub(crate) fn record<T>(
        &mut self,
        deed: Deed,
        news: Option<News>,
        answer: T,
    ) -> Result<Recorded<T>, Error> {
        let Deed { action, subject, detail } = deed;
        let id = AuditId::new(self.id());
        self.tx.add_audit_entry(&AuditEntry {
            id,
            at: self.now,
            actor: Some(self.actor.user),
            api_key: self.actor.api_key(),
            address: Some(self.origin.address),
            request: Some(self.origin.request),
            action,
            subject,
            detail,
        })?;
        if let Some(News { kind, keys }) = news {
            // What readers see by the clock since is told before what they see by this, though nobody has announced it yet:
            // the later of two events tells how it is.
            let mut events = match subject {
                Thing::Article(article) if !keys.is_empty() => overdue(self.tx, self.ids, article, self.now)?,
                _ => Vec::new(),
            };
            events.push(Event { id: EventId::new(self.id()), at: self.now, kind, subject, keys });
            self.tx.add_events(&events)?;
        }
        Ok(Recorded(answer))
    }
}
