//! Pages of lists that are narrowed to a tag, a contributor or several sections. Who has one of these is found along an index
//! that has the order of the list, a part at a time, so that a page costs as much in a large archive as in a small one: a
//! database alone would look up all who have it, and put them in order each time.

use std::cmp::Reverse;
use std::collections::HashSet;

use diesel::dsl::exists;
use diesel::prelude::*;
use domain::id::ArticleId;
use domain::paging::From;
use domain::time::Moment;

use super::super::Conn;
use super::live::SHOWN;
use super::live_filter::{Scan, filtered, scan};
use super::visibility::ever;
use crate::error::Error;
use crate::live::{LiveArticle, LiveFilter};
use crate::rows::live::LiveRow;
use crate::schema::{article_contributors, article_tags, live_articles};
use crate::search::Direction;
use crate::sql::{At, Key};

/// Most articles of a part: where few of them are what is asked for, each part is larger than the one before.
const MOST: i64 = 4096;

/// Of how many articles it is told which of two tags fewer have.
const FEW: i64 = 1000;

/// Where an article stands in a list.
type Place = (Moment, ArticleId);

/// What many articles have, with an index of them by date.
#[derive(Debug, Clone, Copy)]
enum Shelf {
    Section(Key),
    Tag(Key),
    Contributor(Key),
}

/// Which places of a shelf are asked for.
#[derive(Debug, Clone, Copy)]
struct Asked {
    /// From the first on, and before the last.
    bounds: (Moment, Option<Moment>),
    /// Behind this one.
    from: Option<Place>,
    direction: Direction,
    limit: i64,
}

/// The articles of a filter, where they stand on a shelf; `None` where they do not.
pub(super) fn page(
    conn: &mut Conn,
    filter: &LiveFilter,
    limit: u16,
    now: Moment,
) -> Result<Option<Vec<LiveArticle>>, Error> {
    let direction = match scan(filter) {
        Scan::PublishedFalling => Direction::Falling,
        Scan::PublishedRising => Direction::Rising,
        Scan::UpdatedFalling | Scan::UpdatedRising => return Ok(None),
    };
    let Some(shelves) = shelves(conn, filter)? else { return Ok(None) };
    let most = usize::from(limit);
    let mut found = Vec::with_capacity(most);
    let mut asked = Asked {
        bounds: (filter.published_after.unwrap_or_else(ever), filter.published_before),
        from: filter.from.as_ref().map(|(From::Behind(place) | From::Before(place))| *place),
        direction,
        limit: i64::from(limit),
    };
    loop {
        let part = next_part(conn, &shelves, asked)?;
        let places = part.iter().copied().collect();
        let mut articles = shown(conn, filter, &places, now)?;
        articles.sort_unstable_by_key(|article| in_direction(direction, place_of(article)));
        found.extend(articles);
        match part.last() {
            Some(last) if found.len() < most && part.len() == whole(asked.limit) => {
                asked = Asked { from: Some(*last), limit: (asked.limit * 4).min(MOST), ..asked };
            }
            Some(_) | None => {
                found.truncate(most);
                return Ok(Some(found));
            }
        }
    }
}

/// The first places of all shelves together.
fn next_part(conn: &mut Conn, shelves: &[Shelf], asked: Asked) -> Result<Vec<Place>, Error> {
    let mut part = Vec::new();
    for shelf in shelves {
        part.extend(standing(conn, *shelf, asked)?);
    }
    part.sort_unstable_by_key(|place| in_direction(asked.direction, *place));
    part.dedup();
    // Behind these, a shelf may have others that were not read.
    part.truncate(whole(asked.limit));
    Ok(part)
}

fn whole(limit: i64) -> usize {
    usize::try_from(limit).unwrap_or(usize::MAX)
}

/// By what places are sorted: one of the two is none in each direction.
fn in_direction(direction: Direction, place: Place) -> (Option<Reverse<Place>>, Option<Place>) {
    match direction {
        Direction::Falling => (Some(Reverse(place)), None),
        Direction::Rising => (None, Some(place)),
    }
}

fn place_of(article: &LiveArticle) -> Place {
    (article.times.published_at, article.id)
}

/// By what a list is read; `None` where it has no use for that: one section has an index, and what is named is few.
fn shelves(conn: &mut Conn, filter: &LiveFilter) -> Result<Option<Vec<Shelf>>, Error> {
    if filter.ids.is_some() || filter.slugs.is_some() {
        return Ok(None);
    }
    let tag = match filter.tags.as_slice() {
        [] => None,
        [only] => Some(Key(only.uuid())),
        several => {
            let mut counted = Vec::with_capacity(several.len());
            for tag in several {
                let key = Key(tag.uuid());
                let some = article_tags::table
                    .filter(article_tags::tag_id.eq(key))
                    .filter(article_tags::published_at.is_not_null())
                    .limit(FEW)
                    .select(article_tags::article_id);
                counted.push((some.load::<Key>(conn)?.len(), key));
            }
            counted.into_iter().min_by_key(|(count, _)| *count).map(|(_, tag)| tag)
        }
    };
    let one = tag.map(Shelf::Tag).or_else(|| filter.contributor.map(|id| Shelf::Contributor(Key(id.uuid()))));
    Ok(match (one, filter.sections.as_deref()) {
        (Some(one), _) => Some(vec![one]),
        (None, Some(several @ [_, _, ..])) => {
            Some(several.iter().map(|id| Shelf::Section(Key(id.uuid()))).collect())
        }
        (None, _) => None,
    })
}

/// Up to `$limit` of those rows, from a place on, in the order of the list. `$date` is a column of the same table.
macro_rules! in_order {
    ($conn:expr, $rows:expr, $date:expr, $article:expr, $asked:expr) => {{
        let Asked { bounds: (first, last), from, direction, limit } = $asked;
        let mut rows = $rows.select(($date, $article)).distinct().limit(limit).into_boxed();
        // A bound in each case: it leaves out working copies, which have no date.
        rows = rows.filter($date.ge(At(first)));
        if let Some(last) = last {
            rows = rows.filter($date.lt(At(last)));
        }
        rows = match (direction, from) {
            (Direction::Falling, Some((at, id))) => {
                let parted = $date.lt(At(at)).or($article.lt(Key(id.uuid())));
                rows.filter($date.le(At(at)).and(parted))
            }
            (Direction::Rising, Some((at, id))) => {
                let parted = $date.gt(At(at)).or($article.gt(Key(id.uuid())));
                rows.filter($date.ge(At(at)).and(parted))
            }
            (Direction::Falling | Direction::Rising, None) => rows,
        };
        rows = match direction {
            Direction::Falling => rows.order(($date.desc(), $article.desc())),
            Direction::Rising => rows.order(($date, $article)),
        };
        rows.load::<(At, Key)>($conn)
    }};
}

/// The articles of a shelf, whether or not readers see them.
fn standing(conn: &mut Conn, shelf: Shelf, asked: Asked) -> Result<Vec<Place>, Error> {
    let found = match shelf {
        Shelf::Section(id) => in_order!(
            conn,
            live_articles::table.filter(live_articles::section_id.eq(id)),
            live_articles::published_at,
            live_articles::article_id,
            asked
        ),
        Shelf::Tag(id) => in_order!(
            conn,
            article_tags::table.filter(article_tags::tag_id.eq(id)),
            article_tags::published_at.assume_not_null(),
            article_tags::article_id,
            asked
        ),
        Shelf::Contributor(id) => in_order!(
            conn,
            article_contributors::table.filter(article_contributors::contributor_id.eq(id)),
            article_contributors::published_at.assume_not_null(),
            article_contributors::article_id,
            asked
        ),
    };
    Ok(found?.into_iter().map(|(at, id)| (at.0, ArticleId::new(id.0))).collect())
}

/// Those that readers see at these places, and that have all that the filter asks for.
fn shown(
    conn: &mut Conn,
    filter: &LiveFilter,
    places: &HashSet<Place>,
    now: Moment,
) -> Result<Vec<LiveArticle>, Error> {
    let narrowed = LiveFilter { tags: Vec::new(), contributor: None, from: None, ..filter.clone() };
    let keys: Vec<_> = places.iter().map(|(_, id)| Key(id.uuid())).collect();
    let mut rows = filtered(&narrowed, now).filter(live_articles::article_id.eq_any(keys));
    // Asked of each row, which may be of another place than the one on the shelf.
    for tag in &filter.tags {
        let tagged = article_tags::table
            .filter(article_tags::article_id.eq(live_articles::article_id))
            .filter(article_tags::place.eq(live_articles::place))
            .filter(article_tags::tag_id.eq(Key(tag.uuid())));
        rows = rows.filter(exists(tagged));
    }
    if let Some(contributor) = filter.contributor {
        let by = article_contributors::table
            .filter(article_contributors::article_id.eq(live_articles::article_id))
            .filter(article_contributors::place.eq(live_articles::place))
            .filter(article_contributors::contributor_id.eq(Key(contributor.uuid())));
        rows = rows.filter(exists(by));
    }
    let rows: Vec<LiveRow> = rows.select(SHOWN).load(conn)?;
    let articles = rows.into_iter().map(LiveRow::article).collect::<Result<Vec<_>, _>>()?;
    Ok(articles.into_iter().filter(|article| places.contains(&place_of(article))).collect())
}
