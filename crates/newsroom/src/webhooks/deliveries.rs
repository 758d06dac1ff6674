//! What was told: the log of a webhook's deliveries, one of them sent again, and one that only tries whether it is reached.

use domain::actor::Actor;
use domain::audit::AuditAction;
use domain::id::{DeliveryId, EventId, WebhookId};
use domain::paging::From;
use domain::policy::grant_house;
use domain::policy::right::ManageWebhooks;
use domain::thing::Thing;
use domain::webhook::Webhook;
use domain::webhook::conflict::WebhookConflict;
use domain::webhook::delivery::{Delivery, DeliveryState, Told};
use domain::webhook::payload::{self, Topic};
use serde_json::json;
use store::tx::Tx;
use store::webhooks::{DeliveryFilter, NewDelivery};

use crate::cx::{Cx, Deed, Recorded};
use crate::error::Error;

/// Which deliveries are asked for, newest first.
#[derive(Debug, Clone, Copy)]
pub struct Asked {
    /// Of which webhook.
    pub webhook: WebhookId,
    /// Only those in this state.
    pub state: Option<DeliveryState>,
    /// Only what lies there.
    pub from: Option<From<DeliveryId>>,
}

/// Up to `limit` deliveries of a webhook; those before one backwards.
pub fn deliveries(tx: &mut dyn Tx, actor: &Actor, asked: Asked, limit: u16) -> Result<Vec<Delivery>, Error> {
    grant_house::<ManageWebhooks>(actor)?;
    let Asked { webhook, state, from } = asked;
    tx.webhook(webhook)?.ok_or(Error::NotFound)?;
    Ok(tx.deliveries(DeliveryFilter { webhook, state, from }, limit)?)
}

/// One delivery of a webhook.
pub fn delivery(
    tx: &mut dyn Tx,
    actor: &Actor,
    webhook: WebhookId,
    id: DeliveryId,
) -> Result<Delivery, Error> {
    grant_house::<ManageWebhooks>(actor)?;
    tx.delivery(webhook, id)?.ok_or(Error::NotFound)
}

/// Sends a webhook an event that only tries whether it is reached.
pub fn test(cx: &mut Cx<'_>, webhook: WebhookId) -> Result<Recorded<Delivery>, Error> {
    cx.house::<ManageWebhooks>()?;
    switched_on(cx, webhook)?;
    let (event, subject) = (EventId::new(cx.id()), Thing::Webhook(webhook));
    let told = Told { event, seq: 0, topic: Topic::Test, subject, at: cx.now };
    let delivery = Delivery::begun(DeliveryId::new(cx.id()), webhook, told, cx.now);
    let body = payload::of_test(webhook, cx.now);
    cx.tx.add_delivery(&NewDelivery { delivery: delivery.clone(), body, waits_until: None })?;
    let detail = json!({"delivery": delivery.id});
    let deed = Deed { action: AuditAction::WebhookTested, subject: Thing::Webhook(webhook), detail };
    cx.record(deed, None, delivery)
}

/// Sends a webhook an event once more that has come to its end: it was taken, dead or cancelled. It waits for no other, and
/// none for it.
pub fn redeliver(cx: &mut Cx<'_>, webhook: WebhookId, id: DeliveryId) -> Result<Recorded<Delivery>, Error> {
    let keeper = cx.house::<ManageWebhooks>()?;
    cx.tx.delivery(webhook, id)?.ok_or(Error::NotFound)?;
    switched_on(cx, webhook)?;
    if !cx.tx.redeliver(&keeper, id, cx.now)? {
        return Err(WebhookConflict::Pending.into());
    }
    let delivery = cx.tx.delivery(webhook, id)?.ok_or(Error::NotFound)?;
    let detail = json!({"delivery": id, "type": delivery.told.topic.name()});
    let deed = Deed { action: AuditAction::WebhookRedelivered, subject: Thing::Webhook(webhook), detail };
    cx.record(deed, None, delivery)
}

fn switched_on(cx: &mut Cx<'_>, id: WebhookId) -> Result<Webhook, Error> {
    let webhook = cx.tx.webhook(id)?.ok_or(Error::NotFound)?;
    if webhook.disabled.is_some() { Err(WebhookConflict::Disabled.into()) } else { Ok(webhook) }
}
