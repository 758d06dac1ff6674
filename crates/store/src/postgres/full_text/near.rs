//! The first rows of all, which are looked at one by one, and where others lie behind them.

use diesel::pg::Pg;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::{Array, BigInt, Nullable};
use diesel::{PgConnection, Queryable, RunQueryDsl};

use super::Found;
use super::asking::{Asking, conditions, is_of_headline};
use super::stretch::Stretch;
use crate::error::Error;
use crate::search::{Direction, Wanted};
use crate::sql::{Id, Key};

/// How many rows are looked at: 40 of up to 100,000, one of 2,500 of up to a million, and 400 of more, as of the last `ANALYZE`.
const LOOKED_AT: &str = "least(400, greatest(40, reltuples / 2500))::bigint";

/// How many times as many where it is headlines that have the terms. Those lie in the row, all others have to be read for it.
const HEADLINES: u8 = 2;

/// One line for each row that has what is wanted, and one at least.
#[derive(Queryable)]
struct Line {
    article_id: Option<Key>,
    key: Option<i64>,
    /// The last row that was looked at, unless the page is full or there are no more.
    last: Option<i64>,
    looked_at: i64,
    rows: i64,
}

type Types = (Nullable<Id>, Nullable<BigInt>, Nullable<BigInt>, BigInt, BigInt);

/// The statement of the keys between which about as many rows lie each, as of the last `ANALYZE`. A connection prepares it once:
/// to plan it takes ten times as long as to carry it out.
#[derive(Clone, Copy, QueryId)]
struct Bounds;

impl Query for Bounds {
    type SqlType = Nullable<Array<BigInt>>;
}

impl QueryFragment<Pg> for Bounds {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Pg>) -> QueryResult<()> {
        out.push_sql(
            "SELECT (SELECT histogram_bounds::text::bigint[] FROM pg_stats \
             WHERE schemaname = current_schema() AND tablename = 'search_rows' AND attname = 'key')",
        );
        Ok(())
    }
}

impl RunQueryDsl<PgConnection> for Bounds {}

/// Where the rows end that were looked at. More may lie behind them.
#[derive(Debug)]
pub(super) struct Reached {
    /// The key of the last of them.
    last: i64,
    looked_at: i64,
    /// How many of them had what is wanted.
    found: i64,
    /// How many rows there are in all, about.
    rows: i64,
    /// See [`Bounds`].
    bounds: Vec<i64>,
}

/// Those of the first rows that have what is wanted, and where those rows end, where that is not enough.
pub(super) fn look(conn: &mut PgConnection, wanted: &Wanted) -> Result<(Vec<Found>, Option<Reached>), Error> {
    let times = if wanted.all.iter().any(is_of_headline) { HEADLINES } else { 1 };
    let order = wanted.direction.name();
    let rows = format!(
        "FROM search_rows WHERE key > (SELECT above FROM asked) AND key < (SELECT below FROM asked) ORDER BY key {order}"
    );
    // Rows are read in their order, and no more of them once enough were found.
    let statement = format!(
        ", size AS (\
             SELECT reltuples::bigint AS rows, {LOOKED_AT} * {times} AS looked_at \
             FROM pg_class WHERE oid = 'search_rows'::regclass\
         ), found AS MATERIALIZED (\
             SELECT r.article_id, r.key FROM (SELECT * {rows} LIMIT (SELECT looked_at FROM size)) AS r \
             WHERE {} ORDER BY r.key {order} LIMIT (SELECT most FROM asked)\
         ) \
         SELECT found.article_id, found.key, CASE \
             WHEN (SELECT count(*) FROM found) < (SELECT most FROM asked) \
             THEN (SELECT key {rows} OFFSET (SELECT looked_at - 1 FROM size) LIMIT 1) \
             END, size.looked_at, size.rows \
         FROM size LEFT JOIN found ON true ORDER BY found.key {order}",
        conditions(wanted),
    );
    let all = Stretch::between(wanted.above, wanted.below);
    let asking: Asking<Types> = Asking::of(wanted, &all, wanted.limit, statement);
    let lines: Vec<Line> = asking.load(conn)?;
    let row = |line: &Line| Some(Found { article_id: line.article_id?, key: line.key? });
    let found: Vec<_> = lines.iter().filter_map(row).collect();
    let Some(&Line { last: Some(last), looked_at, rows, .. }) = lines.first() else {
        return Ok((found, None));
    };
    let bounds = Bounds.get_result::<Option<Vec<i64>>>(conn)?.unwrap_or_default();
    let reached = Reached { last, looked_at, found: super::count(&found), rows, bounds };
    Ok((found, Some(reached)))
}

impl Reached {
    /// The stretches in which the index is asked for more, in their order: the next one, where there are so many rows that it is
    /// a small part of them, and the rest.
    pub(super) fn onwards(
        &self,
        &Wanted { above, below, direction, limit, .. }: &Wanted,
    ) -> impl Iterator<Item = Stretch> + use<> {
        let last = self.last;
        let end = self.next_end(limit - self.found, direction);
        let [next, rest] = match direction {
            Direction::Falling => {
                let end = end.map_or(above, |end| end.max(above));
                [Stretch::between(end, last), Stretch::between(above, end.saturating_add(1))]
            }
            Direction::Rising => {
                let end = end.map_or(below, |end| end.min(below));
                [Stretch::between(last, end), Stretch::between(end.saturating_sub(1), below)]
            }
        };
        [next, rest].into_iter().filter(Stretch::has_keys)
    }

    /// Where the next rows end that should hold so many more, three times as many as of those that were looked at, as if they had
    /// had a quarter of a row more; `None` where that is more than a quarter of all rows.
    fn next_end(&self, left: i64, direction: Direction) -> Option<i64> {
        let rows = self.looked_at * left * 3 * 4 / (self.found * 4 + 1);
        if rows * 4 > self.rows {
            return None;
        }
        let apart = self.rows / i64::try_from(self.bounds.len()).ok()?.max(1);
        let nth = usize::try_from(rows / apart.max(1)).ok()?;
        match direction {
            Direction::Falling => self.bounds.iter().rev().copied().filter(|key| *key < self.last).nth(nth),
            Direction::Rising => self.bounds.iter().copied().filter(|key| *key > self.last).nth(nth),
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::time::Moment;

    use super::*;
    use crate::sql::At;

    const ROWS: i64 = 1_000_000;

    fn wanted(direction: Direction) -> Wanted {
        let now = At(Moment::new(chrono::DateTime::UNIX_EPOCH));
        let (all, none) = (Vec::new(), Vec::new());
        Wanted { all, none, above: -500, below: ROWS + 500, direction, updated_after: None, now, limit: 21 }
    }

    /// Of rows that lie at each key up to a million.
    fn reached(last: i64, found: i64) -> Reached {
        let bounds = (0..=100).map(|hundredth| hundredth * ROWS / 100).collect();
        Reached { last, looked_at: 400, found, rows: ROWS, bounds }
    }

    fn ends(reached: &Reached, wanted: &Wanted) -> Vec<(i64, i64)> {
        reached.onwards(wanted).map(|stretch| (stretch.above, stretch.below)).collect()
    }

    #[test]
    fn the_rows_behind_are_asked_for_once_each() {
        let falling = wanted(Direction::Falling);
        assert_eq!(ends(&reached(999_600, 0), &falling), [(890_000, 999_600), (-500, 890_001)]);
        assert_eq!(ends(&reached(999_600, 2), &falling), [(980_000, 999_600), (-500, 980_001)]);
        assert_eq!(ends(&reached(999_600, 20), &falling), [(990_000, 999_600), (-500, 990_001)]);
        assert_eq!(ends(&reached(990_000, 20), &falling), [(980_000, 990_000), (-500, 980_001)]);
        assert_eq!(ends(&reached(100, 20), &falling), [(0, 100), (-500, 1)]);
        assert_eq!(ends(&reached(0, 20), &falling), [(-500, 0)]);
        assert_eq!(ends(&reached(999_600, 0), &Wanted { above: 950_000, ..falling }), [(950_000, 999_600)]);
        let rising = wanted(Direction::Rising);
        assert_eq!(ends(&reached(400, 0), &rising), [(400, 110_000), (109_999, ROWS + 500)]);
        assert_eq!(ends(&reached(ROWS, 0), &rising), [(ROWS, ROWS + 500)]);
        assert_eq!(ends(&reached(400, 0), &Wanted { below: 50_000, ..rising }), [(400, 50_000)]);
    }

    #[test]
    fn of_few_rows_or_where_nothing_is_known_of_them_all_are_asked_for() {
        let wanted = wanted(Direction::Falling);
        for (rows, bounds) in [(-1, vec![]), (0, vec![]), (300_000, vec![0, ROWS]), (ROWS, vec![])] {
            let reached = Reached { rows, bounds, ..reached(999_600, 0) };
            assert_eq!(ends(&reached, &wanted), [(-500, 999_600)]);
        }
    }
}
