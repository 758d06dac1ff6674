//! Terms in a `tsvector`. It is given nothing but prepared terms, each between quotes.

mod near;
mod stretch;

use std::collections::BTreeSet;

use diesel::connection::SimpleConnection;
use diesel::pg::Pg;
use diesel::sql_types::{Array, BigInt, Integer, Nullable, SmallInt, Text};
use diesel::{ExpressionMethods, PgConnection, QueryDsl, QueryableByName, RunQueryDsl, sql_query};
use domain::id::ArticleId;
use domain::search::terms::{AnyOf, is_in_headline};

use self::stretch::Stretch;
use super::LOCKS;
use super::queries::visibility::visible_in_search;
use crate::error::Error;
use crate::lock::Rule;
use crate::schema::search_rows;
use crate::search::{FullText, Row, Wanted};
use crate::sql::{Id, Instant, Key};

/// How long it may take to sort terms into the index, in milliseconds. What was sorted by then is.
const SORTING_MS: u32 = 60_000;

/// Of how many kilobytes of terms PostgreSQL makes a part that it sorts in at once. Parts that are done stay so when the time is
/// over; with its usual 64 MB a disk that is slow would not finish one, and begin again with the same.
const SORTED_AT_ONCE_KB: u32 = 4096;

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Id)]
    article_id: Key,
    #[diesel(sql_type = BigInt)]
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
        let (mut found, reached) = near::look(self, wanted)?;
        for stretch in reached.iter().flat_map(|reached| reached.onwards(wanted)) {
            let left = wanted.limit - count(&found);
            if left > 0 {
                found.extend(within(self, wanted, &stretch, left)?);
            }
        }
        Ok(found.into_iter().map(|found| (ArticleId::new(found.article_id.0), found.key)).collect())
    }
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
        "SELECT r.article_id, r.key FROM search_rows AS r WHERE {} AND {} r.key + 0 > $2 AND r.key + 0 < $3 \
         ORDER BY r.key + 0 {} LIMIT $6",
        conditions(wanted),
        stretch.condition("$9"),
        wanted.direction.name(),
    );
    load(conn, statement, wanted, stretch, limit)
}

/// What a row `r` must have, where a statement is [loaded](load). Only what says something, so that the index is used for it
/// however the statement is planned.
fn conditions(Wanted { all, none, .. }: &Wanted) -> String {
    let terms = [
        all.iter().any(is_of_headline).then_some("r.headline_terms @@ $7::tsquery AND"),
        (!none.is_empty()).then_some("NOT r.headline_terms @@ $8::tsquery AND"),
        (!all.iter().all(is_of_headline)).then_some("r.terms @@ $1::tsquery AND"),
    ];
    let terms: Vec<_> = terms.into_iter().flatten().collect();
    format!("{} {} AND ($5 IS NULL OR r.updated_at > $5)", terms.join(" "), visible_in_search("$4"))
}

/// What a statement gives of which `$1` to `$9` are the terms that are wanted, the keys between which rows lie, the present, since
/// when they were changed, how many are wanted, the terms of headlines, those that are not wanted, and the names of a stretch.
fn load<R: QueryableByName<Pg> + 'static>(
    conn: &mut PgConnection,
    statement: String,
    wanted: &Wanted,
    stretch: &Stretch,
    limit: i64,
) -> Result<Vec<R>, Error> {
    let Wanted { all, none, updated_after, now, .. } = wanted;
    let (headline, others): (Vec<_>, Vec<_>) = all.iter().partition(|any_of| is_of_headline(any_of));
    Ok(sql_query(statement)
        .bind::<Nullable<Text>, _>(each(others))
        .bind::<BigInt, _>(stretch.above)
        .bind::<BigInt, _>(stretch.below)
        .bind::<Instant, _>(now)
        .bind::<Nullable<Instant>, _>(updated_after)
        .bind::<BigInt, _>(limit)
        .bind::<Nullable<Text>, _>(each(headline))
        .bind::<Nullable<Text>, _>(each(none))
        .bind::<Nullable<Array<BigInt>>, _>(stretch.names())
        .load(conn)?)
}

/// Whether it is the headline that must have one of these.
fn is_of_headline(any_of: &AnyOf) -> bool {
    any_of.iter().any(|term| is_in_headline(term))
}

/// What has all of these, in the language of `tsquery`; `None` where there are none.
fn each<'a>(all: impl IntoIterator<Item = &'a AnyOf>) -> Option<String> {
    let any = |terms: &AnyOf| {
        let terms: Vec<_> = terms.iter().map(|term| format!("'{term}'")).collect();
        format!("({})", terms.join(" | "))
    };
    let all: Vec<_> = all.into_iter().map(any).collect();
    if all.is_empty() { None } else { Some(all.join(" & ")) }
}
