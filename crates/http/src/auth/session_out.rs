//! Tokens and sessions, as their owner gets them.

use domain::account::{Agent, Session};
use domain::actor::Actor;
use domain::id::SessionId;
use domain::time::Moment;
use newsroom::auth::SignedIn;
use serde::Serialize;
use utoipa::ToSchema;

use super::user_out::UserOut;

/// The tokens of somebody who has signed in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Tokens)]
pub(super) struct TokensOut {
    /// Sent as `Authorization: Bearer …`.
    #[schema(max_length = 2048, examples("eyJhbGciOiJFZERTQSJ9.e30.c2ln"))]
    access_token: String,
    token_type: TokenType,
    /// Seconds until the access token ends.
    #[schema(minimum = 0, examples(900))]
    expires_in: i64,
    /// Used once, to get the next pair.
    #[schema(max_length = 4096, examples("c2Vzc2lvbi1hbmQtZ2VuZXJhdGlvbg"))]
    refresh_token: String,
    user: UserOut,
}

/// How an access token is sent.
#[derive(Debug, Serialize, ToSchema)]
enum TokenType {
    Bearer,
}

impl From<SignedIn> for TokensOut {
    fn from(tokens: SignedIn) -> Self {
        let SignedIn { access_token, refresh_token, lifetime, user } = tokens;
        Self {
            access_token,
            token_type: TokenType::Bearer,
            expires_in: lifetime.num_seconds(),
            refresh_token,
            user: user.into(),
        }
    }
}

/// A sign-in.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Session)]
pub(super) struct SessionOut {
    id: SessionId,
    /// Whether it is the one that asks.
    current: bool,
    /// From where it was begun.
    #[schema(max_length = 45, examples("192.0.2.7"))]
    address: Option<String>,
    /// What the client calls itself.
    agent: Option<Agent>,
    created_at: Moment,
    last_used_at: Moment,
    expires_at: Moment,
}

impl SessionOut {
    pub(super) fn of(session: Session, actor: &Actor) -> Self {
        let Session { id, user: _, address, agent, created_at, last_used_at, expires_at, revoked_at: _ } =
            session;
        Self {
            id,
            current: actor.session() == Some(id),
            address: address.map(|address| address.to_string()),
            agent,
            created_at,
            last_used_at,
            expires_at,
        }
    }
}
