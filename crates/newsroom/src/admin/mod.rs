//! What admins do: users, invitations, API keys and the audit log.

mod api_keys;
mod audit;
mod invitations;
mod users;

pub use api_keys::{ApiKeyPatch, NewApiKey, api_key, api_keys, change_api_key, make_api_key, revoke_api_key};
pub use audit::{AuditAsked, audit};
pub use invitations::{NewInvitation, invitations, invite, revoke_invitation};
pub use users::{UserPatch, change_user, user, users};
