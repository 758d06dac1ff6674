//! The statements of fronts as readers see them.

use std::collections::HashMap;

use diesel::prelude::*;
use domain::article::content::texts::Headline;
use domain::front::FrontItem;
use domain::id::{ArticleId, FrontId};
use domain::paging::From;
use domain::slug::Slug;
use domain::thing::ThingKind;
use domain::time::Moment;

use super::super::Conn;
use super::live::SHOWN;
use super::visibility::live;
use super::{fronts as kept, slugs};
use crate::among::among;
use crate::changes::LiveItem;
use crate::error::Error;
use crate::fronts::LiveFront;
use crate::live::{Live, LiveArticle};
use crate::rows::fronts::{FrontRow, ItemRow};
use crate::rows::live::LiveRow;
use crate::schema::{fronts, live_articles};
use crate::sql::Key;

pub(super) fn page(conn: &mut Conn, from: Option<&From<Slug>>, limit: u16) -> Result<Vec<LiveFront>, Error> {
    kept::page(conn, from, limit)?.into_iter().map(FrontRow::live).collect()
}

pub(super) fn by_slug(conn: &mut Conn, slug: &Slug) -> Result<Option<LiveFront>, Error> {
    let Some(id) = slugs::holder(conn, ThingKind::Front, slug)? else { return Ok(None) };
    let row: Option<FrontRow> = fronts::table.find(Key(id)).get_result(conn).optional()?;
    row.map(FrontRow::live).transpose()
}

pub(super) fn seen(conn: &mut Conn, ids: &[FrontId]) -> Result<Vec<LiveFront>, Error> {
    let keys: Vec<_> = ids.iter().map(|id| Key(id.uuid())).collect();
    let rows: Vec<FrontRow> = fronts::table.filter(among(fronts::id, keys)).load(conn)?;
    rows.into_iter().map(FrontRow::live).collect()
}

/// What readers see of many fronts, in two statements.
pub(super) fn items_seen(
    conn: &mut Conn,
    ids: &[FrontId],
    now: Moment,
) -> Result<HashMap<FrontId, Vec<LiveItem>>, Error> {
    let items = kept::items_of(conn, ids)?;
    let articles: Vec<_> = items.iter().map(|(_, item)| item.article).collect();
    let addresses = conn.live_addresses(&articles, now)?;
    let mut seen: HashMap<_, Vec<_>> = HashMap::new();
    for (front, FrontItem { article, headline }) in items {
        if let Some(address) = addresses.get(&article) {
            let headline = headline.unwrap_or_else(|| address.headline.clone());
            seen.entry(front).or_default().push(LiveItem { article, headline });
        }
    }
    Ok(seen)
}

pub(super) fn articles_of(
    conn: &mut Conn,
    id: FrontId,
    now: Moment,
) -> Result<Vec<(LiveArticle, Option<Headline>)>, Error> {
    let items = kept::items(conn, id)?.into_iter().map(ItemRow::item);
    let items = items.collect::<Result<Vec<_>, _>>()?;
    let keys: Vec<_> = items.iter().map(|item| Key(item.article.uuid())).collect();
    let rows: Vec<LiveRow> =
        live(now).filter(among(live_articles::article_id, keys)).select(SHOWN).load(conn)?;
    let seen = rows.into_iter().map(|row| row.article().map(|article| (article.id, article)));
    let mut seen: HashMap<ArticleId, LiveArticle> = seen.collect::<Result<_, _>>()?;
    let shown = items.into_iter().filter_map(|FrontItem { article, headline }| {
        seen.remove(&article).map(|article| (article, headline))
    });
    Ok(shown.collect())
}
