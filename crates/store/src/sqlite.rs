//! The statements as SQLite runs them, and what only it does.

use uuid::Uuid;

use crate::error::Error;
use crate::lock::{Row, Rows, Rule};
use crate::tx::Tx;

#[path = "queries/mod.rs"]
mod queries;

type Conn = diesel::SqliteConnection;

impl Tx for Conn {
    fn hold(&mut self, _: Rule) -> Result<(), Error> {
        Ok(())
    }
}

/// SQLite has one writer, which holds everything.
impl Rows for Conn {
    fn hold_row(&mut self, _: Row, _: Uuid) -> Result<(), Error> {
        Ok(())
    }
}
