//! Terms in FTS5. It is given nothing but prepared terms, each a string of its own.

use std::collections::BTreeSet;

use diesel::sql_types::{BigInt, Nullable, Text};
use diesel::{ExpressionMethods, QueryDsl, QueryableByName, RunQueryDsl, SqliteConnection, sql_query};
use domain::id::ArticleId;
use domain::search::terms::AnyOf;

use super::queries::visibility::visible_in_search;
use crate::error::Error;
use crate::schema::search_rows;
use crate::search::{FullText, Row, Wanted};
use crate::sql::{Id, Instant, Key};

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = Id)]
    article_id: Key,
    #[diesel(sql_type = BigInt)]
    key: i64,
}

impl FullText for SqliteConnection {
    fn keep_terms(&mut self, row: Row, terms: BTreeSet<String>) -> Result<bool, Error> {
        let Row { key, article, place, visible_from, visible_until, updated_at } = row;
        let kept = diesel::insert_into(search_rows::table)
            .values((
                search_rows::key.eq(key),
                search_rows::article_id.eq(article),
                search_rows::place.eq(place),
                search_rows::visible_from.eq(visible_from),
                search_rows::visible_until.eq(visible_until),
                search_rows::updated_at.eq(updated_at),
            ))
            .on_conflict(search_rows::key)
            .do_nothing()
            .execute(self)?;
        if kept == 0 {
            return Ok(false);
        }
        sql_query("INSERT INTO search_index (rowid, terms) VALUES (?, ?)")
            .bind::<BigInt, _>(key)
            .bind::<Text, _>(terms.into_iter().collect::<Vec<_>>().join(" "))
            .execute(self)?;
        Ok(true)
    }

    fn drop_terms(&mut self, article: ArticleId) -> Result<(), Error> {
        let id = Key(article.uuid());
        let rows = search_rows::table.filter(search_rows::article_id.eq(id));
        let keys: Vec<i64> = rows.select(search_rows::key).load(self)?;
        for key in keys {
            sql_query("DELETE FROM search_index WHERE rowid = ?").bind::<BigInt, _>(key).execute(self)?;
        }
        diesel::delete(rows).execute(self)?;
        Ok(())
    }

    /// Nothing waits: what is written stands in the index.
    fn sort_in(&mut self) -> Result<(), Error> {
        Ok(())
    }

    /// The index gives its rows in the order of their keys, so that no more are looked at than are found.
    fn with_terms(&mut self, wanted: &Wanted) -> Result<Vec<(ArticleId, i64)>, Error> {
        let Wanted { all, none, above, below, direction, updated_after, now, limit } = wanted;
        if all.iter().any(AnyOf::is_empty) {
            return Ok(Vec::new());
        }
        let mut expression = each(all);
        if !none.is_empty() {
            expression = format!("({expression}) NOT ({})", each(none));
        }
        let statement = format!(
            "SELECT r.article_id, r.key FROM search_index CROSS JOIN search_rows AS r ON r.key = search_index.rowid \
             WHERE search_index MATCH ?1 AND search_index.rowid > ?2 AND search_index.rowid < ?3 AND {} \
             AND (?5 IS NULL OR r.updated_at > ?5) ORDER BY search_index.rowid {} LIMIT ?6",
            visible_in_search("?4"),
            direction.name(),
        );
        let found: Vec<Found> = sql_query(statement)
            .bind::<Text, _>(expression)
            .bind::<BigInt, _>(above)
            .bind::<BigInt, _>(below)
            .bind::<Instant, _>(now)
            .bind::<Nullable<Instant>, _>(updated_after)
            .bind::<BigInt, _>(limit)
            .load(self)?;
        Ok(found.into_iter().map(|Found { article_id, key }| (ArticleId::new(article_id.0), key)).collect())
    }
}

/// What has all of these, in the language of FTS5.
fn each(all: &[AnyOf]) -> String {
    let any = |terms: &AnyOf| {
        let terms: Vec<_> = terms.iter().map(|term| format!("\"{term}\"")).collect();
        format!("({})", terms.join(" OR "))
    };
    all.iter().map(any).collect::<Vec<_>>().join(" AND ")
}
