//! The archive in SQLite.

use std::error::Error;

use chrono::{DateTime, Datelike, TimeDelta};
use diesel::connection::{Connection, SimpleConnection};
use diesel::sql_types::{BigInt, Binary, Integer, Nullable, Text};
use diesel::{RunQueryDsl, SqliteConnection, declare_sql_function, select};

use crate::copies::{FIRST, TOLD, statements};

#[declare_sql_function]
extern "SQL" {
    fn copied(id: Binary, day: Integer) -> Binary;
    fn earlier(at: Nullable<BigInt>, day: Integer) -> Nullable<BigInt>;
    fn said(content: Text, slug: Text, copy: Text) -> Text;
    fn month(at: BigInt) -> Integer;
    fn total_changes() -> BigInt;
}

/// The index does not give back what was put in, but tells which rows have which terms.
const FIRST_TERMS: &str = "\
    CREATE VIRTUAL TABLE temp.terms_of_rows USING fts5vocab (main, search_index, instance); \
    CREATE TEMP TABLE first_rows AS \
        SELECT r.*, t.terms FROM search_rows r \
        JOIN (SELECT doc, group_concat(term, ' ') AS terms FROM terms_of_rows GROUP BY doc) t ON t.doc = r.key; \
    DROP TABLE temp.terms_of_rows;";

const COPY_SEARCH: &str = "\
    INSERT INTO search_rows (key, article_id, place, visible_from, updated_at) \
    SELECT key - ({day} * 86400000 << 20), copied(article_id, {day}), place, earlier(visible_from, {day}), \
        earlier(updated_at, {day}) \
    FROM first_rows; \
    INSERT INTO search_index (rowid, terms) \
    SELECT key - ({day} * 86400000 << 20), terms FROM first_rows ORDER BY key;";

/// Gives the database in this file its archive.
pub(crate) fn grow(file: &str, days: u8) -> Result<(), Box<dyn Error>> {
    let mut conn = SqliteConnection::establish(file)?;
    conn.batch_execute("PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000; PRAGMA temp_store = MEMORY")?;
    copied_utils::register_impl(&mut conn, copy_of)?;
    earlier_utils::register_impl(&mut conn, before)?;
    said_utils::register_impl(&mut conn, |content: String, slug: String, copy: String| {
        content.replacen(&format!(r#""slug":"{slug}""#), &format!(r#""slug":"{copy}""#), 1)
    })?;
    month_utils::register_impl(&mut conn, month_of)?;
    conn.batch_execute(FIRST)?;
    conn.batch_execute(FIRST_TERMS)?;
    // From the first to the last, as they would have been published.
    for day in (1..=days).rev() {
        conn.transaction(|conn| conn.batch_execute(&statements(day, COPY_SEARCH)))?;
    }
    merge(&mut conn)?;
    conn.batch_execute(TOLD)?;
    Ok(conn.batch_execute("PRAGMA wal_checkpoint(TRUNCATE)")?)
}

/// Has the index of search merge what stands side by side in it, as it would have at each publishing. Rows that come by
/// thousands leave that to the next who writes, for seconds.
fn merge(conn: &mut SqliteConnection) -> Result<(), Box<dyn Error>> {
    let mut before = changed(conn)?;
    loop {
        conn.batch_execute("INSERT INTO search_index (search_index, rank) VALUES ('merge', 1000)")?;
        let after = changed(conn)?;
        // Fewer than two changes: nothing was left to do (https://sqlite.org/fts5.html, the 'merge' command).
        if after - before < 2 {
            return Ok(());
        }
        before = after;
    }
}

fn changed(conn: &mut SqliteConnection) -> Result<i64, Box<dyn Error>> {
    Ok(select(total_changes()).get_result(conn)?)
}

/// An id ends with digits that were drawn at random, of which the days of a copy change the last ones.
fn copy_of(mut id: Vec<u8>, day: i32) -> Vec<u8> {
    let [.., low] = day.to_be_bytes();
    if let Some(last) = id.last_mut() {
        *last ^= low;
    }
    id
}

fn before(at: Option<i64>, day: i32) -> Option<i64> {
    at?.checked_sub(TimeDelta::days(day.into()).num_microseconds()?)
}

/// In months from January of the year 0.
fn month_of(at: i64) -> i32 {
    let at = DateTime::from_timestamp_micros(at).unwrap_or_default();
    at.year() * 12 + at.month0().cast_signed()
}
