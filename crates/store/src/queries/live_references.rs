//! The statements of tags and contributors that readers may know of, because a visible article names them.

use std::collections::HashMap;

use diesel::dsl::exists;
use diesel::prelude::*;
use domain::article::content::reference::Ref;
use domain::contributor::Contributor;
use domain::id::{ContributorId, TagId};
use domain::paging::From;
use domain::slug::Slug;
use domain::tag::Tag;
use domain::time::Moment;

use super::super::Conn;
use super::live_photos;
use super::slugs;
use super::visibility::{ever, is_visible};
use crate::among::among;
use crate::error::Error;
use crate::references::{Contributors, Tags};
use crate::rows::references::{ContributorRow, TagRow};
use crate::schema::{article_contributors, article_tags, contributors, live_articles, tags};
use crate::sql::{At, Key};

type TagQuery<'a> = tags::BoxedQuery<'a, <Conn as Connection>::Backend>;
type ContributorQuery<'a> = contributors::BoxedQuery<'a, <Conn as Connection>::Backend>;

/// Nothing is skipped: PostgreSQL would join tags with all their articles, of which it then finds the first, and asks for each
/// tag by itself where that is said.
const EACH_BY_ITSELF: i64 = 0;

/// Tags that a visible article has, in the place that is visible. Each is asked for by itself: all articles together may be a
/// million.
fn used_tags<'a>(now: Moment) -> TagQuery<'a> {
    let shown = live_articles::table
        .filter(is_visible(At(now)))
        .filter(live_articles::article_id.eq(article_tags::article_id))
        .filter(live_articles::place.eq(article_tags::place));
    let tagged = article_tags::table
        .filter(article_tags::tag_id.eq(tags::id))
        .filter(article_tags::published_at.assume_not_null().ge(At(ever())))
        .filter(exists(shown))
        .offset(EACH_BY_ITSELF);
    tags::table.filter(exists(tagged)).into_boxed()
}

/// Contributors whom a visible article names, in the place that is visible.
pub(super) fn used_contributors<'a>(now: Moment) -> ContributorQuery<'a> {
    let shown = live_articles::table
        .filter(is_visible(At(now)))
        .filter(live_articles::article_id.eq(article_contributors::article_id))
        .filter(live_articles::place.eq(article_contributors::place));
    let by = article_contributors::table
        .filter(article_contributors::contributor_id.eq(contributors::id))
        .filter(article_contributors::published_at.assume_not_null().ge(At(ever())))
        .filter(exists(shown))
        .offset(EACH_BY_ITSELF);
    contributors::table.filter(exists(by)).into_boxed()
}

/// Those of these tags that a visible article has.
pub(super) fn tags_seen(conn: &mut Conn, ids: &[TagId], now: Moment) -> Result<Vec<Tag>, Error> {
    let keys: Vec<_> = ids.iter().map(|id| Key(id.uuid())).collect();
    let rows: Vec<TagRow> = used_tags(now).filter(among(tags::id, keys)).load(conn)?;
    rows.into_iter().map(TagRow::tag).collect()
}

/// Those of these contributors whom a visible article names.
pub(super) fn contributors_seen(
    conn: &mut Conn,
    ids: &[ContributorId],
    now: Moment,
) -> Result<Vec<Contributor>, Error> {
    let keys: Vec<_> = ids.iter().map(|id| Key(id.uuid())).collect();
    let rows: Vec<ContributorRow> =
        used_contributors(now).filter(among(contributors::id, keys)).load(conn)?;
    let found: Result<_, Error> = rows.into_iter().map(|row| Ok(row.contributor()?.0)).collect();
    with_portraits(conn, found?, now)
}

pub(super) fn tags(
    conn: &mut Conn,
    from: Option<&From<Slug>>,
    limit: u16,
    now: Moment,
) -> Result<Vec<Tag>, Error> {
    let page = used_tags(now);
    let page = match from {
        None => page.order(tags::slug),
        Some(From::Behind(slug)) => page.filter(tags::slug.gt(slug.as_str())).order(tags::slug),
        Some(From::Before(slug)) => page.filter(tags::slug.lt(slug.as_str())).order(tags::slug.desc()),
    };
    let rows: Vec<TagRow> = page.limit(limit.into()).load(conn)?;
    rows.into_iter().map(TagRow::tag).collect()
}

pub(super) fn tag(conn: &mut Conn, name: &Ref<TagId>, now: Moment) -> Result<Option<Tag>, Error> {
    let id = match name {
        Ref::Id(id) => Some(*id),
        Ref::Slug(slug) => conn.tag_of_slug(slug)?,
    };
    let Some(id) = id else { return Ok(None) };
    let ids = slugs::resolved(conn, std::iter::once(id.uuid()))?;
    let row: Option<TagRow> = used_tags(now).filter(among(tags::id, ids)).get_result(conn).optional()?;
    row.map(TagRow::tag).transpose()
}

/// By the id that the article names, which may be that of a merged one.
pub(super) fn tags_of(conn: &mut Conn, ids: &[TagId]) -> Result<HashMap<TagId, Tag>, Error> {
    let keys: Vec<_> = ids.iter().map(|id| Key(id.uuid())).collect();
    let survivors = slugs::survivors(conn, &keys)?;
    let found: HashMap<_, _> = conn.tags_of(ids)?.into_iter().map(|tag| (tag.id, tag)).collect();
    let resolve = |id: &TagId| survivors.get(&Key(id.uuid())).map_or(*id, |key| TagId::new(key.0));
    Ok(ids.iter().filter_map(|id| Some((*id, found.get(&resolve(id))?.clone()))).collect())
}

pub(super) fn contributors(
    conn: &mut Conn,
    from: Option<&From<Slug>>,
    limit: u16,
    now: Moment,
) -> Result<Vec<Contributor>, Error> {
    let page = used_contributors(now);
    let page = match from {
        None => page.order(contributors::slug),
        Some(From::Behind(slug)) => {
            page.filter(contributors::slug.gt(slug.as_str())).order(contributors::slug)
        }
        Some(From::Before(slug)) => {
            page.filter(contributors::slug.lt(slug.as_str())).order(contributors::slug.desc())
        }
    };
    let rows: Vec<ContributorRow> = page.limit(limit.into()).load(conn)?;
    let found: Result<_, Error> = rows.into_iter().map(|row| Ok(row.contributor()?.0)).collect();
    with_portraits(conn, found?, now)
}

/// Contributors as readers may see them: with the portraits whose rights stand, and without the others.
fn with_portraits(
    conn: &mut Conn,
    mut found: Vec<Contributor>,
    now: Moment,
) -> Result<Vec<Contributor>, Error> {
    let portraits: Vec<_> = found.iter().filter_map(|contributor| contributor.portrait).collect();
    let free = live_photos::free_of(conn, &portraits, now)?;
    for contributor in &mut found {
        contributor.portrait = contributor.portrait.filter(|portrait| free.contains(portrait));
    }
    Ok(found)
}

pub(super) fn contributor(
    conn: &mut Conn,
    name: &Ref<ContributorId>,
    now: Moment,
) -> Result<Option<Contributor>, Error> {
    let id = match name {
        Ref::Id(id) => Some(*id),
        Ref::Slug(slug) => conn.contributor_of_slug(slug)?,
    };
    let Some(id) = id else { return Ok(None) };
    let ids = slugs::resolved(conn, std::iter::once(id.uuid()))?;
    let row: Option<ContributorRow> =
        used_contributors(now).filter(among(contributors::id, ids)).get_result(conn).optional()?;
    let found: Option<Contributor> = row.map(|row| Ok::<_, Error>(row.contributor()?.0)).transpose()?;
    Ok(with_portraits(conn, found.into_iter().collect(), now)?.pop())
}

/// By the id that the article names, which may be that of a merged one.
pub(super) fn contributors_of(
    conn: &mut Conn,
    ids: &[ContributorId],
    now: Moment,
) -> Result<HashMap<ContributorId, Contributor>, Error> {
    let found = conn.contributors_of(ids)?;
    let found = with_portraits(conn, found, now)?;
    let survivors = survivors(conn, ids)?;
    Ok(by_name(&survivors, found))
}

/// By the id that a credit names, which may be that of a merged one; only those whom a visible article names.
pub(super) fn credited(
    conn: &mut Conn,
    ids: &[ContributorId],
    now: Moment,
) -> Result<HashMap<ContributorId, Contributor>, Error> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let survivors = survivors(conn, ids)?;
    let named: Vec<_> = survivors.iter().map(|(_, survivor)| *survivor).collect();
    let found = contributors_seen(conn, &named, now)?;
    Ok(by_name(&survivors, found))
}

/// These ids, each with what became of it.
fn survivors(conn: &mut Conn, ids: &[ContributorId]) -> Result<Vec<(ContributorId, ContributorId)>, Error> {
    let keys: Vec<_> = ids.iter().map(|id| Key(id.uuid())).collect();
    let survivors = slugs::survivors(conn, &keys)?;
    let resolve =
        |id: &ContributorId| survivors.get(&Key(id.uuid())).map_or(*id, |key| ContributorId::new(key.0));
    Ok(ids.iter().map(|id| (*id, resolve(id))).collect())
}

/// Those that were found, by the ids that name them.
fn by_name(
    survivors: &[(ContributorId, ContributorId)],
    found: Vec<Contributor>,
) -> HashMap<ContributorId, Contributor> {
    let found: HashMap<_, _> = found.into_iter().map(|profile| (profile.id, profile)).collect();
    survivors.iter().filter_map(|(id, survivor)| Some((*id, found.get(survivor)?.clone()))).collect()
}
