//! Updates that a connection prepares once.

use diesel::backend::Backend;
use diesel::query_builder::{AsChangeset, AstPass, QueryFragment, QueryId};
use diesel::query_source::{QuerySource, Table};
use diesel::result::QueryResult;
use diesel::{AppearsOnTable, RunQueryDsl};

/// An `UPDATE` that is kept by its text. Diesel prepares its own anew each time, because two of one type may set
/// different columns; of ours there are as many texts as places that write them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Update<From, Filter, Changes> {
    from: From,
    filter: Filter,
    changes: Changes,
}

/// The changes in those rows of their table that `filter` finds.
pub(crate) fn update<Filter, Changes>(
    filter: Filter,
    changes: Changes,
) -> Update<FromTable<Changes>, Filter, Changes::Changeset>
where
    Filter: AppearsOnTable<Changes::Target>,
    Changes: AsChangeset<Target: Table + Default>,
{
    let table = Changes::Target::default();
    Update { from: table.from_clause(), filter, changes: changes.as_changeset() }
}

type FromTable<Changes> = <<Changes as AsChangeset>::Target as QuerySource>::FromClause;

impl<From, Filter, Changes> QueryId for Update<From, Filter, Changes> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<From, Filter, Changes, DB> QueryFragment<DB> for Update<From, Filter, Changes>
where
    From: QueryFragment<DB>,
    Filter: QueryFragment<DB>,
    Changes: QueryFragment<DB>,
    DB: Backend,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("UPDATE ");
        self.from.walk_ast(out.reborrow())?;
        out.push_sql(" SET ");
        self.changes.walk_ast(out.reborrow())?;
        out.push_sql(" WHERE ");
        self.filter.walk_ast(out)
    }
}

impl<From, Filter, Changes, Conn> RunQueryDsl<Conn> for Update<From, Filter, Changes> {}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicU32, Ordering};

    use diesel::connection::{InstrumentationEvent, SimpleConnection};
    use diesel::{Connection, ExpressionMethods, SqliteConnection};

    use super::*;
    use crate::schema::installation;

    #[test]
    fn an_update_is_prepared_once() {
        let mut conn = SqliteConnection::establish(":memory:").unwrap();
        conn.batch_execute("CREATE TABLE installation (name TEXT PRIMARY KEY, value TEXT NOT NULL)").unwrap();
        let prepared = Arc::new(AtomicU32::new(0));
        let counted = Arc::clone(&prepared);
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if matches!(event, InstrumentationEvent::CacheQuery { .. }) {
                counted.fetch_add(1, Ordering::Relaxed);
            }
        });
        for value in ["1", "2"] {
            update(installation::name.eq("a"), installation::value.eq(value)).execute(&mut conn).unwrap();
        }
        assert_eq!(prepared.load(Ordering::Relaxed), 1);
    }
}
