//! The one secret of a site from which others are derived, each for one use.

use std::fmt;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

use super::file::{self, KeyFault};
use crate::random;

/// 32 random octets in the file `server.secret`, base64url on one line. Whoever replaces it ends all sign-ins and all
/// cursors.
#[derive(Clone)]
pub struct ServerSecret(Subkey);

impl ServerSecret {
    pub(super) const FILE: &'static str = "server.secret";

    /// The secret that stands in `dir`.
    pub(super) fn load(dir: &Path) -> Result<Self, KeyFault> {
        let path = dir.join(Self::FILE);
        let text = file::read(&path)?;
        let octets = URL_SAFE_NO_PAD.decode(text.trim_end()).ok().and_then(|octets| octets.try_into().ok());
        let octets = octets.ok_or_else(|| KeyFault::malformed(&path, "must be 32 octets in base64url"))?;
        Ok(Self(Subkey(octets)))
    }

    /// Draws a secret into `dir`, unless there is one.
    pub(super) fn make(dir: &Path) -> Result<(), KeyFault> {
        let drawn: [u8; 32] = random::bytes()?;
        file::make(&dir.join(Self::FILE), &format!("{}\n", URL_SAFE_NO_PAD.encode(drawn)))
    }

    /// The key for the use that `label` names. Keys of two labels tell nothing of each other, nor of the secret
    /// (HMAC-SHA-256 as a pseudorandom function, RFC 5869 §3.3).
    pub fn derive(&self, label: &str) -> Subkey {
        Subkey(self.0.mac(&[b"masthead ", label.as_bytes()]))
    }

    #[cfg(test)]
    pub(crate) fn of(octets: [u8; 32]) -> Self {
        Self(Subkey(octets))
    }
}

/// A key for one use, such as the signatures of cursors.
#[derive(Clone)]
pub struct Subkey([u8; 32]);

impl Subkey {
    /// The HMAC-SHA-256 of `parts`, one after the other, under this key. The caller frames parts of varying length.
    pub fn mac(&self, parts: &[&[u8]]) -> [u8; 32] {
        mac_of(&self.0, parts)
    }

    /// The key itself, for a cipher.
    pub(crate) const fn octets(&self) -> &[u8; 32] {
        &self.0
    }

    /// Whether `tag` is the beginning of [`Subkey::mac`] of `parts`, in the same time wherever it differs. A tag of
    /// under 16 octets is refused, since it could be guessed.
    pub fn verifies(&self, parts: &[&[u8]], tag: &[u8]) -> bool {
        let mac = self.mac(parts);
        tag.len() >= 16 && mac.get(..tag.len()).is_some_and(|start| start.ct_eq(tag).into())
    }
}

/// The HMAC-SHA-256 of `parts`, one after the other, under a key of at most 64 octets.
pub(crate) fn mac_of(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    // A key that is no longer than a block HMAC takes as it is, padded with zeros.
    let mut block = [0; 64];
    block.iter_mut().zip(key).for_each(|(to, from)| *to = *from);
    let mut mac = Hmac::<Sha256>::new(&block.into());
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

impl fmt::Debug for ServerSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ServerSecret(…)")
    }
}

impl fmt::Debug for Subkey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Subkey(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_is_hmac_sha_256() {
        // RFC 4231, case 2, whose key "Jefe" is padded with zeros just as a longer one of 32 octets.
        let mut key = [0; 32];
        key[..4].copy_from_slice(b"Jefe");
        let code = Subkey(key).mac(&[b"what do ya want ", b"for nothing?"]);
        assert_eq!(code[..8], [0x5b, 0xdc, 0xc1, 0x46, 0xbf, 0x60, 0x75, 0x4e]);
    }

    #[test]
    fn two_labels_give_two_keys() {
        let secret = ServerSecret::of([7; 32]);
        assert_ne!(secret.derive("cursor").0, secret.derive("refresh").0);
        assert_eq!(secret.derive("cursor").0, secret.derive("cursor").0);
    }

    #[test]
    fn a_tag_is_good_whole_or_cut_to_half_and_no_shorter() {
        let key = ServerSecret::of([7; 32]).derive("cursor");
        let code = key.mac(&[b"text"]);
        assert!(key.verifies(&[b"text"], &code) && key.verifies(&[b"text"], &code[..16]));
        assert!(!key.verifies(&[b"text"], &code[..15]) && !key.verifies(&[b"text"], b""));
        assert!(!key.verifies(&[b"text"], &[&code[..], &[0]].concat()) && !key.verifies(&[b"Text"], &code));
    }
}
