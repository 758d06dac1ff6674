//! The filters of lists of articles that readers see.

use diesel::prelude::*;
use domain::id::ArticleId;
use domain::paging::From;
use domain::slug::Slug;
use domain::time::Moment;

use super::visibility::{Live, live};
use crate::live::{LiveFilter, Order};
use crate::schema::{article_contributors, article_slugs, article_tags, live_articles};
use crate::sql::{At, Key};

/// The places of an article of which readers see one or the other.
const PLACES: [i16; 2] = [1, 2];

/// The rows of a filter, in no order.
pub(super) fn filtered(filter: &LiveFilter, now: Moment) -> Live<'_> {
    let LiveFilter {
        sections,
        tags,
        contributor,
        kind,
        language,
        published_after,
        published_before,
        updated_after,
        ids,
        slugs,
        order,
        from,
    } = filter;
    let mut found = live(now);
    match sections.as_deref() {
        None => {}
        // As a list of one, it would keep PostgreSQL from reading the index in its order.
        Some([one]) => found = found.filter(live_articles::section_id.eq(Key(one.uuid()))),
        Some(several) => {
            let several: Vec<_> = several.iter().map(|id| Key(id.uuid())).collect();
            found = found.filter(live_articles::section_id.eq_any(several));
        }
    }
    for tag in tags {
        let [live, next] = PLACES.map(|place| {
            let tagged = article_tags::table
                .filter(article_tags::tag_id.eq(Key(tag.uuid())))
                .filter(article_tags::place.eq(place));
            let has = live_articles::article_id.eq_any(tagged.select(article_tags::article_id));
            live_articles::place.eq(place).and(has)
        });
        found = found.filter(live.or(next));
    }
    if let Some(contributor) = contributor {
        let [live, next] = PLACES.map(|place| {
            let by = article_contributors::table
                .filter(article_contributors::contributor_id.eq(Key(contributor.uuid())))
                .filter(article_contributors::place.eq(place));
            let has = live_articles::article_id.eq_any(by.select(article_contributors::article_id));
            live_articles::place.eq(place).and(has)
        });
        found = found.filter(live.or(next));
    }
    if let Some(kind) = kind {
        found = found.filter(live_articles::kind.eq(kind.name()));
    }
    if let Some(language) = language {
        found = found.filter(live_articles::language.eq(language.as_str()));
    }
    if let Some(instant) = published_after {
        found = found.filter(live_articles::published_at.gt(At(*instant)));
    }
    if let Some(instant) = published_before {
        found = found.filter(live_articles::published_at.lt(At(*instant)));
    }
    if let Some(instant) = updated_after {
        found = found.filter(live_articles::updated_at.gt(At(*instant)));
    }
    if let Some(ids) = ids {
        let ids: Vec<_> = ids.iter().map(|id| Key(id.uuid())).collect();
        found = found.filter(live_articles::article_id.eq_any(ids));
    }
    if let Some(slugs) = slugs {
        let slugs: Vec<_> = slugs.iter().map(Slug::as_str).collect();
        let known = article_slugs::table
            .filter(article_slugs::slug.eq_any(slugs))
            .filter(article_slugs::public_from.assume_not_null().le(At(now)));
        found = found.filter(live_articles::article_id.eq_any(known.select(article_slugs::article_id)));
    }
    match from {
        Some(From::Behind((at, id))) => behind(found, Scan::of(*order), *at, *id),
        Some(From::Before((at, id))) => behind(found, Scan::of(*order).back(), *at, *id),
        None => found,
    }
}

/// The direction in which the rows of a filter are read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Scan {
    PublishedFalling,
    PublishedRising,
    UpdatedFalling,
    UpdatedRising,
}

impl Scan {
    const fn of(order: Order) -> Self {
        match order {
            Order::NewestFirst => Self::PublishedFalling,
            Order::OldestFirst => Self::PublishedRising,
            Order::LastUpdatedFirst => Self::UpdatedFalling,
        }
    }

    const fn back(self) -> Self {
        match self {
            Self::PublishedFalling => Self::PublishedRising,
            Self::PublishedRising => Self::PublishedFalling,
            Self::UpdatedFalling => Self::UpdatedRising,
            Self::UpdatedRising => Self::UpdatedFalling,
        }
    }
}

/// How a filter is read: what lies before an article, backwards.
pub(super) const fn scan(filter: &LiveFilter) -> Scan {
    match filter.from {
        Some(From::Before(_)) => Scan::of(filter.order).back(),
        Some(From::Behind(_)) | None => Scan::of(filter.order),
    }
}

/// Only the rows behind an article: the bound on the instant lets an index be used, the rest parts its equals.
fn behind(found: Live<'_>, scan: Scan, at: Moment, id: ArticleId) -> Live<'_> {
    let (at, id) = (At(at), Key(id.uuid()));
    match scan {
        Scan::PublishedFalling => {
            let parted = live_articles::published_at.lt(at).or(live_articles::article_id.lt(id));
            found.filter(live_articles::published_at.le(at).and(parted))
        }
        Scan::PublishedRising => {
            let parted = live_articles::published_at.gt(at).or(live_articles::article_id.gt(id));
            found.filter(live_articles::published_at.ge(at).and(parted))
        }
        Scan::UpdatedFalling => {
            let parted = live_articles::updated_at.lt(at).or(live_articles::article_id.lt(id));
            found.filter(live_articles::updated_at.le(at).and(parted))
        }
        Scan::UpdatedRising => {
            let parted = live_articles::updated_at.gt(at).or(live_articles::article_id.gt(id));
            found.filter(live_articles::updated_at.ge(at).and(parted))
        }
    }
}
