//! The visibility rule in SQL, in its one place: every row that readers may see comes through [`live`].

use diesel::prelude::*;
use domain::time::Moment;

use super::super::Conn;
use crate::schema::live_articles;
use crate::sql::At;

/// Rows of `live_articles` that may still be narrowed down.
pub(super) type Live<'a> = live_articles::BoxedQuery<'a, <Conn as Connection>::Backend>;

/// The rows that are visible at `now`: from their first instant until before their last. At most one per article.
pub(super) fn live<'a>(now: Moment) -> Live<'a> {
    live_articles::table
        .filter(live_articles::visible_from.le(At(now)))
        .filter(
            live_articles::visible_until
                .is_null()
                .or(live_articles::visible_until.assume_not_null().gt(At(now))),
        )
        .into_boxed()
}
