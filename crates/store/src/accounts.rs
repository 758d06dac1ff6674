//! Users, their sessions and invitations, with the hashes of their secrets. No secret itself is ever stored.

use domain::account::{Invitation, Session, Standing, User};
use domain::id::{InvitationId, SessionId, UserId};
use domain::paging::From;
use domain::time::Moment;
use domain::version::{Seen, Version};

use crate::error::Error;

/// A user with what their password is checked against.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Who.
    pub user: User,
    /// The hash of their password, in PHC form; `None` until they set one.
    pub password_hash: Option<String>,
}

/// Which refresh token of a session is good now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rotation {
    /// Its generation: how often the token was rotated.
    pub generation: u64,
    /// When the token before it was used; `None` for the first.
    pub rotated_at: Option<Moment>,
}

/// A session with its refresh token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Family {
    /// The session.
    pub session: Session,
    /// Its token.
    pub rotation: Rotation,
}

/// Users, sessions and invitations.
pub trait Accounts {
    /// Adds a user; [`crate::error::Unique::Email`] where the address is in use.
    fn add_user(&mut self, user: &User, password_hash: Option<&str>) -> Result<(), Error>;

    /// The user of this id.
    fn user(&mut self, id: UserId) -> Result<Option<Credentials>, Error>;

    /// A user, held until the transaction ends: what ends their sessions waits, or was before.
    fn hold_user(&mut self, id: UserId) -> Result<Option<Credentials>, Error>;

    /// The user who signs in with this address.
    fn user_of_email(&mut self, email: &domain::user::Email) -> Result<Option<Credentials>, Error>;

    /// Up to `limit` users in the order in which they were made; those before one backwards.
    fn users(&mut self, from: Option<From<UserId>>, limit: u16) -> Result<Vec<User>, Error>;

    /// Which of these users exist and may sign in.
    fn enabled_users(&mut self, ids: &[UserId]) -> Result<Vec<UserId>, Error>;

    /// Stores what changed of a user who was seen as `seen`, and answers the new version.
    fn change_user(&mut self, user: &User, seen: Seen) -> Result<Version, Error>;

    /// Sets the hash of a user's password.
    fn set_password(&mut self, user: UserId, password_hash: &str, now: Moment) -> Result<(), Error>;

    /// Puts another hash of the same password in the place of `stored`, unless the password has changed since. It is no
    /// change of the user.
    fn rehash_password(&mut self, user: UserId, stored: &str, anew: &str) -> Result<(), Error>;

    /// How many admins can sign in. Ask under [`crate::lock::Rule::LastAdmin`] before one is lost.
    fn enabled_admins(&mut self) -> Result<i64, Error>;

    /// Adds a session.
    fn add_session(&mut self, family: &Family) -> Result<(), Error>;

    /// The session of this id, held until the transaction ends.
    fn session(&mut self, id: SessionId) -> Result<Option<Family>, Error>;

    /// The sessions of a user that are not over by `now`, the newest first.
    fn sessions(&mut self, user: UserId, now: Moment) -> Result<Vec<Session>, Error>;

    /// Whose session it is and what they may do; `None` once it is over or they are disabled.
    fn standing(&mut self, id: SessionId, now: Moment) -> Result<Option<Standing>, Error>;

    /// Puts the next refresh token into place, and lets the session last until `expires_at`.
    fn rotate(
        &mut self,
        id: SessionId,
        rotation: &Rotation,
        expires_at: Moment,
        now: Moment,
    ) -> Result<(), Error>;

    /// Ends a session, and tells how many that were not over by `now` it ended.
    fn end_session(&mut self, id: SessionId, now: Moment) -> Result<usize, Error>;

    /// Ends the sessions of a user but for `kept`, and tells which.
    fn end_sessions(
        &mut self,
        user: UserId,
        kept: Option<SessionId>,
        now: Moment,
    ) -> Result<Vec<SessionId>, Error>;

    /// Removes up to `limit` sessions that were over before `before`, and tells how many.
    fn sweep_sessions(&mut self, before: Moment, limit: u16) -> Result<usize, Error>;

    /// Adds an invitation with the SHA-256 of its secret.
    fn add_invitation(&mut self, invitation: &Invitation, secret_hash: &[u8; 32]) -> Result<(), Error>;

    /// The invitation of this id, held until the transaction ends.
    fn hold_invitation(&mut self, id: InvitationId) -> Result<Option<Invitation>, Error>;

    /// The invitation with this secret.
    fn invitation_of_secret(&mut self, secret_hash: &[u8; 32]) -> Result<Option<Invitation>, Error>;

    /// Up to `limit` invitations, newest first; those before one backwards.
    fn invitations(&mut self, from: Option<From<InvitationId>>, limit: u16)
    -> Result<Vec<Invitation>, Error>;

    /// Stores when an invitation was accepted or revoked.
    fn end_invitation(&mut self, invitation: &Invitation) -> Result<(), Error>;
}
