//! The only crate that knows SQL: what is stored, on SQLite and on PostgreSQL, behind one face.
//!
//! [`Store::read`] gives a closure one snapshot, [`Store::write`] one transaction, whose answer waits until its
//! commit is durable. What a transaction can do are the traits that [`tx::Tx`] joins; their statements are
//! written once in `queries` and compiled once for each database.
//!
//! **Invariant:** no rule about who may do what is here, and no type of diesel is in a public signature.

#![expect(clippy::duplicate_mod, reason = "the statements are written once and compiled for each database")]

pub mod accounts;
mod among;
pub mod api_keys;
pub mod articles;
mod beside;
pub mod changes;
pub mod comment_desk;
pub mod comments;
mod contents;
mod deadlines;
mod engine;
pub mod error;
pub mod examine;
pub mod files;
pub mod follow;
pub mod fronts;
pub mod live;
pub mod lock;
mod migrations;
pub mod open;
pub mod options;
pub mod photos;
mod postgres;
mod prepared;
pub mod previews;
mod probe;
pub mod records;
pub mod references;
mod rows;
mod schema;
pub mod search;
mod sql;
mod sqlite;
pub mod tx;
pub mod upkeep;
pub mod webhooks;

use diesel::{Connection, PgConnection};
use domain::time::Moment;

use crate::engine::Engine;
use crate::engine::count::Statements;
use crate::engine::told::Teller;
use crate::error::{Error, Failure};
use crate::follow::Follower;
use crate::open::OpenError;
use crate::options::{Location, Options, Purpose, Timing};
use crate::probe::Probe;
use crate::tx::Tx;

/// The database of a site.
#[derive(Debug)]
pub struct Store {
    engine: Engine,
    statements: Statements,
    location: Location,
    probe: Probe,
    teller: Teller,
    timing: Timing,
}

impl Store {
    /// Opens the database and brings it to the present schema. It blocks.
    pub fn open(options: &Options) -> Result<Self, OpenError> {
        let (statements, teller) = (Statements::default(), Teller::new(options.purging.clone()));
        let engine = match &options.location {
            Location::Sqlite(file) => {
                let sqlite = engine::sqlite::Sqlite::open(file, options, &statements, teller.clone())?;
                migrations::sqlite(&mut engine::sqlite::connect(file, options)?)?;
                Engine::Sqlite(sqlite)
            }
            Location::Postgres(url) => {
                let mut conn = PgConnection::establish(url)
                    .map_err(|_| OpenError::Unavailable("cannot connect to PostgreSQL".to_owned()))?;
                migrations::postgres(&mut conn)?;
                Engine::Postgres(engine::postgres::Postgres::open(url, options, &statements, teller.clone())?)
            }
        };
        let location = options.location.clone();
        let timing = options.timing.clone();
        Ok(Self { engine, statements, probe: Probe::new(location.clone()), location, teller, timing })
    }

    /// Reads in one snapshot.
    pub async fn read<T, E>(
        &self,
        work: impl FnOnce(&mut dyn Tx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: Failure,
    {
        self.timing.of(Purpose::Read, self.engine.read(work)).await
    }

    /// Reads what one statement finds by a key. SQLite does that on the caller's thread: handing it to another one costs
    /// more than the reading, and every signed-in request does it.
    pub async fn peek<T, E>(
        &self,
        work: impl FnOnce(&mut dyn Tx) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: Failure,
    {
        self.timing.of(Purpose::Read, self.engine.peek(work)).await
    }

    /// Writes in one transaction, of which nothing is kept if `work` fails. The answer comes when the commit is
    /// durable. `work` may be run more than once, so it touches only the database.
    pub async fn write<T, E>(
        &self,
        work: impl Fn(&mut dyn Tx) -> Result<T, E> + Send + Sync + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: Failure,
    {
        self.timing.of(Purpose::Write, self.engine.write(Box::new(work))).await
    }

    /// Sees to it that what was written over or deleted stands in no file of the database any more. On SQLite it does not by
    /// then, except in what the file system or a backup keeps. PostgreSQL removes it by and by (`VACUUM`).
    pub async fn scrub(&self) -> Result<(), Error> {
        let Location::Sqlite(file) = self.location.clone() else { return Ok(()) };
        let done = tokio::task::spawn_blocking(move || engine::scrub::log(&file));
        done.await.unwrap_or_else(|panic| Err(Error::defect(panic)))
    }

    /// Sorts what was published lately into the index of searches, where the database leaves that for later.
    pub async fn sort_terms(&self) -> Result<(), Error> {
        let Location::Postgres(_) = self.location else { return Ok(()) };
        self.write(|tx| tx.sort_terms()).await
    }

    /// Follows what others commit to the database from now on. It blocks, and waits for the database a second at most.
    pub fn follow(&self) -> Result<Follower, Error> {
        Follower::begin(&self.location, self.teller.own())
    }

    /// Asks the database whether it is there, beside all that uses it, and what its clock says, where it has one.
    pub async fn time(&self) -> Result<Option<Moment>, Error> {
        self.probe.time().await
    }

    /// How many statements were sent since the store was opened; for tests and metrics.
    pub fn statements(&self) -> u64 {
        self.statements.sent()
    }
}
