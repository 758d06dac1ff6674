//! Passwords, access tokens, signing keys, refresh tokens, API keys, secrets of webhooks and others, and the throttle of
//! sign-in. Deliberately absent: HTTP, SQL, a clock; whether a sign-in still stands is for the store to say.
//!
//! Only this crate draws random bytes.

pub mod access;
pub mod api_key;
pub mod hashing;
pub mod keys;
pub mod opaque;
pub mod password;
pub mod random;
pub mod refresh;
pub mod throttle;
pub mod webhook;
