//! The statements of articles and their lists.

use std::collections::HashMap;

use diesel::prelude::*;
use domain::article::aggregate::Article;
use domain::article::content::document::{Document, DocumentHash};
use domain::article::correction::Correction;
use domain::article::revision::{Revision, RevisionNumber};
use domain::id::{ArticleId, CorrectionId, FrontId, UserId};
use domain::paging::From;
use domain::policy::right::{CorrectArticles, CreateArticles, DeleteArticles, PublishArticles};
use domain::policy::{Allowed, Granted, Guarded};
use domain::slug::Slug;
use domain::time::Moment;
use domain::version::{Seen, Version};

use super::super::Conn;
use super::article_filter::{Rises, filtered, rises};
use super::publication::{replaced_by, seen_until, settle_corrections, show};
use super::visibility::live;
use super::working_copy::{file, refile, reserve};
use crate::among::among;
use crate::articles::{Amendment, Appearance, ArticleFilter, Articles, Glance, Saved};
use crate::contents;
use crate::error::{Error, OneRow};
use crate::lock::{Row, Rows};
use crate::prepared;
use crate::rows::articles::{CorrectionRow, GlanceRow, RevisionRow, SavedRow, StateRow, place, saved};
use crate::rows::{seen_version, stored};
use crate::schema::{
    article_slugs, article_writers, articles, corrections, front_items, live_articles, revisions,
};
use crate::search::FullText;
use crate::sql::{Json, Key};

/// The columns of a [`StateRow`].
const STATE: (
    articles::owner_id,
    articles::stage,
    articles::revision,
    articles::last_revision,
    articles::lifecycle,
    articles::standing,
    articles::expires_at,
    articles::created_at,
    articles::updated_at,
) = (
    articles::owner_id,
    articles::stage,
    articles::revision,
    articles::last_revision,
    articles::lifecycle,
    articles::standing,
    articles::expires_at,
    articles::created_at,
    articles::updated_at,
);

/// The columns of a [`GlanceRow`].
const GLANCE: (
    articles::headline,
    articles::headline_folded,
    articles::slug,
    articles::kind,
    articles::language,
    articles::section_id,
) = (
    articles::headline,
    articles::headline_folded,
    articles::slug,
    articles::kind,
    articles::language,
    articles::section_id,
);

/// The columns of a [`SavedRow`].
const SAVED: (revisions::number, revisions::author_id, revisions::note, revisions::saved_at) =
    (revisions::number, revisions::author_id, revisions::note, revisions::saved_at);

impl Articles for Conn {
    fn begin_article(
        &mut self,
        article: &Granted<Article, CreateArticles>,
        revision: &Revision,
    ) -> Result<(), Error> {
        let (id, version) = (Key(article.id.uuid()), article.version.number());
        let row = (articles::id.eq(id), articles::version.eq(version));
        diesel::insert_into(articles::table)
            .values((row, StateRow::of(article)?, GlanceRow::of(revision)))
            .execute(self)?;
        insert_revision(self, article.id, revision)?;
        file(self, article.id, &revision.content)
    }

    fn article(&mut self, id: ArticleId) -> Result<Option<Guarded<Article>>, Error> {
        let row: Option<(i64, StateRow)> = articles::table
            .find(Key(id.uuid()))
            .select((articles::version, STATE))
            .get_result(self)
            .optional()?;
        row.map(|(version, state)| state.article(Key(id.uuid()), version)).transpose()
    }

    fn hold_article(&mut self, id: ArticleId) -> Result<Option<Guarded<Article>>, Error> {
        self.hold_row(Row::Article, id.uuid())?;
        self.article(id)
    }

    fn hold_articles(&mut self, ids: &[ArticleId]) -> Result<Vec<ArticleId>, Error> {
        self.hold_rows(Row::Article, &keys(ids))?;
        self.known_articles(ids)
    }

    fn articles(
        &mut self,
        filter: &ArticleFilter,
        limit: u16,
    ) -> Result<Vec<(Guarded<Article>, Glance)>, Error> {
        let found = match rises(filter) {
            Rises::Yes => filtered(filter).order((articles::updated_at, articles::id)),
            Rises::No => filtered(filter).order((articles::updated_at.desc(), articles::id.desc())),
        };
        let rows: Vec<(Key, i64, StateRow, GlanceRow)> =
            found.limit(limit.into()).select((articles::id, articles::version, STATE, GLANCE)).load(self)?;
        rows.into_iter()
            .map(|(id, version, state, glance)| Ok((state.article(id, version)?, glance.glance()?)))
            .collect()
    }

    fn count_articles(&mut self, filter: &ArticleFilter) -> Result<i64, Error> {
        let whole = ArticleFilter { from: None, ..filter.clone() };
        Ok(filtered(&whole).count().get_result(self)?)
    }

    fn save_working_copy(
        &mut self,
        article: &Allowed<Article>,
        seen: Seen,
        before: &Revision,
        revision: &Revision,
    ) -> Result<Version, Error> {
        let version = update(self, article, seen, Some(GlanceRow::of(revision)))?;
        insert_revision(self, article.id, revision)?;
        refile(self, article, &before.content, &revision.content)?;
        Ok(version)
    }

    fn save_amendment(
        &mut self,
        article: &Allowed<Article>,
        seen: Seen,
        amendment: &Amendment<'_>,
        now: Moment,
    ) -> Result<Version, Error> {
        let Amendment { revision, working } = amendment;
        let seen_until = seen_until(self, article.id, now)?;
        let glance = working.map(|(_, after)| GlanceRow::of(after));
        let version = update(self, article, seen, glance)?;
        insert_revision(self, article.id, revision)?;
        if let Some((before, after)) = working {
            if after.number != revision.number {
                insert_revision(self, article.id, after)?;
            }
            refile(self, article, &before.content, &after.content)?;
        }
        reserve(self, article.id, &revision.content.slug)?;
        show(self, article, now, seen_until)?;
        Ok(version)
    }

    fn save_article(&mut self, article: &Allowed<Article>, seen: Seen) -> Result<Version, Error> {
        let version = update(self, article, seen, None)?;
        name_writers(self, article)?;
        Ok(version)
    }

    fn save_publication(
        &mut self,
        article: &Allowed<Article>,
        seen: Seen,
        now: Moment,
    ) -> Result<Version, Error> {
        let seen_until = seen_until(self, article.id, now)?;
        let version = update(self, article, seen, None)?;
        show(self, article, now, seen_until)?;
        Ok(version)
    }

    fn articles_replaced_by(&mut self, id: ArticleId, limit: u16) -> Result<Vec<ArticleId>, Error> {
        replaced_by(self, id, limit)
    }

    fn delete_article(
        &mut self,
        article: &Granted<Article, DeleteArticles>,
        seen: Seen,
    ) -> Result<(), Error> {
        seen_version(article.version, seen)?;
        self.drop_terms(article.id)?;
        diesel::delete(articles::table.find(Key(article.id.uuid())))
            .filter(articles::version.eq(article.version.number()))
            .execute(self)
            .one_row_or(|| Error::Stale { current: article.version })
    }

    fn revision(&mut self, id: ArticleId, number: RevisionNumber) -> Result<Option<Revision>, Error> {
        let here = revisions::table.find((Key(id.uuid()), place(number)?));
        let row: Option<(SavedRow, Vec<u8>)> =
            here.select((SAVED, revisions::content_hash)).get_result(self).optional()?;
        let Some((row, hash)) = row else { return Ok(None) };
        let Saved { number, author, note, saved_at } = saved(row)?;
        let hash = DocumentHash::new(hash.try_into().map_err(|_| Error::defect("a hash of another length"))?);
        let content = contents::parsed(hash, || {
            let Json(json) = here.select(revisions::content).get_result(self)?;
            Ok(json)
        })?;
        Ok(Some(Revision { number, author, note, saved_at, content }))
    }

    fn revisions(
        &mut self,
        id: ArticleId,
        from: Option<From<RevisionNumber>>,
        limit: u16,
    ) -> Result<Vec<Saved>, Error> {
        let page = revisions::table.filter(revisions::article_id.eq(Key(id.uuid()))).into_boxed();
        let page = match from {
            None => page.order(revisions::number.desc()),
            Some(From::Behind(number)) => {
                page.filter(revisions::number.lt(place(number)?)).order(revisions::number.desc())
            }
            Some(From::Before(number)) => {
                page.filter(revisions::number.gt(place(number)?)).order(revisions::number)
            }
        };
        let rows: Vec<SavedRow> = page.limit(limit.into()).select(SAVED).load(self)?;
        rows.into_iter().map(saved).collect()
    }

    fn article_of_slug(&mut self, slug: &Slug) -> Result<Option<ArticleId>, Error> {
        let id: Option<Key> = article_slugs::table
            .find(slug.as_str())
            .select(article_slugs::article_id)
            .get_result(self)
            .optional()?;
        Ok(id.map(|key| ArticleId::new(key.0)))
    }

    fn articles_of_slugs(&mut self, slugs: &[Slug]) -> Result<HashMap<Slug, ArticleId>, Error> {
        if slugs.is_empty() {
            return Ok(HashMap::new());
        }
        let rows: Vec<(String, Key)> = article_slugs::table
            .filter(among(article_slugs::slug, slugs.iter().map(Slug::as_str)))
            .select((article_slugs::slug, article_slugs::article_id))
            .load(self)?;
        rows.into_iter().map(|(slug, key)| Ok((stored(Slug::parse(&slug))?, ArticleId::new(key.0)))).collect()
    }

    fn known_articles(&mut self, ids: &[ArticleId]) -> Result<Vec<ArticleId>, Error> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let found: Vec<Key> =
            articles::table.filter(among(articles::id, keys(ids))).select(articles::id).load(self)?;
        Ok(found.into_iter().map(|key| ArticleId::new(key.0)).collect())
    }

    fn visible_articles(&mut self, ids: &[ArticleId], now: Moment) -> Result<Vec<ArticleId>, Error> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let found: Vec<Key> = live(now)
            .filter(among(live_articles::article_id, keys(ids)))
            .select(live_articles::article_id)
            .load(self)?;
        Ok(found.into_iter().map(|key| ArticleId::new(key.0)).collect())
    }

    fn appearance(&mut self, id: ArticleId) -> Result<Appearance, Error> {
        Ok(self.appearances(&[id])?.remove(&id).unwrap_or_default())
    }

    fn appearances(&mut self, ids: &[ArticleId]) -> Result<HashMap<ArticleId, Appearance>, Error> {
        let keys = keys(ids);
        let documents: Vec<(Key, Json)> = live_articles::table
            .filter(among(live_articles::article_id, &keys))
            .order((live_articles::article_id, live_articles::place))
            .select((live_articles::article_id, live_articles::content))
            .load(self)?;
        let slugs: Vec<(Key, String)> = article_slugs::table
            .filter(among(article_slugs::article_id, &keys))
            .filter(article_slugs::public_from.is_not_null())
            .select((article_slugs::article_id, article_slugs::slug))
            .load(self)?;
        let fronts: Vec<(Key, Key)> = front_items::table
            .filter(among(front_items::article_id, &keys))
            .order((front_items::article_id, front_items::front_id))
            .select((front_items::article_id, front_items::front_id))
            .load(self)?;
        let mut appearing: HashMap<_, Appearance> = HashMap::new();
        for (article, document) in documents {
            let content = Document::read(&document.0).map_err(Error::defect)?;
            appearing.entry(ArticleId::new(article.0)).or_default().contents.push(content);
        }
        for (article, slug) in slugs {
            let slug = stored(Slug::parse(&slug))?;
            appearing.entry(ArticleId::new(article.0)).or_default().slugs.push(slug);
        }
        for (article, front) in fronts {
            let front = FrontId::new(front.0);
            appearing.entry(ArticleId::new(article.0)).or_default().fronts.push(front);
        }
        Ok(appearing)
    }

    fn add_correction(
        &mut self,
        article: &Granted<Article, CorrectArticles>,
        correction: &Correction,
    ) -> Result<(), Error> {
        let row = CorrectionRow::of(article.id, correction)?;
        diesel::insert_into(corrections::table).values(row).execute(self)?;
        Ok(())
    }

    fn drop_waiting_corrections(
        &mut self,
        article: &Granted<Article, PublishArticles>,
        now: Moment,
    ) -> Result<(), Error> {
        let mut unscheduled = Article::clone(article);
        if let Some(publication) = &mut unscheduled.publication {
            publication.next = None;
        }
        settle_corrections(self, &unscheduled, now)
    }

    fn supersede_correction(
        &mut self,
        article: &Granted<Article, CorrectArticles>,
        correction: CorrectionId,
        by: CorrectionId,
    ) -> Result<(), Error> {
        diesel::update(corrections::table.find(Key(correction.uuid())))
            .filter(corrections::article_id.eq(Key(article.id.uuid())))
            .filter(corrections::superseded_by.is_null())
            .set(corrections::superseded_by.eq(Key(by.uuid())))
            .execute(self)
            .one_row_or(|| Error::defect("a correction was superseded twice"))
    }

    fn corrections(&mut self, id: ArticleId) -> Result<Vec<Correction>, Error> {
        let rows: Vec<CorrectionRow> = corrections::table
            .filter(corrections::article_id.eq(Key(id.uuid())))
            .order((corrections::published_at, corrections::id))
            .load(self)?;
        rows.into_iter().map(CorrectionRow::correction).collect()
    }
}

fn keys(ids: &[ArticleId]) -> Vec<Key> {
    ids.iter().map(|id| Key(id.uuid())).collect()
}

/// Writes a row, if it is still at the version that was read, and that is the one that was seen.
fn update(
    conn: &mut Conn,
    article: &Article,
    seen: Seen,
    glance: Option<GlanceRow>,
) -> Result<Version, Error> {
    let next = seen_version(article.version, seen)?;
    let here = articles::id.eq(Key(article.id.uuid())).and(articles::version.eq(article.version.number()));
    let changes = (articles::version.eq(next.number()), StateRow::of(article)?, glance);
    prepared::update(here, changes).execute(conn).one_row_or(|| Error::Stale { current: next })?;
    Ok(next)
}

/// Names the writers of an article in rows of their own, by which what they write is found.
fn name_writers(conn: &mut Conn, article: &Article) -> Result<(), Error> {
    let id = Key(article.id.uuid());
    diesel::delete(article_writers::table.filter(article_writers::article_id.eq(id))).execute(conn)?;
    let row =
        |user: &UserId| (article_writers::article_id.eq(id), article_writers::user_id.eq(Key(user.uuid())));
    let rows: Vec<_> = article.writers.as_slice().iter().map(row).collect();
    diesel::insert_into(article_writers::table).values(rows).execute(conn)?;
    Ok(())
}

fn insert_revision(conn: &mut Conn, article: ArticleId, revision: &Revision) -> Result<(), Error> {
    diesel::insert_into(revisions::table).values(RevisionRow::of(article, revision)?).execute(conn)?;
    Ok(())
}
