//! Makes and rotates the keys of a site, and holds that all nodes of one database have the same.

use std::path::Path;

use identity::keys::KeySet;
use store::Store;
use store::options::Company;
use tokio::runtime::Builder;

use crate::config::Config;
use crate::config::database::DatabaseUrl;
use crate::house::{HouseFault, options};

/// The name under which the database knows the fingerprint of the keys.
const FACT: &str = "keys";

/// Makes the keys of a site that has none, and notes in the database which they are (ruling 26).
pub fn init(config: &Config) -> Result<(), HouseFault> {
    let keys = KeySet::load_or_make(&config.secrets.dir)?;
    let store = Store::open(&options(config, Company::Beside))?;
    match noted(&store)? {
        None => note(&store, &keys),
        Some(known) if known == keys.fingerprint().to_string() => Ok(()),
        Some(_) => Err(HouseFault::OtherKeys),
    }
}

/// Adds a key, which nodes sign with once they start again or meet a token of it; tokens of the older ones stay good.
pub fn rotate(config: &Config) -> Result<(), HouseFault> {
    let keys = KeySet::rotate(&config.secrets.dir)?;
    note(&Store::open(&options(config, Company::Beside))?, &keys)
}

/// The keys with which a node works. With SQLite the first start makes them; with PostgreSQL, where another node may
/// have them, none does.
pub(crate) fn of_node(config: &Config, store: &Store) -> Result<KeySet, HouseFault> {
    let dir = &config.secrets.dir;
    let keys = match config.database.url {
        DatabaseUrl::Sqlite(_) => KeySet::load_or_make(dir)?,
        DatabaseUrl::Postgres(_) => KeySet::load(dir)?,
    };
    match (noted(store)?, &config.database.url) {
        (Some(known), _) if known == keys.fingerprint().to_string() => Ok(keys),
        (None, DatabaseUrl::Sqlite(_)) => note(store, &keys).map(|()| keys),
        (None, DatabaseUrl::Postgres(_)) | (Some(_), _) => Err(HouseFault::OtherKeys),
    }
}

/// Reads the keys in `dir` again, as a node does that meets a token of a key that it does not know. Half of them, copied
/// while it reads, are told in the log and are no keys.
pub(crate) fn source(dir: &Path) -> impl Fn() -> Option<KeySet> + Send + Sync + 'static {
    let dir = dir.to_owned();
    move || KeySet::load(&dir).inspect_err(|fault| tracing::warn!(%fault, "the keys stay as they were")).ok()
}

fn noted(store: &Store) -> Result<Option<String>, HouseFault> {
    let runtime = Builder::new_current_thread().enable_time().build()?;
    Ok(runtime.block_on(store.read(|tx| tx.fact(FACT)))?)
}

fn note(store: &Store, keys: &KeySet) -> Result<(), HouseFault> {
    let runtime = Builder::new_current_thread().enable_time().build()?;
    let fingerprint = keys.fingerprint().to_string();
    Ok(runtime.block_on(store.write(move |tx| tx.set_fact(FACT, &fingerprint)))?)
}
