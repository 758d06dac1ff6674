//! What admins do: users, invitations and the audit log.

mod audit;
mod invitations;
mod users;

pub use audit::{AuditAsked, audit};
pub use invitations::{NewInvitation, invitations, invite, revoke_invitation};
pub use users::{UserPatch, change_user, user, users};
