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
use crate::error::Error;

/// Deletes a photo that no article uses.
pub fn delete(cx: &mut Cx<'_>, id: PhotoId, seen: Seen) -> Result<Recorded<()>, Error> {
    let photo = held::<DeletePhotos>(cx, id)?;
    if !seen.covers(photo.version) {
        return Err(Error::Stale(photo.version));
    }
    let articles = cx.tx.articles_of_photo(id, MOST_USERS)?;
    if !articles.is_empty() {
        return Err(Error::InUse(articles));
    }
    cx.tx.delete_photo(&photo, seen)?;
    let detail = json!({"hash": photo.file.hash, "file_name": photo.file.name});
    let deed = Deed { action: AuditAction::PhotoDeleted, subject: Thing::Photo(id), detail };
    cx.record(deed, Some(news(EventKind::PhotoDeleted, id)), ())
}
