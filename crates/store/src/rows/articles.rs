//! The rows of articles, revisions and corrections.

use diesel::{AsChangeset, Insertable, Queryable};
use domain::article::aggregate::{Article, InternalNote, Writers};
use domain::article::content::ArticleKind;
use domain::article::content::document::Document;
use domain::article::content::texts::Headline;
use domain::article::correction::{Correction, CorrectionKind, CorrectionText};
use domain::article::embargo::Embargo;
use domain::article::publication::{Publication, Shown, Standing};
use domain::article::revision::{Revision, RevisionNote, RevisionNumber};
use domain::article::stage::Stage;
use domain::block::id::BlockId;
use domain::id::{ArticleId, CorrectionId, SectionId, UserId};
use domain::language::Language;
use domain::policy::Guarded;
use domain::slug::Slug;
use domain::version::Version;
use serde::{Deserialize, Serialize};

use super::stored;
use crate::articles::{Glance, Saved};
use crate::contents;
use crate::error::Error;
use crate::schema::{articles, corrections, revisions};
use crate::sql::{At, Json, Key};

/// What of an article is read only as a whole.
#[derive(Serialize, Deserialize)]
struct Lifecycle {
    writers: Writers,
    publication: Option<Publication>,
    embargo: Option<Embargo>,
    internal_note: Option<InternalNote>,
}

/// The part of an article's row that every save writes.
#[derive(AsChangeset, Insertable, Queryable)]
#[diesel(table_name = articles, treat_none_as_null = true)]
pub(crate) struct StateRow {
    owner_id: Key,
    stage: String,
    revision: i32,
    last_revision: i32,
    lifecycle: Json,
    standing: String,
    expires_at: Option<At>,
    created_at: At,
    updated_at: At,
}

/// How the row of a publication is found by its state; which of the three that the clock decides is asked with the
/// instant.
pub(crate) mod standing {
    pub(crate) const NONE: &str = "none";
    pub(crate) const PLANNED: &str = "planned";
    pub(crate) const UNPUBLISHED: &str = "unpublished";
    pub(crate) const WITHDRAWN: &str = "withdrawn";
}

fn standing_of(publication: Option<&Publication>) -> &'static str {
    match publication {
        None => standing::NONE,
        Some(Publication { shown: Some(Shown { standing: Standing::Withdrawn { .. }, .. }), .. }) => {
            standing::WITHDRAWN
        }
        Some(Publication {
            shown: Some(Shown { standing: Standing::Unpublished { .. }, .. }),
            next: None,
            ..
        }) => standing::UNPUBLISHED,
        Some(_) => standing::PLANNED,
    }
}

impl StateRow {
    pub(crate) fn of(article: &Article) -> Result<Self, Error> {
        let Article {
            id: _,
            version: _,
            owner,
            writers,
            stage,
            publication,
            embargo,
            internal_note,
            revision,
            last_revision,
            created_at,
            updated_at,
        } = article;
        let lifecycle = Lifecycle {
            writers: writers.clone(),
            publication: publication.clone(),
            embargo: embargo.clone(),
            internal_note: internal_note.clone(),
        };
        Ok(Self {
            owner_id: Key(owner.uuid()),
            stage: stage.name().to_owned(),
            revision: place(*revision)?,
            last_revision: place(*last_revision)?,
            lifecycle: Json(serde_json::to_string(&lifecycle).map_err(Error::defect)?),
            standing: standing_of(publication.as_ref()).to_owned(),
            expires_at: publication.as_ref().and_then(Publication::ends_at).map(At),
            created_at: At(*created_at),
            updated_at: At(*updated_at),
        })
    }

    pub(crate) fn publication(lifecycle: &Json) -> Result<Option<Publication>, Error> {
        let lifecycle: Lifecycle = serde_json::from_str(&lifecycle.0).map_err(Error::defect)?;
        Ok(lifecycle.publication)
    }

    pub(crate) fn article(self, id: Key, version: i64) -> Result<Guarded<Article>, Error> {
        let Self {
            owner_id,
            stage,
            revision,
            last_revision,
            lifecycle,
            standing,
            expires_at,
            created_at,
            updated_at,
        } = self;
        let Lifecycle { writers, publication, embargo, internal_note } =
            serde_json::from_str(&lifecycle.0).map_err(Error::defect)?;
        let told = publication.as_ref().and_then(Publication::ends_at);
        if standing != standing_of(publication.as_ref()) || expires_at.map(|end| end.0) != told {
            return Err(Error::defect("a publication differs from the columns by which it is found"));
        }
        let article = Article {
            id: ArticleId::new(id.0),
            version: stored(Version::parse(version))?,
            owner: UserId::new(owner_id.0),
            writers,
            stage: stored(Stage::parse(&stage))?,
            publication,
            embargo,
            internal_note,
            revision: number(revision)?,
            last_revision: number(last_revision)?,
            created_at: created_at.0,
            updated_at: updated_at.0,
        };
        stored(article.stored()).map(Guarded::new)
    }
}

/// The part of an article's row by which its working copy is found.
#[derive(AsChangeset, Insertable, Queryable)]
#[diesel(table_name = articles, treat_none_as_null = true)]
pub(crate) struct GlanceRow {
    headline: String,
    headline_folded: String,
    slug: String,
    kind: String,
    language: String,
    section_id: Option<Key>,
}

impl GlanceRow {
    pub(crate) fn of(revision: &Revision) -> Self {
        let content = &revision.content;
        let headline = content.headline.as_str();
        Self {
            headline: headline.to_owned(),
            headline_folded: headline.to_lowercase(),
            slug: content.slug.as_str().to_owned(),
            kind: content.kind.name().to_owned(),
            language: content.language.as_str().to_owned(),
            section_id: content.section.map(|section| Key(section.uuid())),
        }
    }

    pub(crate) fn glance(self) -> Result<Glance, Error> {
        let Self { headline, headline_folded: _, slug, kind, language, section_id } = self;
        Ok(Glance {
            headline: stored(Headline::parse(&headline))?,
            slug: stored(Slug::parse(&slug))?,
            kind: stored(ArticleKind::parse(&kind))?,
            language: stored(Language::parse(&language))?,
            section: section_id.map(|key| SectionId::new(key.0)),
        })
    }
}

#[derive(Insertable)]
#[diesel(table_name = revisions)]
pub(crate) struct RevisionRow {
    article_id: Key,
    number: i32,
    content: Json,
    content_hash: Vec<u8>,
    author_id: Key,
    note: Option<String>,
    saved_at: At,
}

impl RevisionRow {
    pub(crate) fn of(article: ArticleId, revision: &Revision) -> Result<Self, Error> {
        let Revision { number, author, note, saved_at, content } = revision;
        let document = Document::write(content).map_err(Error::defect)?;
        contents::keep(document.hash(), document.json().len(), content);
        Ok(Self {
            article_id: Key(article.uuid()),
            number: place(*number)?,
            content_hash: document.hash().octets().to_vec(),
            content: Json(document.into_json()),
            author_id: Key(author.uuid()),
            note: note.as_ref().map(|note| note.as_str().to_owned()),
            saved_at: At(*saved_at),
        })
    }
}

/// What a list reads of a revision.
pub(crate) type SavedRow = (i32, Key, Option<String>, At);

pub(crate) fn saved((place, author, note, saved_at): SavedRow) -> Result<Saved, Error> {
    Ok(Saved {
        number: number(place)?,
        author: UserId::new(author.0),
        note: note.map(|note| stored(RevisionNote::parse(&note))).transpose()?,
        saved_at: saved_at.0,
    })
}

#[derive(Insertable, Queryable)]
#[diesel(table_name = corrections)]
pub(crate) struct CorrectionRow {
    id: Key,
    article_id: Key,
    kind: String,
    text: String,
    block: Option<String>,
    published_at: At,
    author_id: Key,
    superseded_by: Option<Key>,
    waits_for: Option<i32>,
}

impl CorrectionRow {
    pub(crate) fn of(article: ArticleId, correction: &Correction) -> Result<Self, Error> {
        let Correction { id, kind, text, block, published_at, author, superseded_by, waits_for } = correction;
        Ok(Self {
            id: Key(id.uuid()),
            article_id: Key(article.uuid()),
            kind: kind.name().to_owned(),
            text: text.as_str().to_owned(),
            block: block.as_ref().map(|block| block.as_str().to_owned()),
            published_at: At(*published_at),
            author_id: Key(author.uuid()),
            superseded_by: superseded_by.map(|id| Key(id.uuid())),
            waits_for: waits_for.map(place).transpose()?,
        })
    }

    pub(crate) fn correction(self) -> Result<Correction, Error> {
        let Self { id, article_id: _, kind, text, block, published_at, author_id, superseded_by, waits_for } =
            self;
        Ok(Correction {
            id: CorrectionId::new(id.0),
            kind: stored(CorrectionKind::parse(&kind))?,
            text: stored(CorrectionText::parse(&text))?,
            block: block.map(|block| stored(BlockId::parse(&block))).transpose()?,
            published_at: published_at.0,
            author: UserId::new(author_id.0),
            superseded_by: superseded_by.map(|key| CorrectionId::new(key.0)),
            waits_for: waits_for.map(number).transpose()?,
        })
    }
}

/// A revision's number as the databases count.
pub(crate) fn place(number: RevisionNumber) -> Result<i32, Error> {
    i32::try_from(number.number()).map_err(Error::defect)
}

/// The way back.
pub(crate) fn number(place: i32) -> Result<RevisionNumber, Error> {
    stored(RevisionNumber::parse(u32::try_from(place).map_err(Error::defect)?))
}
