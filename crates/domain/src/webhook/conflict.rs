//! Why something does not fit the present state of a webhook or of a delivery.

use std::fmt;

use crate::codes::codes;

codes! {
    /// A state of a webhook that an order does not fit.
    pub enum WebhookConflict {
        /// There are as many webhooks as there can be.
        TooMany = "too_many_webhooks",
        /// The webhook is switched off.
        Disabled = "webhook_disabled",
        /// The event waits to be delivered.
        Pending = "delivery_pending",
    }
}

impl WebhookConflict {
    /// What to do about it, for a person.
    pub const fn detail(self) -> &'static str {
        match self {
            Self::TooMany => "a site has at most 100 webhooks: delete one first",
            Self::Disabled => "the webhook is switched off: switch it on first",
            Self::Pending => "the event waits to be delivered: it will be tried again",
        }
    }
}

impl fmt::Display for WebhookConflict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.detail())
    }
}
