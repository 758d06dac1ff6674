//! The statements as PostgreSQL runs them, and what only it does.

use diesel::sql_types::{Array, BigInt, Integer};
use diesel::{RunQueryDsl, declare_sql_function};
use domain::comment::private::KeyedHash;
use domain::time::Moment;
use uuid::Uuid;

use crate::error::Error;
use crate::lock::{Row, Rows, Rule};
use crate::sql::{At, Id, Instant, Key};
use crate::tx::Tx;

mod full_text;
#[path = "queries/mod.rs"]
mod queries;

type Conn = diesel::PgConnection;

/// The channel on which a commit is told that purges something.
pub(crate) const CHANNEL: &str = "masthead_events";

/// The first half of the number of each advisory lock of ours; the second names the rule.
const LOCKS: i32 = 0x6D61_7374;

#[declare_sql_function]
extern "SQL" {
    fn clock_timestamp() -> Instant;
    fn pg_try_advisory_xact_lock(number: BigInt) -> Bool;
}

impl Tx for Conn {
    fn hold(&mut self, rule: Rule) -> Result<(), Error> {
        diesel::sql_query("SELECT pg_advisory_xact_lock($1, $2)")
            .bind::<Integer, _>(LOCKS)
            .bind::<Integer, _>(rule.number())
            .execute(self)?;
        Ok(())
    }

    fn time(&mut self) -> Result<Option<Moment>, Error> {
        let At(now) = diesel::select(clock_timestamp()).get_result(self)?;
        Ok(Some(now))
    }
}

impl Rows for Conn {
    /// No key of a row is ever another, so that whoever only refers to it need not wait.
    fn hold_row(&mut self, row: Row, id: Uuid) -> Result<bool, Error> {
        let (table, key) = (row.table(), row.key());
        let held = diesel::sql_query(format!("SELECT 1 FROM {table} WHERE {key} = $1 FOR NO KEY UPDATE"))
            .bind::<Id, _>(Key(id))
            .execute(self)?;
        Ok(held == 1)
    }

    fn hold_rows(&mut self, row: Row, ids: &[Key]) -> Result<(), Error> {
        let (table, key) = (row.table(), row.key());
        let held = format!("SELECT 1 FROM {table} WHERE {key} = ANY($1) ORDER BY {key} FOR NO KEY UPDATE");
        diesel::sql_query(held).bind::<Array<Id>, _>(ids.to_vec()).execute(self)?;
        Ok(())
    }

    fn hold_hash(&mut self, hash: &KeyedHash) -> Result<(), Error> {
        diesel::sql_query("SELECT pg_advisory_xact_lock($1)")
            .bind::<BigInt, _>(number(hash.octets()))
            .execute(self)?;
        Ok(())
    }

    fn take_hash(&mut self, hash: &[u8; 32]) -> Result<bool, Error> {
        Ok(diesel::select(pg_try_advisory_xact_lock(number(hash))).get_result(self)?)
    }
}

/// The number by which a hash is locked, made of its first octets: should two ever share it, one is taken for the other
/// once.
fn number(hash: &[u8]) -> i64 {
    hash.iter().take(8).fold(0, |number, &octet| number << 8 | i64::from(octet))
}
