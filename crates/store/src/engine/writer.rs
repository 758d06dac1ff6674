//! The one writer of SQLite: takes what waits into one transaction, each in a savepoint, and commits once.

use std::sync::mpsc::Receiver;

use diesel::SqliteConnection;
use diesel::connection::SimpleConnection;

use super::job::{Job, Outcome};
use super::told::{self, Teller, Told};
use crate::error::Error;

/// Runs the jobs until nobody can send any more.
pub(crate) fn run(conn: &mut SqliteConnection, jobs: &Receiver<Box<dyn Job>>, most: usize, teller: &Teller) {
    while let Ok(first) = jobs.recv() {
        let mut batch = vec![first];
        batch.extend(jobs.try_iter().take(most.saturating_sub(1)));
        run_batch(conn, batch, teller);
    }
}

/// Commits all jobs of a batch together; where the database fails, one by one, so that none pays for another.
fn run_batch(conn: &mut SqliteConnection, mut batch: Vec<Box<dyn Job>>, teller: &Teller) {
    match together(conn, &mut batch, teller) {
        Ok(()) => batch.into_iter().for_each(|job| job.settle(Ok(()))),
        Err(error) if batch.len() == 1 => batch.into_iter().for_each(|job| job.settle(Err(error.clone()))),
        Err(_) => {
            for job in batch {
                run_batch(conn, vec![job], teller);
            }
        }
    }
}

fn together(conn: &mut SqliteConnection, batch: &mut [Box<dyn Job>], teller: &Teller) -> Result<(), Error> {
    execute(conn, "BEGIN IMMEDIATE")?;
    let result = each(conn, batch).and_then(|told| {
        teller.before_commit(&told);
        let committed = execute(conn, "COMMIT");
        teller.after_commit(&told);
        committed
    });
    if result.is_err() {
        // SQLite may have ended the transaction by itself, so this may have nothing to do.
        let _ = execute(conn, "ROLLBACK");
    }
    result
}

/// What those tell that are kept.
fn each(conn: &mut SqliteConnection, batch: &mut [Box<dyn Job>]) -> Result<Told, Error> {
    let mut kept = Told::default();
    for job in batch {
        execute(conn, "SAVEPOINT job")?;
        let (outcome, told) = told::during(|| job.run(conn));
        match outcome {
            Outcome::Keep => {
                execute(conn, "RELEASE job")?;
                kept.add(told);
            }
            Outcome::Undo => execute(conn, "ROLLBACK TO job; RELEASE job")?,
            Outcome::Broken => return Err(Error::Unavailable("a write of the batch failed".to_owned())),
        }
    }
    Ok(kept)
}

fn execute(conn: &mut SqliteConnection, sql: &str) -> Result<(), Error> {
    Ok(conn.batch_execute(sql)?)
}
