//! The filters of lists of articles that readers see.

use diesel::prelude::*;
use domain::id::ArticleId;
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
        after,
    } = filter;
    let mut found = live(now);
    if let Some(sections) = sections {
        let sections: Vec<_> = sections.iter().map(|id| Key(id.uuid())).collect();
        found = found.filter(live_articles::section_id.eq_any(sections));
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
    match after {
        Some((at, id)) => behind(found, *order, *at, *id),
        None => found,
    }
}

/// Only the rows behind an article: the bound on the instant lets an index be used, the rest parts its equals.
fn behind(found: Live<'_>, order: Order, at: Moment, id: ArticleId) -> Live<'_> {
    let (at, id) = (At(at), Key(id.uuid()));
    match order {
        Order::NewestFirst => {
            let parted = live_articles::published_at.lt(at).or(live_articles::article_id.lt(id));
            found.filter(live_articles::published_at.le(at).and(parted))
        }
        Order::OldestFirst => {
            let parted = live_articles::published_at.gt(at).or(live_articles::article_id.gt(id));
            found.filter(live_articles::published_at.ge(at).and(parted))
        }
        Order::LastUpdatedFirst => {
            let parted = live_articles::updated_at.lt(at).or(live_articles::article_id.lt(id));
            found.filter(live_articles::updated_at.le(at).and(parted))
        }
    }
}
