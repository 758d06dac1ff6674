//! The one writer of SQLite: takes what waits into one transaction, each in a savepoint, and commits once.

use std::sync::mpsc::Receiver;

use diesel::SqliteConnection;
use diesel::connection::SimpleConnection;

use super::job::{Job, Outcome};
use crate::error::Error;

/// Runs the jobs until nobody can send any more.
pub(crate) fn run(conn: &mut SqliteConnection, jobs: &Receiver<Box<dyn Job>>, most: usize) {
    while let Ok(first) = jobs.recv() {
        let mut batch = vec![first];
        batch.extend(jobs.try_iter().take(most.saturating_sub(1)));
        run_batch(conn, batch);
    }
}

/// Commits all jobs of a batch together; where the database fails, one by one, so that none pays for another.
fn run_batch(conn: &mut SqliteConnection, mut batch: Vec<Box<dyn Job>>) {
    match together(conn, &mut batch) {
        Ok(()) => batch.into_iter().for_each(|job| job.settle(Ok(()))),
        Err(error) if batch.len() == 1 => batch.into_iter().for_each(|job| job.settle(Err(error.clone()))),
        Err(_) => {
            for job in batch {
                run_batch(conn, vec![job]);
            }
        }
    }
}

fn together(conn: &mut SqliteConnection, batch: &mut [Box<dyn Job>]) -> Result<(), Error> {
    execute(conn, "BEGIN IMMEDIATE")?;
    let result = each(conn, batch).and_then(|()| execute(conn, "COMMIT"));
    if result.is_err() {
        // SQLite may have ended the transaction by itself, so this may have nothing to do.
        let _ = execute(conn, "ROLLBACK");
    }
    result
}

fn each(conn: &mut SqliteConnection, batch: &mut [Box<dyn Job>]) -> Result<(), Error> {
    for job in batch {
        execute(conn, "SAVEPOINT job")?;
        match job.run(conn) {
            Outcome::Keep => execute(conn, "RELEASE job")?,
            Outcome::Undo => execute(conn, "ROLLBACK TO job; RELEASE job")?,
            Outcome::Broken => return Err(Error::Unavailable("a write of the batch failed".to_owned())),
        }
    }
    Ok(())
}

fn execute(conn: &mut SqliteConnection, sql: &str) -> Result<(), Error> {
    Ok(conn.batch_execute(sql)?)
}
