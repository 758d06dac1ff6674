//! The archive in PostgreSQL.

use std::error::Error;

use diesel::connection::{Connection, SimpleConnection};
use diesel::sql_types::Text;
use diesel::{PgConnection, QueryableByName, RunQueryDsl, sql_query};

use crate::copies::{FIRST, TOLD, statements};

/// An id ends with digits that were drawn at random, of which the days of a copy change the last ones. Months are counted from January of the
/// year 0.
const FUNCTIONS: &str = "\
    CREATE SCHEMA archive; \
    CREATE FUNCTION archive.copied(id uuid, day int) RETURNS uuid IMMUTABLE LANGUAGE sql \
        RETURN encode(set_byte(uuid_send(id), 15, get_byte(uuid_send(id), 15) # day), 'hex')::uuid; \
    CREATE FUNCTION archive.earlier(at timestamptz, day int) RETURNS timestamptz IMMUTABLE LANGUAGE sql \
        RETURN at - make_interval(hours => 24 * day); \
    CREATE FUNCTION archive.said(content jsonb, slug text, copy text) RETURNS jsonb IMMUTABLE LANGUAGE sql \
        RETURN jsonb_set(content, '{content,slug}', to_jsonb(copy)); \
    CREATE FUNCTION archive.month(at timestamptz) RETURNS int IMMUTABLE LANGUAGE sql \
        RETURN (extract(year FROM at AT TIME ZONE 'UTC') * 12 + extract(month FROM at AT TIME ZONE 'UTC') - 1)::int; \
    CREATE FUNCTION archive.randomblob(octets int) RETURNS bytea VOLATILE LANGUAGE sql \
        RETURN substr(sha256(gen_random_uuid()::text::bytea), 1, octets); \
    SET search_path = public, archive";

/// Nothing waits for the disk, references are not followed: what is copied is sound.
const PACE: &str = "\
    SET synchronous_commit = off; SET session_replication_role = replica; SET maintenance_work_mem = '1GB'; \
    CREATE TEMP TABLE first_rows AS SELECT * FROM search_rows";

const COPY_SEARCH: &str = "\
    INSERT INTO search_rows (key, article_id, place, visible_from, updated_at, terms, headline_terms) \
    SELECT key - ({day}::bigint * 86400000 << 20), copied(article_id, {day}), place, earlier(visible_from, {day}), \
        earlier(updated_at, {day}), terms, headline_terms \
    FROM first_rows";

#[derive(QueryableByName)]
struct Index {
    #[diesel(sql_type = Text)]
    indexdef: String,
}

/// Gives the database at this address its archive.
pub(crate) fn grow(url: &str, days: u8) -> Result<(), Box<dyn Error>> {
    let mut conn = PgConnection::establish(url)?;
    conn.batch_execute(FUNCTIONS)?;
    conn.batch_execute(PACE)?;
    conn.batch_execute(FIRST)?;
    // Made behind the rows, in a fraction of the time.
    let index = sql_query("SELECT indexdef FROM pg_indexes WHERE indexname = 'search_rows_by_term'");
    let Index { indexdef } = index.get_result(&mut conn)?;
    conn.batch_execute("DROP INDEX search_rows_by_term")?;
    // From the first to the last, as they would have been published.
    for day in (1..=days).rev() {
        conn.transaction(|conn| conn.batch_execute(&statements(day, COPY_SEARCH)))?;
    }
    conn.batch_execute(&indexdef)?;
    conn.batch_execute(TOLD)?;
    Ok(conn.batch_execute("DROP SCHEMA archive CASCADE")?)
}
