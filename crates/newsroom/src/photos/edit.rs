//! Changes what is said of a photo.

use domain::audit::AuditAction;
use domain::event::EventKind;
use domain::id::PhotoId;
use domain::photo::facts::PhotoFacts;
use domain::photo::patch::PhotoPatch;
use domain::policy::right::EditPhotos;
use domain::thing::Thing;
use domain::version::Seen;
use serde_json::json;

use super::shown::stays_publishable;
use super::{AGENCIES, Print, held, knows_creators, news};
use crate::cx::{Cx, Deed, Recorded};
use crate::error::Error;

/// Replaces the facts that `patch` names. What readers see changes with it, at once, in every article.
pub fn edit(cx: &mut Cx<'_>, id: PhotoId, seen: Seen, patch: &PhotoPatch) -> Result<Recorded<Print>, Error> {
    let before = held::<EditPhotos>(cx, id)?;
    if !seen.covers(before.version) {
        return Err(Error::Stale(before.version));
    }
    knows_creators(cx, patch)?;
    let old = (*before).clone();
    let now = cx.now;
    let after = before.map(|photo| photo.edited(patch.clone(), &AGENCIES, now));
    stays_publishable(cx, &old, &after)?;
    let version = cx.tx.change_photo(&after, seen)?;
    let mut photo = after.into_inner();
    photo.version = version;
    if photo.facts.focal_point != old.facts.focal_point {
        // A crop round the old point is no crop of this photo.
        cx.tx.drop_crops(id)?;
    }
    if written(&photo.facts) != written(&old.facts) {
        cx.tx.order_renditions(id, now)?;
    }
    let deed = Deed {
        action: AuditAction::PhotoChanged,
        subject: Thing::Photo(id),
        detail: json!({"version": version, "changed": patch.names()}),
    };
    let print = Print::of(cx.tx, photo)?;
    cx.record(deed, Some(news(EventKind::PhotoChanged, id)), print)
}

/// What of the facts is in the renditions.
fn written(facts: &PhotoFacts) -> impl PartialEq + '_ {
    let PhotoFacts { credit, copyright_notice, web_statement_url, licensors, focal_point, .. } = facts;
    (credit, copyright_notice, web_statement_url, licensors, focal_point)
}
