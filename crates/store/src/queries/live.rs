//! The statements of delivery. Each starts from [`live`], or from ids that came from there.

use std::collections::{HashMap, HashSet};

use diesel::dsl::{exists, min};
use diesel::prelude::*;
use domain::article::content::reference::Ref;
use domain::article::content::texts::Headline;
use domain::article::correction::Correction;
use domain::article::withdrawal::{WithdrawalKind, WithdrawalReason};
use domain::comment::place::Place;
use domain::contributor::Contributor;
use domain::id::{ArticleId, CommentId, ContributorId, FrontId, PhotoId, SectionId, TagId};
use domain::language::Language;
use domain::month::Month;
use domain::paging::From;
use domain::search::place::Place as SearchPlace;
use domain::section::Section;
use domain::section::tree::Tree;
use domain::slug::Slug;
use domain::tag::Tag;
use domain::time::Moment;

use super::super::Conn;
use super::live_filter::{Scan, filtered, scan};
use super::visibility::{is_visible, live};
use super::{
    live_comments, live_fronts, live_photos, live_references as facets, live_shelves, live_sitemaps, search,
};
use crate::among::among;
use crate::error::Error;
use crate::fronts::LiveFront;
use crate::live::{
    Found, Live, LiveAddress, LiveArticle, LiveComment, LiveFilter, LiveMonth, LiveNews, LivePage, LivePhoto,
    LiveThread, OwnThread, ThreadOrder, Watched,
};
use crate::references::Sections;
use crate::rows::articles::CorrectionRow;
use crate::rows::live::LiveRow;
use crate::rows::stored;
use crate::schema::{
    article_slugs, corrections, live_articles, photo_changes, sections, timed_changes, withdrawn_articles,
};
use crate::search::LiveSearch;
use crate::sql::{At, Key};

/// The columns of a [`LiveRow`].
pub(super) const SHOWN: (
    live_articles::article_id,
    live_articles::revision,
    live_articles::first_published_at,
    live_articles::published_at,
    live_articles::updated_at,
    live_articles::expires_at,
    live_articles::slug,
    live_articles::content,
) = (
    live_articles::article_id,
    live_articles::revision,
    live_articles::first_published_at,
    live_articles::published_at,
    live_articles::updated_at,
    live_articles::expires_at,
    live_articles::slug,
    live_articles::content,
);

impl Live for Conn {
    fn live_article(&mut self, name: &Ref<ArticleId>, now: Moment) -> Result<Option<Found>, Error> {
        let Some(id) = addressed(self, name, now)? else { return Ok(None) };
        let row: Option<LiveRow> =
            live(now).filter(live_articles::article_id.eq(id)).select(SHOWN).get_result(self).optional()?;
        let Some(row) = row else { return withdrawn(self, id, now) };
        let article = row.article()?;
        Ok(Some(match name {
            Ref::Slug(slug) if *slug != article.slug => Found::Moved(article.slug),
            Ref::Id(_) | Ref::Slug(_) => Found::Visible(Box::new(article)),
        }))
    }

    fn live_articles(
        &mut self,
        filter: &LiveFilter,
        limit: u16,
        now: Moment,
    ) -> Result<Vec<LiveArticle>, Error> {
        if let Some(page) = live_shelves::page(self, filter, limit, now)? {
            return Ok(page);
        }
        let found = filtered(filter, now);
        let found = match scan(filter) {
            Scan::PublishedFalling => {
                found.order((live_articles::published_at.desc(), live_articles::article_id.desc()))
            }
            Scan::PublishedRising => found.order((live_articles::published_at, live_articles::article_id)),
            Scan::UpdatedFalling => {
                found.order((live_articles::updated_at.desc(), live_articles::article_id.desc()))
            }
            Scan::UpdatedRising => found.order((live_articles::updated_at, live_articles::article_id)),
        };
        let rows: Vec<LiveRow> = found.limit(limit.into()).select(SHOWN).load(self)?;
        rows.into_iter().map(LiveRow::article).collect()
    }

    fn count_live_articles(&mut self, filter: &LiveFilter, now: Moment) -> Result<i64, Error> {
        let whole = LiveFilter { from: None, ..filter.clone() };
        Ok(filtered(&whole, now).count().get_result(self)?)
    }

    fn published_languages(&mut self) -> Result<Vec<Language>, Error> {
        search::published_languages(self)
    }

    fn search_live(
        &mut self,
        wanted: &LiveSearch,
        limit: u16,
        now: Moment,
    ) -> Result<Vec<(SearchPlace, LiveArticle)>, Error> {
        search::found(self, wanted, limit, now)
    }

    fn live_addresses(
        &mut self,
        ids: &[ArticleId],
        now: Moment,
    ) -> Result<HashMap<ArticleId, LiveAddress>, Error> {
        let keys: Vec<_> = ids.iter().map(|id| Key(id.uuid())).collect();
        let rows: Vec<(Key, String, String, Option<At>)> = live(now)
            .filter(among(live_articles::article_id, keys))
            .select((
                live_articles::article_id,
                live_articles::slug,
                live_articles::headline,
                live_articles::expires_at,
            ))
            .load(self)?;
        let address = |(id, slug, headline, expires_at): (Key, String, String, Option<At>)| {
            let address = LiveAddress {
                slug: stored(Slug::parse(&slug))?,
                headline: stored(Headline::parse(&headline))?,
                expires_at: expires_at.map(|at| at.0),
            };
            Ok((ArticleId::new(id.0), address))
        };
        rows.into_iter().map(address).collect()
    }

    fn live_corrections(
        &mut self,
        articles: &[&LiveArticle],
        now: Moment,
    ) -> Result<HashMap<ArticleId, Vec<Correction>>, Error> {
        let keys: Vec<_> = articles.iter().map(|article| Key(article.id.uuid())).collect();
        let shown: HashMap<_, _> = articles.iter().map(|article| (article.id, article.revision)).collect();
        let rows: Vec<(Key, CorrectionRow)> = corrections::table
            .filter(among(corrections::article_id, keys))
            .order((corrections::published_at, corrections::id))
            .select((corrections::article_id, corrections::all_columns))
            .load(self)?;
        let mut told: HashMap<_, Vec<_>> = HashMap::new();
        for (key, row) in rows {
            let (id, correction) = (ArticleId::new(key.0), row.correction()?);
            if shown.get(&id).is_some_and(|revision| correction.is_told(*revision, now)) {
                told.entry(id).or_default().push(correction);
            }
        }
        Ok(told)
    }

    fn live_sections(&mut self, now: Moment) -> Result<(Vec<Section>, Vec<SectionId>), Error> {
        let within = live_articles::table
            .filter(is_visible(At(now)))
            .filter(live_articles::section_id.assume_not_null().eq(sections::id));
        let used: Vec<Key> = sections::table.filter(exists(within)).select(sections::id).load(self)?;
        Ok((self.sections()?, used.into_iter().map(|key| SectionId::new(key.0)).collect()))
    }

    fn sections_of_live(&mut self, ids: &[SectionId]) -> Result<Vec<Section>, Error> {
        let mut sections = self.sections()?;
        let tree = Tree::new(sections.iter().map(|section| (section.id, section.parent)));
        let named: HashSet<_> = ids.iter().flat_map(|id| tree.path(*id)).collect();
        sections.retain(|section| named.contains(&section.id));
        Ok(sections)
    }

    fn live_section_of_slug(&mut self, slug: &Slug) -> Result<Option<SectionId>, Error> {
        self.section_of_slug(slug)
    }

    fn live_tags(&mut self, from: Option<&From<Slug>>, limit: u16, now: Moment) -> Result<Vec<Tag>, Error> {
        facets::tags(self, from, limit, now)
    }

    fn live_tag(&mut self, name: &Ref<TagId>, now: Moment) -> Result<Option<Tag>, Error> {
        facets::tag(self, name, now)
    }

    fn tags_of_live(&mut self, ids: &[TagId]) -> Result<HashMap<TagId, Tag>, Error> {
        facets::tags_of(self, ids)
    }

    fn live_contributors(
        &mut self,
        from: Option<&From<Slug>>,
        limit: u16,
        now: Moment,
    ) -> Result<Vec<Contributor>, Error> {
        facets::contributors(self, from, limit, now)
    }

    fn live_contributor(
        &mut self,
        name: &Ref<ContributorId>,
        now: Moment,
    ) -> Result<Option<Contributor>, Error> {
        facets::contributor(self, name, now)
    }

    fn live_fronts(&mut self, from: Option<&From<Slug>>, limit: u16) -> Result<Vec<LiveFront>, Error> {
        live_fronts::page(self, from, limit)
    }

    fn live_front(&mut self, slug: &Slug) -> Result<Option<LiveFront>, Error> {
        live_fronts::by_slug(self, slug)
    }

    fn articles_of_front(
        &mut self,
        id: FrontId,
        now: Moment,
    ) -> Result<Vec<(LiveArticle, Option<Headline>)>, Error> {
        live_fronts::articles_of(self, id, now)
    }

    fn live_thread(
        &mut self,
        name: &Ref<ArticleId>,
        now: Moment,
    ) -> Result<Option<Found<LiveThread>>, Error> {
        live_comments::thread(self, name, now)
    }

    fn live_publications(
        &mut self,
        ids: &[ArticleId],
        now: Moment,
    ) -> Result<HashMap<ArticleId, Moment>, Error> {
        let keys: Vec<_> = ids.iter().map(|id| Key(id.uuid())).collect();
        let rows: Vec<(Key, At)> = live(now)
            .filter(among(live_articles::article_id, keys))
            .select((live_articles::article_id, live_articles::published_at))
            .load(self)?;
        Ok(rows.into_iter().map(|(id, at)| (ArticleId::new(id.0), at.0)).collect())
    }

    fn threads_of_live(&mut self, ids: &[ArticleId]) -> Result<HashMap<ArticleId, OwnThread>, Error> {
        live_comments::threads_of(self, ids)
    }

    fn comment_counts_of_live(&mut self, ids: &[ArticleId]) -> Result<HashMap<ArticleId, OwnThread>, Error> {
        live_comments::threads_of(self, ids)
    }

    fn place_of_live(&mut self, article: ArticleId, id: CommentId) -> Result<Option<Place>, Error> {
        live_comments::place_of(self, article, id)
    }

    fn comments_of_live(
        &mut self,
        article: ArticleId,
        order: ThreadOrder,
        from: Option<&From<Place>>,
        limit: u16,
    ) -> Result<Vec<LiveComment>, Error> {
        live_comments::comments_of(self, article, order, from, limit)
    }

    fn live_photo(&mut self, id: PhotoId, now: Moment) -> Result<Option<(LivePhoto, Option<Moment>)>, Error> {
        live_photos::photo(self, id, now)
    }

    fn photos_of_live(&mut self, ids: &[PhotoId], now: Moment) -> Result<HashMap<PhotoId, LivePhoto>, Error> {
        live_photos::photos_of(self, ids, now)
    }

    fn live_months(&mut self, now: Moment) -> Result<Vec<LiveMonth>, Error> {
        live_sitemaps::months(self, now)
    }

    fn live_pages(
        &mut self,
        month: Month,
        skipped: u32,
        limit: u16,
        now: Moment,
    ) -> Result<Vec<LivePage>, Error> {
        live_sitemaps::pages(self, month, skipped, limit, now)
    }

    fn live_news(&mut self, since: Moment, limit: u16, now: Moment) -> Result<Vec<LiveNews>, Error> {
        live_sitemaps::news(self, since, limit, now)
    }

    fn credited_of_live(
        &mut self,
        ids: &[ContributorId],
        now: Moment,
    ) -> Result<HashMap<ContributorId, Contributor>, Error> {
        facets::credited(self, ids, now)
    }

    fn contributors_of_live(
        &mut self,
        ids: &[ContributorId],
        now: Moment,
    ) -> Result<HashMap<ContributorId, Contributor>, Error> {
        facets::contributors_of(self, ids, now)
    }

    fn next_instant(&mut self, of: &Watched, now: Moment) -> Result<Option<Moment>, Error> {
        let changes = timed_changes::table.filter(timed_changes::at.gt(At(now)));
        let first = min(timed_changes::at);
        let of_articles: Option<At> = match of {
            Watched::Everything => changes.select(first).get_result(self)?,
            Watched::Articles(ids) => {
                let keys: Vec<_> = ids.iter().map(|id| Key(id.uuid())).collect();
                changes.filter(among(timed_changes::article_id, keys)).select(first).get_result(self)?
            }
        };
        let photos = photo_changes::table.filter(photo_changes::at.gt(At(now)));
        let of_photos: Option<At> = photos.select(min(photo_changes::at)).get_result(self)?;
        Ok(of_articles.into_iter().chain(of_photos).map(|at| at.0).min())
    }
}

/// The article that an address names, whether or not readers see it.
pub(super) fn addressed(conn: &mut Conn, name: &Ref<ArticleId>, now: Moment) -> Result<Option<Key>, Error> {
    Ok(match name {
        Ref::Id(id) => Some(Key(id.uuid())),
        Ref::Slug(slug) => article_slugs::table
            .find(slug.as_str())
            .filter(article_slugs::public_from.assume_not_null().le(At(now)))
            .select(article_slugs::article_id)
            .get_result(conn)
            .optional()?,
    })
}

/// What readers are told of an article that is not visible: its withdrawal, or nothing.
pub(super) fn withdrawn<T>(conn: &mut Conn, id: Key, now: Moment) -> Result<Option<Found<T>>, Error> {
    let row: Option<(At, String, String, Option<Key>)> = withdrawn_articles::table
        .find(id)
        .select((
            withdrawn_articles::withdrawn_at,
            withdrawn_articles::kind,
            withdrawn_articles::public_reason,
            withdrawn_articles::replacement_id,
        ))
        .get_result(conn)
        .optional()?;
    let Some((at, kind, public_reason, replacement)) = row else { return Ok(None) };
    let stands_in = replacement.map(|key| ArticleId::new(key.0));
    let replacement = match stands_in {
        Some(id) => conn.live_addresses(&[id], now)?.into_values().next().map(|address| address.slug),
        None => None,
    };
    Ok(Some(Found::Withdrawn {
        at: at.0,
        kind: stored(WithdrawalKind::parse(&kind))?,
        public_reason: stored(WithdrawalReason::parse(&public_reason))?,
        replacement,
        stands_in,
    }))
}
