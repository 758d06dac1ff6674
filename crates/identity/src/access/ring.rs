//! The keys of a site at work: one signs, all verify. They are read again where a token names one that is not among them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use domain::time::Moment;
use ed25519_dalek::pkcs8::EncodePrivateKey as _;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header};
use serde_json::Value;

use super::{TYPE, Unsigned};
use crate::keys::KeySet;

/// How often the keys are read again at most: a stranger can make tokens with names of keys that there never were.
const REREAD_EVERY: TimeDelta = TimeDelta::seconds(1);

/// Keys that were read.
pub(super) struct Ring {
    pub(super) header: Header,
    pub(super) signing: EncodingKey,
    /// By the first part of a token: the header of each key as it is written, in base64url.
    pub(super) verifying: HashMap<String, DecodingKey>,
    pub(super) jwks: Value,
}

impl Ring {
    fn new(keys: &KeySet) -> Result<Self, Unsigned> {
        let signing = keys.signing().key.to_pkcs8_der().map_err(|_| Unsigned)?;
        let mut verifying = HashMap::new();
        for pair in keys.pairs() {
            let header = serde_json::to_vec(&header(pair.kid.as_str())).map_err(|_| Unsigned)?;
            let key = DecodingKey::from_ed_der(pair.key.verifying_key().as_bytes());
            verifying.insert(URL_SAFE_NO_PAD.encode(header), key);
        }
        Ok(Self {
            header: header(keys.signing().kid.as_str()),
            signing: EncodingKey::from_ed_der(signing.as_bytes()),
            verifying,
            jwks: keys.jwks(),
        })
    }
}

/// The header of the tokens that the key named `kid` signs.
fn header(kid: &str) -> Header {
    Header { typ: Some(TYPE.to_owned()), kid: Some(kid.to_owned()), ..Header::new(Algorithm::EdDSA) }
}

/// The present keys, and where they come from.
pub(super) struct Rings {
    present: RwLock<Arc<Ring>>,
    source: Box<dyn Fn() -> Option<KeySet> + Send + Sync>,
    read_at: Mutex<Option<Moment>>,
}

impl Rings {
    pub(super) fn new(
        keys: &KeySet,
        source: impl Fn() -> Option<KeySet> + Send + Sync + 'static,
    ) -> Result<Self, Unsigned> {
        let present = RwLock::new(Arc::new(Ring::new(keys)?));
        Ok(Self { present, source: Box::new(source), read_at: Mutex::default() })
    }

    pub(super) fn present(&self) -> Arc<Ring> {
        Arc::clone(&self.present.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// The keys with one that writes this header, which another node may have begun to sign with; `None` where there is
    /// none. What cannot be read changes nothing.
    pub(super) fn with(&self, header: &str, now: Moment) -> Option<Arc<Ring>> {
        let known = |ring: &Arc<Ring>| ring.verifying.contains_key(header);
        let present = self.present();
        if known(&present) {
            return Some(present);
        }
        let mut read_at = self.read_at.lock().unwrap_or_else(PoisonError::into_inner);
        if read_at.is_none_or(|at| now.since(at).abs() >= REREAD_EVERY) {
            *read_at = Some(now);
            let read = (self.source)().and_then(|keys| Ring::new(&keys).ok());
            if let Some(ring) = read {
                *self.present.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(ring);
            }
        }
        Some(self.present()).filter(known)
    }
}
