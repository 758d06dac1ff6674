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
/// so all of them have to be fetched and sorted: what so many rows do not hold a page of, is rare enough for that.
const LOOKED_AT: u16 = 400;

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
        let order = wanted.direction.name();
        let near = format!(
            "(SELECT * FROM search_rows WHERE key > $2 AND key < $3 ORDER BY key {order} LIMIT {LOOKED_AT})"
        );
        let found = load(self, wanted, &near, "key")?;
        if i64::try_from(found.len()).is_ok_and(|found| found == wanted.limit) {
            return Ok(found);
        }
        // A sum is in no index but that of the terms, which is what finds rare ones.
        load(self, wanted, "search_rows", "key + 0")
    }
}

/// The articles of those rows of `rows` that have what is wanted, ordered by `key`.
fn load(
    conn: &mut PgConnection,
    wanted: &Wanted,
    rows: &str,
    key: &str,
) -> Result<Vec<(ArticleId, i64)>, Error> {
    let Wanted { all, none, above, below, direction, updated_after, now, limit } = wanted;
    let mut expression = each(all);
    if !none.is_empty() {
        expression = format!("{expression} & !({})", each(none));
    }
    let statement = format!(
        "SELECT r.article_id, r.key FROM {rows} AS r \
         WHERE r.terms @@ $1::tsquery AND r.{key} > $2 AND r.{key} < $3 AND {} \
         AND ($5 IS NULL OR r.updated_at > $5) ORDER BY r.{key} {} LIMIT $6",
        visible_in_search("$4"),
        direction.name(),
    );
    let found: Vec<Found> = sql_query(statement)
        .bind::<Text, _>(expression)
        .bind::<BigInt, _>(above)
        .bind::<BigInt, _>(below)
        .bind::<Instant, _>(now)
        .bind::<Nullable<Instant>, _>(updated_after)
        .bind::<BigInt, _>(limit)
        .load(conn)?;
    Ok(found.into_iter().map(|Found { article_id, key }| (ArticleId::new(article_id.0), key)).collect())
}

/// What has all of these, in the language of `tsquery`.
fn each(all: &[AnyOf]) -> String {
    let any = |terms: &AnyOf| {
        let terms: Vec<_> = terms.iter().map(|term| format!("'{term}'")).collect();
        format!("({})", terms.join(" | "))
    };
    all.iter().map(any).collect::<Vec<_>>().join(" & ")
}
