//! Webhooks: made, read, changed, deleted.

use domain::actor::Actor;
use domain::article::content::change::Change;
use domain::audit::AuditAction;
use domain::id::WebhookId;
use domain::paging::From;
use domain::policy::grant_house;
use domain::policy::right::ManageWebhooks;
use domain::thing::Thing;
use domain::version::{Seen, Version};
use domain::violation::Violation;
use domain::webhook::conflict::WebhookConflict;
use domain::webhook::subscription::Subscription;
use domain::webhook::target::TargetUrl;
use domain::webhook::{Disabled, DisabledBecause, Webhook, WebhookName};
use serde_json::{Value, json};
use store::lock::Rule as Held;
use store::tx::Tx;

use super::secrets::Sealed;
use crate::cx::{Cx, Deed, Recorded};
use crate::error::Error;

/// A webhook to be made.
#[derive(Debug, Clone)]
pub struct NewWebhook {
    /// What the newsroom calls it.
    pub name: WebhookName,
    /// Where it is told; that it may be was found out before.
    pub url: TargetUrl,
    /// Of what.
    pub events: Subscription,
}

/// What of a webhook is to be different.
#[derive(Debug, Clone, Default)]
pub struct WebhookPatch {
    /// Cannot be cleared.
    pub name: Change<WebhookName>,
    /// Cannot be cleared; that it may be told was found out before.
    pub url: Change<TargetUrl>,
    /// Cleared, it is told of all that changes what readers see.
    pub events: Change<Subscription>,
    /// Whether it is told nothing. Cannot be cleared.
    pub disabled: Change<bool>,
}

/// Up to `limit` webhooks in the order in which they were made; those before one backwards.
pub fn webhooks(
    tx: &mut dyn Tx,
    actor: &Actor,
    from: Option<From<WebhookId>>,
    limit: u16,
) -> Result<Vec<Webhook>, Error> {
    grant_house::<ManageWebhooks>(actor)?;
    Ok(tx.webhooks(from, limit)?)
}

/// One webhook.
pub fn read(tx: &mut dyn Tx, actor: &Actor, id: WebhookId) -> Result<Webhook, Error> {
    grant_house::<ManageWebhooks>(actor)?;
    tx.webhook(id)?.ok_or(Error::NotFound)
}

/// Makes a webhook under an id for which its secret was sealed. It is told of what happens from now on.
pub fn create(
    cx: &mut Cx<'_>,
    new: &NewWebhook,
    id: WebhookId,
    secret: &Sealed,
) -> Result<Recorded<Webhook>, Error> {
    let keeper = cx.house::<ManageWebhooks>()?;
    cx.tx.hold(Held::Webhooks)?;
    if cx.tx.count_webhooks()? >= Webhook::MAX {
        return Err(WebhookConflict::TooMany.into());
    }
    let NewWebhook { name, url, events } = new.clone();
    let webhook = Webhook {
        id,
        version: Version::FIRST,
        name,
        url,
        events,
        disabled: None,
        former_secret_until: None,
        created_by: cx.actor.user,
        created_at: cx.now,
        updated_at: cx.now,
    };
    cx.tx.add_webhook(&keeper, &webhook, &secret.0)?;
    cx.record(deed(AuditAction::WebhookCreated, &webhook, told(&webhook)), None, webhook)
}

/// Changes a webhook. What waits for one that is switched off is not sent; one that is switched on again is told of what
/// happens from then on.
pub fn change(
    cx: &mut Cx<'_>,
    id: WebhookId,
    seen: Seen,
    patch: &WebhookPatch,
) -> Result<Recorded<Webhook>, Error> {
    let keeper = cx.house::<ManageWebhooks>()?;
    // Nothing is put on its way meanwhile.
    cx.tx.hold(Held::Webhooks)?;
    let before = cx.tx.webhook(id)?.ok_or(Error::NotFound)?;
    let WebhookPatch { name, url, events, disabled } = patch.clone();
    let required = |pointer: &str| Error::from(Violation::required().at(pointer));
    let disabled = match disabled {
        Change::Keep => before.disabled,
        Change::Set(true) => {
            before.disabled.or(Some(Disabled { at: cx.now, because: DisabledBecause::Admin }))
        }
        Change::Set(false) => None,
        Change::Clear => return Err(required("/disabled")),
    };
    let mut webhook = Webhook {
        name: name.or(Some(before.name.clone())).ok_or_else(|| required("/name"))?,
        url: url.or(Some(before.url.clone())).ok_or_else(|| required("/url"))?,
        events: events.or(Some(before.events.clone())).unwrap_or(Subscription::Readers),
        disabled,
        updated_at: cx.now,
        ..before.clone()
    };
    webhook.version = cx.tx.change_webhook(&keeper, &webhook, seen)?;
    let action = match (before.disabled, webhook.disabled) {
        (None, Some(_)) => {
            cx.tx.cancel_deliveries(id, cx.now)?;
            AuditAction::WebhookDisabled
        }
        (Some(_), None) => {
            cx.tx.resume_webhook(&keeper, id)?;
            AuditAction::WebhookEnabled
        }
        (None, None) | (Some(_), Some(_)) => AuditAction::WebhookChanged,
    };
    let detail = json!({"before": told(&before), "after": told(&webhook)});
    cx.record(deed(action, &webhook, detail), None, webhook)
}

/// Deletes a webhook, its log, and all that waits for it.
pub fn delete(cx: &mut Cx<'_>, id: WebhookId, seen: Seen) -> Result<Recorded<()>, Error> {
    let keeper = cx.house::<ManageWebhooks>()?;
    cx.tx.hold(Held::Webhooks)?;
    let webhook = cx.tx.webhook(id)?.ok_or(Error::NotFound)?;
    cx.tx.delete_webhook(&keeper, &webhook, seen)?;
    cx.record(deed(AuditAction::WebhookDeleted, &webhook, told(&webhook)), None, ())
}

fn deed(action: AuditAction, webhook: &Webhook, detail: Value) -> Deed {
    Deed { action, subject: Thing::Webhook(webhook.id), detail }
}

/// What the audit log tells of a webhook: of its address no path and no query, which may hold a secret of the receiver's.
fn told(webhook: &Webhook) -> Value {
    json!({"name": webhook.name, "leads_to": webhook.url.origin(), "disabled": webhook.disabled.is_some()})
}
