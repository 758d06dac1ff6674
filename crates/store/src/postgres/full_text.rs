//! Terms in a `tsvector`. It is given nothing but prepared terms, each between quotes.

use std::collections::BTreeSet;

use diesel::connection::SimpleConnection;
use diesel::sql_types::{Array, BigInt, Bool, Integer, Nullable, SmallInt, Text};
use diesel::{ExpressionMethods, PgConnection, QueryDsl, QueryableByName, RunQueryDsl, sql_query};
use domain::id::ArticleId;
use domain::search::terms::{AnyOf, is_in_headline};

use super::LOCKS;
use super::queries::visibility::visible_in_search;
use crate::error::Error;
use crate::lock::Rule;
use crate::schema::search_rows;
use crate::search::{FullText, Row, Wanted};
use crate::sql::{Id, Instant, Key};

/// How rows are looked at one by one, in their order, before the index is asked. The index gives its rows in no order, so all of
/// them have to be fetched and sorted.
struct Look {
    /// How many rows are looked at first, of each 2,500 that there are, counted from 100,000 to a million: of what none of
    /// them has the index gives some thousands at most.
    part: i64,
    /// How many rows of the index are fetched while one is looked at.
    fetched_meanwhile: i64,
    /// Up to how many more rows are looked at: where they hold too little after all, no more time than that was lost.
    most_more: i64,
}

/// The terms of headlines lie in the row, and cost about as much as a row of the index.
const IN_HEADLINE: Look = Look { part: 10, fetched_meanwhile: 2, most_more: 12_000 };

/// All others have to be read for it: 10 µs were measured with a million rows in memory, and 3 µs for a row of the index.
const ELSEWHERE: Look = Look { part: 1, fetched_meanwhile: 3, most_more: 3_000 };

/// How many rows are looked at first, where a statement has [`Look::size`].
const LOOKED_AT: &str = "(SELECT looked_at FROM size)";

/// How long it may take to sort terms into the index, in milliseconds. What was read for it by then need not be read again.
const SORTING_MS: u32 = 60_000;

#[derive(QueryableByName)]
struct Through {
    #[diesel(sql_type = Bool)]
    is_through: bool,
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Id)]
    article_id: Key,
    #[diesel(sql_type = BigInt)]
    key: i64,
    /// About how many rows there are in all, as of the last `ANALYZE`; -1 before the first. It comes with what is found, since
    /// it is only asked where something is.
    #[diesel(sql_type = BigInt)]
    rows: i64,
    /// How many rows were looked at first.
    #[diesel(sql_type = BigInt)]
    looked_at: i64,
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
        self.batch_execute(&format!("SET LOCAL statement_timeout = {SORTING_MS}"))?;
        sql_query(
            "SELECT CASE WHEN pg_try_advisory_xact_lock($1, $2) THEN gin_clean_pending_list('search_rows_by_term') END",
        )
        .bind::<Integer, _>(LOCKS)
        .bind::<Integer, _>(Rule::SortedTerms.number())
        .execute(self)?;
        Ok(())
    }

    fn with_terms(&mut self, wanted: &Wanted) -> Result<Vec<(ArticleId, i64)>, Error> {
        if wanted.all.iter().any(AnyOf::is_empty) {
            return Ok(Vec::new());
        }
        let look = if wanted.all.iter().any(is_of_headline) { IN_HEADLINE } else { ELSEWHERE };
        let mut found = load(self, wanted, &look, &near(wanted, "0", LOOKED_AT), "key", wanted.limit)?;
        let left = wanted.limit - count(&found);
        if left > 0 && !is_through(self, wanted, &look)? {
            if let Some(first) = found.first()
                && let Some(more) = look.worth_it(count(&found), left, first)
            {
                // As it was then: the rows may have been counted anew since.
                let rows = near(wanted, &first.looked_at.to_string(), &more.to_string());
                found.extend(load(self, wanted, &look, &rows, "key", left)?);
            }
            if count(&found) < wanted.limit {
                // A sum is in no index but that of the terms, which is what finds rare ones.
                found = load(self, wanted, &look, "search_rows", "key + 0", wanted.limit)?;
            }
        }
        Ok(found.into_iter().map(|found| (ArticleId::new(found.article_id.0), found.key)).collect())
    }
}

fn count(found: &[Found]) -> i64 {
    i64::try_from(found.len()).unwrap_or(i64::MAX)
}

/// The rows behind the first `skipped`, in their order.
fn near(wanted: &Wanted, skipped: &str, rows: &str) -> String {
    let order = wanted.direction.name();
    format!(
        "(SELECT * FROM search_rows WHERE key > $2 AND key < $3 ORDER BY key {order} OFFSET {skipped} LIMIT {rows})"
    )
}

/// Whether those that were looked at first are all that lie there. Only asked where something bounds them: the index would give
/// the rows of the whole archive, of which nothing is wanted.
fn is_through(conn: &mut PgConnection, wanted: &Wanted, look: &Look) -> Result<bool, Error> {
    let Wanted { above, below, .. } = wanted;
    if (*above, *below) == (i64::MIN, i64::MAX) {
        return Ok(false);
    }
    let statement = format!(
        "{} SELECT NOT EXISTS (SELECT FROM search_rows WHERE key > $1 AND key < $2 ORDER BY key OFFSET {LOOKED_AT}) \
         AS is_through",
        look.size()
    );
    let through = sql_query(statement).bind::<BigInt, _>(above).bind::<BigInt, _>(below);
    Ok(through.get_result::<Through>(conn)?.is_through)
}

impl Look {
    /// How many rows there are, and how many are looked at first, for statements to name.
    fn size(&self) -> String {
        let part = self.part;
        format!(
            "WITH size AS (SELECT reltuples::bigint AS rows, \
                {part} * least(400, greatest(40, reltuples / 2500))::bigint AS looked_at \
                FROM pg_class WHERE oid = 'search_rows'::regclass)"
        )
    }

    /// How many more rows it is worth to look at until `left` are found, where the first ones had `found`, at least one; `None`
    /// where less is to be done with those that the index gives.
    const fn worth_it(&self, found: i64, left: i64, Found { rows, looked_at, .. }: &Found) -> Option<i64> {
        // Half as many again, since they do not lie evenly.
        let more = *looked_at * left * 3 / (found * 2);
        let in_index = *rows / *looked_at * found;
        if more <= self.most_more && more * self.fetched_meanwhile < in_index { Some(more) } else { None }
    }
}

/// The articles of those rows of `rows` that have what is wanted, up to `limit`, ordered by `key`.
fn load(
    conn: &mut PgConnection,
    wanted: &Wanted,
    look: &Look,
    rows: &str,
    key: &str,
    limit: i64,
) -> Result<Vec<Found>, Error> {
    let Wanted { all, none, above, below, direction, updated_after, now, limit: _ } = wanted;
    let (headline, others): (Vec<_>, Vec<_>) = all.iter().partition(|any_of| is_of_headline(any_of));
    let [headline, others, none] = [headline, others, none.iter().collect()].map(|all| each(&all));
    // Only those that say something, so that the index is used for the others however the statement is planned.
    let conditions: Vec<_> = [
        headline.as_ref().map(|_| "r.headline_terms @@ $7::tsquery AND"),
        none.as_ref().map(|_| "NOT r.headline_terms @@ $8::tsquery AND"),
        others.as_ref().map(|_| "r.terms @@ $1::tsquery AND"),
    ]
    .into_iter()
    .flatten()
    .collect();
    let statement = format!(
        "{} SELECT r.article_id, r.key, (SELECT rows FROM size), {LOOKED_AT} FROM {rows} AS r \
         WHERE {} r.{key} > $2 AND r.{key} < $3 AND {} AND ($5 IS NULL OR r.updated_at > $5) ORDER BY r.{key} {} LIMIT $6",
        look.size(),
        conditions.join(" "),
        visible_in_search("$4"),
        direction.name(),
    );
    Ok(sql_query(statement)
        .bind::<Nullable<Text>, _>(others)
        .bind::<BigInt, _>(above)
        .bind::<BigInt, _>(below)
        .bind::<Instant, _>(now)
        .bind::<Nullable<Instant>, _>(updated_after)
        .bind::<BigInt, _>(limit)
        .bind::<Nullable<Text>, _>(headline)
        .bind::<Nullable<Text>, _>(none)
        .load(conn)?)
}

/// Whether it is the headline that must have one of these.
fn is_of_headline(any_of: &AnyOf) -> bool {
    any_of.iter().any(|term| is_in_headline(term))
}

/// What has all of these, in the language of `tsquery`; `None` where there are none.
fn each(all: &[&AnyOf]) -> Option<String> {
    let any = |terms: &&AnyOf| {
        let terms: Vec<_> = terms.iter().map(|term| format!("'{term}'")).collect();
        format!("({})", terms.join(" | "))
    };
    if all.is_empty() { None } else { Some(all.iter().map(any).collect::<Vec<_>>().join(" & ")) }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn more_rows_are_looked_at_where_the_index_has_too_many() {
        let worth = |look: &Look, found, left, rows, looked_at| {
            let first = Found { article_id: Key(Uuid::nil()), key: 0, rows, looked_at };
            look.worth_it(found, left, &first)
        };
        assert_eq!(worth(&ELSEWHERE, 20, 1, 1_000_000, 400), Some(30));
        assert_eq!(worth(&ELSEWHERE, 10, 11, 1_000_000, 400), Some(660));
        assert_eq!(worth(&ELSEWHERE, 7, 13, 2_000_000, 400), Some(1114));
        assert_eq!(worth(&IN_HEADLINE, 9, 11, 120_000, 480), Some(880));
        for (found, left, rows) in [(2, 19, 1_000_000), (10, 11, 50_000), (10, 11, -1)] {
            assert_eq!(worth(&ELSEWHERE, found, left, rows, 400), None, "{found} of {rows}");
        }
    }
}
