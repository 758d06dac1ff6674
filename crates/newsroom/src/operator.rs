//! What an operator does at the machine, with no user signed in.

use domain::account::User;
use domain::audit::{AuditAction, AuditEntry};
use domain::id::{AuditId, UserId};
use domain::thing::Thing;
use domain::user::{Email, PersonName, Role};
use domain::version::Version;
use identity::password::Password;
use serde_json::json;

use crate::error::Error;
use crate::room::Newsroom;

/// Somebody who is to be able to sign in.
#[derive(Debug, Clone)]
pub struct NewUser {
    /// Their address.
    pub email: Email,
    /// Their name.
    pub name: PersonName,
    /// What they may do.
    pub role: Role,
    /// What they sign in with.
    pub password: Password,
}

impl Newsroom {
    /// Adds a user. The audit log names no actor for it.
    pub async fn add_user(&self, new: NewUser) -> Result<UserId, Error> {
        let NewUser { email, name, role, password } = new;
        let (room, now) = (self.room(), self.now());
        let hash = room.parts.hashing.hash(password).await?;
        let id = UserId::new(room.parts.ids.draw());
        let user = User {
            id,
            version: Version::FIRST,
            email,
            name,
            role,
            disabled_at: None,
            created_at: now,
            updated_at: now,
        };
        let entry = AuditEntry {
            id: AuditId::new(room.parts.ids.draw()),
            at: now,
            actor: None,
            address: None,
            request: None,
            action: AuditAction::UserCreated,
            subject: Thing::User(id),
            detail: json!({"role": role.name()}),
        };
        room.parts
            .store
            .write(move |tx| {
                tx.add_user(&user, Some(&hash))?;
                tx.add_audit_entry(&entry)?;
                Ok::<_, Error>(id)
            })
            .await
    }
}
