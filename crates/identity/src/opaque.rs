//! Opaque secrets that are shown once and kept as hashes: invitations and previews. Refresh tokens, which carry more,
//! are in [`crate::refresh`].

use std::fmt;
use std::marker::PhantomData;

use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use crate::random::{self, NoRandomness};

/// What a secret opens. Its prefix is part of the secret, so that none passes in another's place (abuse AUTH-05).
pub trait Kind {
    /// The first letters of every secret of this kind; scanners for leaked secrets look for them.
    const PREFIX: &'static str;
}

/// Becoming a user.
#[derive(Debug)]
pub enum Invitation {}

impl Kind for Invitation {
    const PREFIX: &'static str = "mhi_";
}

/// Seeing one working copy.
#[derive(Debug)]
pub enum Preview {}

impl Kind for Preview {
    const PREFIX: &'static str = "mhp_";
}

/// Changing one comment of one's own.
#[derive(Debug)]
pub enum CommentEdit {}

impl Kind for CommentEdit {
    const PREFIX: &'static str = "mhc_";
}

/// A secret of kind `K`: its prefix and 256 random bits in lower-case hexadecimal digits, since some stand in a path,
/// and paths have one spelling.
pub struct Secret<K> {
    text: String,
    kind: PhantomData<K>,
}

impl<K: Kind> Secret<K> {
    /// Random octets of a secret.
    const OCTETS: usize = 32;

    /// Makes a secret that nobody has seen.
    pub fn draw() -> Result<Self, NoRandomness> {
        let digits = digits(&random::bytes::<32>()?);
        Ok(Self { text: format!("{}{digits}", K::PREFIX), kind: PhantomData })
    }

    /// Reads what a client presents; `None` for what cannot be a secret of this kind, so that no query is spent on it.
    pub fn parse(raw: &str) -> Option<Self> {
        let digits = raw.strip_prefix(K::PREFIX)?.as_bytes();
        let plain = digits.iter().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'));
        (plain && digits.len() == 2 * Self::OCTETS).then(|| Self { text: raw.to_owned(), kind: PhantomData })
    }

    /// The secret in clear, for the one answer that shows it.
    pub fn reveal(&self) -> &str {
        &self.text
    }

    /// What is stored, and looked up by. Without salt, since 256 random bits cannot be guessed from their hash.
    pub fn hash(&self) -> SecretHash {
        SecretHash::of(&self.text)
    }
}

/// Octets in lower-case hexadecimal digits.
pub(crate) fn digits(octets: &[u8]) -> String {
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half)]);
    octets.iter().flat_map(|octet| [digit(octet >> 4), digit(octet & 15)]).collect()
}

/// Shows the kind only.
impl<K: Kind> fmt::Debug for Secret<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}…", K::PREFIX)
    }
}

/// The SHA-256 of a secret's text. Comparing two takes the same time wherever they differ.
#[derive(Clone, Copy)]
pub struct SecretHash([u8; 32]);

impl SecretHash {
    /// A hash from the store.
    pub const fn new(stored: [u8; 32]) -> Self {
        Self(stored)
    }

    /// The hash for the store.
    pub const fn octets(&self) -> &[u8; 32] {
        &self.0
    }

    pub(crate) fn of(text: &str) -> Self {
        Self(Sha256::digest(text).into())
    }
}

impl PartialEq for SecretHash {
    fn eq(&self, other: &Self) -> bool {
        self.0.ct_eq(&other.0).into()
    }
}

impl Eq for SecretHash {}

/// Shows nothing: whoever reads a log has no use for it.
impl fmt::Debug for SecretHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SecretHash(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_secret_is_read_back_and_keeps_its_hash() {
        let drawn = Secret::<Invitation>::draw().unwrap();
        let read = Secret::<Invitation>::parse(drawn.reveal()).unwrap();
        assert_eq!(read.hash(), drawn.hash());
        assert_ne!(Secret::<Invitation>::draw().unwrap().hash(), drawn.hash());
    }

    // abuse: AUTH-05
    #[test]
    fn no_kind_passes_in_anothers_place() {
        let invitation = Secret::<Invitation>::draw().unwrap();
        let preview = Secret::<Preview>::draw().unwrap();
        assert!(Secret::<Preview>::parse(invitation.reveal()).is_none());
        assert!(Secret::<Invitation>::parse(preview.reveal()).is_none());
    }

    #[test]
    fn a_secret_has_one_spelling() {
        let drawn = Secret::<Preview>::draw().unwrap();
        let text = drawn.reveal();
        let (most, upper) = (&text[..67], format!("{}A", &text[..67]));
        for raw in [most, &format!("{text}a"), &format!("{text}="), &format!(" {text}"), &upper] {
            assert!(Secret::<Preview>::parse(raw).is_none(), "{raw}");
        }
    }

    #[test]
    fn a_secret_hides_from_logs() {
        let drawn = Secret::<Preview>::draw().unwrap();
        assert_eq!(format!("{drawn:?} {:?}", drawn.hash()), "mhp_… SecretHash(…)");
    }

    proptest! {
        #[test]
        fn anything_may_be_presented(raw in "(mhi_)?[A-Fa-f0-9_=-]{0,70}") {
            if let Some(secret) = Secret::<Invitation>::parse(&raw) {
                prop_assert_eq!(secret.reveal(), raw);
            }
        }
    }
}
