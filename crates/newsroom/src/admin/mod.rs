//! What admins do: users and the audit log.

mod audit;
mod users;

pub use audit::{AuditAsked, audit};
pub use users::{UserPatch, change_user, user, users};
