//! The rows of what readers see.

use diesel::Queryable;
use domain::article::publication::Times;
use domain::id::ArticleId;
use domain::slug::Slug;

use super::articles::number;
use super::stored;
use crate::contents::{self, Shown};
use crate::error::Error;
use crate::live::LiveArticle;
use crate::sql::{At, Json, Key};

#[derive(Queryable)]
pub(crate) struct LiveRow {
    article_id: Key,
    revision: i32,
    first_published_at: At,
    published_at: At,
    updated_at: At,
    expires_at: Option<At>,
    slug: String,
    content: Json,
}

impl LiveRow {
    pub(crate) fn article(self) -> Result<LiveArticle, Error> {
        let Self {
            article_id,
            revision,
            first_published_at,
            published_at,
            updated_at,
            expires_at,
            slug,
            content,
        } = self;
        let Shown { content, reading } = contents::shown(content.0)?;
        Ok(LiveArticle {
            id: ArticleId::new(article_id.0),
            slug: stored(Slug::parse(&slug))?,
            revision: number(revision)?,
            times: Times {
                first_published_at: first_published_at.0,
                published_at: published_at.0,
                updated_at: updated_at.0,
            },
            expires_at: expires_at.map(|at| at.0),
            content,
            reading,
        })
    }
}
