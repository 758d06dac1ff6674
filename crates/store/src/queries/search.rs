//! The statements of a search: which rows have its terms, and then what readers see of those articles.

use std::collections::HashMap;

use diesel::prelude::*;
use domain::article::content::ArticleKind;
use domain::id::{ArticleId, ContributorId, TagId};
use domain::language::Language;
use domain::paging::From;
use domain::search::place::{Place, Tier};
use domain::search::terms::{
    AnyOf, in_headline, of_article, of_contributor, of_kind, of_language, of_section, of_tag,
};
use domain::slug::Slug;
use domain::time::Moment;
use uuid::Uuid;

use super::super::Conn;
use super::live::SHOWN;
use super::visibility::live;
use crate::among::among;
use crate::error::Error;
use crate::live::{LiveArticle, LiveFilter};
use crate::rows::live::LiveRow;
use crate::rows::stored;
use crate::schema::{article_slugs, live_articles, merged_references, published_languages};
use crate::search::{Direction, FullText, LiveSearch, Wanted, first_key};
use crate::sql::{At, Key};

/// The languages in which a word may stand.
pub(super) fn published_languages(conn: &mut Conn) -> Result<Vec<Language>, Error> {
    let names: Vec<String> = published_languages::table.select(published_languages::language).load(conn)?;
    names.iter().map(|name| stored(Language::parse(name))).collect()
}

/// Up to `limit` articles in which the words are found, each as readers see it now.
pub(super) fn found(
    conn: &mut Conn,
    search: &LiveSearch,
    limit: u16,
    now: Moment,
) -> Result<Vec<(Place, LiveArticle)>, Error> {
    let facts = facts(conn, &search.filter, now)?;
    let (tiers, direction) = way(search.from.as_ref());
    let mut places: Vec<(ArticleId, Place)> = Vec::new();
    for tier in tiers {
        let limit = i64::from(limit) - i64::try_from(places.len()).unwrap_or(i64::MAX);
        if limit <= 0 {
            break;
        }
        let headline = || {
            let any = |any_of: &AnyOf| any_of.iter().map(|term| in_headline(term)).collect();
            search.words.iter().map(any).collect::<Vec<AnyOf>>()
        };
        let (words, none) = match tier {
            Tier::Headline => (headline(), Vec::new()),
            Tier::Elsewhere => (search.words.clone(), headline()),
        };
        let (above, below) = bounds(search, tier);
        let wanted = Wanted {
            all: words.into_iter().chain(facts.clone()).collect(),
            none,
            above,
            below,
            direction,
            updated_after: search.filter.updated_after.map(At),
            now: At(now),
            limit,
        };
        let found = conn.with_terms(&wanted)?;
        places.extend(found.into_iter().map(|(id, key)| (id, Place { tier, key })));
    }
    let keys: Vec<_> = places.iter().map(|(id, _)| Key(id.uuid())).collect();
    let rows: Vec<LiveRow> =
        live(now).filter(among(live_articles::article_id, keys)).select(SHOWN).load(conn)?;
    let articles = rows.into_iter().map(|row| row.article().map(|article| (article.id, article)));
    let mut articles: HashMap<_, _> = articles.collect::<Result<_, _>>()?;
    Ok(places.into_iter().filter_map(|(id, place)| Some((place, articles.remove(&id)?))).collect())
}

/// Through which tiers a page is read, and in which direction.
fn way(from: Option<&From<Place>>) -> (Vec<Tier>, Direction) {
    match from {
        None | Some(From::Behind(Place { tier: Tier::Headline, .. })) => {
            (vec![Tier::Headline, Tier::Elsewhere], Direction::Falling)
        }
        Some(From::Behind(Place { tier: Tier::Elsewhere, .. })) => {
            (vec![Tier::Elsewhere], Direction::Falling)
        }
        Some(From::Before(Place { tier: Tier::Headline, .. })) => (vec![Tier::Headline], Direction::Rising),
        Some(From::Before(Place { tier: Tier::Elsewhere, .. })) => {
            (vec![Tier::Elsewhere, Tier::Headline], Direction::Rising)
        }
    }
}

/// Between which keys a page lies in a tier: both are outside it.
fn bounds(LiveSearch { words: _, filter, from }: &LiveSearch, tier: Tier) -> (i64, i64) {
    // An instant has whole milliseconds.
    let above = filter
        .published_after
        .map_or(i64::MIN, |at| first_key(at.plus(chrono::TimeDelta::milliseconds(1))) - 1);
    let below = filter.published_before.map_or(i64::MAX, first_key);
    match from {
        Some(From::Behind(place)) if place.tier == tier => (above, below.min(place.key)),
        Some(From::Before(place)) if place.tier == tier => (above.max(place.key), below),
        _ => (above, below),
    }
}

/// The terms by which a filter narrows a search, each as those that it may be.
fn facts(conn: &mut Conn, filter: &LiveFilter, now: Moment) -> Result<Vec<AnyOf>, Error> {
    let LiveFilter {
        sections,
        tags,
        contributor,
        kind,
        language,
        published_after: _,
        published_before: _,
        updated_after: _,
        ids,
        slugs,
        order: _,
        from: _,
    } = filter;
    let mut facts: Vec<AnyOf> = Vec::new();
    facts.extend(sections.as_ref().map(|ids| ids.iter().map(|id| of_section(*id)).collect()));
    // An article is found by the names that stand in it, which others may have taken over.
    let survivors = tags.iter().map(|id| id.uuid()).chain(contributor.map(ContributorId::uuid));
    let merged = merged(conn, survivors)?;
    let names = |id: Uuid| {
        let merged = merged.iter().filter(move |(_, survivor)| *survivor == id).map(|(id, _)| *id);
        std::iter::once(id).chain(merged)
    };
    facts.extend(tags.iter().map(|id| names(id.uuid()).map(|id| of_tag(TagId::new(id))).collect()));
    facts.extend(
        contributor.map(|id| names(id.uuid()).map(|id| of_contributor(ContributorId::new(id))).collect()),
    );
    facts.extend(kind.map(|kind: ArticleKind| [of_kind(kind)].into()));
    facts.extend(language.as_ref().map(|language: &Language| [of_language(language)].into()));
    facts.extend(ids.as_ref().map(|ids| ids.iter().map(|id| of_article(*id)).collect()));
    if let Some(slugs) = slugs {
        let known: Vec<Key> = article_slugs::table
            .filter(among(article_slugs::slug, slugs.iter().map(Slug::as_str)))
            .filter(article_slugs::public_from.assume_not_null().le(At(now)))
            .select(article_slugs::article_id)
            .load(conn)?;
        facts.push(known.into_iter().map(|key| of_article(ArticleId::new(key.0))).collect());
    }
    Ok(facts)
}

/// What was merged into these, with what it became.
fn merged(conn: &mut Conn, survivors: impl Iterator<Item = Uuid>) -> Result<Vec<(Uuid, Uuid)>, Error> {
    let survivors: Vec<_> = survivors.map(Key).collect();
    if survivors.is_empty() {
        return Ok(Vec::new());
    }
    let rows: Vec<(Key, Key)> = merged_references::table
        .filter(among(merged_references::survivor, survivors))
        .select((merged_references::id, merged_references::survivor))
        .load(conn)?;
    Ok(rows.into_iter().map(|(id, survivor)| (id.0, survivor.0)).collect())
}
