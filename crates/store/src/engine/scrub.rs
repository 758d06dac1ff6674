//! Empties the write-ahead log of SQLite, in which what was written over since the last checkpoint still stands.

use std::path::Path;
use std::thread;
use std::time::Duration;

use diesel::connection::SimpleConnection;
use diesel::sql_types::Integer;
use diesel::{Connection, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};

use crate::error::Error;

/// How long one try waits for those who read, in milliseconds. Nobody can write meanwhile.
const PATIENCE_MS: u32 = 100;

/// How often it is tried: about 5 s of reads that never leave a moment between them.
const TRIES: u32 = 50;

#[derive(QueryableByName)]
struct Told {
    #[diesel(sql_type = Integer)]
    busy: i32,
}

/// Writes the log back into the file and cuts it to nothing. It blocks.
pub(crate) fn log(file: &Path) -> Result<(), Error> {
    let mut conn = SqliteConnection::establish(&file.to_string_lossy())?;
    conn.batch_execute(&format!("PRAGMA busy_timeout = {PATIENCE_MS}"))?;
    for _ in 0..TRIES {
        let Told { busy } = sql_query("PRAGMA wal_checkpoint(TRUNCATE)").get_result(&mut conn)?;
        if busy == 0 {
            return Ok(());
        }
        thread::sleep(Duration::from_millis(PATIENCE_MS.into()));
    }
    Err(Error::Unavailable("the log is read all the time, so that it cannot be emptied".to_owned()))
}
