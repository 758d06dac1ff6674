//! Secrets of webhooks: by them a receiver knows that an event is from us
//! ([Standard Webhooks](https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md)). Unlike
//! other secrets they are needed again, so that they are kept sealed, with a key that is not in the database.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use uuid::Uuid;

use crate::keys::{Subkey, mac_of};
use crate::random::{self, NoRandomness};

/// The first letters of every secret of a webhook, as the specification has it.
const PREFIX: &str = "whsec_";

/// How it is known by which cipher something was sealed.
const FORM: u8 = 1;

/// Octets of a nonce, which are drawn: so many that two never meet (draft-irtf-cfrg-xchacha, 3.1).
const NONCE: usize = 24;

/// A secret that a webhook and its receiver share: 32 random octets; the specification takes 24 to 64.
pub struct WebhookSecret([u8; 32]);

impl WebhookSecret {
    /// Makes a secret that nobody has seen.
    pub fn draw() -> Result<Self, NoRandomness> {
        Ok(Self(random::bytes()?))
    }

    /// The secret in clear, for the one answer that shows it.
    pub fn reveal(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(self.0))
    }

    /// What shows a receiver that the event `id` with this body was sent by us at `timestamp`, in seconds since 1970.
    pub fn sign(&self, id: &str, timestamp: i64, body: &str) -> String {
        signature(&self.0, id, timestamp, body)
    }
}

/// Shows the kind only.
impl fmt::Debug for WebhookSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}…")
    }
}

fn signature(secret: &[u8], id: &str, timestamp: i64, body: &str) -> String {
    let timestamp = timestamp.to_string();
    let code = mac_of(secret, &[id.as_bytes(), b".", timestamp.as_bytes(), b".", body.as_bytes()]);
    format!("v1,{}", STANDARD.encode(code))
}

/// Where secrets of webhooks are sealed and opened, under a key that only the nodes of the site have.
#[derive(Clone)]
pub struct Vault(XChaCha20Poly1305);

impl Vault {
    /// A vault with this key.
    pub fn new(key: &Subkey) -> Self {
        Self(XChaCha20Poly1305::new(key.octets().into()))
    }

    /// A secret as it is kept; it opens as that of `webhook` and of no other.
    pub fn seal(&self, webhook: Uuid, secret: &WebhookSecret) -> Result<Vec<u8>, NotSealed> {
        let nonce: [u8; NONCE] = random::bytes()?;
        let payload = Payload { msg: &secret.0, aad: webhook.as_bytes() };
        let sealed = self.0.encrypt(&XNonce::from(nonce), payload).map_err(|_| NotSealed::Cipher)?;
        Ok([&[FORM], nonce.as_slice(), &sealed].concat())
    }

    /// What was sealed as the secret of `webhook`; `None` where it was sealed under another key, for another webhook, or
    /// not by us.
    pub fn open(&self, webhook: Uuid, sealed: &[u8]) -> Option<WebhookSecret> {
        let (nonce, sealed) = sealed.strip_prefix(&[FORM])?.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg: sealed, aad: webhook.as_bytes() };
        let opened = self.0.decrypt(&XNonce::from(*nonce), payload).ok()?;
        opened.try_into().ok().map(WebhookSecret)
    }
}

/// Shows no key.
impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(…)")
    }
}

/// Why a secret was not sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotSealed {
    /// There was no nonce to be had.
    #[error(transparent)]
    NoRandomness(#[from] NoRandomness),
    /// The cipher refused, which it does of no secret as short as ours.
    #[error("the cipher refused to seal a secret")]
    Cipher,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::ServerSecret;

    fn vault(octet: u8) -> Vault {
        Vault::new(&ServerSecret::of([octet; 32]).derive("webhooks"))
    }

    // abuse: WH-06
    #[test]
    fn a_signature_is_that_of_the_specifications_own_libraries() {
        // The vector that those of standard-webhooks test themselves with.
        let secret = STANDARD.decode("C2FVsBQIhrscChlQIMV+b5sSYspob7oD").unwrap();
        let body = r#"{"email":"test@example.com","username":"test_user"}"#;
        assert_eq!(
            signature(&secret, "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk", 1_649_367_553, body),
            "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw="
        );
    }

    #[test]
    fn a_secret_is_shown_as_the_specification_has_it() {
        let secret = WebhookSecret::draw().unwrap();
        let shown = secret.reveal();
        assert_eq!(STANDARD.decode(shown.strip_prefix("whsec_").unwrap()).unwrap(), secret.0);
        assert_eq!(format!("{secret:?}"), "whsec_…");
    }

    // abuse: WH-07
    #[test]
    fn a_sealed_secret_opens_with_its_key_for_its_webhook_alone() {
        let (webhook, other) = (Uuid::from_u128(1), Uuid::from_u128(2));
        let secret = WebhookSecret::draw().unwrap();
        let sealed = vault(7).seal(webhook, &secret).unwrap();
        assert_eq!(vault(7).open(webhook, &sealed).unwrap().0, secret.0);
        assert!(vault(8).open(webhook, &sealed).is_none(), "another key");
        assert!(vault(7).open(other, &sealed).is_none(), "another webhook");
        assert!(!sealed.windows(8).any(|octets| secret.0.windows(8).any(|plain| plain == octets)));
        for i in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[i] ^= 1;
            assert!(vault(7).open(webhook, &changed).is_none(), "octet {i} changed");
            assert!(vault(7).open(webhook, &sealed[..i]).is_none(), "cut to {i}");
        }
        assert_ne!(sealed, vault(7).seal(webhook, &secret).unwrap(), "no nonce is used twice");
    }
}
