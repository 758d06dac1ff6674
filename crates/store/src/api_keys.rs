//! API keys, with the hashes of their secrets.

use domain::api_key::{ApiKey, KeyStanding};
use domain::id::ApiKeyId;
use domain::paging::From;
use domain::policy::right::ManageApiKeys;
use domain::policy::{Granted, House};
use domain::time::Moment;
use domain::version::{Seen, Version};

use crate::error::Error;

/// Somebody who may make, change and take back API keys.
pub type Keykeeper = Granted<House, ManageApiKeys>;

/// API keys.
pub trait ApiKeys {
    /// Adds a key with the SHA-256 of its secret.
    fn add_api_key(&mut self, by: &Keykeeper, key: &ApiKey, secret_hash: &[u8; 32]) -> Result<(), Error>;

    /// The key of this id, whatever became of it.
    fn api_key(&mut self, by: &Keykeeper, id: ApiKeyId) -> Result<Option<ApiKey>, Error>;

    /// Up to `limit` keys, newest first; those before one backwards.
    fn api_keys(
        &mut self,
        by: &Keykeeper,
        from: Option<From<ApiKeyId>>,
        limit: u16,
    ) -> Result<Vec<ApiKey>, Error>;

    /// The same as [`ApiKeys::api_key`], held until the transaction ends.
    fn hold_api_key(&mut self, by: &Keykeeper, id: ApiKeyId) -> Result<Option<ApiKey>, Error>;

    /// Stores what changed of a key that was seen as `seen`, and answers the new version.
    fn change_api_key(&mut self, by: &Keykeeper, key: &ApiKey, seen: Seen) -> Result<Version, Error>;

    /// What the key with this secret may do; `None` once it is over or its owner is disabled.
    fn key_standing(&mut self, secret_hash: &[u8; 32], now: Moment) -> Result<Option<KeyStanding>, Error>;

    /// Notes that a key was used at `now`, unless that was noted after `before`.
    fn note_key_use(&mut self, id: ApiKeyId, before: Moment, now: Moment) -> Result<(), Error>;
}
