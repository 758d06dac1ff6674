//! The statements of tags.

use diesel::prelude::*;
use domain::id::{ArticleId, TagId};
use domain::paging::From;
use domain::slug::Slug;
use domain::tag::Tag;
use domain::thing::ThingKind;
use domain::version::{Seen, Version};

use super::super::Conn;
use super::slugs;
use crate::among::among;
use crate::error::{Error, OneRow};
use crate::references::{Editor, TagFilter, Tags};
use crate::rows::references::TagRow;
use crate::rows::seen_version;
use crate::schema::{article_tags, tags};
use crate::sql::{At, Key};

impl Tags for Conn {
    fn tag(&mut self, id: TagId) -> Result<Option<Tag>, Error> {
        Ok(self.tags_of(&[id])?.pop())
    }

    fn tags_of(&mut self, ids: &[TagId]) -> Result<Vec<Tag>, Error> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let ids = slugs::resolved(self, ids.iter().map(|id| id.uuid()))?;
        let rows: Vec<TagRow> = tags::table.filter(among(tags::id, ids)).load(self)?;
        rows.into_iter().map(TagRow::tag).collect()
    }

    fn tags(&mut self, filter: &TagFilter, limit: u16) -> Result<Vec<Tag>, Error> {
        let page = filtered(filter);
        let page = match &filter.from {
            None => page.order(tags::slug),
            Some(From::Behind(slug)) => page.filter(tags::slug.gt(slug.as_str())).order(tags::slug),
            Some(From::Before(slug)) => page.filter(tags::slug.lt(slug.as_str())).order(tags::slug.desc()),
        };
        let rows: Vec<TagRow> = page.limit(limit.into()).load(self)?;
        rows.into_iter().map(TagRow::tag).collect()
    }

    fn count_tags(&mut self, filter: &TagFilter) -> Result<i64, Error> {
        Ok(filtered(filter).count().get_result(self)?)
    }

    fn tag_of_slug(&mut self, slug: &Slug) -> Result<Option<TagId>, Error> {
        Ok(slugs::holder(self, ThingKind::Tag, slug)?.map(TagId::new))
    }

    fn add_tag(&mut self, _: &Editor, tag: &Tag) -> Result<(), Error> {
        diesel::insert_into(tags::table).values(TagRow::of(tag, tag.version)?).execute(self)?;
        slugs::claim(self, ThingKind::Tag, &tag.slug, tag.id.uuid())
    }

    fn change_tag(&mut self, _: &Editor, tag: &Tag, seen: Seen) -> Result<Version, Error> {
        let next = seen_version(tag.version, seen)?;
        slugs::claim(self, ThingKind::Tag, &tag.slug, tag.id.uuid())?;
        diesel::update(tags::table.find(Key(tag.id.uuid())))
            .filter(tags::version.eq(tag.version.number()))
            .set(TagRow::of(tag, next)?)
            .execute(self)
            .one_row_or(|| Error::Stale { current: next })?;
        Ok(next)
    }

    fn delete_tag(&mut self, _: &Editor, tag: &Tag, seen: Seen) -> Result<(), Error> {
        let next = seen_version(tag.version, seen)?;
        slugs::release(self, tag.id.uuid())?;
        diesel::delete(tags::table.find(Key(tag.id.uuid())))
            .filter(tags::version.eq(tag.version.number()))
            .execute(self)
            .one_row_or(|| Error::Stale { current: next })
    }

    fn merge_tag(&mut self, _: &Editor, merged: TagId, survivor: TagId) -> Result<(), Error> {
        let (old, new) = (Key(merged.uuid()), Key(survivor.uuid()));
        let moving: Vec<(Key, i16, Option<At>)> = article_tags::table
            .filter(article_tags::tag_id.eq(old))
            .select((article_tags::article_id, article_tags::place, article_tags::published_at))
            .load(self)?;
        diesel::delete(article_tags::table.filter(article_tags::tag_id.eq(old))).execute(self)?;
        for (article, place, published_at) in moving {
            diesel::insert_into(article_tags::table)
                .values((
                    article_tags::article_id.eq(article),
                    article_tags::place.eq(place),
                    article_tags::tag_id.eq(new),
                    article_tags::published_at.eq(published_at),
                ))
                // The article may have the survivor already, or get it from a save meanwhile.
                .on_conflict_do_nothing()
                .execute(self)?;
        }
        slugs::merge(self, ThingKind::Tag, merged.uuid(), survivor.uuid())?;
        diesel::delete(tags::table.find(old)).execute(self)?;
        Ok(())
    }

    fn articles_of_tag(&mut self, id: TagId, limit: u16) -> Result<Vec<ArticleId>, Error> {
        let found: Vec<Key> = article_tags::table
            .filter(article_tags::tag_id.eq(Key(id.uuid())))
            .order(article_tags::article_id)
            .select(article_tags::article_id)
            .distinct()
            .limit(limit.into())
            .load(self)?;
        Ok(found.into_iter().map(|key| ArticleId::new(key.0)).collect())
    }
}

/// The tags of a filter, wherever a page of them lies.
fn filtered(filter: &TagFilter) -> tags::BoxedQuery<'_, <Conn as Connection>::Backend> {
    let TagFilter { kind, begins, from: _ } = filter;
    let mut found = tags::table.into_boxed();
    if let Some(kind) = kind {
        found = found.filter(tags::kind.eq(kind.name()));
    }
    if let Some(begins) = begins {
        found = found.filter(tags::name_folded.like(slugs::beginning(begins)).escape('\\'));
    }
    found
}
