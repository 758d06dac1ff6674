//! Gives a photo another file: what is said of it, and where it is used, stays.

use domain::audit::AuditAction;
use domain::event::EventKind;
use domain::id::PhotoId;
use domain::photo::hash::ContentHash;
use domain::policy::right::EditPhotos;
use domain::thing::Thing;
use domain::version::Seen;
use domain::violation::{Rule, Violation};
use serde_json::json;

use super::shown::stays_publishable;
use super::{Developed, Print, held, news};
use crate::cx::{Cx, Deed, Recorded};
use crate::error::Error;

/// Puts `developed` in the place of the file of a photo. Bytes that are another photo already are refused; the same ones
/// change nothing.
pub fn replace(
    cx: &mut Cx<'_>,
    id: PhotoId,
    seen: Seen,
    hash: &ContentHash,
    developed: Option<&Developed>,
) -> Result<Recorded<Print>, Error> {
    let before = held::<EditPhotos>(cx, id)?;
    if !seen.covers(before.version) {
        return Err(Error::Stale(before.version));
    }
    let deed = |version| Deed {
        action: AuditAction::PhotoReplaced,
        subject: Thing::Photo(id),
        detail: json!({"version": version, "hash": hash}),
    };
    match cx.tx.photo_of_hash(hash)? {
        Some(holder) if holder == id => {
            let print = Print::of(cx.tx, before.into_inner())?;
            return cx.record(deed(print.photo.version), None, print);
        }
        Some(_) => return Err(Violation::new(Rule::Taken, "is another photo already").at("/file").into()),
        None => {}
    }
    let Some(Developed { file, metadata, facts, credit_from, renditions }) = developed else {
        return Err(Error::Collision);
    };
    let old = (*before).clone();
    let (now, from) = (cx.now, *credit_from);
    let after = before.map(|photo| photo.with_file(file.clone(), facts.clone(), from, now));
    stays_publishable(cx, &old, &after)?;
    let version = cx.tx.replace_photo(&after, seen, metadata, renditions)?;
    cx.tx.order_renditions(id, now)?;
    let mut photo = after.into_inner();
    photo.version = version;
    let print = Print::of(cx.tx, photo)?;
    cx.record(deed(version), Some(news(EventKind::PhotoChanged, id)), print)
}
