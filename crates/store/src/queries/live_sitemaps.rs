//! The statements of sitemaps. They read an index and no content, since they name every article of a site.

use diesel::dsl::{count_star, max, min};
use diesel::prelude::*;
use domain::article::content::texts::Headline;
use domain::id::ArticleId;
use domain::language::Language;
use domain::month::Month;
use domain::slug::Slug;
use domain::time::Moment;

use super::super::Conn;
use super::visibility::{live, visible};
use crate::error::Error;
use crate::live::{LiveMonth, LiveNews, LivePage};
use crate::rows::stored;
use crate::schema::live_articles;
use crate::sql::{At, Key};

/// A month, its articles, their last change and their first end.
type MonthRow = (Option<i32>, i64, Option<At>, Option<At>);

pub(super) fn months(conn: &mut Conn, now: Moment) -> Result<Vec<LiveMonth>, Error> {
    let rows: Vec<MonthRow> = live_articles::table
        .filter(visible(now))
        .filter(live_articles::sitemap_month.is_not_null())
        .group_by(live_articles::sitemap_month)
        .order(live_articles::sitemap_month)
        .select((
            live_articles::sitemap_month,
            count_star(),
            max(live_articles::updated_at),
            min(live_articles::expires_at),
        ))
        .load(conn)?;
    let month = |(month, pages, updated_at, expires_at): MonthRow| {
        Some(LiveMonth {
            month: Month::new(month?),
            pages: u32::try_from(pages).unwrap_or(u32::MAX),
            updated_at: updated_at?.0,
            expires_at: expires_at.map(|at| at.0),
        })
    };
    Ok(rows.into_iter().filter_map(month).collect())
}

pub(super) fn pages(
    conn: &mut Conn,
    month: Month,
    skipped: u32,
    limit: u16,
    now: Moment,
) -> Result<Vec<LivePage>, Error> {
    let rows: Vec<(Key, String, At, Option<At>)> = live(now)
        .filter(live_articles::sitemap_month.eq(month.number()))
        .order(live_articles::article_id)
        .offset(skipped.into())
        .limit(limit.into())
        .select((
            live_articles::article_id,
            live_articles::slug,
            live_articles::updated_at,
            live_articles::expires_at,
        ))
        .load(conn)?;
    let page = |(id, slug, updated_at, expires_at): (Key, String, At, Option<At>)| {
        Ok(LivePage {
            id: ArticleId::new(id.0),
            slug: stored(Slug::parse(&slug))?,
            updated_at: updated_at.0,
            expires_at: expires_at.map(|at| at.0),
        })
    };
    rows.into_iter().map(page).collect()
}

pub(super) fn news(conn: &mut Conn, since: Moment, limit: u16, now: Moment) -> Result<Vec<LiveNews>, Error> {
    let rows: Vec<(Key, String, String, String, At, Option<At>)> = live(now)
        .filter(live_articles::sitemap_month.is_not_null())
        .filter(live_articles::published_at.gt(At(since)))
        .order((live_articles::published_at.desc(), live_articles::article_id.desc()))
        .limit(limit.into())
        .select((
            live_articles::article_id,
            live_articles::slug,
            live_articles::headline,
            live_articles::language,
            live_articles::published_at,
            live_articles::expires_at,
        ))
        .load(conn)?;
    let piece = |(id, slug, headline, language, published_at, expires_at): (
        Key,
        String,
        String,
        String,
        At,
        Option<At>,
    )| {
        Ok(LiveNews {
            id: ArticleId::new(id.0),
            slug: stored(Slug::parse(&slug))?,
            headline: stored(Headline::parse(&headline))?,
            language: stored(Language::parse(&language))?,
            published_at: published_at.0,
            expires_at: expires_at.map(|at| at.0),
        })
    };
    rows.into_iter().map(piece).collect()
}
