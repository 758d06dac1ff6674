//! Accounts: users, the sessions in which they are signed in, and invitations to become one. Secrets are not here.

use std::net::IpAddr;

use crate::bounded::bounded;
use crate::codes::codes;
use crate::id::{InvitationId, SessionId, UserId};
use crate::time::Moment;
use crate::user::{Email, PersonName, Role};
use crate::version::Version;

/// Someone who can sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Their identity.
    pub id: UserId,
    /// How often they were written.
    pub version: Version,
    /// The address with which they sign in; no two users share one.
    pub email: Email,
    /// Their name, as colleagues see it.
    pub name: PersonName,
    /// What they may do.
    pub role: Role,
    /// Since when they may not sign in any more; users are never deleted, because what they did names them.
    pub disabled_at: Option<Moment>,
    /// When they were made.
    pub created_at: Moment,
    /// When they last changed.
    pub updated_at: Moment,
}

/// A sign-in that lasts: on one device, until it ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Its identity.
    pub id: SessionId,
    /// Who is signed in.
    pub user: UserId,
    /// From where they signed in.
    pub address: Option<IpAddr>,
    /// With what they signed in.
    pub agent: Option<Agent>,
    /// When they signed in.
    pub created_at: Moment,
    /// When it was last refreshed.
    pub last_used_at: Moment,
    /// When it ends by itself.
    pub expires_at: Moment,
    /// When somebody ended it.
    pub revoked_at: Option<Moment>,
}

bounded! {
    /// What a client calls itself (RFC 9110, `User-Agent`), so that a person knows their own devices.
    Agent: name up to 300, "browsers take about 150",
        like "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
}

/// What every signed-in request is checked against.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// Whose session it is.
    pub user: UserId,
    /// What they may do now, whatever they could when they signed in.
    pub role: Role,
}

codes! {
    /// What became of an invitation.
    pub enum InvitationState {
        /// It can be accepted.
        Pending = "pending",
        /// Somebody became a user by it.
        Accepted = "accepted",
        /// It was taken back.
        Revoked = "revoked",
        /// Nobody accepted it in time.
        Expired = "expired",
    }
}

/// An invitation to become a user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invitation {
    /// Its identity.
    pub id: InvitationId,
    /// The address of the user to be.
    pub email: Email,
    /// Their name.
    pub name: PersonName,
    /// What they will be.
    pub role: Role,
    /// Who invited them; `None` for an operator at the machine.
    pub created_by: Option<UserId>,
    /// When.
    pub created_at: Moment,
    /// Until when it can be accepted.
    pub expires_at: Moment,
    /// When it was accepted.
    pub accepted_at: Option<Moment>,
    /// When it was taken back.
    pub revoked_at: Option<Moment>,
}

impl Invitation {
    /// What has become of it at `now`.
    pub fn state(&self, now: Moment) -> InvitationState {
        if self.accepted_at.is_some() {
            InvitationState::Accepted
        } else if self.revoked_at.is_some() {
            InvitationState::Revoked
        } else if self.expires_at <= now {
            InvitationState::Expired
        } else {
            InvitationState::Pending
        }
    }
}
