//! Who acts: somebody signed in, or the server itself on behalf of an operator.

use crate::id::{SessionId, UserId};
use crate::site::Drafts;
use crate::user::Role;

/// Somebody who asks for something to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Actor {
    /// Who.
    pub user: UserId,
    /// What they are to the newsroom at this moment.
    pub role: Role,
    /// The sign-in by which they act; `None` for an operator at the command line.
    pub session: Option<SessionId>,
    /// Whether their site keeps drafts from reporters. It stands here so that every grant knows it: the policy asks
    /// for an actor, and an actor is made from the site's rules.
    pub drafts: Drafts,
}
