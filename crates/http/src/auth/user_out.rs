//! A user, as they and admins see them.

use domain::account::User;
use domain::id::UserId;
use domain::time::Moment;
use domain::user::{Email, PersonName, Role};
use domain::version::Version;
use serde::Serialize;
use utoipa::ToSchema;

/// Somebody who can sign in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = User)]
pub(crate) struct UserOut {
    pub(crate) id: UserId,
    version: Version,
    email: Email,
    name: PersonName,
    role: Role,
    /// Since when they can sign in no more.
    disabled_at: Option<Moment>,
    created_at: Moment,
    updated_at: Moment,
}

impl From<User> for UserOut {
    fn from(user: User) -> Self {
        let User { id, version, email, name, role, disabled_at, created_at, updated_at } = user;
        Self { id, version, email, name, role, disabled_at, created_at, updated_at }
    }
}
