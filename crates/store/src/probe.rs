//! A connection beside the others that only asks whether the database is there: that the others are busy is no reason to
//! say that it is not.

use std::sync::Arc;

use diesel::connection::SimpleConnection;
use diesel::{Connection, PgConnection, SqliteConnection};
use domain::time::Moment;
use tokio::sync::Mutex;

use crate::error::Error;
use crate::options::Location;
use crate::tx::Tx;

/// How long the server may take to be reached and to answer, in seconds.
const PATIENCE_S: u32 = 1;

/// Asks one question at a time, on a connection that is made when it is first asked and after each failure.
#[derive(Debug)]
pub(crate) struct Probe {
    location: Location,
    conn: Arc<Mutex<Option<Conn>>>,
}

enum Conn {
    Sqlite(Box<SqliteConnection>),
    Postgres(Box<PgConnection>),
}

impl Probe {
    pub(crate) fn new(location: Location) -> Self {
        Self { location, conn: Arc::default() }
    }

    /// What the database's clock says, where it has one.
    pub(crate) async fn time(&self) -> Result<Option<Moment>, Error> {
        let (location, mut held) = (self.location.clone(), Arc::clone(&self.conn).lock_owned().await);
        let asked = tokio::task::spawn_blocking(move || {
            // One that was made before may have been cut since; a new one tells the truth.
            if let Some(told) = held.take().and_then(|conn| asked(conn, &mut held).ok()) {
                return Ok(told);
            }
            asked(Conn::open(&location)?, &mut held)
        });
        asked.await.unwrap_or_else(|panic| Err(Error::defect(panic)))
    }
}

/// Asks, and keeps the connection if it answers.
fn asked(mut conn: Conn, kept: &mut Option<Conn>) -> Result<Option<Moment>, Error> {
    let told = conn.tx().time()?;
    *kept = Some(conn);
    Ok(told)
}

impl Conn {
    fn open(location: &Location) -> Result<Self, Error> {
        let unavailable = |cause: diesel::ConnectionError| Error::Unavailable(cause.to_string());
        match location {
            Location::Sqlite(file) => {
                let mut conn = SqliteConnection::establish(&file.to_string_lossy()).map_err(unavailable)?;
                conn.batch_execute("PRAGMA query_only = ON")?;
                Ok(Self::Sqlite(Box::new(conn)))
            }
            Location::Postgres(url) => {
                let joint = if url.contains('?') { '&' } else { '?' };
                let url = format!("{url}{joint}connect_timeout={PATIENCE_S}");
                let mut conn = PgConnection::establish(&url).map_err(unavailable)?;
                conn.batch_execute(&format!("SET statement_timeout = '{PATIENCE_S}s'; SET TIME ZONE 'UTC'"))?;
                Ok(Self::Postgres(Box::new(conn)))
            }
        }
    }

    fn tx(&mut self) -> &mut dyn Tx {
        match self {
            Self::Sqlite(conn) => &mut **conn,
            Self::Postgres(conn) => &mut **conn,
        }
    }
}

/// Shows no connection string.
impl std::fmt::Debug for Conn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Conn")
    }
}
