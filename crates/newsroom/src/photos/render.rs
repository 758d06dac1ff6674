//! Makes the renditions that wait: AVIF after an upload, and all of them where what they show or say has changed.

use chrono::TimeDelta;
use domain::event::{Event, EventKind};
use domain::id::{EventId, PhotoId};
use domain::photo::file::Rendition;
use domain::thing::Thing;

use super::news;
use crate::cx::News;
use crate::error::Error;
use crate::room::Newsroom;

/// After how long an order is given to another worker: longer than the largest photo takes.
const LEASE: TimeDelta = TimeDelta::minutes(15);

/// How often an order is tried.
const MOST_ATTEMPTS: u32 = 5;

impl Newsroom {
    /// Carries out the orders that are due, one after another, and tells how many.
    pub async fn render(&self) -> Result<usize, Error> {
        let mut rendered = 0;
        loop {
            let (now, store) = (self.now(), &self.room().parts.store);
            let none = store.read(move |tx| Ok::<_, Error>(!tx.has_rendition_order(now)?)).await?;
            if none {
                return Ok(rendered);
            }
            let lease = now.plus(LEASE);
            let taken = store.write(move |tx| Ok::<_, Error>(tx.take_rendition_order(now, lease)?)).await?;
            let Some((id, attempts)) = taken else { continue };
            if attempts >= MOST_ATTEMPTS {
                tracing::warn!(photo = %id, "the renditions of a photo cannot be made");
                store.write(move |tx| Ok::<_, Error>(tx.drop_rendition_order(id)?)).await?;
                continue;
            }
            match self.render_one(id).await {
                Ok(()) => rendered += 1,
                // The lease runs out, and it is tried again.
                Err(error) => tracing::warn!(photo = %id, %error, "the renditions of a photo were not made"),
            }
        }
    }

    async fn render_one(&self, id: PhotoId) -> Result<(), Error> {
        let parts = &self.room().parts;
        let photo = parts.store.read(move |tx| Ok::<_, Error>(tx.photos_of(&[id])?.remove(&id))).await?;
        let Some(photo) = photo else { return Ok(()) };
        let (file, seen) = (photo.file.hash, photo.version);
        let renditions: Vec<Rendition> = parts.darkroom.render(photo).await?;
        let (ids, now) = (parts.ids.clone(), self.now());
        parts
            .store
            .write(move |tx| {
                // One that was changed meanwhile is rendered again; one that was deleted is not.
                if !tx.add_renditions(id, &file, seen, &renditions)? {
                    if tx.photos_of(&[id])?.contains_key(&id) {
                        tx.order_renditions(id, now)?;
                    }
                    return Ok::<_, Error>(());
                }
                let News { kind, keys } = news(EventKind::PhotoChanged, id);
                let event = EventId::new(ids.draw());
                tx.add_event(&Event { id: event, at: now, kind, subject: Thing::Photo(id), keys })?;
                Ok(())
            })
            .await
    }
}
