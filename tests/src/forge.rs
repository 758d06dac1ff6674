//! A forger with the keys of the site: makes access tokens that are right but for what a test changes.

use std::fs;
use std::path::PathBuf;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::pkcs8::DecodePrivateKey as _;
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};

use crate::site::Site;

/// A token that can be changed before it is signed.
#[derive(Debug, Clone)]
pub struct Forged {
    header: Members,
    claims: Members,
}

impl Forged {
    /// Reads a good token.
    #[track_caller]
    pub fn from(token: &str) -> Self {
        let parts: Vec<_> = token.split('.').collect();
        assert_eq!(parts.len(), 3, "an access token has three parts");
        let read = |part: &str| {
            let octets = URL_SAFE_NO_PAD.decode(part).expect("base64url");
            Members::read(&String::from_utf8(octets).expect("text"))
        };
        Self { header: read(parts[0]), claims: read(parts[1]) }
    }

    /// A member of its header.
    pub fn in_header(&self, name: &str) -> Value {
        self.header.get(name)
    }

    /// A claim.
    pub fn in_claims(&self, name: &str) -> Value {
        self.claims.get(name)
    }

    /// The same with a member of the header set, or taken away by `null`.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.header.set(name, value.into());
        self
    }

    /// The same with a claim set, or taken away by `null`.
    #[must_use]
    pub fn claim(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.claims.set(name, value.into());
        self
    }

    /// What is signed.
    pub fn text(&self) -> String {
        let part = |members: &Members| URL_SAFE_NO_PAD.encode(members.text());
        format!("{}.{}", part(&self.header), part(&self.claims))
    }

    /// The token with any signature.
    pub fn with(&self, signature: impl AsRef<[u8]>) -> String {
        format!("{}.{}", self.text(), URL_SAFE_NO_PAD.encode(signature))
    }

    /// The token with a good signature of the site's own key.
    #[track_caller]
    pub fn signed(&self, site: &Site) -> String {
        self.with(site.signing_key().sign(self.text().as_bytes()).to_bytes())
    }
}

/// The members of an object in the order in which they were written: a token must differ from a good one in nothing
/// but what a test is about.
#[derive(Debug, Clone)]
struct Members(Vec<(String, Value)>);

impl Members {
    fn read(text: &str) -> Self {
        let object: serde_json::Map<_, _> = serde_json::from_str(text).expect("an object");
        let mut members: Vec<_> = object.into_iter().collect();
        members.sort_by_key(|(name, _)| text.find(&format!("\"{name}\":")));
        Self(members)
    }

    fn get(&self, name: &str) -> Value {
        self.0.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone()).expect("a member")
    }

    fn set(&mut self, name: &str, value: Value) {
        match self.0.iter_mut().find(|(own, _)| own == name) {
            _ if value.is_null() => self.0.retain(|(own, _)| own != name),
            Some((_, old)) => *old = value,
            None => self.0.push((name.to_owned(), value)),
        }
    }

    fn text(&self) -> String {
        let members: Vec<_> = self.0.iter().map(|(name, value)| format!("{}:{value}", json!(name))).collect();
        format!("{{{}}}", members.join(","))
    }
}

impl Site {
    /// The key with which the site signs.
    #[track_caller]
    pub fn signing_key(&self) -> SigningKey {
        let pem = fs::read_to_string(self.newest_key()).expect("a key");
        SigningKey::from_pkcs8_pem(&pem).expect("an Ed25519 key")
    }

    /// The name of that key.
    #[track_caller]
    pub fn signing_kid(&self) -> String {
        self.newest_key().file_stem().expect("a name").to_string_lossy().into_owned()
    }

    #[track_caller]
    fn newest_key(&self) -> PathBuf {
        let files = fs::read_dir(self.dir().join("secrets")).expect("the site's secrets");
        let keys = files.map(|file| file.expect("a file").path());
        keys.filter(|path| path.extension().is_some_and(|end| end == "pem")).max().expect("a key")
    }

    /// The public key as other systems are given it: PEM, and the bytes behind it.
    #[track_caller]
    pub fn public_key_texts(&self) -> Vec<Vec<u8>> {
        let key = self.signing_key().verifying_key();
        // SubjectPublicKeyInfo of an Ed25519 key: a constant head, then the key (RFC 8410, 4).
        let mut der = vec![0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
        der.extend_from_slice(key.as_bytes());
        let base64 = base64::engine::general_purpose::STANDARD.encode(&der);
        let pem = format!("-----BEGIN PUBLIC KEY-----\n{base64}\n-----END PUBLIC KEY-----\n");
        let jwk = json!({"crv": "Ed25519", "kty": "OKP", "x": URL_SAFE_NO_PAD.encode(key.as_bytes())});
        let jwk = jwk.to_string().into_bytes();
        vec![pem.trim_end().into(), pem.into_bytes(), der, key.as_bytes().to_vec(), jwk]
    }
}
