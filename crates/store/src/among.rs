//! `IN` with a list of values, in few enough forms that a connection prepares each once. Diesel's `eq_any` writes as many
//! placeholders for SQLite as there are values, and prepares such a statement anew each time: half of what SQLite did for a
//! reader's page was that.
//!
//! It is for statements that are the same but for the list. Where readers choose what else a statement asks for, as in filters
//! of lists, `eq_any` stands: each combination would be kept for ever, and there are too many.

use diesel::expression::{AppearsOnTable, Expression, SelectableExpression, ValidGrouping};
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::serialize::ToSql;
use diesel::sql_types::is_nullable::NotNull;
use diesel::sql_types::{Array, Bool, HasSqlType, SingleValue, SqlType};
use diesel::sqlite::Sqlite;

/// Up to how many values a statement is kept for: seven forms of each. One with more does enough that preparing it is little
/// beside that.
const MOST_KEPT: usize = 64;

/// Whether a column has one of some values; of none it has none.
#[derive(Debug, Clone)]
pub(crate) struct Among<Column, Value> {
    column: Column,
    values: Vec<Value>,
}

/// Whether `column`, which cannot be null, has one of `values`.
pub(crate) fn among<Column, Value>(
    column: Column,
    values: impl IntoIterator<Item = Value>,
) -> Among<Column, Value> {
    Among { column, values: values.into_iter().collect() }
}

impl<Column, Value> Expression for Among<Column, Value>
where
    Column: Expression<SqlType: SingleValue + SqlType<IsNull = NotNull>>,
{
    type SqlType = Bool;
}

impl<Column, Value, From> AppearsOnTable<From> for Among<Column, Value>
where
    Self: Expression,
    Column: AppearsOnTable<From>,
{
}

impl<Column, Value, From> SelectableExpression<From> for Among<Column, Value>
where
    Self: AppearsOnTable<From>,
    Column: SelectableExpression<From>,
{
}

impl<Column: ValidGrouping<By>, Value, By> ValidGrouping<By> for Among<Column, Value> {
    type IsAggregate = Column::IsAggregate;
}

impl<Column, Value> QueryId for Among<Column, Value> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Column, Value> QueryFragment<Pg> for Among<Column, Value>
where
    Column: QueryFragment<Pg> + Expression<SqlType: 'static>,
    Vec<Value>: ToSql<Array<Column::SqlType>, Pg>,
    Pg: HasSqlType<Array<Column::SqlType>>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("(");
        self.column.walk_ast(out.reborrow())?;
        out.push_sql(" = ANY(");
        out.push_bind_param::<Array<Column::SqlType>, _>(&self.values)?;
        out.push_sql("))");
        Ok(())
    }
}

impl<Column, Value> QueryFragment<Sqlite> for Among<Column, Value>
where
    Column: QueryFragment<Sqlite> + Expression,
    Value: ToSql<Column::SqlType, Sqlite>,
    Sqlite: HasSqlType<Column::SqlType>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        let Some(last) = self.values.last() else {
            out.push_sql("FALSE");
            return Ok(());
        };
        let places = if self.values.len() > MOST_KEPT {
            out.unsafe_to_cache_prepared();
            self.values.len()
        } else {
            // The last value stands in the places that are left: that it is named again changes nothing.
            self.values.len().next_power_of_two()
        };
        out.push_sql("(");
        self.column.walk_ast(out.reborrow())?;
        let mut before = " IN (";
        for value in self.values.iter().chain(std::iter::repeat(last)).take(places) {
            out.push_sql(before);
            out.push_bind_param::<Column::SqlType, _>(value)?;
            before = ", ";
        }
        out.push_sql("))");
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use diesel::connection::{InstrumentationEvent, SimpleConnection};
    use diesel::{Connection, QueryDsl, RunQueryDsl, SqliteConnection};

    use super::*;
    use crate::schema::installation;

    #[test]
    fn a_list_is_found_whole_and_prepared_in_few_forms() {
        let mut conn = SqliteConnection::establish(":memory:").unwrap();
        conn.batch_execute(
            "CREATE TABLE installation (name TEXT PRIMARY KEY, value TEXT NOT NULL); \
             WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 99) \
             INSERT INTO installation SELECT i, '' FROM n",
        )
        .unwrap();
        let prepared = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&prepared);
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if matches!(event, InstrumentationEvent::CacheQuery { .. }) {
                counted.fetch_add(1, Ordering::Relaxed);
            }
        });
        let mut found = |several: usize| {
            let names: Vec<_> = (0..several).map(|n| n.to_string()).collect();
            let query = installation::table.filter(among(installation::name, &names));
            let found: Vec<String> = query.select(installation::name).load(&mut conn).unwrap();
            let mut found: Vec<usize> = found.iter().map(|name| name.parse().unwrap()).collect();
            found.sort_unstable();
            found
        };
        for _ in 0..2 {
            for several in 0..=MOST_KEPT + 1 {
                assert_eq!(found(several), (0..several).collect::<Vec<_>>());
            }
        }
        assert_eq!(prepared.load(Ordering::Relaxed), 8, "none, and 1, 2, 4, 8, 16, 32 and 64");
    }

    #[test]
    fn postgresql_is_given_one_array() {
        let query = installation::table.filter(among(installation::name, ["a", "b", "c"]));
        let query = query.select(installation::value);
        let text = diesel::debug_query::<Pg, _>(&query).to_string();
        assert!(text.contains(r#"("installation"."name" = ANY($1))"#), "{text}");
        let none = installation::table.filter(among(installation::name, Vec::<String>::new()));
        let text = diesel::debug_query::<Sqlite, _>(&none.select(installation::value)).to_string();
        assert!(text.contains("WHERE FALSE"), "{text}");
    }
}
