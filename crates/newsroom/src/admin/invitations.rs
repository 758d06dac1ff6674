//! Invitations: made, listed, revoked. How one becomes a user is in `auth`.

use chrono::TimeDelta;
use domain::account::{Invitation, InvitationState};
use domain::actor::Actor;
use domain::audit::AuditAction;
use domain::id::InvitationId;
use domain::paging::From;
use domain::policy::right::ManageUsers;
use domain::policy::{Action, Denied, grant_house, may_give};
use domain::thing::Thing;
use domain::user::{Email, PersonName, Role};
use domain::violation::{Rule, Violation};
use identity::opaque::SecretHash;
use serde_json::json;
use store::tx::Tx;

use crate::cx::{Cx, Deed, Recorded};
use crate::error::Error;

/// Somebody to be invited.
#[derive(Debug, Clone)]
pub struct NewInvitation {
    /// Their address.
    pub email: Email,
    /// Their name, until they choose another.
    pub name: PersonName,
    /// What they will be.
    pub role: Role,
}

/// Invites somebody, for as long as `life`, to a role that gives them no more than the actor has. The secret is drawn before, and stored only as
/// `secret`.
pub fn invite(
    cx: &mut Cx<'_>,
    new: &NewInvitation,
    life: TimeDelta,
    secret: SecretHash,
) -> Result<Recorded<Invitation>, Error> {
    cx.house::<ManageUsers>()?;
    let NewInvitation { email, name, role } = new.clone();
    if !may_give(cx.actor.role, role) {
        return Err(Denied { action: Action::ManageUsers, hidden: false }.into());
    }
    if cx.tx.user_of_email(&email)?.is_some() {
        return Err(Violation::new(Rule::Taken, "is in use already").at("/email").into());
    }
    let invitation = Invitation {
        id: InvitationId::new(cx.id()),
        email,
        name,
        role,
        created_by: Some(cx.actor.user),
        created_at: cx.now,
        expires_at: cx.now.plus(life),
        accepted_at: None,
        revoked_at: None,
    };
    cx.tx.add_invitation(&invitation, secret.octets())?;
    let deed = Deed {
        action: AuditAction::InvitationCreated,
        subject: Thing::Invitation(invitation.id),
        detail: json!({"role": role, "expires_at": invitation.expires_at}),
    };
    cx.record(deed, None, invitation)
}

/// Up to `limit` invitations, newest first, behind `after`, whatever became of them.
pub fn invitations(
    tx: &mut dyn Tx,
    actor: &Actor,
    from: Option<From<InvitationId>>,
    limit: u16,
) -> Result<Vec<Invitation>, Error> {
    grant_house::<ManageUsers>(actor)?;
    Ok(tx.invitations(from, limit)?)
}

/// Takes an invitation back. One that cannot be accepted any more is not there.
pub fn revoke_invitation(cx: &mut Cx<'_>, id: InvitationId) -> Result<Recorded<()>, Error> {
    cx.house::<ManageUsers>()?;
    let invitation = cx.tx.hold_invitation(id)?.ok_or(Error::NotFound)?;
    if invitation.state(cx.now) != InvitationState::Pending {
        return Err(Error::NotFound);
    }
    cx.tx.end_invitation(&Invitation { revoked_at: Some(cx.now), ..invitation })?;
    let deed =
        Deed { action: AuditAction::InvitationRevoked, subject: Thing::Invitation(id), detail: json!({}) };
    cx.record(deed, None, ())
}
