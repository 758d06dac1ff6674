//! Brings a database to the schema of this version, beside nodes of the version before that go on serving.

use store::Store;
use store::open::OpenError;
use store::options::Company;

use crate::config::Config;
use crate::house;

/// Migrates, under a lock, so that two who try at once do it once.
pub fn migrate(config: &Config) -> Result<(), OpenError> {
    Store::open(&house::options(config, Company::Beside)).map(|_| ())
}
