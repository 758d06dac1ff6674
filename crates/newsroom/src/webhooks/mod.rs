//! Webhooks: who is told of events, what was told, and the work of telling but for the connection itself.

mod deliveries;
mod fan_out;
mod keep;
mod secrets;
mod send;
mod targets;

use identity::webhook::Vault;

pub use deliveries::{Asked, deliveries, delivery, redeliver, test};
pub use keep::{NewWebhook, WebhookPatch, change, create, delete, read, webhooks};
pub use secrets::{Lasts, Sealed, rotate_secret};
pub use send::Parcel;
pub use targets::{Found, Targets};

/// What webhooks need of the installation.
#[derive(Debug)]
pub struct Post {
    /// Where their secrets are sealed and opened.
    pub vault: Vault,
    /// To where they may lead.
    pub targets: Targets,
}
