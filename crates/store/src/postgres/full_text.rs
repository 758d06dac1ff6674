//! Terms in a `tsvector`. It is given nothing but prepared terms, each between quotes.

mod asking;
mod near;
mod stretch;

use std::collections::BTreeSet;

use diesel::connection::SimpleConnection;
use diesel::sql_types::{Array, BigInt, Integer, Nullable, SmallInt, Text};
use diesel::{ExpressionMethods, PgConnection, QueryDsl, Queryable, RunQueryDsl, sql_query};
use domain::id::ArticleId;
use domain::search::terms::{AnyOf, is_in_headline};

use self::asking::{Asking, conditions};
use self::stretch::Stretch;
use super::LOCKS;
use crate::error::Error;
use crate::lock::Rule;
use crate::schema::search_rows;
use crate::search::{FullText, Row, Wanted};
use crate::sql::{Id, Instant, Key};

/// How long it may take to sort terms into the index, in milliseconds. What was sorted by then stays so.
const SORTING_MS: u32 = 60_000;

/// Of how many kilobytes of terms PostgreSQL makes a part that it sorts in at once. Parts that are done stay so when the time is
/// over; with its usual 64 MB a disk that is slow would not finish one, and begin again with the same.
const SORTED_AT_ONCE_KB: u32 = 4096;

#[derive(Queryable)]
struct Found {
    article_id: Key,
    key: i64,
}

impl FullText for PgConnection {
    fn keep_terms(&mut self, row: Row, terms: BTreeSet<String>) -> Result<bool, Error> {
        let Row { key, article, place, visible_from, visible_until, updated_at } = row;
        let (headline, others) = terms.into_iter().partition::<Vec<_>, _>(|term| is_in_headline(term));
        let kept = sql_query(
            "INSERT INTO search_rows (key, article_id, place, visible_from, visible_until, updated_at, terms, headline_terms) \
             VALUES ($1, $2, $3, $4, $5, $6, array_to_tsvector($7), array_to_tsvector($8)) ON CONFLICT (key) DO NOTHING",
        )
        .bind::<BigInt, _>(key)
        .bind::<Id, _>(article)
        .bind::<SmallInt, _>(place)
        .bind::<Instant, _>(visible_from)
        .bind::<Nullable<Instant>, _>(visible_until)
        .bind::<Instant, _>(updated_at)
        .bind::<Array<Text>, _>(others)
        .bind::<Array<Text>, _>(headline)
        .execute(self)?;
        Ok(kept == 1)
    }

    fn drop_terms(&mut self, article: ArticleId) -> Result<(), Error> {
        let rows = search_rows::table.filter(search_rows::article_id.eq(Key(article.uuid())));
        diesel::delete(rows).execute(self)?;
        Ok(())
    }

    /// In a large archive each term may lie in a page that has to be read.
    fn sort_in(&mut self) -> Result<(), Error> {
        self.batch_execute(&format!(
            "SET LOCAL statement_timeout = {SORTING_MS}; SET LOCAL maintenance_work_mem = {SORTED_AT_ONCE_KB}"
        ))?;
        sql_query(
            "SELECT CASE WHEN pg_try_advisory_xact_lock($1, $2) THEN gin_clean_pending_list('search_rows_by_term') END",
        )
        .bind::<Integer, _>(LOCKS)
        .bind::<Integer, _>(Rule::SortedTerms.number())
        .execute(self)?;
        Ok(())
    }

    /// The index gives its rows in no order, so that all of them have to be fetched and sorted. Before it is asked, the first
    /// rows are looked at one by one; then it is asked of a stretch of those behind them, and only at last of all.
    fn with_terms(&mut self, wanted: &Wanted) -> Result<Vec<(ArticleId, i64)>, Error> {
        if wanted.all.iter().any(AnyOf::is_empty) {
            return Ok(Vec::new());
        }
        // To the planner, which does not count what reading the terms of a row costs, a small table is soon read. What else this
        // transaction asks has indexes too.
        self.batch_execute("SET LOCAL enable_seqscan = off")?;
        let (mut found, reached) = near::look(self, wanted)?;
        let Some(reached) = reached else { return Ok(keyed(found)) };
        for stretch in reached.onwards(wanted) {
            let left = wanted.limit - count(&found);
            if left > 0 {
                found.extend(within(self, wanted, &stretch, left)?);
            }
        }
        Ok(keyed(found))
    }
}

fn keyed(found: Vec<Found>) -> Vec<(ArticleId, i64)> {
    found.into_iter().map(|Found { article_id, key }| (ArticleId::new(article_id.0), key)).collect()
}

fn count(found: &[Found]) -> i64 {
    i64::try_from(found.len()).unwrap_or(i64::MAX)
}

/// The rows of a stretch that have what is wanted, as the index knows them.
fn within(
    conn: &mut PgConnection,
    wanted: &Wanted,
    stretch: &Stretch,
    limit: i64,
) -> Result<Vec<Found>, Error> {
    // A sum is in no index, so that none but that of the terms is used.
    let statement = format!(
        " SELECT r.article_id, r.key FROM search_rows AS r WHERE {} AND {} \
         r.key + 0 > (SELECT above FROM asked) AND r.key + 0 < (SELECT below FROM asked) \
         ORDER BY r.key + 0 {} LIMIT (SELECT most FROM asked)",
        conditions(wanted),
        stretch.condition(),
        wanted.direction.name(),
    );
    let asking: Asking<(Id, BigInt)> = Asking::of(wanted, stretch, limit, statement);
    Ok(asking.load(conn)?)
}
