//! The keys of a site, in one directory: those that sign access tokens and the secret that others are derived from.
//! Tokens themselves are in [`crate::access`] and [`crate::refresh`].

mod file;
mod kid;
mod secret;
mod set;

pub use file::KeyFault;
pub use kid::Kid;
pub(crate) use secret::mac_of;
pub use secret::{ServerSecret, Subkey};
pub use set::{Fingerprint, KeySet};
