//! How transactions are run on each database. What is asked in them is in `queries`.

pub(crate) mod count;
pub(crate) mod gate;
pub(crate) mod job;
pub(crate) mod postgres;
pub(crate) mod scrub;
pub(crate) mod sqlite;
pub(crate) mod told;
pub(crate) mod writer;

use crate::error::Failure;
use crate::tx::Tx;

/// Work inside a transaction that writes. It may be run again, so it touches nothing but the database.
pub(crate) type Write<T, E> = dyn Fn(&mut dyn Tx) -> Result<T, E> + Send + Sync;

/// The database in use.
#[derive(Debug)]
pub(crate) enum Engine {
    /// The file of ours.
    Sqlite(sqlite::Sqlite),
    /// The server.
    Postgres(postgres::Postgres),
}

impl Engine {
    pub(crate) async fn read<T, E>(
        &self,
        work: impl FnOnce(&mut dyn Tx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: Failure,
    {
        match self {
            Self::Sqlite(sqlite) => sqlite.read(work).await,
            Self::Postgres(postgres) => postgres.read(work).await,
        }
    }

    pub(crate) async fn peek<T, E>(
        &self,
        work: impl FnOnce(&mut dyn Tx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: Failure,
    {
        match self {
            Self::Sqlite(sqlite) => match sqlite.peek(work) {
                Ok(result) => result,
                Err(work) => sqlite.read(work).await,
            },
            Self::Postgres(postgres) => postgres.read(work).await,
        }
    }

    pub(crate) async fn write<T, E>(&self, work: Box<Write<T, E>>) -> Result<T, E>
    where
        T: Send + 'static,
        E: Failure,
    {
        match self {
            Self::Sqlite(sqlite) => sqlite.write(work).await,
            Self::Postgres(postgres) => postgres.write(work).await,
        }
    }
}
