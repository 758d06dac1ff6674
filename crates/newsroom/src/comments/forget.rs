//! What privacy law gives a commenter: to be told all that is kept of them, and to be forgotten.

use domain::actor::Actor;
use domain::audit::{AuditAction, AuditEntry};
use domain::comment::email::CommenterEmail;
use domain::comment::private::{KeyedHash, Private};
use domain::comment::search::Edit;
use domain::comment::state::{CommentState, Decided};
use domain::comment::{Author, Comment, Decision};
use domain::event::{Event, EventKind};
use domain::id::{AuditId, EventId};
use domain::policy::grant_house;
use domain::policy::right::ForgetCommenters;
use domain::surrogate_key::SurrogateKey;
use domain::thing::Thing;
use domain::time::Moment;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::tx::Tx;

use super::keys;
use crate::asked::{Ids, Origin};
use crate::error::Error;
use crate::room::Newsroom;

/// How many comments are forgotten in one transaction, so that nobody waits long behind it.
const BATCH: u16 = 200;

/// Most comments of one commenter that are told: more than one person has written anywhere.
pub const MOST_TOLD: u16 = 10_000;

/// What was forgotten.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Forgotten {
    /// How many comments.
    pub comments: usize,
}

/// A comment of a commenter with all that is kept of it.
#[derive(Debug, Clone)]
pub struct Remembered {
    /// It.
    pub comment: Comment,
    /// What is private of it.
    pub private: Private,
    /// What it said before.
    pub edits: Vec<Edit>,
}

/// Who asks for it.
#[derive(Debug, Clone)]
pub enum By {
    /// An admin, and whence.
    Admin(Actor, Origin),
    /// An operator at the machine.
    Operator,
}

impl Newsroom {
    /// Tells all that is kept of the commenter of this mailbox. It is noted that it was told, not to whom it belongs.
    pub async fn export_commenter(&self, by: By, email: &CommenterEmail) -> Result<Vec<Remembered>, Error> {
        let (mailbox, now, newsroom) = (self.mailbox(email), self.now(), self.clone());
        let told = self.room().parts.store.write(move |tx| {
            granted(&by)?;
            let mut told = Vec::new();
            for (comment, private) in tx.comments_of_mailbox(&mailbox, MOST_TOLD)? {
                let edits = tx.edits_of_comment(comment.id)?;
                told.push(Remembered { comment, private, edits });
            }
            let detail = json!({"comments": told.len()});
            tx.add_audit_entry(&newsroom.noted(&by, AuditAction::CommenterExported, detail, now))?;
            Ok::<_, Error>(told)
        });
        told.await
    }

    /// Forgets the commenter of this mailbox: their names, texts, addresses and what these were before are gone; where
    /// readers see replies to them, an empty place stays. Bans stay: they tell of nobody.
    pub async fn forget_commenter(&self, by: By, email: &CommenterEmail) -> Result<Forgotten, Error> {
        let (mailbox, now) = (self.mailbox(email), self.now());
        let mut forgotten = Forgotten::default();
        loop {
            let (newsroom, who) = (self.clone(), by.clone());
            let batch = self.room().parts.store.write(move |tx| {
                granted(&who)?;
                let found = tx.comments_of_mailbox(&mailbox, BATCH)?;
                for (comment, _) in &found {
                    forget(tx, &newsroom.room().parts.ids, comment, now)?;
                }
                if found.len() < usize::from(BATCH) {
                    let detail = json!({"comments": forgotten.comments + found.len()});
                    let entry = newsroom.noted(&who, AuditAction::CommenterForgotten, detail, now);
                    tx.add_audit_entry(&entry)?;
                }
                Ok::<_, Error>(found.len())
            });
            let done = batch.await?;
            forgotten.comments += done;
            if done < usize::from(BATCH) {
                return Ok(forgotten);
            }
        }
    }

    fn mailbox(&self, email: &CommenterEmail) -> KeyedHash {
        keys::of_email(&self.room().parts.comment_key, email)
    }

    fn noted(&self, by: &By, action: AuditAction, detail: serde_json::Value, at: Moment) -> AuditEntry {
        let (actor, origin) = match by {
            By::Admin(actor, origin) => (Some(actor.user), Some(origin)),
            By::Operator => (None, None),
        };
        AuditEntry {
            id: AuditId::new(self.room().parts.ids.draw()),
            at,
            actor,
            address: origin.map(|origin| origin.address),
            request: origin.map(|origin| origin.request),
            action,
            subject: Thing::Site,
            detail,
        }
    }
}

fn granted(by: &By) -> Result<(), Error> {
    if let By::Admin(actor, _) = by {
        grant_house::<ForgetCommenters>(actor)?;
    }
    Ok(())
}

/// Forgets one comment.
fn forget(tx: &mut dyn Tx, ids: &Ids, before: &Comment, now: Moment) -> Result<(), Error> {
    tx.hold_thread(before.article)?;
    let decision = Decision { by: Decided::Erasure, reason: None, at: now };
    let after = Comment { author: Author::Forgotten, text: None, ..before.clone() };
    tx.forget_comment(before, &after.decided(CommentState::Removed, decision))?;
    let keys = if before.is_listed() { vec![SurrogateKey::thread(before.article)] } else { Vec::new() };
    let (id, subject) = (EventId::new(ids.draw()), Thing::Comment(before.id));
    Ok(tx.add_event(&Event { id, at: now, kind: EventKind::CommentHidden, subject, keys })?)
}
