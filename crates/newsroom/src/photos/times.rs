//! Announces what becomes of photos by the clock: rights that end soon, that have ended, and embargoes that are over.

use domain::audit::{AuditAction, AuditEntry};
use domain::event::{Event, EventKind};
use domain::id::{AuditId, EventId};
use domain::thing::Thing;
use domain::time::Moment;
use serde_json::json;
use store::tx::Tx;

use super::keys_with_users;
use crate::asked::Ids;
use crate::error::Error;

/// Announces up to `limit` changes of up to `until`, in one transaction, and tells how many. That a photo went from what
/// readers see stands in the audit log too, with the articles that lost it.
pub(crate) fn announce(tx: &mut dyn Tx, ids: &Ids, until: Moment, limit: u16) -> Result<usize, Error> {
    let mut taken = 0;
    for change in tx.due_photo_changes(until, limit)? {
        if !tx.take_photo_change(&change)? {
            continue;
        }
        let subject = Thing::Photo(change.photo);
        if change.kind == EventKind::PhotoRightsEnded {
            let articles = tx.shown_with_photo(change.photo, change.at)?;
            let articles: Vec<_> = articles.into_iter().map(|(article, _)| article).collect();
            tx.add_audit_entry(&AuditEntry {
                id: AuditId::new(ids.draw()),
                at: change.at,
                actor: None,
                api_key: None,
                address: None,
                request: None,
                action: AuditAction::PhotoRightsEnded,
                subject,
                detail: json!({"articles": articles}),
            })?;
        }
        let keys = match change.kind {
            // Nothing that readers see is another one.
            EventKind::PhotoRightsEnding => Vec::new(),
            _ => keys_with_users(tx, change.photo, change.at)?,
        };
        let id = EventId::new(ids.draw());
        tx.add_event(&Event { id, at: change.at, kind: change.kind, subject, keys })?;
        taken += 1;
    }
    Ok(taken)
}
