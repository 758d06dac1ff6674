//! The statements of a search. What it asks for stands in each of them as a row of its own, `asked`, and not as constants.
//! The planner cannot look into it, so that a plan is as good for any search as for one, and after the first five times a
//! connection keeps it. To plan each search took longer than many a search does.

use std::marker::PhantomData;

use diesel::pg::Pg;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::{Array, BigInt, Nullable, Text};
use diesel::{PgConnection, RunQueryDsl};
use domain::search::terms::{AnyOf, is_in_headline};

use super::super::queries::visibility::visible_in_search;
use super::stretch::Stretch;
use crate::search::Wanted;
use crate::sql::{At, Instant};

/// A statement of which each row has these types.
#[derive(Debug)]
pub(super) struct Asking<Row> {
    terms: Option<String>,
    headline: Option<String>,
    none: Option<String>,
    above: i64,
    below: i64,
    names: Option<Vec<i64>>,
    updated_after: Option<At>,
    now: At,
    most: i64,
    /// What is done with `asked`. Of few texts: a connection keeps each.
    statement: String,
    row: PhantomData<Row>,
}

impl<Row> Asking<Row> {
    /// One that gives up to `most` rows of a stretch.
    pub(super) fn of(wanted: &Wanted, stretch: &Stretch, most: i64, statement: String) -> Self {
        let Wanted { all, none, updated_after, now, above: _, below: _, direction: _, limit: _ } = wanted;
        let (headline, others): (Vec<_>, Vec<_>) = all.iter().partition(|any_of| is_of_headline(any_of));
        Self {
            terms: each(others),
            headline: each(headline),
            none: each(none),
            above: stretch.above,
            below: stretch.below,
            names: stretch.names().map(<[i64]>::to_vec),
            updated_after: *updated_after,
            now: *now,
            most,
            statement,
            row: PhantomData,
        }
    }
}

impl<Row> Query for Asking<Row> {
    type SqlType = Row;
}

impl<Row> RunQueryDsl<PgConnection> for Asking<Row> {}

impl<Row> QueryId for Asking<Row> {
    type QueryId = ();

    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Row> QueryFragment<Pg> for Asking<Row> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql("WITH asked AS MATERIALIZED (SELECT ");
        out.push_bind_param::<Nullable<Text>, _>(&self.terms)?;
        out.push_sql("::tsquery AS terms, ");
        out.push_bind_param::<Nullable<Text>, _>(&self.headline)?;
        out.push_sql("::tsquery AS headline, ");
        out.push_bind_param::<Nullable<Text>, _>(&self.none)?;
        out.push_sql("::tsquery AS none, ");
        out.push_bind_param::<BigInt, _>(&self.above)?;
        out.push_sql(" AS above, ");
        out.push_bind_param::<BigInt, _>(&self.below)?;
        out.push_sql(" AS below, ");
        out.push_bind_param::<Nullable<Array<BigInt>>, _>(&self.names)?;
        out.push_sql(" AS names, ");
        out.push_bind_param::<Nullable<Instant>, _>(&self.updated_after)?;
        out.push_sql(" AS updated_after, ");
        out.push_bind_param::<Instant, _>(&self.now)?;
        out.push_sql(" AS now, ");
        out.push_bind_param::<BigInt, _>(&self.most)?;
        out.push_sql(" AS most)");
        out.push_sql(&self.statement);
        Ok(())
    }
}

/// What a row `r` must have. Only what says something, so that the index is used for it.
pub(super) fn conditions(Wanted { all, none, updated_after, .. }: &Wanted) -> String {
    let conditions = [
        all.iter().any(is_of_headline).then_some("r.headline_terms @@ (SELECT headline FROM asked) AND"),
        (!none.is_empty()).then_some("NOT r.headline_terms @@ (SELECT none FROM asked) AND"),
        (!all.iter().all(is_of_headline)).then_some("r.terms @@ (SELECT terms FROM asked) AND"),
        updated_after.map(|_| "r.updated_at > (SELECT updated_after FROM asked) AND"),
    ];
    let conditions: Vec<_> = conditions.into_iter().flatten().collect();
    format!("{} {}", conditions.join(" "), visible_in_search("(SELECT now FROM asked)"))
}

/// Whether it is the headline that must have one of these.
pub(super) fn is_of_headline(any_of: &AnyOf) -> bool {
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

#[cfg(test)]
mod tests {
    use domain::time::Moment;

    use super::*;
    use crate::search::Direction;

    #[test]
    fn searches_of_other_words_are_one_statement_that_is_kept() {
        let wanted = |word: &str, at: i64| Wanted {
            all: vec![[word.to_owned()].into()],
            none: Vec::new(),
            above: at,
            below: at + 9,
            direction: Direction::Falling,
            updated_after: None,
            now: At(Moment::new(chrono::DateTime::UNIX_EPOCH)),
            limit: at,
        };
        let text = |wanted: &Wanted| {
            let stretch = Stretch::between(wanted.above, wanted.below);
            let statement = format!(" SELECT 1 WHERE {}", conditions(wanted));
            let asking: Asking<BigInt> = Asking::of(wanted, &stretch, wanted.limit, statement);
            assert!(asking.is_safe_to_cache_prepared(&Pg).unwrap());
            let mut told = diesel::debug_query::<Pg, _>(&asking).to_string();
            told.truncate(told.find(" -- binds").unwrap());
            told
        };
        assert_eq!(text(&wanted("tide", 7)), text(&wanted("reef", 8)));
        let since = Wanted {
            updated_after: Some(At(Moment::new(chrono::DateTime::UNIX_EPOCH))),
            ..wanted("tide", 7)
        };
        assert_ne!(text(&wanted("tide", 7)), text(&since));
    }
}
