//! A database of its own for each site, on either system.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::postgres;

/// Which system a test runs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Database {
    /// A file.
    Sqlite,
    /// A database of the run's cluster.
    Postgres,
}

/// A database that nobody else uses; it is dropped with this value.
#[derive(Debug)]
pub struct OwnDatabase {
    url: String,
    /// Its name, where it must be dropped by name.
    name: Option<String>,
}

impl Database {
    /// Makes an empty one; a file goes to `dir`.
    pub fn empty(self, dir: &Path) -> OwnDatabase {
        match self {
            Self::Sqlite => {
                OwnDatabase { url: format!("sqlite:{}", dir.join("masthead.db").display()), name: None }
            }
            Self::Postgres => {
                let name = next_name();
                postgres::administer(&[&format!("CREATE DATABASE {name}")]);
                OwnDatabase { url: postgres::url_of(&name), name: Some(name) }
            }
        }
    }
}

impl OwnDatabase {
    /// The address for `database.url`.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for OwnDatabase {
    fn drop(&mut self) {
        if let Some(name) = &self.name {
            postgres::administer(&[&format!("DROP DATABASE {name} WITH (FORCE)")]);
        }
    }
}

fn next_name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("{}{}", postgres::prefix(), NEXT.fetch_add(1, Ordering::Relaxed))
}
