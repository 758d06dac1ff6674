//! PostgreSQL: a pool behind a gate. Transactions that ran into others are run again.

use std::time::Duration;

use diesel::PgConnection;
use diesel::connection::SimpleConnection;
use diesel::r2d2::{ConnectionManager, CustomizeConnection, Pool, PooledConnection};

use super::Write;
use super::count::Statements;
use super::gate::Gate;
use super::told::{self, Teller};
use crate::error::{Error, Failure, Fate};
use crate::open::OpenError;
use crate::options::Options;
use crate::postgres::CHANNEL;
use crate::tx::Tx;

/// How often a transaction is run before its collisions are told to the caller. Of those that collide one gets through
/// each time, so that this many at once all do.
const TRIES: u32 = 32;

/// How long a node may say nothing in the middle of a write, in milliseconds; then the database undoes it. What it holds
/// others wait for, and they wait longer than this: a node that was stopped where it stood does not stop them.
const SILENCE_MS: u32 = 2000;

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
            .build(ConnectionManager::new(url))
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
            let mut conn = connection(&pool)?;
            execute(&mut conn, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")?;
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
            let mut conn = connection(&pool)?;
            for _ in 1..TRIES {
                match once(&mut conn, &work, &teller) {
                    Err(error) if error.fate() == Fate::Collided => {}
                    result => return result,
                }
            }
            once(&mut conn, &work, &teller)
        });
        done.await.unwrap_or_else(|panic| Err(Error::defect(panic).into()))
    }
}

fn connection(pool: &Connections) -> Result<PooledConnection<ConnectionManager<PgConnection>>, Error> {
    pool.get().map_err(|cause| Error::Unavailable(cause.to_string()))
}

/// One run of the work in a transaction of its own.
fn once<T, E: Failure>(conn: &mut PgConnection, work: &Write<T, E>, teller: &Teller) -> Result<T, E> {
    execute(
        conn,
        &format!(
            "BEGIN ISOLATION LEVEL READ COMMITTED; SET LOCAL idle_in_transaction_session_timeout = {SILENCE_MS}"
        ),
    )?;
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
