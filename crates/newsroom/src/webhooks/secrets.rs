//! Secrets of webhooks: drawn and sealed before a transaction, since it may run twice; and rotated, so that a receiver has
//! time to learn the new one.

use chrono::TimeDelta;
use domain::audit::AuditAction;
use domain::id::WebhookId;
use domain::policy::right::ManageWebhooks;
use domain::thing::Thing;
use domain::version::Seen;
use domain::webhook::Webhook;
use identity::webhook::WebhookSecret;
use serde_json::json;

use crate::cx::{Cx, Deed, Recorded};
use crate::error::Error;
use crate::room::Newsroom;

/// A secret as it is kept.
#[derive(Debug, Clone)]
pub struct Sealed(pub(super) Vec<u8>);

/// How long the secret before still counts.
#[derive(Debug, Clone, Copy)]
pub struct Lasts(TimeDelta);

impl Lasts {
    /// As long as is usual.
    pub const USUALLY: Self = Self(Webhook::FORMER_SECRET_LASTS);

    /// So many seconds; `None` past the longest time.
    pub fn seconds(seconds: u32) -> Option<Self> {
        let time = TimeDelta::seconds(seconds.into());
        (time <= Webhook::FORMER_SECRET_LASTS_AT_MOST).then_some(Self(time))
    }
}

impl Newsroom {
    /// An id for a new webhook: its secret is sealed for it before it is made.
    pub fn new_webhook_id(&self) -> WebhookId {
        WebhookId::new(self.room().parts.ids.draw())
    }

    /// A secret that nobody has seen, and as it is kept for this webhook.
    pub fn draw_webhook_secret(&self, webhook: WebhookId) -> Result<(WebhookSecret, Sealed), Error> {
        let defect = |cause: &dyn std::fmt::Display| Error::Defect(cause.to_string());
        let secret = WebhookSecret::draw().map_err(|cause| defect(&cause))?;
        let sealed = self.room().parts.post.vault.seal(webhook.uuid(), &secret);
        Ok((secret, Sealed(sealed.map_err(|cause| defect(&cause))?)))
    }
}

/// Gives a webhook another secret. What is sent is signed by both until the former one is over.
pub fn rotate_secret(
    cx: &mut Cx<'_>,
    id: WebhookId,
    seen: Seen,
    secret: &Sealed,
    former: Lasts,
) -> Result<Recorded<Webhook>, Error> {
    let keeper = cx.house::<ManageWebhooks>()?;
    let before = cx.tx.webhook(id)?.ok_or(Error::NotFound)?;
    let until = cx.now.plus(former.0);
    let mut webhook = Webhook { former_secret_until: Some(until), updated_at: cx.now, ..before };
    webhook.version = cx.tx.rotate_webhook_secret(&keeper, &webhook, &secret.0, seen)?;
    let deed = Deed {
        action: AuditAction::WebhookSecretRotated,
        subject: Thing::Webhook(id),
        detail: json!({"former_secret_until": until}),
    };
    cx.record(deed, None, webhook)
}
