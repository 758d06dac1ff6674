//! Webhooks, and events on their way to them. Their secrets are sealed before they come here.

use domain::id::{DeliveryId, EventId, WebhookId};
use domain::paging::From;
use domain::policy::right::ManageWebhooks;
use domain::policy::{Granted, House};
use domain::time::Moment;
use domain::version::{Seen, Version};
use domain::webhook::Webhook;
use domain::webhook::attempt::Attempt;
use domain::webhook::delivery::{Delivery, DeliveryState};
use domain::webhook::subscription::Subscription;
use domain::webhook::target::TargetUrl;

use crate::error::Error;

/// Somebody who may change webhooks.
pub type Keeper = Granted<House, ManageWebhooks>;

/// Who is to be told of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscriber {
    /// The webhook.
    pub webhook: WebhookId,
    /// Of what.
    pub events: Subscription,
    /// Of what lies behind this place of the outbox.
    pub after: i64,
}

/// An event that is put on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDelivery {
    /// It, as it is told.
    pub delivery: Delivery,
    /// What is sent.
    pub body: String,
    /// Until when it waits for those before it of the same thing; `None` where it waits for none, and none for it.
    pub waits_until: Option<Moment>,
}

/// A delivery that this node has in hand, with what it is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InHand {
    /// Which.
    pub delivery: DeliveryId,
    /// To which webhook.
    pub webhook: WebhookId,
    /// The how-manieth try it is.
    pub attempt: u32,
    /// The event.
    pub event: EventId,
    /// What is sent.
    pub body: String,
    /// To where.
    pub url: TargetUrl,
    /// The sealed secret.
    pub secret: Vec<u8>,
    /// The sealed secret before it, while that counts.
    pub former_secret: Option<Vec<u8>>,
}

/// What becomes of a delivery after a try.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    /// Its state.
    pub state: DeliveryState,
    /// The latest tries.
    pub log: Vec<Attempt>,
    /// When it is tried again, or when it came to its end.
    pub at: Moment,
}

/// What waits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Backlog {
    /// How many deliveries.
    pub waiting: i64,
    /// Since when the oldest of them does.
    pub since: Option<Moment>,
}

/// Which deliveries of a webhook are asked for, newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeliveryFilter {
    /// Of which webhook.
    pub webhook: WebhookId,
    /// Only those in this state.
    pub state: Option<DeliveryState>,
    /// Only what lies there.
    pub from: Option<From<DeliveryId>>,
}

/// Webhooks.
pub trait Webhooks {
    /// Adds a webhook with its sealed secret. It is told of what happens from now on.
    fn add_webhook(&mut self, keeper: &Keeper, webhook: &Webhook, secret: &[u8]) -> Result<(), Error>;

    /// How many there are. Ask under [`crate::lock::Rule::Webhooks`] before one is added.
    fn count_webhooks(&mut self) -> Result<i64, Error>;

    /// The webhook of this id.
    fn webhook(&mut self, id: WebhookId) -> Result<Option<Webhook>, Error>;

    /// Up to `limit` webhooks in the order in which they were made; those before one backwards.
    fn webhooks(&mut self, from: Option<From<WebhookId>>, limit: u16) -> Result<Vec<Webhook>, Error>;

    /// Stores what changed of a webhook that was seen as `seen`, and answers the new version.
    fn change_webhook(&mut self, keeper: &Keeper, webhook: &Webhook, seen: Seen) -> Result<Version, Error>;

    /// Lets a webhook be told of what happens from now on alone.
    fn resume_webhook(&mut self, keeper: &Keeper, id: WebhookId) -> Result<(), Error>;

    /// Puts another sealed secret in the place of the present one, which counts until `webhook.former_secret_until`, and
    /// answers the new version.
    fn rotate_webhook_secret(
        &mut self,
        keeper: &Keeper,
        webhook: &Webhook,
        secret: &[u8],
        seen: Seen,
    ) -> Result<Version, Error>;

    /// Deletes a webhook that was seen as `seen`, and all that was on its way to it.
    fn delete_webhook(&mut self, keeper: &Keeper, webhook: &Webhook, seen: Seen) -> Result<(), Error>;

    /// Switches a webhook off that answered that it is gone; `false` where it is off or deleted.
    fn webhook_is_gone(&mut self, id: WebhookId, now: Moment) -> Result<bool, Error>;

    /// Leaves a webhook alone until `until`.
    fn rest_webhook(&mut self, id: WebhookId, until: Moment) -> Result<(), Error>;

    /// Forgets former secrets that count no more by `now`, and tells how many.
    fn sweep_former_secrets(&mut self, now: Moment) -> Result<usize, Error>;
}

/// Events on their way to webhooks.
pub trait Deliveries {
    /// How far events were put on their way; `None` before there was a webhook.
    fn webhook_place(&mut self) -> Result<Option<i64>, Error>;

    /// Says how far they were. Under [`crate::lock::Rule::Webhooks`].
    fn move_webhook_place(&mut self, seq: i64) -> Result<(), Error>;

    /// All webhooks that are switched on.
    fn subscribers(&mut self) -> Result<Vec<Subscriber>, Error>;

    /// Puts an event on its way.
    fn add_delivery(&mut self, new: &NewDelivery) -> Result<(), Error>;

    /// The webhooks to which something is to be sent by `now`.
    fn due_webhooks(&mut self, now: Moment) -> Result<Vec<WebhookId>, Error>;

    /// Takes up to `limit` deliveries of a webhook that are due by `now`, the oldest first, until `lease`: what is not
    /// settled by then is due again. Of one thing it takes none whose predecessor is still on its way.
    fn take_deliveries(
        &mut self,
        webhook: WebhookId,
        now: Moment,
        lease: Moment,
        limit: u16,
    ) -> Result<Vec<InHand>, Error>;

    /// A delivery that is in hand at this try, and since when it is tried; `None` where it is not any more.
    fn delivery_in_hand(&mut self, id: DeliveryId, attempt: u32)
    -> Result<Option<(Delivery, Moment)>, Error>;

    /// Stores what became of it; `false` where it is not in hand any more.
    fn settle_delivery(&mut self, id: DeliveryId, attempt: u32, settled: &Settled) -> Result<bool, Error>;

    /// Gives back what was taken and not tried to its end.
    fn give_back_delivery(&mut self, id: DeliveryId, attempt: u32, now: Moment) -> Result<(), Error>;

    /// Ends all that waits for a webhook, and tells how many.
    fn cancel_deliveries(&mut self, webhook: WebhookId, now: Moment) -> Result<usize, Error>;

    /// A delivery of a webhook.
    fn delivery(&mut self, webhook: WebhookId, id: DeliveryId) -> Result<Option<Delivery>, Error>;

    /// Up to `limit` deliveries, newest first; those before one backwards.
    fn deliveries(&mut self, filter: DeliveryFilter, limit: u16) -> Result<Vec<Delivery>, Error>;

    /// Puts a delivery that has come to an end on its way once more, in nobody's way; `false` where it has not.
    fn redeliver(&mut self, keeper: &Keeper, id: DeliveryId, now: Moment) -> Result<bool, Error>;

    /// What waits.
    fn webhook_backlog(&mut self) -> Result<Backlog, Error>;

    /// Removes up to `limit` deliveries that came to an end before `before`, and tells how many.
    fn sweep_deliveries(&mut self, before: Moment, limit: u16) -> Result<usize, Error>;
}
