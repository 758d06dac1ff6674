//! The statements of fronts, as the newsroom keeps them.

use diesel::prelude::*;
use domain::article::aggregate::Article;
use domain::front::{Front, FrontItem};
use domain::id::{ArticleId, FrontId, SectionId, TagId};
use domain::paging::From;
use domain::policy::Granted;
use domain::policy::right::DeleteArticles;
use domain::slug::Slug;
use domain::thing::ThingKind;
use domain::time::Moment;
use domain::version::{Seen, Version};

use super::super::Conn;
use super::slugs;
use crate::among::among;
use crate::error::{Error, OneRow};
use crate::fronts::{Editor, Fronts, ListedFront};
use crate::references;
use crate::rows::fronts::{FrontRow, ItemRow, NewItemRow};
use crate::rows::seen_version;
use crate::schema::{front_items, fronts};
use crate::sql::{At, Key};

impl Fronts for Conn {
    fn front(&mut self, id: FrontId) -> Result<Option<Front>, Error> {
        let row: Option<FrontRow> = fronts::table.find(Key(id.uuid())).get_result(self).optional()?;
        let Some(row) = row else { return Ok(None) };
        let items = items(self, id)?;
        row.front(items).map(Some)
    }

    fn fronts(&mut self, from: Option<&From<Slug>>, limit: u16) -> Result<Vec<ListedFront>, Error> {
        page(self, from, limit)?.into_iter().map(FrontRow::listed).collect()
    }

    fn front_of_slug(&mut self, slug: &Slug) -> Result<Option<FrontId>, Error> {
        Ok(slugs::holder(self, ThingKind::Front, slug)?.map(FrontId::new))
    }

    fn add_front(&mut self, _: &Editor, front: &Front) -> Result<(), Error> {
        diesel::insert_into(fronts::table).values(FrontRow::of(front, front.version)).execute(self)?;
        slugs::claim(self, ThingKind::Front, &front.slug, front.id.uuid())?;
        place(self, front)
    }

    fn change_front(&mut self, _: &Editor, front: &Front, seen: Seen) -> Result<Version, Error> {
        let next = seen_version(front.version, seen)?;
        slugs::claim(self, ThingKind::Front, &front.slug, front.id.uuid())?;
        let id = Key(front.id.uuid());
        diesel::delete(front_items::table.filter(front_items::front_id.eq(id))).execute(self)?;
        place(self, front)?;
        diesel::update(fronts::table.find(id))
            .filter(fronts::version.eq(front.version.number()))
            .set(FrontRow::of(front, next))
            .execute(self)
            .one_row_or(|| Error::Stale { current: next })?;
        Ok(next)
    }

    fn delete_front(&mut self, _: &Editor, front: &Front, seen: Seen) -> Result<(), Error> {
        let next = seen_version(front.version, seen)?;
        slugs::release(self, front.id.uuid())?;
        diesel::delete(fronts::table.find(Key(front.id.uuid())))
            .filter(fronts::version.eq(front.version.number()))
            .execute(self)
            .one_row_or(|| Error::Stale { current: next })
    }

    fn fronts_with(&mut self, article: ArticleId) -> Result<Vec<FrontId>, Error> {
        let naming = front_items::table.filter(front_items::article_id.eq(Key(article.uuid())));
        Ok(ids(naming.order(front_items::front_id).select(front_items::front_id).load(self)?))
    }

    fn leave_fronts(
        &mut self,
        article: &Granted<Article, DeleteArticles>,
        now: Moment,
    ) -> Result<Vec<FrontId>, Error> {
        let key = Key(article.id.uuid());
        let left = self.fronts_with(article.id)?;
        let keys: Vec<_> = left.iter().map(|id| Key(id.uuid())).collect();
        diesel::delete(front_items::table.filter(front_items::article_id.eq(key))).execute(self)?;
        diesel::update(fronts::table.filter(among(fronts::id, keys)))
            .set((fronts::version.eq(fronts::version + 1_i64), fronts::updated_at.eq(At(now))))
            .execute(self)?;
        Ok(left)
    }

    fn refill_fronts(
        &mut self,
        _: &references::Editor,
        merged: TagId,
        survivor: TagId,
        now: Moment,
    ) -> Result<Vec<FrontId>, Error> {
        let filled = || fronts::table.filter(fronts::fill_tag_id.eq(Key(merged.uuid())));
        let found: Vec<Key> = filled().order(fronts::id).select(fronts::id).load(self)?;
        diesel::update(filled())
            .set((
                fronts::fill_tag_id.eq(Key(survivor.uuid())),
                fronts::version.eq(fronts::version + 1_i64),
                fronts::updated_at.eq(At(now)),
            ))
            .execute(self)?;
        Ok(ids(found))
    }

    fn fronts_of_section(&mut self, id: SectionId, limit: u16) -> Result<Vec<FrontId>, Error> {
        let filled = fronts::table.filter(fronts::fill_section_id.eq(Key(id.uuid())));
        let found = filled.order(fronts::id).limit(limit.into()).select(fronts::id).load(self)?;
        Ok(ids(found))
    }

    fn fronts_of_tag(&mut self, id: TagId, limit: u16) -> Result<Vec<FrontId>, Error> {
        let filled = fronts::table.filter(fronts::fill_tag_id.eq(Key(id.uuid())));
        let found = filled.order(fronts::id).limit(limit.into()).select(fronts::id).load(self)?;
        Ok(ids(found))
    }
}

/// A page of the fronts by slug, backwards where it lies before one.
pub(super) fn page(conn: &mut Conn, from: Option<&From<Slug>>, limit: u16) -> Result<Vec<FrontRow>, Error> {
    let page = fronts::table.into_boxed();
    let page = match from {
        None => page.order(fronts::slug),
        Some(From::Behind(slug)) => page.filter(fronts::slug.gt(slug.as_str())).order(fronts::slug),
        Some(From::Before(slug)) => page.filter(fronts::slug.lt(slug.as_str())).order(fronts::slug.desc()),
    };
    Ok(page.limit(limit.into()).load(conn)?)
}

/// What stands on a front, in its order.
pub(super) fn items(conn: &mut Conn, id: FrontId) -> Result<Vec<ItemRow>, Error> {
    let items = front_items::table.filter(front_items::front_id.eq(Key(id.uuid())));
    let items = items.order(front_items::position);
    Ok(items.select((front_items::article_id, front_items::headline)).load(conn)?)
}

/// What stands on each of these fronts, in its order.
pub(super) fn items_of(conn: &mut Conn, ids: &[FrontId]) -> Result<Vec<(FrontId, FrontItem)>, Error> {
    let keys: Vec<_> = ids.iter().map(|id| Key(id.uuid())).collect();
    let rows: Vec<(Key, ItemRow)> = front_items::table
        .filter(among(front_items::front_id, keys))
        .order((front_items::front_id, front_items::position))
        .select((front_items::front_id, (front_items::article_id, front_items::headline)))
        .load(conn)?;
    rows.into_iter().map(|(front, row)| Ok((FrontId::new(front.0), row.item()?))).collect()
}

/// Puts its items on a front that has none.
fn place(conn: &mut Conn, front: &Front) -> Result<(), Error> {
    diesel::insert_into(front_items::table).values(NewItemRow::all_of(front)).execute(conn)?;
    Ok(())
}

fn ids(keys: Vec<Key>) -> Vec<FrontId> {
    keys.into_iter().map(|key| FrontId::new(key.0)).collect()
}
