//! Where the database is and how it is used.

use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use domain::surrogate_key::SurrogateKey;

/// Where the database is.
#[derive(Clone, PartialEq, Eq)]
pub enum Location {
    /// A file of ours.
    Sqlite(PathBuf),
    /// A connection string of libpq. It may hold a password, so it is never shown.
    Postgres(String),
}

impl fmt::Debug for Location {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(file) => f.debug_tuple("Sqlite").field(file).finish(),
            Self::Postgres(_) => f.write_str("Postgres(…)"),
        }
    }
}

/// Whether waiting writes share one commit on SQLite.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GroupCommit {
    /// Up to 128 waiting writes are made durable by one fsync, each in a savepoint of its own.
    Shared,
    /// Each write has a transaction of its own; for measurements.
    Single,
}

/// Whether this process may be one of several on a SQLite file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Company {
    /// A server: no second one may run on the same file.
    Alone,
    /// A command that may run beside a server.
    Beside,
}

/// How a store is opened.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where the database is.
    pub location: Location,
    /// Most connections: readers on SQLite, all on PostgreSQL.
    pub connections: u32,
    /// How many requests may wait for a connection or the writer before others are refused.
    pub waiting: usize,
    /// How long a statement or a lock may take, in milliseconds.
    pub patience_ms: u32,
    /// Largest size of a SQLite file, in pages of 4 KiB.
    pub max_pages: u32,
    /// How SQLite commits.
    pub group_commit: GroupCommit,
    /// Who else may use a SQLite file.
    pub company: Company,
    /// Who is told what of the site may be different now.
    pub purging: Purging,
    /// Who is told how long transactions take.
    pub timing: Timing,
}

type Purge = dyn Fn(&[SurrogateKey]) + Send + Sync;

/// Who is told, of each write, what of the site may be different: once it is committed, and before it is answered.
#[derive(Clone)]
pub struct Purging(Arc<Purge>);

impl Purging {
    /// Nobody.
    pub fn nobody() -> Self {
        Self::new(|_| {})
    }

    /// Whoever keeps answers. It is called on the thread of the write, which waits for it.
    pub fn new(purge: impl Fn(&[SurrogateKey]) + Send + Sync + 'static) -> Self {
        Self(Arc::new(purge))
    }

    pub(crate) fn purge(&self, keys: &[SurrogateKey]) {
        if !keys.is_empty() {
            (self.0)(keys);
        }
    }
}

impl fmt::Debug for Purging {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Purging")
    }
}

/// What a transaction is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To read.
    Read,
    /// To write.
    Write,
}

type Timed = dyn Fn(Purpose, Duration) + Send + Sync;

/// Who is told of each transaction how long it took, from when it was asked for until its answer was there.
#[derive(Clone)]
pub struct Timing(Option<Arc<Timed>>);

impl Timing {
    /// Nobody.
    pub const fn nobody() -> Self {
        Self(None)
    }

    /// Whoever watches. It is called by the task that asked for the transaction.
    pub fn new(told: impl Fn(Purpose, Duration) + Send + Sync + 'static) -> Self {
        Self(Some(Arc::new(told)))
    }

    pub(crate) async fn of<T>(&self, purpose: Purpose, work: impl Future<Output = T>) -> T {
        let Some(told) = &self.0 else { return work.await };
        let began = Instant::now();
        let done = work.await;
        told(purpose, began.elapsed());
        done
    }
}

impl fmt::Debug for Timing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Timing")
    }
}
