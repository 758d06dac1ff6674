//! The statements as PostgreSQL runs them, and what only it does.

use diesel::RunQueryDsl;
use diesel::sql_types::Integer;
use uuid::Uuid;

use crate::error::Error;
use crate::lock::{Row, Rows, Rule};
use crate::sql::{Id, Key};
use crate::tx::Tx;

#[path = "queries/mod.rs"]
mod queries;

type Conn = diesel::PgConnection;

/// The first half of the number of each advisory lock of ours; the second names the rule.
const LOCKS: i32 = 0x6D61_7374;

impl Tx for Conn {
    fn hold(&mut self, rule: Rule) -> Result<(), Error> {
        diesel::sql_query("SELECT pg_advisory_xact_lock($1, $2)")
            .bind::<Integer, _>(LOCKS)
            .bind::<Integer, _>(rule.number())
            .execute(self)?;
        Ok(())
    }
}

impl Rows for Conn {
    fn hold_row(&mut self, row: Row, id: Uuid) -> Result<(), Error> {
        diesel::sql_query(format!("SELECT 1 FROM {} WHERE id = $1 FOR UPDATE", row.table()))
            .bind::<Id, _>(Key(id))
            .execute(self)?;
        Ok(())
    }
}
