//! Puts events on their way: each, once it is committed, to all webhooks that want it. It moves on in the transaction that
//! writes the deliveries, so that no event is left out or put on its way twice, wherever a node ends.

use domain::event::Event;
use domain::id::DeliveryId;
use domain::time::Moment;
use domain::webhook::delivery::{Delivery, Told, waits_until};
use domain::webhook::payload::{self, Topic};
use store::lock::Rule as Held;
use store::records::Sequenced;
use store::tx::Tx;
use store::webhooks::NewDelivery;

use crate::asked::Ids;
use crate::error::Error;
use crate::room::Newsroom;

/// How many events are put on their way in one transaction.
const BATCH: u16 = 100;

impl Newsroom {
    /// Puts all events on their way that were committed since the last time, and tells how many there were.
    pub async fn fan_out(&self) -> Result<usize, Error> {
        let (store, mut done) = (&self.room().parts.store, 0);
        loop {
            let behind = store.read(|tx| {
                let place = tx.webhook_place()?;
                Ok::<_, Error>(match place {
                    Some(place) => place < tx.last_event()?,
                    None => false,
                })
            });
            if !behind.await? {
                return Ok(done);
            }
            let (ids, now) = (self.room().parts.ids.clone(), self.now());
            let batch = store.write(move |tx| {
                tx.hold(Held::Webhooks)?;
                let Some(place) = tx.webhook_place()? else { return Ok(0) };
                let events = tx.events(place, BATCH)?;
                put_on_way(tx, &ids, &events, now)?;
                if let Some(last) = events.last() {
                    tx.move_webhook_place(last.seq)?;
                }
                Ok::<_, Error>(events.len())
            });
            done += batch.await?;
        }
    }
}

fn put_on_way(tx: &mut dyn Tx, ids: &Ids, events: &[Sequenced], now: Moment) -> Result<(), Error> {
    let subscribers = tx.subscribers()?;
    for Sequenced { seq, event } in events {
        let Event { id, at, kind, subject, keys: _ } = event;
        let wanted = subscribers.iter().filter(|one| *seq > one.after && one.events.wants(*kind));
        for subscriber in wanted {
            let told = Told { event: *id, seq: *seq, topic: Topic::Event(*kind), subject: *subject, at: *at };
            let delivery = Delivery::begun(DeliveryId::new(ids.draw()), subscriber.webhook, told, now);
            let body = payload::of_event(*seq, event);
            tx.add_delivery(&NewDelivery { delivery, body, waits_until: Some(waits_until(*kind, now)) })?;
        }
    }
    Ok(())
}
