//! Signing in and out, and acting with an API key.

mod api_key;
mod invitation;
mod login;
mod password;
mod refresh;
mod refusals;
mod session;

use chrono::TimeDelta;
use domain::account::User;

pub use invitation::Acceptance;
pub use login::Login;
pub(crate) use refusals::Refusals;

/// What somebody gets who signed in or refreshed.
#[derive(Debug)]
pub struct SignedIn {
    /// The access token.
    pub access_token: String,
    /// The refresh token.
    pub refresh_token: String,
    /// How long the access token is good.
    pub lifetime: TimeDelta,
    /// Who they are.
    pub user: User,
}
