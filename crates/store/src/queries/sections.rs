//! The statements of sections.

use diesel::prelude::*;
use domain::id::{ArticleId, SectionId};
use domain::section::Section;
use domain::slug::Slug;
use domain::thing::ThingKind;
use domain::version::{Seen, Version};

use super::super::Conn;
use super::slugs;
use crate::error::{Error, OneRow};
use crate::references::{Editor, Sections};
use crate::rows::references::SectionRow;
use crate::rows::seen_version;
use crate::schema::{articles, live_articles, sections};
use crate::sql::Key;

impl Sections for Conn {
    fn sections(&mut self) -> Result<Vec<Section>, Error> {
        let rows: Vec<SectionRow> = sections::table.order(sections::id).load(self)?;
        rows.into_iter().map(SectionRow::section).collect()
    }

    fn section(&mut self, id: SectionId) -> Result<Option<Section>, Error> {
        let row: Option<SectionRow> = sections::table.find(Key(id.uuid())).get_result(self).optional()?;
        row.map(SectionRow::section).transpose()
    }

    fn section_of_slug(&mut self, slug: &Slug) -> Result<Option<SectionId>, Error> {
        Ok(slugs::holder(self, ThingKind::Section, slug)?.map(SectionId::new))
    }

    fn add_section(&mut self, _: &Editor, section: &Section) -> Result<(), Error> {
        diesel::insert_into(sections::table)
            .values(SectionRow::of(section, section.version))
            .execute(self)?;
        slugs::claim(self, ThingKind::Section, &section.slug, section.id.uuid())
    }

    fn change_section(&mut self, _: &Editor, section: &Section, seen: Seen) -> Result<Version, Error> {
        let next = seen_version(section.version, seen)?;
        slugs::claim(self, ThingKind::Section, &section.slug, section.id.uuid())?;
        diesel::update(sections::table.find(Key(section.id.uuid())))
            .filter(sections::version.eq(section.version.number()))
            .set(SectionRow::of(section, next))
            .execute(self)
            .one_row_or(|| Error::Stale { current: next })?;
        Ok(next)
    }

    fn delete_section(&mut self, _: &Editor, section: &Section, seen: Seen) -> Result<(), Error> {
        let next = seen_version(section.version, seen)?;
        slugs::release(self, section.id.uuid())?;
        diesel::delete(sections::table.find(Key(section.id.uuid())))
            .filter(sections::version.eq(section.version.number()))
            .execute(self)
            .one_row_or(|| Error::Stale { current: next })
    }

    fn articles_of_section(&mut self, id: SectionId, limit: u16) -> Result<Vec<ArticleId>, Error> {
        let shown = live_articles::table
            .filter(live_articles::section_id.eq(Key(id.uuid())))
            .select(live_articles::article_id);
        let found: Vec<Key> = articles::table
            .filter(articles::section_id.eq(Key(id.uuid())).or(articles::id.eq_any(shown)))
            .order(articles::id)
            .limit(limit.into())
            .select(articles::id)
            .load(self)?;
        Ok(found.into_iter().map(|key| ArticleId::new(key.0)).collect())
    }
}
