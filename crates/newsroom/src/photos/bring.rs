//! Brings a photo in. The same bytes are the same photo, whoever sends them and however often.

use std::fs::File;

use domain::actor::Actor;
use domain::audit::AuditAction;
use domain::event::EventKind;
use domain::id::PhotoId;
use domain::photo::hash::ContentHash;
use domain::photo::patch::PhotoPatch;
use domain::photo::texts::FileName;
use domain::photo::{Photo, Printed};
use domain::policy::right::{CreatePhotos, EditPhotos};
use domain::policy::{Guarded, grant_house};
use domain::thing::Thing;
use domain::version::Version;
use serde_json::json;

use super::darkroom::at_once;
use super::{AGENCIES, Print, knows_creators, news};
use crate::asked::Asked;
use crate::cx::{Cx, Deed, Recorded};
use crate::error::Error;
use crate::photos::Developed;
use crate::room::Newsroom;

/// A file that was sent, as it lies on disk until its photo is made.
#[derive(Debug)]
pub struct Incoming {
    /// It, written and not yet read. It has no name on the disk, so that nothing is left of it whatever ends this process.
    pub file: File,
    /// What is in it.
    pub hash: ContentHash,
    /// The name that it came with.
    pub name: Option<FileName>,
    /// What is said of it along with it.
    pub patch: PhotoPatch,
}

/// A photo after its file was sent.
#[derive(Debug, Clone)]
pub enum Brought {
    /// It is new.
    New(Print),
    /// It was there already. What was said along with it is not heeded: these facts.
    There(Print, Vec<&'static str>),
}

impl Newsroom {
    /// Whether `actor` may bring photos in at all.
    pub fn may_bring(&self, actor: &Actor) -> Result<(), Error> {
        grant_house::<CreatePhotos>(actor)?;
        Ok(())
    }

    /// Whether `actor` may give this photo another file, as it is now.
    pub async fn may_replace(&self, actor: Actor, id: PhotoId) -> Result<(), Error> {
        let store = &self.room().parts.store;
        store
            .read(move |tx| {
                tx.photo(id)?.ok_or(Error::NotFound)?.grant::<EditPhotos>(&actor)?;
                Ok(())
            })
            .await
    }

    /// What `incoming` is, ready to be brought in; `None` where the same bytes are a photo already, which spares the work.
    pub async fn develop(&self, asked: &Asked, incoming: &Incoming) -> Result<Option<Developed>, Error> {
        if self.is_there(asked, incoming).await? {
            return Ok(None);
        }
        let (developed, wet) = self.room().parts.darkroom.develop(incoming, at_once).await?;
        self.keep(wet).await?;
        Ok(Some(developed))
    }

    /// The same for a rehearsal: looked at, and neither rendered nor kept.
    pub async fn try_out(&self, asked: &Asked, incoming: &Incoming) -> Result<Option<Developed>, Error> {
        if self.is_there(asked, incoming).await? {
            return Ok(None);
        }
        let (developed, _) = self.room().parts.darkroom.develop(incoming, |_| false).await?;
        Ok(Some(developed))
    }

    async fn is_there(&self, asked: &Asked, incoming: &Incoming) -> Result<bool, Error> {
        grant_house::<CreatePhotos>(&asked.actor)?;
        let hash = incoming.hash;
        let known = self.room().parts.store.read(move |tx| Ok::<_, Error>(tx.photo_of_hash(&hash)?));
        Ok(known.await?.is_some())
    }

    /// What `incoming` is that shall take the place of the file of a photo; `None` where the same bytes are a photo already.
    pub async fn develop_for(
        &self,
        asked: &Asked,
        id: PhotoId,
        incoming: &Incoming,
    ) -> Result<Option<Developed>, Error> {
        let (actor, hash) = (asked.actor, incoming.hash);
        let known = self.room().parts.store.read(move |tx| {
            tx.photo(id)?.ok_or(Error::NotFound)?.grant::<EditPhotos>(&actor)?;
            Ok::<_, Error>(tx.photo_of_hash(&hash)?)
        });
        if known.await?.is_some() {
            return Ok(None);
        }
        let (developed, wet) = self.room().parts.darkroom.develop(incoming, at_once).await?;
        self.keep(wet).await?;
        Ok(Some(developed))
    }
}

/// Brings in what was developed, or answers the photo that has these bytes.
pub fn bring(
    cx: &mut Cx<'_>,
    hash: &ContentHash,
    developed: Option<&Developed>,
    patch: &PhotoPatch,
) -> Result<Recorded<Brought>, Error> {
    cx.house::<CreatePhotos>()?;
    if let Some(id) = cx.tx.photo_of_hash(hash)? {
        let photo = cx.tx.photos_of(&[id])?.remove(&id).ok_or(Error::Collision)?;
        let print = Print::of(cx.tx, photo)?;
        let detail = json!({"hash": hash, "there": true});
        let deed = Deed { action: AuditAction::PhotoCreated, subject: Thing::Photo(id), detail };
        return cx.record(deed, None, Brought::There(print, patch.names()));
    }
    // It was there when it was looked for, and is not now: who asks again finds it so.
    let Some(Developed { file, metadata, facts, credit_from, renditions }) = developed else {
        return Err(Error::Collision);
    };
    knows_creators(cx, patch).map_err(|error| match error {
        Error::Invalid(faults) => Error::Invalid(faults.below("/photo")),
        other => other,
    })?;
    let photo = Photo {
        id: PhotoId::new(cx.id()),
        version: Version::FIRST,
        owner: cx.actor.user,
        printed: Printed::NotYet,
        file: file.clone(),
        facts: facts.clone(),
        credit_from: *credit_from,
        created_at: cx.now,
        updated_at: cx.now,
    };
    let photo = photo.edited(patch.clone(), &AGENCIES, cx.now);
    let granted = Guarded::new(photo).grant::<CreatePhotos>(&cx.actor)?;
    cx.tx.add_photo(&granted, metadata, renditions)?;
    cx.tx.order_renditions(granted.id, cx.now)?;
    let photo = granted.into_inner();
    let detail = json!({"hash": hash, "file_name": photo.file.name});
    let deed = Deed { action: AuditAction::PhotoCreated, subject: Thing::Photo(photo.id), detail };
    let (id, print) = (photo.id, Print { photo, renditions: renditions.clone() });
    cx.record(deed, Some(news(EventKind::PhotoAdded, id)), Brought::New(print))
}
