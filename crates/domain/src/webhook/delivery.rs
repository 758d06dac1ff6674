//! An event on its way to one webhook.

use chrono::TimeDelta;

use super::attempt::Attempt;
use super::payload::Topic;
use crate::codes::codes;
use crate::event::EventKind;
use crate::id::{DeliveryId, EventId, WebhookId};
use crate::thing::Thing;
use crate::time::Moment;

/// How long an event waits for the one before it of the same thing and webhook (ruling 29).
const PATIENCE: TimeDelta = TimeDelta::hours(1);

/// An event on its way to one webhook, or at the end of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// Its identity.
    pub id: DeliveryId,
    /// To which webhook.
    pub webhook: WebhookId,
    /// What it tells of.
    pub told: Told,
    /// What became of it.
    pub state: DeliveryState,
    /// How often it was tried, those tries counted that never ended because their node did.
    pub attempts: u32,
    /// The latest tries, the first of them first.
    pub log: Vec<Attempt>,
    /// When it was put on its way.
    pub created_at: Moment,
    /// When it is tried next; `None` once it has come to an end.
    pub next_attempt_at: Option<Moment>,
    /// When it came to an end.
    pub ended_at: Option<Moment>,
}

/// What a delivery tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Told {
    /// The event: what the receiver knows a repetition by.
    pub event: EventId,
    /// Its place among all events; 0 of a test.
    pub seq: i64,
    /// What happened.
    pub topic: Topic,
    /// To what.
    pub subject: Thing,
    /// When.
    pub at: Moment,
}

impl Delivery {
    /// A delivery that begins now.
    pub const fn begun(id: DeliveryId, webhook: WebhookId, told: Told, now: Moment) -> Self {
        Self {
            id,
            webhook,
            told,
            state: DeliveryState::Pending,
            attempts: 0,
            log: Vec::new(),
            created_at: now,
            next_attempt_at: Some(now),
            ended_at: None,
        }
    }
}

codes! {
    /// What became of a delivery.
    pub enum DeliveryState {
        /// It waits for its turn or for the next try.
        Pending = "pending",
        /// The receiver took it.
        Delivered = "delivered",
        /// It was tried for three days in vain.
        Dead = "dead",
        /// The webhook was switched off while it waited.
        Cancelled = "cancelled",
    }
}

/// Until when an event of this kind, put on its way at `now`, waits for the one before it: one that takes something down
/// does not.
pub fn waits_until(kind: EventKind, now: Moment) -> Moment {
    match kind {
        EventKind::ArticleWithdrawn | EventKind::ArticleUnpublished => now,
        _ => now.plus(PATIENCE),
    }
}
