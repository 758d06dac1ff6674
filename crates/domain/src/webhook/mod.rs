//! Webhooks: addresses elsewhere that are told of events. Secrets, and how they are told, are not here.

pub mod attempt;
pub mod conflict;
pub mod delivery;
pub mod network;
pub mod payload;
pub mod subscription;
pub mod target;

use chrono::TimeDelta;

use crate::bounded::bounded;
use crate::codes::codes;
use crate::id::{UserId, WebhookId};
use crate::time::Moment;
use crate::version::Version;
use crate::webhook::subscription::Subscription;
use crate::webhook::target::TargetUrl;

/// An address that is told of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Webhook {
    /// Its identity.
    pub id: WebhookId,
    /// How often it was written.
    pub version: Version,
    /// What the newsroom calls it.
    pub name: WebhookName,
    /// Where it is told.
    pub url: TargetUrl,
    /// Of what.
    pub events: Subscription,
    /// Since when it is told nothing, and why.
    pub disabled: Option<Disabled>,
    /// Until when events are signed by the secret before the present one too; `None` where it has had one only.
    pub former_secret_until: Option<Moment>,
    /// Who made it.
    pub created_by: UserId,
    /// When it was made.
    pub created_at: Moment,
    /// When it last changed.
    pub updated_at: Moment,
}

impl Webhook {
    /// Most of a site: each has some connections of its own at a time, so that a slow one keeps none from another.
    pub const MAX: i64 = 100;

    /// How long a former secret signs beside the new one where nothing is said.
    pub const FORMER_SECRET_LASTS: TimeDelta = TimeDelta::hours(24);

    /// How long it does at most.
    pub const FORMER_SECRET_LASTS_AT_MOST: TimeDelta = TimeDelta::days(7);
}

bounded! {
    /// What the newsroom calls a webhook.
    WebhookName: name up to 100, "a line of a list", like "Rebuild of the site";
}

/// That a webhook is told nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disabled {
    /// Since when.
    pub at: Moment,
    /// Why.
    pub because: DisabledBecause,
}

codes! {
    /// Why a webhook is told nothing.
    pub enum DisabledBecause {
        /// An admin switched it off.
        Admin = "admin",
        /// It answered `410 Gone`.
        Gone = "gone",
    }
}
