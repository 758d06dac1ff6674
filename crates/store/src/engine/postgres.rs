//! PostgreSQL: a pool behind a gate. Transactions that ran into others are run again.

use std::time::{Duration, Instant};

use diesel::PgConnection;
use diesel::connection::SimpleConnection;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Pool, PooledConnection};

use super::Write;
use super::count::Statements;
use super::gate::Gate;
use super::told::{self, Teller};
use crate::deadlines::bounded;
use crate::error::{Error, Failure, Fate};
use crate::open::OpenError;
use crate::options::Options;
use crate::postgres::CHANNEL;
use crate::tx::Tx;

/// How often a transaction is run before its collisions are told to the caller. Of those that collide one gets through
/// each time, so that this many at once all do.
const TRIES: u32 = 32;

/// Begins a transaction that sees one state of the database.
const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

/// Begins one that writes. Where a node says nothing for two seconds in the middle of it, the database undoes it. What it
/// holds others wait for, and they wait longer than this: a node that was stopped where it stood does not stop them.
const WRITE: &str =
    "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL idle_in_transaction_session_timeout = '2s'";

type Connections = Pool<ConnectionManager<PgConnection>>;

/// A PostgreSQL database in use.
#[derive(Debug)]
pub(crate) struct Postgres {
    pool: Connections,
    gate: Gate,
    teller: Teller,
}

impl Postgres {
    pub(crate) fn open(
        url: &str,
        options: &Options,
        statements: &Statements,
        teller: Teller,
    ) -> Result<Self, OpenError> {
        let patience = Duration::from_millis(options.patience_ms.into());
        let pool = Pool::builder()
            .max_size(options.connections)
            // None is opened that nobody waits for: a command that ended meanwhile would take the library of TLS away under
            // the thread that opens it, and crash.
            .min_idle(Some(0))
            .connection_timeout(patience)
            .test_on_check_out(false)
            .connection_customizer(Box::new(Node {
                statements: statements.clone(),
                patience_ms: options.patience_ms,
            }))
            .build(ConnectionManager::new(bounded(url, options.patience_ms.div_ceil(1000))))
            .map_err(|cause| OpenError::Unavailable(cause.to_string()))?;
        let places = usize::try_from(options.connections).unwrap_or(usize::MAX);
        Ok(Self { pool, gate: Gate::new(places, options.waiting, patience), teller })
    }

    pub(crate) async fn read<T, E>(
        &self,
        work: impl FnOnce(&mut dyn Tx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: Failure,
    {
        let _place = self.gate.enter().await?;
        let pool = self.pool.clone();
        let done = tokio::task::spawn_blocking(move || {
            let mut conn = begun(&pool, READ)?;
            let result = work(&mut *conn);
            execute(&mut conn, "ROLLBACK")?;
            result
        });
        done.await.unwrap_or_else(|panic| Err(Error::defect(panic).into()))
    }

    pub(crate) async fn write<T, E>(&self, work: Box<Write<T, E>>) -> Result<T, E>
    where
        T: Send + 'static,
        E: Failure,
    {
        let _place = self.gate.enter().await?;
        let (pool, teller) = (self.pool.clone(), self.teller.clone());
        let done = tokio::task::spawn_blocking(move || {
            let mut conn = begun(&pool, WRITE)?;
            for _ in 1..TRIES {
                match once(&mut conn, &work, &teller) {
                    Err(error) if error.fate() == Fate::Collided => execute(&mut conn, WRITE)?,
                    result => return result,
                }
            }
            once(&mut conn, &work, &teller)
        });
        done.await.unwrap_or_else(|panic| Err(Error::defect(panic).into()))
    }
}

/// A connection on which a transaction is begun. Those that broke while nobody used them, as all do when PostgreSQL is
/// started anew, are found here, where nothing is done yet, and others take their place.
fn begun(
    pool: &Connections,
    order: &str,
) -> Result<PooledConnection<ConnectionManager<PgConnection>>, Error> {
    let until = Instant::now() + pool.connection_timeout();
    loop {
        let mut conn = pool.get().map_err(|cause| Error::Unavailable(cause.to_string()))?;
        match execute(&mut conn, order) {
            Err(Error::Unavailable(_)) if Instant::now() < until => {}
            done => return done.map(|()| conn),
        }
    }
}

/// One run of the work in a transaction that is begun, to its end.
fn once<T, E: Failure>(conn: &mut PgConnection, work: &Write<T, E>, teller: &Teller) -> Result<T, E> {
    let (result, told) = told::during(|| work(conn));
    let result = result.and_then(|done| {
        if !told.is_empty() {
            // Who follows knows of it once it is committed.
            execute(conn, &format!("NOTIFY {CHANNEL}"))?;
        }
        Ok(done)
    });
    let end = if result.is_ok() { "COMMIT" } else { "ROLLBACK" };
    if result.is_ok() {
        teller.before_commit(&told);
    }
    let ended = execute(conn, end);
    if result.is_ok() {
        // Also where the answer to a commit was lost: it may have been made.
        teller.after_commit(&told);
    }
    match (ended, result) {
        (Ok(()), result) => result,
        // A rollback that fails has lost its connection, and with it the transaction.
        (Err(_), Err(error)) => Err(error),
        (Err(error), Ok(_)) => {
            teller.is_uncertain(&told);
            Err(error.into())
        }
    }
}

fn execute(conn: &mut PgConnection, sql: &str) -> Result<(), Error> {
    Ok(conn.batch_execute(sql)?)
}

/// Sets up each connection of this node.
#[derive(Debug)]
struct Node {
    statements: Statements,
    patience_ms: u32,
}

impl CustomizeConnection<PgConnection, diesel::r2d2::Error> for Node {
    fn on_acquire(&self, conn: &mut PgConnection) -> Result<(), diesel::r2d2::Error> {
        let patience_ms = self.patience_ms;
        conn.batch_execute(&format!(
            "SET statement_timeout = {patience_ms}; SET lock_timeout = {patience_ms}; \
             SET idle_in_transaction_session_timeout = 60000; SET TIME ZONE 'UTC'; \
             SET synchronous_commit = on"
        ))
        .map_err(diesel::r2d2::Error::QueryError)?;
        self.statements.watch(conn);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;
    use std::net::TcpListener;

    use super::*;
    use crate::options::{Company, GroupCommit, Location, Purging, Timing};

    // abuse: OP-05
    #[test]
    fn a_server_that_says_nothing_is_given_up() {
        let silent = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("postgres://masthead@{}/news", silent.local_addr().unwrap());
        let options = Options {
            location: Location::Postgres(url.clone()),
            connections: 1,
            waiting: 1,
            patience_ms: 1000,
            max_pages: 1000,
            group_commit: GroupCommit::Single,
            company: Company::Beside,
            purging: Purging::nobody(),
            timing: Timing::nobody(),
        };
        let teller = Teller::new(Purging::nobody());
        let opened = Postgres::open(&url, &options, &Statements::default(), teller).unwrap();
        assert!(opened.pool.get().is_err());
        // It came, asked, and went away; one that waits for ever stays.
        silent.set_nonblocking(true).unwrap();
        let (mut client, _) = silent.accept().unwrap();
        client.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let asked = client.read_to_end(&mut Vec::new()).unwrap();
        assert!(asked > 0);
    }
}
