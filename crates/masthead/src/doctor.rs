//! Examines what is kept: the rows of the database against its rules, and the photos against their bytes.

use std::io;

use media::objects::{ObjectError, Objects};
use newsroom::error::Error;
use newsroom::photos::{Stock, take_stock};
use store::Store;
use store::examine::{Finding, examine};
use store::open::OpenError;
use store::options::Company;
use tokio::runtime::Builder;

use crate::config::Config;
use crate::house::{location, options};

/// Why it could not be examined.
#[derive(Debug, thiserror::Error)]
pub enum NotExamined {
    /// The database cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// It does not answer.
    #[error(transparent)]
    Database(#[from] store::error::Error),
    /// The bytes of photos cannot be asked for.
    #[error("cannot look at photos: {0}")]
    Objects(#[from] ObjectError),
    /// Photos cannot be held against their bytes.
    #[error("cannot look at photos: {0}")]
    Photos(#[from] Error),
    /// The machine gives no thread.
    #[error(transparent)]
    Machine(#[from] io::Error),
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkup {
    /// The rules of the database, each with whether it holds.
    pub findings: Vec<Finding>,
    /// Photos and their bytes.
    pub stock: Stock,
}

impl Checkup {
    /// Whether all is as it must be.
    pub fn is_sound(&self) -> bool {
        self.findings.iter().all(|finding| finding.broken == 0) && self.stock.lost == 0
    }
}

/// Examines all of it, beside a running server where there is one. It reads every file of every photo.
pub fn check(config: &Config) -> Result<Checkup, NotExamined> {
    let findings = examine(&location(config))?;
    let store = Store::open(&options(config, Company::Beside))?;
    let objects = Objects::open(&config.media.url.0, config.media.account.as_ref())?;
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let stock = runtime.block_on(take_stock(&store, &objects))?;
    Ok(Checkup { findings, stock })
}
