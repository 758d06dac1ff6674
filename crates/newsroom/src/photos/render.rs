//! Makes the renditions that wait: AVIF after an upload, and all of them where what they show or say has changed.

use chrono::TimeDelta;
use domain::event::{Event, EventKind};
use domain::id::{EventId, PhotoId};
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
        while let Some(id) = self.take_order().await? {
            rendered += usize::from(self.carry_out(id).await);
        }
        Ok(rendered)
    }

    /// Takes the order that is due longest, for whoever carries it out.
    pub async fn take_order(&self) -> Result<Option<PhotoId>, Error> {
        loop {
            let (now, store) = (self.now(), &self.room().parts.store);
            let none = store.read(move |tx| Ok::<_, Error>(!tx.has_rendition_order(now)?)).await?;
            if none {
                return Ok(None);
            }
            let lease = now.plus(LEASE);
            let taken = store.write(move |tx| Ok::<_, Error>(tx.take_rendition_order(now, lease)?)).await?;
            let Some((id, attempts)) = taken else { continue };
            if attempts < MOST_ATTEMPTS {
                return Ok(Some(id));
            }
            tracing::warn!(photo = %id, "the renditions of a photo cannot be made");
            store.write(move |tx| Ok::<_, Error>(tx.drop_rendition_order(id)?)).await?;
        }
    }

    /// Carries an order out, and tells whether it could be. Where not, its lease runs out, and it is tried again.
    pub async fn carry_out(&self, id: PhotoId) -> bool {
        let done = self.render_one(id).await;
        if let Err(error) = &done {
            tracing::warn!(photo = %id, %error, "the renditions of a photo were not made");
        }
        done.is_ok()
    }

    /// Gives an order back that was taken and will not be carried out here.
    pub async fn give_back(&self, id: PhotoId) -> Result<(), Error> {
        let now = self.now();
        self.room().parts.store.write(move |tx| Ok(tx.order_renditions(id, now)?)).await
    }

    async fn render_one(&self, id: PhotoId) -> Result<(), Error> {
        let parts = &self.room().parts;
        let photo = parts.store.read(move |tx| Ok::<_, Error>(tx.photos_of(&[id])?.remove(&id))).await?;
        let Some(photo) = photo else { return Ok(()) };
        let renditions = self.keep(parts.darkroom.render(photo.clone()).await?).await?;
        let (ids, now) = (parts.ids.clone(), self.now());
        parts
            .store
            .write(move |tx| {
                // What was changed meanwhile so that it makes a difference has an order of its own.
                if !tx.add_renditions(&photo, &renditions)? {
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
