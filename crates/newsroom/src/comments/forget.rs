//! What privacy law gives a commenter: to be told all that is kept of them, and to be forgotten.

use domain::actor::Actor;
use domain::audit::{AuditAction, AuditEntry};
use domain::comment::email::CommenterEmail;
use domain::comment::private::{KeyedHash, Private};
use domain::comment::search::Edit;
use domain::comment::state::{CommentState, Decided};
use domain::comment::{Author, Comment, Decision};
use domain::event::{Event, EventKind};
use domain::id::{AuditId, CommentId, EventId};
use domain::policy::grant_house;
use domain::policy::right::ForgetCommenters;
use domain::surrogate_key::SurrogateKey;
use domain::thing::Thing;
use domain::time::Moment;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::comments::OwnComment;
use store::tx::Tx;

use super::keys;
use crate::asked::{Ids, Origin};
use crate::error::Error;
use crate::room::Newsroom;

/// How many comments are forgotten in one transaction, so that nobody waits long behind it.
const BATCH: u16 = 200;

/// Most comments of one commenter that are told at once: some 400 KB, and more than most have written.
pub const TOLD_AT_ONCE: u16 = 200;

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

/// Comments of a commenter, oldest first.
#[derive(Debug, Clone)]
pub struct Told {
    /// They.
    pub comments: Vec<Remembered>,
    /// The last of them, where there are more behind it.
    pub more_after: Option<CommentId>,
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
    /// Tells all that is kept of the commenter of this mailbox, so many comments at a time, behind the one `after`. It is
    /// noted that it was told, not to whom it belongs.
    pub async fn export_commenter(
        &self,
        by: By,
        email: &CommenterEmail,
        after: Option<CommentId>,
    ) -> Result<Told, Error> {
        let (mailbox, now, newsroom) = (self.mailbox(email), self.now(), self.clone());
        let told = self.room().parts.store.write(move |tx| {
            granted(&by)?;
            let mut found = tx.comments_of_mailbox(&mailbox, after, TOLD_AT_ONCE + 1)?;
            let more = found.len() > usize::from(TOLD_AT_ONCE);
            found.truncate(TOLD_AT_ONCE.into());
            let mut comments = Vec::with_capacity(found.len());
            for (comment, private) in found {
                let edits = tx.edits_of_comment(comment.id)?;
                comments.push(Remembered { comment, private, edits });
            }
            let detail = json!({"comments": comments.len()});
            tx.add_audit_entry(&newsroom.noted(&by, AuditAction::CommenterExported, detail, now))?;
            let more_after = comments.last().map(|last| last.comment.id).filter(|_| more);
            Ok::<_, Error>(Told { comments, more_after })
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
                let found = tx.comments_of_mailbox(&mailbox, None, BATCH)?;
                tx.hold_threads_of(&found.iter().map(|(comment, _)| comment.id).collect::<Vec<_>>())?;
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
                // Where that fails, whoever asks again finds nothing to forget, and it is done then.
                self.room().parts.store.scrub().await?;
                return Ok(forgotten);
            }
        }
    }

    fn mailbox(&self, email: &CommenterEmail) -> KeyedHash {
        keys::of_email(&self.room().parts.comment_key, email)
    }

    fn noted(&self, by: &By, action: AuditAction, detail: serde_json::Value, at: Moment) -> AuditEntry {
        let (actor, origin) = match by {
            By::Admin(actor, origin) => (Some(actor), Some(origin)),
            By::Operator => (None, None),
        };
        AuditEntry {
            id: AuditId::new(self.room().parts.ids.draw()),
            at,
            actor: actor.map(|actor| actor.user),
            api_key: actor.and_then(Actor::api_key),
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

/// Forgets one comment, as it is once its thread is held: until then others may decide on it, report it or answer it.
fn forget(tx: &mut dyn Tx, ids: &Ids, found: &Comment, now: Moment) -> Result<(), Error> {
    let Some(OwnComment { comment: before, private: _ }) = tx.own_comment(found.article, found.id)? else {
        return Ok(());
    };
    let decision = Decision { by: Decided::Erasure, reason: None, at: now };
    let after = Comment { author: Author::Forgotten, text: None, ..before.clone() };
    tx.forget_comment(&before, &after.decided(CommentState::Removed, decision))?;
    let keys = if before.is_listed() { vec![SurrogateKey::thread(before.article)] } else { Vec::new() };
    let (id, subject) = (EventId::new(ids.draw()), Thing::Comment(before.id));
    Ok(tx.add_event(&Event { id, at: now, kind: EventKind::CommentHidden, subject, keys })?)
}
