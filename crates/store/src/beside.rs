//! A connection of its own, beside those of the pool: for whoever must not wait behind them, and does not write.

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, SqliteConnection};

use crate::deadlines::bounded;
use crate::error::Error;
use crate::options::Location;
use crate::tx::Tx;

/// How long the server may take to be reached and to answer, in seconds.
const PATIENCE_S: u32 = 1;

/// One.
pub(crate) enum Beside {
    Sqlite(Box<SqliteConnection>),
    Postgres(Box<PgConnection>),
}

impl Beside {
    /// Opens it; PostgreSQL is told who is connected. It blocks.
    pub(crate) fn open(location: &Location, name: &str) -> Result<Self, Error> {
        let unavailable = |cause: diesel::ConnectionError| Error::Unavailable(cause.to_string());
        let patience_ms = PATIENCE_S * 1000;
        match location {
            Location::Sqlite(file) => {
                let mut conn = SqliteConnection::establish(&file.to_string_lossy()).map_err(unavailable)?;
                conn.batch_execute(&format!("PRAGMA query_only = ON; PRAGMA busy_timeout = {patience_ms}"))?;
                Ok(Self::Sqlite(Box::new(conn)))
            }
            Location::Postgres(url) => {
                let url = format!("{}&application_name={name}", bounded(url, PATIENCE_S));
                let mut conn = PgConnection::establish(&url).map_err(unavailable)?;
                conn.batch_execute(&format!("SET statement_timeout = {patience_ms}; SET TIME ZONE 'UTC'"))?;
                Ok(Self::Postgres(Box::new(conn)))
            }
        }
    }

    pub(crate) fn tx(&mut self) -> &mut dyn Tx {
        match self {
            Self::Sqlite(conn) => &mut **conn,
            Self::Postgres(conn) => &mut **conn,
        }
    }
}

/// Shows no connection string.
impl std::fmt::Debug for Beside {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Beside")
    }
}
