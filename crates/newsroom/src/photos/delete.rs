//! Deletes a photo that nothing uses. Its bytes are swept once no row names them.

use domain::audit::AuditAction;
use domain::event::EventKind;
use domain::id::PhotoId;
use domain::policy::right::DeletePhotos;
use domain::thing::Thing;
use domain::version::Seen;
use serde_json::json;

use super::{MOST_USERS, held, news};
use crate::cx::{Cx, Deed, Recorded};
use crate::error::{Error, Users};

/// Deletes a photo that no article uses and that is no portrait.
pub fn delete(cx: &mut Cx<'_>, id: PhotoId, seen: Seen) -> Result<Recorded<()>, Error> {
    let photo = held::<DeletePhotos>(cx, id)?;
    if !seen.covers(photo.version) {
        return Err(Error::Stale(photo.version));
    }
    let articles = cx.tx.articles_of_photo(id, MOST_USERS)?;
    let contributors = cx.tx.contributors_with_portrait(id, MOST_USERS)?;
    Users { articles, contributors, ..Users::default() }.none()?;
    cx.tx.delete_photo(&photo, seen)?;
    let detail = json!({"hash": photo.file.hash, "file_name": photo.file.name});
    let deed = Deed { action: AuditAction::PhotoDeleted, subject: Thing::Photo(id), detail };
    cx.record(deed, Some(news(EventKind::PhotoDeleted, id)), ())
}
