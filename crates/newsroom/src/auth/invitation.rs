//! Becomes a user by an invitation: with its address and its role, and a name and a password of one's own.

use domain::account::{Invitation, InvitationState, User};
use domain::actor::{Actor, Credential};
use domain::audit::AuditAction;
use domain::id::UserId;
use domain::policy::right::ManageUsers;
use domain::policy::{grant_house, may_give};
use domain::site::Drafts;
use domain::thing::Thing;
use domain::time::Moment;
use domain::user::PersonName;
use domain::version::Version;
use domain::violation::Violation;
use identity::opaque::SecretHash;
use identity::password::Password;
use serde_json::json;
use store::accounts::Credentials;
use store::tx::Tx;

use super::SignedIn;
use crate::asked::Origin;
use crate::cx::{Cx, Deed};
use crate::error::Error;
use crate::room::Newsroom;

/// What somebody accepts an invitation with.
#[derive(Debug)]
pub struct Acceptance {
    /// The hash of its secret.
    pub secret: SecretHash,
    /// Their name.
    pub name: PersonName,
    /// The password that they choose, not yet held against the rules.
    pub password: String,
}

impl Newsroom {
    /// Makes whoever holds the secret the user who was invited, and signs them in. An invitation that was used, revoked
    /// or never made, or is over, is not there.
    pub async fn accept_invitation(&self, acceptance: Acceptance, origin: Origin) -> Result<SignedIn, Error> {
        let Acceptance { secret, name, password } = acceptance;
        let (room, now) = (self.room(), self.now());
        let drafts = self.site().drafts;
        // Read first, so that no password is hashed for a stranger.
        let invitation = room.parts.store.read(move |tx| pending(tx, drafts, secret, now)).await?;
        let chosen = Password::chosen(&password, &invitation.email, &name, &self.site().name);
        let chosen = chosen.map_err(|violation: Violation| violation.at("/password"))?;
        let hash = room.parts.hashing.hash(chosen).await?;
        let proof = hash.clone();
        let (ids, whence) = (room.parts.ids.clone(), origin.clone());
        let newsroom = self.clone();
        let id = UserId::new(ids.draw());
        let user = room
            .parts
            .store
            .write(move |tx| {
                let found = pending(tx, drafts, secret, now)?;
                tx.hold_invitation(found.id)?;
                // Of two who accept at once, the second finds it used.
                let invitation = pending(tx, drafts, secret, now)?;
                let user = invited(id, &invitation, name.clone(), now);
                tx.add_user(&user, Some(&hash))?;
                tx.end_invitation(&Invitation { accepted_at: Some(now), ..invitation.clone() })?;
                let actor = Actor { user: id, role: user.role, with: Credential::Nothing, drafts };
                let mut cx = Cx::new(tx, actor, now, newsroom.site(), &ids, &whence);
                let deed = Deed {
                    action: AuditAction::InvitationAccepted,
                    subject: Thing::Invitation(invitation.id),
                    detail: json!({"user": id, "role": user.role}),
                };
                cx.record(deed, None, user).map(crate::cx::Recorded::into_inner)
            })
            .await?;
        let begun = self.begin_session(Credentials { user, password_hash: Some(proof) }, origin).await?;
        begun.ok_or(Error::InvalidCredentials)
    }
}

/// The invitation with this secret, while it can be accepted: also while whoever made it could still make it.
fn pending(tx: &mut dyn Tx, drafts: Drafts, secret: SecretHash, now: Moment) -> Result<Invitation, Error> {
    let invitation = tx.invitation_of_secret(secret.octets())?.ok_or(Error::NotFound)?;
    if invitation.state(now) != InvitationState::Pending || tx.user_of_email(&invitation.email)?.is_some() {
        return Err(Error::NotFound);
    }
    if let Some(inviter) = invitation.created_by {
        let inviter = tx.user(inviter)?.ok_or(Error::NotFound)?.user;
        let actor = Actor { user: inviter.id, role: inviter.role, with: Credential::Nothing, drafts };
        let stands = inviter.disabled_at.is_none()
            && grant_house::<ManageUsers>(&actor).is_ok()
            && may_give(actor.role, invitation.role);
        if !stands {
            return Err(Error::NotFound);
        }
    }
    Ok(invitation)
}

fn invited(id: UserId, invitation: &Invitation, name: PersonName, now: Moment) -> User {
    User {
        id,
        version: Version::FIRST,
        email: invitation.email.clone(),
        name,
        role: invitation.role,
        disabled_at: None,
        created_at: now,
        updated_at: now,
    }
}
