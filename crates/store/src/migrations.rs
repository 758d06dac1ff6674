//! Brings a database to the present schema: forward only, each step in a transaction, one node at a time.

use std::collections::HashSet;

use diesel::backend::Backend;
use diesel::connection::SimpleConnection;
use diesel::migration::MigrationSource;
use diesel::{PgConnection, SqliteConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use crate::open::OpenError;

const SQLITE: EmbeddedMigrations = embed_migrations!("../../migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("../../migrations/postgres");

/// The advisory lock that a migrating node holds; any number that nothing else uses.
const LOCK: i64 = 0x6D61_7374_6865_6164;

/// Migrates a SQLite file. Its write lock keeps a second process waiting, which then finds nothing to do.
pub(crate) fn sqlite(conn: &mut SqliteConnection) -> Result<(), OpenError> {
    conn.batch_execute("BEGIN IMMEDIATE; COMMIT").map_err(failed)?;
    run(conn, SQLITE)
}

/// Migrates a PostgreSQL database under an advisory lock.
pub(crate) fn postgres(conn: &mut PgConnection) -> Result<(), OpenError> {
    conn.batch_execute(&format!("SELECT pg_advisory_lock({LOCK})")).map_err(failed)?;
    let run = run(conn, POSTGRES);
    let unlocked = conn.batch_execute(&format!("SELECT pg_advisory_unlock({LOCK})")).map_err(failed);
    run.and(unlocked)
}

/// Takes the steps that the database has not taken. One that has taken a step which is none of ours is of a later release:
/// who does not know its schema would refuse some of what it is asked for, and must not serve.
fn run<DB: Backend>(
    conn: &mut impl MigrationHarness<DB>,
    steps: EmbeddedMigrations,
) -> Result<(), OpenError> {
    let known = MigrationSource::<DB>::migrations(&steps).map_err(failed)?;
    let known: HashSet<_> = known.iter().map(|step| step.name().version().as_owned()).collect();
    let taken = conn.applied_migrations().map_err(failed)?;
    if let Some(unknown) = taken.into_iter().find(|step| !known.contains(step)) {
        return Err(OpenError::Newer(unknown.to_string()));
    }
    conn.run_pending_migrations(steps).map(|_| ()).map_err(failed)
}

fn failed(cause: impl std::fmt::Display) -> OpenError {
    OpenError::Migration(cause.to_string())
}
