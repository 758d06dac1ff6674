//! The statements of events on their way to webhooks.

use diesel::dsl::{exists, min, not};
use diesel::prelude::*;
use domain::id::{DeliveryId, EventId, WebhookId};
use domain::paging::From;
use domain::time::Moment;
use domain::webhook::delivery::{Delivery, DeliveryState};
use domain::webhook::target::TargetUrl;

use super::super::Conn;
use crate::among::among;
use crate::error::Error;
use crate::rows::stored;
use crate::rows::webhooks::{DeliveryRow, NewDeliveryRow, log, subscription};
use crate::schema::{outbox_places, webhook_deliveries, webhooks};
use crate::sql::{At, Json, Key};
use crate::webhooks::{
    Backlog, Deliveries, DeliveryFilter, InHand, Keeper, NewDelivery, Settled, Subscriber,
};

/// The name of the place up to which events were put on their way.
pub(super) const PLACE: &str = "webhooks";

/// What waits for its turn or for the next try.
const PENDING: &str = DeliveryState::Pending.name();

/// What of a webhook a try needs.
type Receiver = (String, Vec<u8>, Option<Vec<u8>>, Option<At>);

impl Deliveries for Conn {
    fn webhook_place(&mut self) -> Result<Option<i64>, Error> {
        let place = outbox_places::table.find(PLACE).select(outbox_places::seq);
        Ok(place.get_result(self).optional()?)
    }

    fn move_webhook_place(&mut self, seq: i64) -> Result<(), Error> {
        diesel::update(outbox_places::table.find(PLACE)).set(outbox_places::seq.eq(seq)).execute(self)?;
        Ok(())
    }

    fn subscribers(&mut self) -> Result<Vec<Subscriber>, Error> {
        let rows: Vec<(Key, Option<Json>, i64)> = webhooks::table
            .filter(webhooks::disabled_at.is_null())
            .order(webhooks::id)
            .select((webhooks::id, webhooks::events, webhooks::after_seq))
            .load(self)?;
        rows.into_iter()
            .map(|(id, events, after)| {
                let events = subscription(events.as_ref())?;
                Ok(Subscriber { webhook: WebhookId::new(id.0), events, after })
            })
            .collect()
    }

    fn add_delivery(&mut self, new: &NewDelivery) -> Result<(), Error> {
        diesel::insert_into(webhook_deliveries::table).values(NewDeliveryRow::of(new)?).execute(self)?;
        Ok(())
    }

    fn due_webhooks(&mut self, now: Moment) -> Result<Vec<WebhookId>, Error> {
        let due = webhook_deliveries::table
            .filter(webhook_deliveries::webhook_id.eq(webhooks::id))
            .filter(webhook_deliveries::state.eq(PENDING))
            .filter(webhook_deliveries::next_attempt_at.le(At(now)));
        let found: Vec<Key> = webhooks::table
            .filter(webhooks::disabled_at.is_null())
            .filter(webhooks::rests_until.is_null().or(webhooks::rests_until.assume_not_null().le(At(now))))
            .filter(exists(due))
            .order(webhooks::id)
            .select(webhooks::id)
            .load(self)?;
        Ok(found.into_iter().map(|key| WebhookId::new(key.0)).collect())
    }

    fn take_deliveries(
        &mut self,
        webhook: WebhookId,
        now: Moment,
        lease: Moment,
        limit: u16,
    ) -> Result<Vec<InHand>, Error> {
        let receiver: Option<Receiver> = webhooks::table
            .find(Key(webhook.uuid()))
            .filter(webhooks::disabled_at.is_null())
            .select((webhooks::url, webhooks::secret, webhooks::former_secret, webhooks::former_secret_until))
            .get_result(self)
            .optional()?;
        let Some((url, secret, former, former_until)) = receiver else { return Ok(Vec::new()) };
        let (url, former) = (
            stored(TargetUrl::parse(&url))?,
            former.filter(|_| former_until.is_some_and(|until| until.0 > now)),
        );
        let mut taken = Vec::new();
        for (id, attempts, event, body) in due(self, webhook, now, limit)? {
            let held = diesel::update(webhook_deliveries::table.find(id))
                .filter(webhook_deliveries::state.eq(PENDING))
                .filter(webhook_deliveries::attempts.eq(attempts))
                .filter(webhook_deliveries::next_attempt_at.le(At(now)))
                .set((
                    webhook_deliveries::attempts.eq(attempts + 1),
                    webhook_deliveries::next_attempt_at.eq(At(lease)),
                ))
                .execute(self)?;
            if held == 1 {
                taken.push(InHand {
                    delivery: DeliveryId::new(id.0),
                    webhook,
                    attempt: u32::try_from(attempts + 1).map_err(Error::defect)?,
                    event: EventId::new(event.0),
                    body,
                    url: url.clone(),
                    secret: secret.clone(),
                    former_secret: former.clone(),
                });
            }
        }
        Ok(taken)
    }

    fn delivery_in_hand(
        &mut self,
        id: DeliveryId,
        attempt: u32,
    ) -> Result<Option<(Delivery, Moment)>, Error> {
        let row: Option<(DeliveryRow, At)> = webhook_deliveries::table
            .find(Key(id.uuid()))
            .filter(webhook_deliveries::state.eq(PENDING))
            .filter(webhook_deliveries::attempts.eq(number(attempt)?))
            .select((DeliveryRow::as_select(), webhook_deliveries::began_at))
            .get_result(self)
            .optional()?;
        row.map(|(row, began)| Ok((row.delivery()?, began.0))).transpose()
    }

    fn settle_delivery(&mut self, id: DeliveryId, attempt: u32, settled: &Settled) -> Result<bool, Error> {
        let Settled { state, log: tries, at } = settled;
        let ended = (*state != DeliveryState::Pending).then_some(At(*at));
        let done = diesel::update(webhook_deliveries::table.find(Key(id.uuid())))
            .filter(webhook_deliveries::state.eq(PENDING))
            .filter(webhook_deliveries::attempts.eq(number(attempt)?))
            .set((
                webhook_deliveries::state.eq(state.name()),
                webhook_deliveries::log.eq(log(tries)?),
                webhook_deliveries::next_attempt_at.eq(At(*at)),
                webhook_deliveries::ended_at.eq(ended),
            ))
            .execute(self)?;
        Ok(done == 1)
    }

    fn give_back_delivery(&mut self, id: DeliveryId, attempt: u32, now: Moment) -> Result<(), Error> {
        diesel::update(webhook_deliveries::table.find(Key(id.uuid())))
            .filter(webhook_deliveries::state.eq(PENDING))
            .filter(webhook_deliveries::attempts.eq(number(attempt)?))
            .set(webhook_deliveries::next_attempt_at.eq(At(now)))
            .execute(self)?;
        Ok(())
    }

    fn cancel_deliveries(&mut self, webhook: WebhookId, now: Moment) -> Result<usize, Error> {
        let waiting = webhook_deliveries::table
            .filter(webhook_deliveries::webhook_id.eq(Key(webhook.uuid())))
            .filter(webhook_deliveries::state.eq(PENDING));
        let cancelled = diesel::update(waiting)
            .set((
                webhook_deliveries::state.eq(DeliveryState::Cancelled.name()),
                webhook_deliveries::ended_at.eq(At(now)),
            ))
            .execute(self)?;
        Ok(cancelled)
    }

    fn delivery(&mut self, webhook: WebhookId, id: DeliveryId) -> Result<Option<Delivery>, Error> {
        let row: Option<DeliveryRow> = webhook_deliveries::table
            .find(Key(id.uuid()))
            .filter(webhook_deliveries::webhook_id.eq(Key(webhook.uuid())))
            .select(DeliveryRow::as_select())
            .get_result(self)
            .optional()?;
        row.map(DeliveryRow::delivery).transpose()
    }

    fn deliveries(&mut self, filter: DeliveryFilter, limit: u16) -> Result<Vec<Delivery>, Error> {
        let DeliveryFilter { webhook, state, from } = filter;
        let mut page = webhook_deliveries::table
            .filter(webhook_deliveries::webhook_id.eq(Key(webhook.uuid())))
            .select(DeliveryRow::as_select())
            .into_boxed();
        if let Some(state) = state {
            page = page.filter(webhook_deliveries::state.eq(state.name()));
        }
        let page = match from {
            None => page.order(webhook_deliveries::id.desc()),
            Some(From::Behind(id)) => {
                page.filter(webhook_deliveries::id.lt(Key(id.uuid()))).order(webhook_deliveries::id.desc())
            }
            Some(From::Before(id)) => {
                page.filter(webhook_deliveries::id.gt(Key(id.uuid()))).order(webhook_deliveries::id)
            }
        };
        let rows: Vec<DeliveryRow> = page.limit(limit.into()).load(self)?;
        rows.into_iter().map(DeliveryRow::delivery).collect()
    }

    fn redeliver(&mut self, _: &Keeper, id: DeliveryId, now: Moment) -> Result<bool, Error> {
        let again = diesel::update(webhook_deliveries::table.find(Key(id.uuid())))
            .filter(webhook_deliveries::state.ne(PENDING))
            .set((
                webhook_deliveries::state.eq(PENDING),
                webhook_deliveries::order_key.eq(None::<String>),
                webhook_deliveries::began_at.eq(At(now)),
                webhook_deliveries::waits_until.eq(At(now)),
                webhook_deliveries::next_attempt_at.eq(At(now)),
                webhook_deliveries::ended_at.eq(None::<At>),
            ))
            .execute(self)?;
        Ok(again == 1)
    }

    fn webhook_backlog(&mut self) -> Result<Backlog, Error> {
        let waiting = webhook_deliveries::table.filter(webhook_deliveries::state.eq(PENDING));
        let since: Option<At> = waiting.select(min(webhook_deliveries::created_at)).get_result(self)?;
        Ok(Backlog { waiting: waiting.count().get_result(self)?, since: since.map(|at| at.0) })
    }

    fn sweep_deliveries(&mut self, before: Moment, limit: u16) -> Result<usize, Error> {
        let over: Vec<Key> = webhook_deliveries::table
            .filter(webhook_deliveries::ended_at.assume_not_null().lt(At(before)))
            .order(webhook_deliveries::ended_at)
            .limit(limit.into())
            .select(webhook_deliveries::id)
            .load(self)?;
        let over = webhook_deliveries::table.filter(among(webhook_deliveries::id, over));
        Ok(diesel::delete(over).execute(self)?)
    }
}

fn number(attempt: u32) -> Result<i32, Error> {
    i32::try_from(attempt).map_err(Error::defect)
}

/// What of a webhook is due by `now` and waits for nothing before it, the oldest first.
fn due(
    conn: &mut Conn,
    webhook: WebhookId,
    now: Moment,
    limit: u16,
) -> Result<Vec<(Key, i32, Key, String)>, Error> {
    let earlier = diesel::alias!(webhook_deliveries as earlier_delivery);
    let before = earlier
        .filter(earlier.field(webhook_deliveries::webhook_id).eq(Key(webhook.uuid())))
        .filter(earlier.field(webhook_deliveries::order_key).eq(webhook_deliveries::order_key))
        .filter(earlier.field(webhook_deliveries::state).eq(PENDING))
        .filter(earlier.field(webhook_deliveries::seq).lt(webhook_deliveries::seq));
    let found = webhook_deliveries::table
        .filter(webhook_deliveries::webhook_id.eq(Key(webhook.uuid())))
        .filter(webhook_deliveries::state.eq(PENDING))
        .filter(webhook_deliveries::next_attempt_at.le(At(now)))
        .filter(webhook_deliveries::waits_until.le(At(now)).or(not(exists(before))))
        .order(webhook_deliveries::seq)
        .limit(limit.into())
        .select((
            webhook_deliveries::id,
            webhook_deliveries::attempts,
            webhook_deliveries::event_id,
            webhook_deliveries::body,
        ));
    Ok(found.load(conn)?)
}
