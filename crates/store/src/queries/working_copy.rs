//! By what a working copy is found: its slug, tags, contributors and photos.

use std::collections::BTreeSet;

use diesel::prelude::*;
use domain::article::aggregate::Article;
use domain::article::content::Content;
use domain::article::content::names::photo_uses;
use domain::article::publication::Publication;
use domain::id::{ArticleId, ContributorId};
use domain::slug::Slug;
use domain::time::Moment;

use super::super::Conn;
use super::slugs;
use crate::among::among;
use crate::articles::Articles;
use crate::error::Error;
use crate::schema::{article_contributors, article_photos, article_slugs, article_tags};
use crate::sql::{At, Key};

/// The working copy's number among the places of an article; what is live and what is next have 1 and 2.
const WORKING: i16 = 0;

/// Files a new article.
pub(super) fn file(conn: &mut Conn, article: ArticleId, content: &Content) -> Result<(), Error> {
    reserve(conn, article, &content.slug)?;
    tag(conn, article, WORKING, None, content)?;
    name(conn, article, WORKING, None, content)?;
    picture(conn, article, WORKING, content)
}

/// Files an article anew where that changed.
pub(super) fn refile(
    conn: &mut Conn,
    of: &Article,
    before: &Content,
    content: &Content,
) -> Result<(), Error> {
    let (article, id) = (of.id, Key(of.id.uuid()));
    if before.slug != content.slug {
        reserve(conn, article, &content.slug)?;
        release(conn, of)?;
    }
    if before.tags != content.tags {
        let old = article_tags::table
            .filter(article_tags::article_id.eq(id))
            .filter(article_tags::place.eq(WORKING));
        diesel::delete(old).execute(conn)?;
        tag(conn, article, WORKING, None, content)?;
    }
    if before.bylines != content.bylines {
        let old = article_contributors::table
            .filter(article_contributors::article_id.eq(id))
            .filter(article_contributors::place.eq(WORKING));
        diesel::delete(old).execute(conn)?;
        name(conn, article, WORKING, None, content)?;
    }
    if photos(before) != photos(content) {
        let old = article_photos::table
            .filter(article_photos::article_id.eq(id))
            .filter(article_photos::place.eq(WORKING));
        diesel::delete(old).execute(conn)?;
        picture(conn, article, WORKING, content)?;
    }
    Ok(())
}

/// Gives slugs free that readers never knew and that nothing of the article names any more: neither its working copy
/// nor what is scheduled or live, which may wait under an embargo.
pub(super) fn release(conn: &mut Conn, article: &Article) -> Result<(), Error> {
    let unknown = article_slugs::table
        .filter(article_slugs::article_id.eq(Key(article.id.uuid())))
        .filter(article_slugs::public_from.is_null());
    let unknown: Vec<String> = unknown.select(article_slugs::slug).load(conn)?;
    if unknown.is_empty() {
        return Ok(());
    }
    let mut kept = Vec::new();
    let revisions = article.publication.iter().flat_map(Publication::revisions);
    for revision in revisions.chain([article.revision]) {
        kept.extend(conn.revision(article.id, revision)?.map(|revision| revision.content.slug));
    }
    let free = unknown.into_iter().filter(|slug| kept.iter().all(|kept: &Slug| kept.as_str() != slug));
    diesel::delete(article_slugs::table.filter(among(article_slugs::slug, free))).execute(conn)?;
    Ok(())
}

/// Reserves a slug, unless the article has it already. One of another article is taken.
pub(super) fn reserve(conn: &mut Conn, article: ArticleId, slug: &Slug) -> Result<(), Error> {
    let holder: Option<Key> = article_slugs::table
        .find(slug.as_str())
        .select(article_slugs::article_id)
        .get_result(conn)
        .optional()?;
    if holder == Some(Key(article.uuid())) {
        return Ok(());
    }
    let row =
        (article_slugs::slug.eq(slug.as_str().to_owned()), article_slugs::article_id.eq(Key(article.uuid())));
    diesel::insert_into(article_slugs::table).values(row).execute(conn)?;
    Ok(())
}

/// Notes the tags of one place, with the date by which lists have it: a merged one as its survivor, and each once.
pub(super) fn tag(
    conn: &mut Conn,
    article: ArticleId,
    place: i16,
    published_at: Option<Moment>,
    content: &Content,
) -> Result<(), Error> {
    let tags = slugs::resolved(conn, content.tags.as_slice().iter().map(|tag| tag.uuid()))?;
    let rows: Vec<_> = tags
        .into_iter()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .map(|tag| {
            (
                article_tags::article_id.eq(Key(article.uuid())),
                article_tags::place.eq(place),
                article_tags::tag_id.eq(tag),
                article_tags::published_at.eq(published_at.map(At)),
            )
        })
        .collect();
    diesel::insert_into(article_tags::table).values(rows).execute(conn)?;
    Ok(())
}

/// Notes the contributors of one place, with the date by which lists have it: a merged one as their survivor, and each once,
/// whatever they did.
pub(super) fn name(
    conn: &mut Conn,
    article: ArticleId,
    place: i16,
    published_at: Option<Moment>,
    content: &Content,
) -> Result<(), Error> {
    let named = content.bylines.as_slice().iter().filter_map(|byline| byline.contributor);
    let named = slugs::resolved(conn, named.map(ContributorId::uuid))?;
    let rows: Vec<_> = named
        .into_iter()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .map(|contributor| {
            (
                article_contributors::article_id.eq(Key(article.uuid())),
                article_contributors::place.eq(place),
                article_contributors::contributor_id.eq(contributor),
                article_contributors::published_at.eq(published_at.map(At)),
            )
        })
        .collect();
    diesel::insert_into(article_contributors::table).values(rows).execute(conn)?;
    Ok(())
}

/// Notes the photos of one place, each once.
pub(super) fn picture(
    conn: &mut Conn,
    article: ArticleId,
    place: i16,
    content: &Content,
) -> Result<(), Error> {
    let rows: Vec<_> = photos(content)
        .into_iter()
        .map(|photo| {
            (
                article_photos::article_id.eq(Key(article.uuid())),
                article_photos::place.eq(place),
                article_photos::photo_id.eq(photo),
            )
        })
        .collect();
    diesel::insert_into(article_photos::table).values(rows).execute(conn)?;
    Ok(())
}

/// The photos that a content uses.
fn photos(content: &Content) -> BTreeSet<Key> {
    photo_uses(content).into_iter().map(|(_, used)| Key(used.photo.uuid())).collect()
}
