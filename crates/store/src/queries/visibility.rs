//! The visibility rule in SQL, in its one place: every row that readers may see comes through [`is_visible`].

use chrono::{DateTime, TimeDelta};
use diesel::dsl::auto_type;
use diesel::prelude::*;
use diesel::sql_types::Bool;
use domain::time::Moment;

use super::super::Conn;
use crate::schema::live_articles;
use crate::sql::At;

type Backend = <Conn as Connection>::Backend;

/// Rows of `live_articles` that may still be narrowed down.
pub(super) type Live<'a> = live_articles::BoxedQuery<'a, Backend>;

/// Whether a row is visible at `now`: from its first instant until before its last. At most one per article is.
#[auto_type(no_type_alias)]
pub(super) fn is_visible(now: At) -> _ {
    live_articles::visible_from.le(now).and(
        live_articles::visible_until.is_null().or(live_articles::visible_until.assume_not_null().gt(now)),
    )
}

/// The same, for statements of that table alone.
pub(super) fn visible<'a>(
    now: Moment,
) -> Box<dyn BoxableExpression<live_articles::table, Backend, SqlType = Bool> + 'a> {
    Box::new(is_visible(At(now)))
}

/// The same rule in the words of SQL, for the one search that each database writes in its own: for rows of `search_rows`,
/// which carry the window of their article, with `now` as the words for the instant.
pub(in super::super) fn visible_in_search(now: &str) -> String {
    format!("r.visible_from <= {now} AND (r.visible_until IS NULL OR r.visible_until > {now})")
}

/// The rows that are visible at `now`.
pub(super) fn live<'a>(now: Moment) -> Live<'a> {
    live_articles::table.filter(visible(now)).into_boxed()
}

/// An instant long before all that can be published, which begins in the year 1900. Working copies have no date: an index of
/// dates that is read from here on passes over all of them at once.
pub(super) fn ever() -> Moment {
    Moment::new(DateTime::UNIX_EPOCH).plus(TimeDelta::days(-365_250))
}
