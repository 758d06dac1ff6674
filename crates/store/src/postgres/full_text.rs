//! Terms in a `tsvector`. It is given nothing but prepared terms, each between quotes.

use std::collections::BTreeSet;

use diesel::sql_types::{Array, BigInt, Nullable, SmallInt, Text};
use diesel::{ExpressionMethods, PgConnection, QueryDsl, QueryableByName, RunQueryDsl, sql_query};
use domain::id::ArticleId;
use domain::search::terms::AnyOf;

use super::queries::visibility::visible_in_search;
use crate::error::Error;
use crate::schema::search_rows;
use crate::search::{FullText, Row, Wanted};
use crate::sql::{Id, Instant, Key};

/// How many rows are looked at one by one, in their order, before the index is asked. The index gives its rows in no order,
/// so all of them have to be fetched and sorted.
const LOOKED_AT: i64 = 400;

/// How many rows of the index are fetched while one is looked at, of which the terms have to be read: 20 µs and 1 µs were
/// measured.
const FETCHED_MEANWHILE: i64 = 20;

/// Up to how many more rows are looked at: where they hold too little after all, no more time than that was lost.
const MOST_MORE: i64 = 1200;

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
}

impl FullText for PgConnection {
    fn keep_terms(&mut self, row: Row, terms: BTreeSet<String>) -> Result<bool, Error> {
        let Row { key, article, place, visible_from, visible_until, updated_at } = row;
        let kept = sql_query(
            "INSERT INTO search_rows (key, article_id, place, visible_from, visible_until, updated_at, terms) \
             VALUES ($1, $2, $3, $4, $5, $6, array_to_tsvector($7)) ON CONFLICT (key) DO NOTHING",
        )
        .bind::<BigInt, _>(key)
        .bind::<Id, _>(article)
        .bind::<SmallInt, _>(place)
        .bind::<Instant, _>(visible_from)
        .bind::<Nullable<Instant>, _>(visible_until)
        .bind::<Instant, _>(updated_at)
        .bind::<Array<Text>, _>(terms.into_iter().collect::<Vec<_>>())
        .execute(self)?;
        Ok(kept == 1)
    }

    fn drop_terms(&mut self, article: ArticleId) -> Result<(), Error> {
        let rows = search_rows::table.filter(search_rows::article_id.eq(Key(article.uuid())));
        diesel::delete(rows).execute(self)?;
        Ok(())
    }

    fn with_terms(&mut self, wanted: &Wanted) -> Result<Vec<(ArticleId, i64)>, Error> {
        if wanted.all.iter().any(AnyOf::is_empty) {
            return Ok(Vec::new());
        }
        let mut found = load(self, wanted, &near(wanted, 0, LOOKED_AT), "key", wanted.limit)?;
        let left = wanted.limit - count(&found);
        if left > 0
            && let Some(first) = found.first()
            && let Some(more) = worth_looking_at(count(&found), left, first.rows)
        {
            found.extend(load(self, wanted, &near(wanted, LOOKED_AT, more), "key", left)?);
        }
        if count(&found) < wanted.limit {
            // A sum is in no index but that of the terms, which is what finds rare ones.
            found = load(self, wanted, "search_rows", "key + 0", wanted.limit)?;
        }
        Ok(found.into_iter().map(|found| (ArticleId::new(found.article_id.0), found.key)).collect())
    }
}

fn count(found: &[Found]) -> i64 {
    i64::try_from(found.len()).unwrap_or(i64::MAX)
}

/// The rows behind the first `skipped`, in their order.
fn near(wanted: &Wanted, skipped: i64, rows: i64) -> String {
    let order = wanted.direction.name();
    format!(
        "(SELECT * FROM search_rows WHERE key > $2 AND key < $3 ORDER BY key {order} OFFSET {skipped} LIMIT {rows})"
    )
}

/// How many more rows it is worth to look at until `left` are found, where the first ones had `found`, at least one, of `rows`
/// in all; `None` where less is to be done with those that the index gives.
const fn worth_looking_at(found: i64, left: i64, rows: i64) -> Option<i64> {
    // Half as many again, since they do not lie evenly.
    let more = LOOKED_AT * left * 3 / (found * 2);
    let in_index = rows / LOOKED_AT * found;
    if more <= MOST_MORE && more * FETCHED_MEANWHILE < in_index { Some(more) } else { None }
}

/// The articles of those rows of `rows` that have what is wanted, up to `limit`, ordered by `key`.
fn load(
    conn: &mut PgConnection,
    wanted: &Wanted,
    rows: &str,
    key: &str,
    limit: i64,
) -> Result<Vec<Found>, Error> {
    let Wanted { all, none, above, below, direction, updated_after, now, limit: _ } = wanted;
    let mut expression = each(all);
    if !none.is_empty() {
        expression = format!("{expression} & !({})", each(none));
    }
    let statement = format!(
        "SELECT r.article_id, r.key, (SELECT reltuples::bigint FROM pg_class WHERE oid = 'search_rows'::regclass) AS rows \
         FROM {rows} AS r WHERE r.terms @@ $1::tsquery AND r.{key} > $2 AND r.{key} < $3 AND {} \
         AND ($5 IS NULL OR r.updated_at > $5) ORDER BY r.{key} {} LIMIT $6",
        visible_in_search("$4"),
        direction.name(),
    );
    Ok(sql_query(statement)
        .bind::<Text, _>(expression)
        .bind::<BigInt, _>(above)
        .bind::<BigInt, _>(below)
        .bind::<Instant, _>(now)
        .bind::<Nullable<Instant>, _>(updated_after)
        .bind::<BigInt, _>(limit)
        .load(conn)?)
}

/// What has all of these, in the language of `tsquery`.
fn each(all: &[AnyOf]) -> String {
    let any = |terms: &AnyOf| {
        let terms: Vec<_> = terms.iter().map(|term| format!("'{term}'")).collect();
        format!("({})", terms.join(" | "))
    };
    all.iter().map(any).collect::<Vec<_>>().join(" & ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_rows_are_looked_at_where_the_index_has_too_many() {
        assert_eq!(worth_looking_at(20, 1, 1_000_000), Some(30));
        assert_eq!(worth_looking_at(10, 11, 1_000_000), Some(660));
        for (found, left, rows) in [(2, 19, 1_000_000), (10, 11, 100_000), (10, 11, -1)] {
            assert_eq!(worth_looking_at(found, left, rows), None, "{found} of {rows}");
        }
    }
}
