//! The Ed25519 keys that sign access tokens (RFC 8032), as they stand in one directory.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fmt;
use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::SigningKey;
use ed25519_dalek::pkcs8::spki::der::pem::LineEnding;
use ed25519_dalek::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::file::{self, KeyFault};
use super::kid::Kid;
use super::secret::ServerSecret;
use crate::random;

/// Files with a signing key end so; others, but for the server's secret, are left alone.
const EXTENSION: &str = "pem";

/// The keys of a site, held in memory: no name in a token ever leads to a file.
///
/// A key is the file `{kid}.pem`, PKCS#8 in PEM, mode 0600 or stricter. All keys verify; the one with the highest name
/// signs. A key may be deleted once it has not signed for the lifetime of an access token.
#[derive(Clone)]
pub struct KeySet {
    signing: SigningPair,
    older: Vec<SigningPair>,
    last_number: u16,
    secret: ServerSecret,
}

/// A key with its name.
#[derive(Clone)]
pub(crate) struct SigningPair {
    pub(crate) kid: Kid,
    pub(crate) key: SigningKey,
}

impl KeySet {
    /// Reads the keys in `dir`; all of them must be good.
    pub fn load(dir: &Path) -> Result<Self, KeyFault> {
        let mut found = BTreeMap::new();
        for entry in fs::read_dir(dir).map_err(KeyFault::unreachable(dir))? {
            let path = entry.map_err(KeyFault::unreachable(dir))?.path();
            if path.extension() == Some(OsStr::new(EXTENSION)) {
                let (number, pair) = read_pair(&path)?;
                found.insert((number, pair.kid.clone()), pair);
            }
        }
        let ((last_number, _), signing) =
            found.pop_last().ok_or_else(|| KeyFault::NoKey { path: dir.to_owned() })?;
        let older = found.into_values().collect();
        Ok(Self { signing, older, last_number, secret: ServerSecret::load(dir)? })
    }

    /// Reads the keys in `dir`. Where no signing key is, makes the directory, the server's secret and a first key.
    ///
    /// What is there and faulty is never replaced, nor a secret made beside older keys: that would sign everybody out
    /// without a word.
    pub fn load_or_make(dir: &Path) -> Result<Self, KeyFault> {
        file::make_dir(dir)?;
        match Self::load(dir) {
            Err(KeyFault::NoKey { .. }) => {
                ServerSecret::make(dir)?;
                make_pair(dir, 1)?;
                Self::load(dir)
            }
            loaded => loaded,
        }
    }

    /// Adds a key to `dir`, which signs from now on; tokens of the old ones stay good.
    pub fn rotate(dir: &Path) -> Result<Self, KeyFault> {
        let number = Self::load(dir)?.last_number + 1;
        if number > 9999 {
            return Err(KeyFault::NoNumber { path: dir.to_owned() });
        }
        make_pair(dir, number)?;
        Self::load(dir)
    }

    /// The secret from which keys for other uses are derived.
    pub const fn secret(&self) -> &ServerSecret {
        &self.secret
    }

    /// What tells this set, the secret included, from another without giving anything of it away: nodes of one site
    /// must agree on it.
    pub fn fingerprint(&self) -> Fingerprint {
        let mut digest = Sha256::new();
        for pair in self.pairs() {
            digest.update(pair.kid.as_str());
            digest.update(pair.key.verifying_key().as_bytes());
        }
        digest.update(self.secret.derive("fingerprint").mac(&[]));
        Fingerprint(digest.finalize().into())
    }

    /// The public keys as a JWK set (RFC 7517; Ed25519 as in RFC 8037), the signing one first.
    pub fn jwks(&self) -> Value {
        let keys: Vec<Value> = self
            .pairs()
            .map(|pair| {
                json!({
                    "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": pair.kid.as_str(),
                    "x": URL_SAFE_NO_PAD.encode(pair.key.verifying_key().as_bytes()),
                })
            })
            .collect();
        json!({ "keys": keys })
    }

    /// The name of the key that signs.
    pub const fn signing_kid(&self) -> &Kid {
        &self.signing.kid
    }

    /// All keys, the signing one first, then from the oldest on.
    pub(crate) fn pairs(&self) -> impl Iterator<Item = &SigningPair> {
        std::iter::once(&self.signing).chain(&self.older)
    }

    pub(crate) const fn signing(&self) -> &SigningPair {
        &self.signing
    }
}

/// Names the signing key only.
impl fmt::Debug for KeySet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeySet({}, {} older)", self.signing.kid, self.older.len())
    }
}

/// The SHA-256 that names a [`KeySet`]; shown and stored as 64 hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint([u8; 32]);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|octet| write!(f, "{octet:02x}"))
    }
}

fn read_pair(path: &Path) -> Result<(u16, SigningPair), KeyFault> {
    let pem = file::read(path)?;
    let key = SigningKey::from_pkcs8_pem(&pem)
        .map_err(|_| KeyFault::malformed(path, "is not an Ed25519 key as PKCS#8 in PEM"))?;
    let name = path.file_stem().and_then(OsStr::to_str).unwrap_or_default();
    let (number, kid) = Kid::read(name, &key.verifying_key())
        .ok_or_else(|| KeyFault::malformed(path, "holds another key than its name says"))?;
    Ok((number, SigningPair { kid, key }))
}

fn make_pair(dir: &Path, number: u16) -> Result<(), KeyFault> {
    let key = SigningKey::from_bytes(&random::bytes()?);
    let path = dir.join(format!("{}.{EXTENSION}", Kid::of(number, &key.verifying_key())));
    let pem = key
        .to_pkcs8_pem(LineEnding::LF)
        .map_err(|_| KeyFault::malformed(&path, "the new key could not be encoded"))?;
    file::make(&path, &pem)
}
