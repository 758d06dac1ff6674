//! The rows of webhooks and of events on their way to them.

use diesel::{Insertable, Queryable, Selectable};
use domain::event::EventKind;
use domain::id::{DeliveryId, EventId, UserId, WebhookId};
use domain::version::Version;
use domain::webhook::attempt::Attempt;
use domain::webhook::delivery::{Delivery, DeliveryState, Told};
use domain::webhook::payload::Topic;
use domain::webhook::subscription::Subscription;
use domain::webhook::target::TargetUrl;
use domain::webhook::{Disabled, DisabledBecause, Webhook, WebhookName};

use super::records::thing;
use super::stored;
use crate::error::Error;
use crate::schema::{webhook_deliveries, webhooks};
use crate::sql::{At, Json, Key};
use crate::webhooks::NewDelivery;

/// A webhook without its secrets.
#[derive(Queryable, Selectable)]
#[diesel(table_name = webhooks)]
pub(crate) struct WebhookRow {
    id: Key,
    version: i64,
    name: String,
    url: String,
    events: Option<Json>,
    disabled_at: Option<At>,
    disabled_because: Option<String>,
    former_secret_until: Option<At>,
    created_by: Key,
    created_at: At,
    updated_at: At,
}

impl WebhookRow {
    pub(crate) fn webhook(self) -> Result<Webhook, Error> {
        let disabled = match (self.disabled_at, self.disabled_because) {
            (Some(at), Some(because)) => {
                Some(Disabled { at: at.0, because: stored(DisabledBecause::parse(&because))? })
            }
            _ => None,
        };
        Ok(Webhook {
            id: WebhookId::new(self.id.0),
            version: stored(Version::parse(self.version))?,
            name: stored(WebhookName::parse(&self.name))?,
            url: stored(TargetUrl::parse(&self.url))?,
            events: subscription(self.events.as_ref())?,
            disabled,
            former_secret_until: self.former_secret_until.map(|at| at.0),
            created_by: UserId::new(self.created_by.0),
            created_at: self.created_at.0,
            updated_at: self.updated_at.0,
        })
    }
}

/// The kinds of a subscription, as they are kept.
pub(crate) fn kinds(events: &Subscription) -> Result<Option<Json>, Error> {
    let text = events.kinds().map(|kinds| serde_json::to_string(kinds).map_err(Error::defect));
    Ok(text.transpose()?.map(Json))
}

/// A subscription as it was kept.
pub(crate) fn subscription(events: Option<&Json>) -> Result<Subscription, Error> {
    let Some(Json(text)) = events else { return Ok(Subscription::Readers) };
    let kinds: Vec<EventKind> = serde_json::from_str(text).map_err(Error::defect)?;
    stored(Subscription::of(kinds))
}

#[derive(Insertable)]
#[diesel(table_name = webhook_deliveries)]
pub(crate) struct NewDeliveryRow {
    id: Key,
    webhook_id: Key,
    event_id: Key,
    seq: i64,
    topic: &'static str,
    subject_kind: &'static str,
    subject_id: Option<Key>,
    order_key: Option<String>,
    happened_at: At,
    body: String,
    state: &'static str,
    attempts: i32,
    log: Json,
    began_at: At,
    waits_until: At,
    next_attempt_at: At,
    created_at: At,
    ended_at: Option<At>,
}

impl NewDeliveryRow {
    pub(crate) fn of(new: &NewDelivery) -> Result<Self, Error> {
        let NewDelivery { delivery, body, waits_until } = new;
        let Delivery {
            id,
            webhook,
            told,
            state,
            attempts,
            log: tries,
            created_at,
            next_attempt_at,
            ended_at,
        } = delivery;
        let Told { event, seq, topic, subject, at } = told;
        let order = || match subject.uuid() {
            Some(id) => format!("{} {id}", subject.kind().name()),
            None => subject.kind().name().to_owned(),
        };
        Ok(Self {
            id: Key(id.uuid()),
            webhook_id: Key(webhook.uuid()),
            event_id: Key(event.uuid()),
            seq: *seq,
            topic: topic.name(),
            subject_kind: subject.kind().name(),
            subject_id: subject.uuid().map(Key),
            order_key: waits_until.map(|_| order()),
            happened_at: At(*at),
            body: body.clone(),
            state: state.name(),
            attempts: i32::try_from(*attempts).map_err(Error::defect)?,
            log: log(tries)?,
            began_at: At(*created_at),
            waits_until: At(waits_until.unwrap_or(*created_at)),
            next_attempt_at: At(next_attempt_at.unwrap_or(*created_at)),
            created_at: At(*created_at),
            ended_at: ended_at.map(At),
        })
    }
}

/// The tries of a delivery, as they are kept.
pub(crate) fn log(attempts: &[Attempt]) -> Result<Json, Error> {
    Ok(Json(serde_json::to_string(attempts).map_err(Error::defect)?))
}

/// A delivery without what is sent.
#[derive(Queryable, Selectable)]
#[diesel(table_name = webhook_deliveries)]
pub(crate) struct DeliveryRow {
    id: Key,
    webhook_id: Key,
    event_id: Key,
    seq: i64,
    topic: String,
    subject_kind: String,
    subject_id: Option<Key>,
    happened_at: At,
    state: String,
    attempts: i32,
    log: Json,
    next_attempt_at: At,
    created_at: At,
    ended_at: Option<At>,
}

impl DeliveryRow {
    pub(crate) fn delivery(self) -> Result<Delivery, Error> {
        let state = stored(DeliveryState::parse(&self.state))?;
        Ok(Delivery {
            id: DeliveryId::new(self.id.0),
            webhook: WebhookId::new(self.webhook_id.0),
            told: Told {
                event: EventId::new(self.event_id.0),
                seq: self.seq,
                topic: stored(Topic::parse(&self.topic))?,
                subject: thing(&self.subject_kind, self.subject_id)?,
                at: self.happened_at.0,
            },
            state,
            attempts: u32::try_from(self.attempts).map_err(Error::defect)?,
            log: serde_json::from_str(&self.log.0).map_err(Error::defect)?,
            created_at: self.created_at.0,
            next_attempt_at: (state == DeliveryState::Pending).then_some(self.next_attempt_at.0),
            ended_at: self.ended_at.map(|at| at.0),
        })
    }
}
