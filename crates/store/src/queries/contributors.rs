//! The statements of contributors.

use std::collections::HashMap;

use diesel::prelude::*;
use domain::contributor::{Contact, Contributor};
use domain::id::{ArticleId, ContributorId, PhotoId};
use domain::paging::From;
use domain::slug::Slug;
use domain::thing::ThingKind;
use domain::version::{Seen, Version};

use super::super::Conn;
use super::slugs;
use crate::among::among;
use crate::error::{Error, OneRow};
use crate::references::{ContributorFilter, Contributors, Editor};
use crate::rows::references::ContributorRow;
use crate::rows::seen_version;
use crate::schema::{article_contributors, contributors, photo_contributors};
use crate::sql::{At, Key};

impl Contributors for Conn {
    fn contributor(&mut self, id: ContributorId) -> Result<Option<(Contributor, Contact)>, Error> {
        let ids = slugs::resolved(self, std::iter::once(id.uuid()))?;
        let row: Option<ContributorRow> =
            contributors::table.filter(among(contributors::id, ids)).get_result(self).optional()?;
        row.map(ContributorRow::contributor).transpose()
    }

    fn contributors_of(&mut self, ids: &[ContributorId]) -> Result<Vec<Contributor>, Error> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let ids = slugs::resolved(self, ids.iter().map(|id| id.uuid()))?;
        let rows: Vec<ContributorRow> =
            contributors::table.filter(among(contributors::id, ids)).load(self)?;
        rows.into_iter().map(|row| Ok(row.contributor()?.0)).collect()
    }

    fn count_contributors(&mut self, filter: &ContributorFilter) -> Result<i64, Error> {
        Ok(filtered(filter).count().get_result(self)?)
    }

    fn contributors(
        &mut self,
        filter: &ContributorFilter,
        limit: u16,
    ) -> Result<Vec<(Contributor, Contact)>, Error> {
        let page = filtered(filter);
        let page = match &filter.from {
            None => page.order(contributors::slug),
            Some(From::Behind(slug)) => {
                page.filter(contributors::slug.gt(slug.as_str())).order(contributors::slug)
            }
            Some(From::Before(slug)) => {
                page.filter(contributors::slug.lt(slug.as_str())).order(contributors::slug.desc())
            }
        };
        let rows: Vec<ContributorRow> = page.limit(limit.into()).load(self)?;
        rows.into_iter().map(ContributorRow::contributor).collect()
    }

    fn contributor_of_slug(&mut self, slug: &Slug) -> Result<Option<ContributorId>, Error> {
        Ok(slugs::holder(self, ThingKind::Contributor, slug)?.map(ContributorId::new))
    }

    fn add_contributor(
        &mut self,
        _: &Editor,
        contributor: &Contributor,
        contact: &Contact,
    ) -> Result<(), Error> {
        diesel::insert_into(contributors::table)
            .values(ContributorRow::of(contributor, contact, contributor.version)?)
            .execute(self)?;
        slugs::claim(self, ThingKind::Contributor, &contributor.slug, contributor.id.uuid())
    }

    fn change_contributor(
        &mut self,
        _: &Editor,
        contributor: &Contributor,
        contact: &Contact,
        seen: Seen,
    ) -> Result<Version, Error> {
        let next = seen_version(contributor.version, seen)?;
        slugs::claim(self, ThingKind::Contributor, &contributor.slug, contributor.id.uuid())?;
        diesel::update(contributors::table.find(Key(contributor.id.uuid())))
            .filter(contributors::version.eq(contributor.version.number()))
            .set(ContributorRow::of(contributor, contact, next)?)
            .execute(self)
            .one_row_or(|| Error::Stale { current: next })?;
        Ok(next)
    }

    fn delete_contributor(&mut self, _: &Editor, contributor: &Contributor, seen: Seen) -> Result<(), Error> {
        let next = seen_version(contributor.version, seen)?;
        slugs::release(self, contributor.id.uuid())?;
        diesel::delete(contributors::table.find(Key(contributor.id.uuid())))
            .filter(contributors::version.eq(contributor.version.number()))
            .execute(self)
            .one_row_or(|| Error::Stale { current: next })
    }

    fn merge_contributor(
        &mut self,
        _: &Editor,
        merged: ContributorId,
        survivor: ContributorId,
    ) -> Result<(), Error> {
        let (old, new) = (Key(merged.uuid()), Key(survivor.uuid()));
        let moving: Vec<(Key, i16, Option<At>)> = article_contributors::table
            .filter(article_contributors::contributor_id.eq(old))
            .select((
                article_contributors::article_id,
                article_contributors::place,
                article_contributors::published_at,
            ))
            .load(self)?;
        diesel::delete(article_contributors::table.filter(article_contributors::contributor_id.eq(old)))
            .execute(self)?;
        for (article, place, published_at) in moving {
            diesel::insert_into(article_contributors::table)
                .values((
                    article_contributors::article_id.eq(article),
                    article_contributors::place.eq(place),
                    article_contributors::contributor_id.eq(new),
                    article_contributors::published_at.eq(published_at),
                ))
                // The article may have the survivor already, or get it from a save meanwhile.
                .on_conflict_do_nothing()
                .execute(self)?;
        }
        let credited: Vec<Key> = photo_contributors::table
            .filter(photo_contributors::contributor_id.eq(old))
            .select(photo_contributors::photo_id)
            .load(self)?;
        diesel::delete(photo_contributors::table.filter(photo_contributors::contributor_id.eq(old)))
            .execute(self)?;
        for photo in credited {
            diesel::insert_into(photo_contributors::table)
                .values((photo_contributors::photo_id.eq(photo), photo_contributors::contributor_id.eq(new)))
                // A credit may name both.
                .on_conflict_do_nothing()
                .execute(self)?;
        }
        slugs::merge(self, ThingKind::Contributor, merged.uuid(), survivor.uuid())?;
        diesel::delete(contributors::table.find(old)).execute(self)?;
        Ok(())
    }

    fn articles_of_contributor(&mut self, id: ContributorId, limit: u16) -> Result<Vec<ArticleId>, Error> {
        let found: Vec<Key> = article_contributors::table
            .filter(article_contributors::contributor_id.eq(Key(id.uuid())))
            .order(article_contributors::article_id)
            .select(article_contributors::article_id)
            .distinct()
            .limit(limit.into())
            .load(self)?;
        Ok(found.into_iter().map(|key| ArticleId::new(key.0)).collect())
    }

    fn contributors_with_portrait(&mut self, id: PhotoId, limit: u16) -> Result<Vec<ContributorId>, Error> {
        let found: Vec<Key> = contributors::table
            .filter(contributors::portrait.assume_not_null().eq(Key(id.uuid())))
            .order(contributors::id)
            .select(contributors::id)
            .limit(limit.into())
            .load(self)?;
        Ok(found.into_iter().map(|key| ContributorId::new(key.0)).collect())
    }
}

/// The portraits of those of these contributors who have one.
pub(super) fn portraits_of(
    conn: &mut Conn,
    ids: &[ContributorId],
) -> Result<HashMap<ContributorId, PhotoId>, Error> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let keys: Vec<_> = ids.iter().map(|id| Key(id.uuid())).collect();
    let rows: Vec<(Key, Option<Key>)> = contributors::table
        .filter(among(contributors::id, keys))
        .filter(contributors::portrait.is_not_null())
        .select((contributors::id, contributors::portrait))
        .load(conn)?;
    let portraits = rows.into_iter().filter_map(|(id, portrait)| Some((id, portrait?)));
    Ok(portraits.map(|(id, portrait)| (ContributorId::new(id.0), PhotoId::new(portrait.0))).collect())
}

/// The contributors of a filter, wherever a page of them lies.
fn filtered(filter: &ContributorFilter) -> contributors::BoxedQuery<'_, <Conn as Connection>::Backend> {
    let ContributorFilter { kind, begins, from: _ } = filter;
    let mut found = contributors::table.into_boxed();
    if let Some(kind) = kind {
        found = found.filter(contributors::kind.eq(kind.name()));
    }
    if let Some(begins) = begins {
        found = found.filter(contributors::name_folded.like(slugs::beginning(begins)).escape('\\'));
    }
    found
}
