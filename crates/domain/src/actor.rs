//! Who acts: somebody signed in, a program with an API key of theirs, or the server itself on behalf of an operator.

use crate::id::{ApiKeyId, SessionId, UserId};
use crate::scope::Scopes;
use crate::site::Drafts;
use crate::user::Role;

/// Somebody who asks for something to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    /// Who; the owner of the API key, where a program acts.
    pub user: UserId,
    /// What they are to the newsroom at this moment.
    pub role: Role,
    /// With what they act.
    pub with: Credential,
    /// Whether their site keeps drafts from reporters. It stands here so that every grant knows it: the policy asks
    /// for an actor, and an actor is made from the site's rules.
    pub drafts: Drafts,
}

/// With what somebody acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential {
    /// A sign-in.
    Session(SessionId),
    /// An API key, which is for these parts of what its role may do.
    ApiKey(ApiKeyId, Scopes),
    /// Nothing: an operator at the machine, or the server, which asks what somebody could do.
    Nothing,
}

impl Actor {
    /// The sign-in by which they act.
    pub const fn session(&self) -> Option<SessionId> {
        match self.with {
            Credential::Session(id) => Some(id),
            Credential::ApiKey(..) | Credential::Nothing => None,
        }
    }

    /// The API key with which they act.
    pub const fn api_key(&self) -> Option<ApiKeyId> {
        match self.with {
            Credential::ApiKey(id, _) => Some(id),
            Credential::Session(_) | Credential::Nothing => None,
        }
    }
}
