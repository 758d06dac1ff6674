//! Signing in and out.

mod invitation;
mod login;
mod password;
mod refresh;
mod session;

use domain::account::User;
use domain::time::Moment;

pub use invitation::Acceptance;
pub use login::Login;

/// What somebody gets who signed in or refreshed.
#[derive(Debug)]
pub struct SignedIn {
    /// The access token.
    pub access_token: String,
    /// The refresh token.
    pub refresh_token: String,
    /// When the access token ends.
    pub expires_at: Moment,
    /// Who they are.
    pub user: User,
}
