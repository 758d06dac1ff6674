//! The name of a signing key, which is also the name of its file.

use std::fmt;

use ed25519_dalek::VerifyingKey;
use sha2::{Digest as _, Sha256};

/// A key's name: four digits that count the keys of a site, a hyphen, and the first 16 hex digits of the SHA-256 of
/// the public key. The key with the highest name signs, so that order needs no clock and no second file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kid(String);

impl Kid {
    pub(super) fn of(number: u16, public: &VerifyingKey) -> Self {
        let digest = Sha256::digest(public.as_bytes());
        let mut name = format!("{number:04}-");
        for octet in digest.iter().take(8) {
            name.extend(
                [octet >> 4, octet & 15].into_iter().filter_map(|half| char::from_digit(half.into(), 16)),
            );
        }
        Self(name)
    }

    /// The count in `name`, if `name` is the one of `public`.
    pub(super) fn read(name: &str, public: &VerifyingKey) -> Option<(u16, Self)> {
        let number = name.get(..4)?.parse().ok()?;
        let kid = Self::of(number, public);
        (kid.0 == name).then_some((number, kid))
    }

    /// The name as it stands in a token's header and in the published keys.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Kid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
