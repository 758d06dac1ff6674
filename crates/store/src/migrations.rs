//! Brings a database to the present schema: forward only, each step in a transaction, one node at a time.

use diesel::connection::SimpleConnection;
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
    conn.run_pending_migrations(SQLITE).map_err(failed)?;
    Ok(())
}

/// Migrates a PostgreSQL database under an advisory lock.
pub(crate) fn postgres(conn: &mut PgConnection) -> Result<(), OpenError> {
    conn.batch_execute(&format!("SELECT pg_advisory_lock({LOCK})")).map_err(failed)?;
    let run = conn.run_pending_migrations(POSTGRES).map(|_| ()).map_err(failed);
    let unlocked = conn.batch_execute(&format!("SELECT pg_advisory_unlock({LOCK})")).map_err(failed);
    run.and(unlocked)
}

fn failed(cause: impl std::fmt::Display) -> OpenError {
    OpenError::Migration(cause.to_string())
}
