//! A database of its own for each site, on either system.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use crate::postgres;

/// What a file is called.
const FILE: &str = "masthead.db";

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
    place: Place,
}

/// Where a database is.
#[derive(Debug)]
enum Place {
    /// In this file, and in those that SQLite keeps beside it.
    File(PathBuf),
    /// In the cluster, under this name.
    Cluster(String),
}

impl Database {
    /// Makes an empty one; a file goes to `dir`.
    pub fn empty(self, dir: &Path) -> OwnDatabase {
        match self {
            Self::Sqlite => {
                let file = dir.join(FILE);
                OwnDatabase { url: format!("sqlite:{}", file.display()), place: Place::File(file) }
            }
            Self::Postgres => {
                let name = next_name();
                postgres::administer(&[&format!("CREATE DATABASE {name}")]);
                OwnDatabase { url: postgres::url_of(&name), place: Place::Cluster(name) }
            }
        }
    }
}

impl OwnDatabase {
    /// The address for `database.url`.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// A copy of it as it is now, while nobody uses it; a file goes to `dir`.
    pub fn copy(&self, dir: &Path) -> Self {
        match &self.place {
            Place::File(file) => {
                let copy = Database::Sqlite.empty(dir);
                fs::copy(file, dir.join(FILE)).expect("the file was left in order");
                copy
            }
            Place::Cluster(name) => {
                let copy = next_name();
                postgres::administer(&[&format!("CREATE DATABASE {copy} TEMPLATE {name}")]);
                Self { url: postgres::url_of(&copy), place: Place::Cluster(copy) }
            }
        }
    }

    /// Cuts the connections over which nodes are told what others commit.
    #[track_caller]
    pub(crate) fn cut_followers(&self) {
        if let Place::Cluster(name) = &self.place {
            postgres::administer(&[&cut(name, "application_name = 'masthead_follower'")]);
        }
    }

    /// Cuts all connections, as a restart does.
    #[track_caller]
    pub(crate) fn cut_all(&self) {
        if let Place::Cluster(name) = &self.place {
            postgres::administer(&[&cut(name, "true")]);
        }
    }

    /// Cuts all connections, and lets nobody connect until this is dropped.
    #[track_caller]
    pub(crate) fn take_away(&self) -> TakenAway {
        let Place::Cluster(name) = &self.place else { panic!("a file is always there") };
        postgres::administer(&[
            &format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false"),
            &cut(name, "true"),
        ]);
        TakenAway(name.clone())
    }

    /// All that it holds: the octets of the file and of its log, or every row of every table as text, where octets
    /// stand as hexadecimal digits.
    pub(crate) fn everything(&self) -> Vec<u8> {
        match &self.place {
            Place::File(file) => {
                let log = file.with_extension("db-wal");
                let parts = [file, &log].map(|part| fs::read(part).expect("SQLite keeps a file and a log"));
                parts.concat()
            }
            Place::Cluster(_) => postgres::rows_of(&self.url),
        }
    }
}

/// A database to which nobody can connect; it is given back with this value.
#[derive(Debug)]
pub struct TakenAway(String);

impl Drop for TakenAway {
    fn drop(&mut self) {
        postgres::administer(&[&format!("ALTER DATABASE {} ALLOW_CONNECTIONS true", self.0)]);
    }
}

/// What cuts connections to a database.
fn cut(name: &str, which: &str) -> String {
    format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}' AND {which}")
}

impl Drop for OwnDatabase {
    fn drop(&mut self) {
        if let Place::Cluster(name) = &self.place {
            postgres::administer(&[&format!("DROP DATABASE {name} WITH (FORCE)")]);
        }
    }
}

fn next_name() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("{}{}", postgres::prefix(), NEXT.fetch_add(1, Ordering::Relaxed))
}
