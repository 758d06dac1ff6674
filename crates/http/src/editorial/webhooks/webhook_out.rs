//! A webhook and a delivery, as admins see them.

use domain::event::EventKind;
use domain::id::{DeliveryId, EventId, UserId, WebhookId};
use domain::thing::ThingKind;
use domain::time::Moment;
use domain::version::Version;
use domain::webhook::attempt::{Attempt, Outcome};
use domain::webhook::delivery::{Delivery, DeliveryState, Told};
use domain::webhook::payload::Topic;
use domain::webhook::subscription::Subscription;
use domain::webhook::target::TargetUrl;
use domain::webhook::{DisabledBecause, Webhook, WebhookName};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

/// An address that is told of events.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Webhook)]
pub(super) struct WebhookOut {
    pub(super) id: WebhookId,
    version: Version,
    name: WebhookName,
    url: TargetUrl,
    /// Of which events it is told; `null`: of all that change what readers see.
    #[schema(required, max_items = 100)]
    events: Option<Vec<EventKind>>,
    /// By what it knows that an event is from us; shown once, when it is made, and `null` ever after.
    #[schema(required, max_length = 50, examples("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="))]
    pub(super) secret: Option<String>,
    /// Since when it is told nothing.
    disabled_at: Option<Moment>,
    /// Why it is told nothing.
    #[schema(required)]
    disabled_because: Option<DisabledBecause>,
    /// Until when events are signed by the secret before the present one too.
    former_secret_until: Option<Moment>,
    created_by: UserId,
    created_at: Moment,
    updated_at: Moment,
}

impl WebhookOut {
    /// Its version, for its tag.
    pub(super) const fn version(&self) -> Version {
        self.version
    }
}

impl From<Webhook> for WebhookOut {
    fn from(webhook: Webhook) -> Self {
        let Webhook {
            id,
            version,
            name,
            url,
            events,
            disabled,
            former_secret_until,
            created_by,
            created_at,
            updated_at,
        } = webhook;
        let events = match events {
            Subscription::Readers => None,
            Subscription::Kinds(kinds) => Some(kinds),
        };
        Self {
            id,
            version,
            name,
            url,
            events,
            secret: None,
            disabled_at: disabled.map(|disabled| disabled.at),
            disabled_because: disabled.map(|disabled| disabled.because),
            former_secret_until,
            created_by,
            created_at,
            updated_at,
        }
    }
}

/// An event on its way to a webhook, or at the end of it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = WebhookDelivery)]
pub(super) struct DeliveryOut {
    pub(super) id: DeliveryId,
    /// What the receiver knows a repetition by: its `webhook-id`.
    event: EventId,
    /// What is told.
    r#type: Topic,
    /// The place of the event among all events; 0 of a test.
    #[schema(minimum = 0, examples(4711))]
    seq: i64,
    /// The kind of what it happened to.
    resource: ThingKind,
    /// The id of what it happened to; `null` of the site as a whole.
    #[schema(required)]
    resource_id: Option<Uuid>,
    /// When it happened.
    happened_at: Moment,
    state: DeliveryState,
    /// How often it was tried; a try that ended with its node counts too, and has no place in the log.
    #[schema(minimum = 0, examples(1))]
    attempts: u32,
    /// The latest tries, the first of them first.
    #[schema(max_items = 20)]
    log: Vec<AttemptOut>,
    /// When it is tried next; `null` once it has come to an end.
    next_attempt_at: Option<Moment>,
    created_at: Moment,
    /// When it came to an end.
    ended_at: Option<Moment>,
}

impl From<Delivery> for DeliveryOut {
    fn from(delivery: Delivery) -> Self {
        let Delivery { id, webhook: _, told, state, attempts, log, created_at, next_attempt_at, ended_at } =
            delivery;
        let Told { event, seq, topic, subject, at } = told;
        Self {
            id,
            event,
            r#type: topic,
            seq,
            resource: subject.kind(),
            resource_id: subject.uuid(),
            happened_at: at,
            state,
            attempts,
            log: log.into_iter().map(AttemptOut::from).collect(),
            next_attempt_at,
            created_at,
            ended_at,
        }
    }
}

/// A try to deliver an event. Of the answer no more is kept than its status and its size.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = WebhookAttempt)]
struct AttemptOut {
    /// The how-manieth it was.
    #[schema(minimum = 1, examples(1))]
    number: u32,
    /// When it ended.
    at: Moment,
    outcome: Outcome,
    /// The status of the answer; `null` where none came.
    #[schema(required, minimum = 100, maximum = 999, examples(503))]
    status: Option<u16>,
    /// How many octets of its body were read.
    #[schema(required, minimum = 0, examples(0))]
    octets: Option<u32>,
}

impl From<Attempt> for AttemptOut {
    fn from(attempt: Attempt) -> Self {
        let Attempt { number, at, outcome, status, octets } = attempt;
        Self { number, at, outcome, status, octets }
    }
}
