//! By what a working copy is found: its slug, tags and contributors.

use std::collections::BTreeSet;

use diesel::prelude::*;
use domain::article::content::Content;
use domain::id::ArticleId;
use domain::slug::Slug;

use super::super::Conn;
use crate::error::Error;
use crate::schema::{article_contributors, article_slugs, article_tags};
use crate::sql::Key;

/// The working copy's number among the places of an article; what is live and what is next have 1 and 2.
const WORKING: i16 = 0;

/// Files a new article.
pub(super) fn file(conn: &mut Conn, article: ArticleId, content: &Content) -> Result<(), Error> {
    reserve(conn, article, &content.slug)?;
    tag(conn, article, WORKING, content)?;
    name(conn, article, WORKING, content)
}

/// Files an article anew where that changed.
pub(super) fn refile(
    conn: &mut Conn,
    article: ArticleId,
    before: &Content,
    content: &Content,
) -> Result<(), Error> {
    let id = Key(article.uuid());
    if before.slug != content.slug {
        diesel::delete(article_slugs::table.find(before.slug.as_str()))
            .filter(article_slugs::article_id.eq(id))
            .filter(article_slugs::public_from.is_null())
            .execute(conn)?;
        reserve(conn, article, &content.slug)?;
    }
    if before.tags != content.tags {
        let old = article_tags::table
            .filter(article_tags::article_id.eq(id))
            .filter(article_tags::place.eq(WORKING));
        diesel::delete(old).execute(conn)?;
        tag(conn, article, WORKING, content)?;
    }
    if before.bylines != content.bylines {
        let old = article_contributors::table
            .filter(article_contributors::article_id.eq(id))
            .filter(article_contributors::place.eq(WORKING));
        diesel::delete(old).execute(conn)?;
        name(conn, article, WORKING, content)?;
    }
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

/// Notes the tags of one place.
pub(super) fn tag(conn: &mut Conn, article: ArticleId, place: i16, content: &Content) -> Result<(), Error> {
    let rows: Vec<_> = content
        .tags
        .as_slice()
        .iter()
        .map(|tag| {
            (
                article_tags::article_id.eq(Key(article.uuid())),
                article_tags::place.eq(place),
                article_tags::tag_id.eq(Key(tag.uuid())),
            )
        })
        .collect();
    diesel::insert_into(article_tags::table).values(rows).execute(conn)?;
    Ok(())
}

/// Notes the contributors of one place, each once, whatever they did.
pub(super) fn name(conn: &mut Conn, article: ArticleId, place: i16, content: &Content) -> Result<(), Error> {
    let named: BTreeSet<_> =
        content.bylines.as_slice().iter().filter_map(|byline| byline.contributor).collect();
    let rows: Vec<_> = named
        .into_iter()
        .map(|contributor| {
            (
                article_contributors::article_id.eq(Key(article.uuid())),
                article_contributors::place.eq(place),
                article_contributors::contributor_id.eq(Key(contributor.uuid())),
            )
        })
        .collect();
    diesel::insert_into(article_contributors::table).values(rows).execute(conn)?;
    Ok(())
}
