//! What an operator does at the machine, with no user signed in.

use domain::account::{Invitation, User};
use domain::audit::{AuditAction, AuditEntry};
use domain::id::{AuditId, InvitationId, UserId};
use domain::thing::Thing;
use domain::user::{Email, PersonName, Role};
use domain::version::Version;
use domain::violation::{Rule, Violation};
use identity::opaque::{self, Secret};
use identity::password::Password;
use serde_json::json;
use store::lock::Rule as Held;

use crate::admin::NewInvitation;
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

/// In which case a user is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum When {
    Always,
    NobodyIsAdmin,
}

impl Newsroom {
    /// Adds a user. The audit log names no actor for it.
    pub async fn add_user(&self, new: NewUser) -> Result<UserId, Error> {
        self.add(new, When::Always).await?.ok_or(Error::NotFound)
    }

    /// Adds a user unless somebody can sign in as an admin already, which is decided where it is written: of two who try
    /// at once one does.
    pub async fn add_first_admin(&self, new: NewUser) -> Result<Option<UserId>, Error> {
        self.add(new, When::NobodyIsAdmin).await
    }

    async fn add(&self, new: NewUser, when: When) -> Result<Option<UserId>, Error> {
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
        let entry = self.entry(AuditAction::UserCreated, Thing::User(id), json!({"role": role.name()}));
        room.parts
            .store
            .write(move |tx| {
                if when == When::NobodyIsAdmin {
                    tx.hold(Held::LastAdmin)?;
                    if tx.enabled_admins()? > 0 {
                        return Ok(None);
                    }
                }
                tx.add_user(&user, Some(&hash))?;
                tx.add_audit_entry(&entry)?;
                Ok::<_, Error>(Some(id))
            })
            .await
    }

    /// Invites somebody, and answers the secret of the invitation, which is shown once.
    pub async fn invite(&self, new: NewInvitation) -> Result<Secret<opaque::Invitation>, Error> {
        let NewInvitation { email, name, role } = new;
        let (room, now) = (self.room(), self.now());
        let secret = Secret::draw().map_err(|cause| Error::Defect(cause.to_string()))?;
        let hash = secret.hash();
        let invitation = Invitation {
            id: InvitationId::new(room.parts.ids.draw()),
            email,
            name,
            role,
            created_by: None,
            created_at: now,
            expires_at: now.plus(room.parts.invitation_life),
            accepted_at: None,
            revoked_at: None,
        };
        let subject = Thing::Invitation(invitation.id);
        let entry = self.entry(AuditAction::InvitationCreated, subject, json!({"role": role.name()}));
        room.parts
            .store
            .write(move |tx| {
                if tx.user_of_email(&invitation.email)?.is_some() {
                    return Err(Violation::new(Rule::Taken, "is in use already").at("/email").into());
                }
                tx.add_invitation(&invitation, hash.octets())?;
                tx.add_audit_entry(&entry)?;
                Ok::<_, Error>(())
            })
            .await?;
        Ok(secret)
    }

    /// An entry of what an operator does.
    fn entry(&self, action: AuditAction, subject: Thing, detail: serde_json::Value) -> AuditEntry {
        AuditEntry {
            id: AuditId::new(self.room().parts.ids.draw()),
            at: self.now(),
            actor: None,
            api_key: None,
            address: None,
            request: None,
            action,
            subject,
            detail,
        }
    }
}
