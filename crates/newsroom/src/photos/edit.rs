//! Changes what is said of a photo.

use domain::article::checks::photos::of_portrait;
use domain::article::content::change::Change;
use domain::audit::AuditAction;
use domain::block::photo::FocalPoint;
use domain::event::EventKind;
use domain::id::PhotoId;
use domain::photo::Photo;
use domain::photo::file::Rendition;
use domain::photo::hash::ContentHash;
use domain::photo::patch::PhotoPatch;
use domain::policy::right::EditPhotos;
use domain::thing::Thing;
use domain::version::Seen;
use serde_json::json;

use super::shown::stays_publishable;
use super::{AGENCIES, Print, held, keys_with_users, knows_creators, news};
use crate::asked::Asked;
use crate::cx::{Cx, Deed, News, Recorded};
use crate::error::Error;
use crate::room::Newsroom;

/// Crops of a photo round a focal point that it is to have.
#[derive(Debug, Clone)]
pub struct Crops {
    file: ContentHash,
    focal_point: Option<FocalPoint>,
    made: Vec<Rendition>,
}

impl Newsroom {
    /// The crops that an edit needs, made before it: so that no answer lists one that there is not yet, and editors see at
    /// once what they have done. `None` where it moves no focal point, and where there is no file to make them of.
    pub async fn crops(
        &self,
        asked: &Asked,
        id: PhotoId,
        patch: &PhotoPatch,
    ) -> Result<Option<Crops>, Error> {
        if patch.focal_point == Change::Keep {
            return Ok(None);
        }
        let (actor, parts) = (asked.actor, &self.room().parts);
        let found = parts.store.read(move |tx| {
            let photo = tx.photo(id)?.ok_or(Error::NotFound)?;
            Ok::<_, Error>(photo.grant::<EditPhotos>(&actor)?.into_inner())
        });
        let before = found.await?;
        let (file, old) = (before.file.hash, before.facts.focal_point);
        let photo = before.edited(patch.clone(), &AGENCIES, self.now());
        let focal_point = photo.facts.focal_point;
        if focal_point == old {
            return Ok(None);
        }
        match parts.darkroom.crop(photo).await {
            Ok(wet) => Ok(Some(Crops { file, focal_point, made: self.keep(wet).await? })),
            Err(Error::Missing) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

/// Replaces the facts that `patch` names. What readers see changes with it, at once, in every article.
pub fn edit(
    cx: &mut Cx<'_>,
    id: PhotoId,
    seen: Seen,
    patch: &PhotoPatch,
    crops: Option<&Crops>,
) -> Result<Recorded<Print>, Error> {
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
        // A crop round the old point is no crop of this photo; one of another file is none either.
        let fit =
            |crops: &&Crops| crops.file == photo.file.hash && crops.focal_point == photo.facts.focal_point;
        cx.tx.replace_crops(id, crops.filter(fit).map_or(&[], |crops| &crops.made))?;
    }
    if photo.imprint() != old.imprint() {
        cx.tx.order_renditions(id, now)?;
    }
    let news = news_of_edit(cx, &photo, &old)?;
    let deed = Deed {
        action: AuditAction::PhotoChanged,
        subject: Thing::Photo(id),
        detail: json!({"version": version, "changed": patch.names()}),
    };
    let print = Print::of(cx.tx, photo)?;
    cx.record(deed, Some(news), print)
}

/// What others are told of an edit. One that lets a photo go from articles or come to them changes those, which may not
/// name it now.
fn news_of_edit(cx: &mut Cx<'_>, photo: &Photo, old: &Photo) -> Result<News, Error> {
    let (at, territory) = (cx.now, cx.site.territory);
    let seen = |photo: &Photo| {
        let rights = &photo.facts.rights;
        (rights.use_until, rights.embargo_until, of_portrait(photo, at, territory))
    };
    if seen(photo) == seen(old) {
        return Ok(news(EventKind::PhotoChanged, photo.id));
    }
    let keys = keys_with_users(cx.tx, photo.id, cx.now)?;
    Ok(News { kind: EventKind::PhotoChanged, keys })
}
