//! How a bucket is spoken to: who signs, and with what.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::client::{
    CryptoProvider, DigestAlgorithm, DigestContext, HmacContext, Signer, SigningAlgorithm,
};
use object_store::{ClientOptions, RetryConfig};
use sha2::{Digest, Sha256};

/// What is needed to speak to a bucket. Nothing of it is read from the environment of other programs.
#[derive(Clone)]
pub struct Account {
    /// The region; those that have none take any, as `us-east-1`.
    pub region: String,
    /// Where other services than Amazon's are: `https://objects.example`. `http` is for a network that is trusted.
    pub endpoint: Option<String>,
    /// The name of the key.
    pub access_key_id: String,
    /// Its secret.
    pub secret_access_key: String,
    /// How the bucket is named in addresses.
    pub addressing: Addressing,
}

/// How a bucket is named in addresses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Addressing {
    /// `https://endpoint/bucket/key`, which every service understands.
    #[default]
    Path,
    /// `https://bucket.endpoint/key`, which some ask for; the endpoint is then given with the bucket in it.
    Host,
}

impl fmt::Debug for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Account")
            .field("region", &self.region)
            .field("endpoint", &self.endpoint)
            .finish_non_exhaustive()
    }
}

/// How long a connection may take to come about, and a whole request to be answered.
const CONNECT: Duration = Duration::from_secs(5);
const REQUEST: Duration = Duration::from_mins(1);

/// How often and how long a request is tried again that the service could not answer.
const RETRIES: usize = 3;
const RETRY_FOR: Duration = Duration::from_secs(15);

pub(super) fn open(name: &str, account: &Account) -> object_store::Result<AmazonS3> {
    let http = account.endpoint.as_ref().is_some_and(|endpoint| endpoint.starts_with("http://"));
    let options =
        ClientOptions::new().with_connect_timeout(CONNECT).with_timeout(REQUEST).with_allow_http(http);
    let retry = RetryConfig { max_retries: RETRIES, retry_timeout: RETRY_FOR, ..RetryConfig::default() };
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(name)
        .with_region(&account.region)
        .with_access_key_id(&account.access_key_id)
        .with_secret_access_key(&account.secret_access_key)
        .with_virtual_hosted_style_request(account.addressing == Addressing::Host)
        .with_client_options(options)
        .with_retry(retry)
        .with_crypto_provider(Arc::new(Hashes));
    if let Some(endpoint) = &account.endpoint {
        builder = builder.with_endpoint(endpoint);
    }
    builder.build()
}

/// The hashes by which requests are signed, from the crates that the rest of Masthead takes them from.
#[derive(Debug)]
struct Hashes;

fn not_asked() -> object_store::Error {
    object_store::Error::NotSupported { source: "S3 signs with HMAC over SHA-256 only".into() }
}

struct Hash(Sha256, Vec<u8>);

struct Keyed(Hmac<Sha256>, Vec<u8>);

impl CryptoProvider for Hashes {
    fn digest(&self, algorithm: DigestAlgorithm) -> object_store::Result<Box<dyn DigestContext>> {
        match algorithm {
            DigestAlgorithm::Sha256 => Ok(Box::new(Hash(Sha256::new(), Vec::new()))),
            _ => Err(not_asked()),
        }
    }

    fn hmac(&self, algorithm: DigestAlgorithm, secret: &[u8]) -> object_store::Result<Box<dyn HmacContext>> {
        match (algorithm, Hmac::new_from_slice(secret)) {
            (DigestAlgorithm::Sha256, Ok(keyed)) => Ok(Box::new(Keyed(keyed, Vec::new()))),
            _ => Err(not_asked()),
        }
    }

    fn sign(&self, _: SigningAlgorithm, _: &[u8]) -> object_store::Result<Box<dyn Signer>> {
        // Only Google's service signs so.
        Err(not_asked())
    }
}

impl DigestContext for Hash {
    fn update(&mut self, data: &[u8]) {
        Digest::update(&mut self.0, data);
    }

    fn finish(&mut self) -> object_store::Result<&[u8]> {
        self.1 = self.0.finalize_reset().to_vec();
        Ok(&self.1)
    }
}

impl HmacContext for Keyed {
    fn update(&mut self, data: &[u8]) {
        Mac::update(&mut self.0, data);
    }

    fn finish(&mut self) -> object_store::Result<&[u8]> {
        self.1 = self.0.clone().finalize().into_bytes().to_vec();
        Ok(&self.1)
    }
}
