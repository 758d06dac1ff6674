//! The statements as SQLite runs them, and what only it does.

use diesel::RunQueryDsl;
use domain::comment::private::KeyedHash;
use domain::time::Moment;
use uuid::Uuid;

use crate::error::Error;
use crate::lock::{Row, Rows, Rule};
use crate::sql::Key;
use crate::tx::Tx;

mod full_text;
#[path = "queries/mod.rs"]
mod queries;

type Conn = diesel::SqliteConnection;

impl Tx for Conn {
    fn hold(&mut self, _: Rule) -> Result<(), Error> {
        Ok(())
    }

    fn time(&mut self) -> Result<Option<Moment>, Error> {
        diesel::sql_query("SELECT 1 FROM installation LIMIT 1").execute(self)?;
        Ok(None)
    }
}

/// SQLite has one writer, which holds everything.
impl Rows for Conn {
    fn hold_row(&mut self, _: Row, _: Uuid) -> Result<bool, Error> {
        Ok(true)
    }

    fn hold_rows(&mut self, _: Row, _: &[Key]) -> Result<(), Error> {
        Ok(())
    }

    fn hold_hash(&mut self, _: &KeyedHash) -> Result<(), Error> {
        Ok(())
    }

    fn take_hash(&mut self, _: &[u8; 32]) -> Result<bool, Error> {
        Ok(true)
    }
}
