//! The statements by which readers see threads: each begins with an article that they see.

use std::collections::HashMap;

use diesel::prelude::*;
use domain::article::content::reference::Ref;
use domain::comment::place::Place;
use domain::comment::settings::ThreadOverride;
use domain::comment::state::CommentState;
use domain::id::{ArticleId, CommentId};
use domain::paging::From;
use domain::slug::Slug;
use domain::time::Moment;

use super::super::Conn;
use super::live::{addressed, withdrawn};
use super::visibility::live;
use crate::among::among;
use crate::error::Error;
use crate::live::{Found, LiveComment, LiveThread, OwnThread, ThreadOrder};
use crate::rows::comments::LiveCommentRow;
use crate::rows::stored;
use crate::schema::{comment_threads, comments, live_articles};
use crate::sql::{At, Json, Key};

type ThreadRow = (Key, String, At, Option<At>);

pub(super) fn thread(
    conn: &mut Conn,
    name: &Ref<ArticleId>,
    now: Moment,
) -> Result<Option<Found<LiveThread>>, Error> {
    let Some(id) = addressed(conn, name, now)? else { return Ok(None) };
    let row: Option<ThreadRow> = live(now)
        .filter(live_articles::article_id.eq(id))
        .select((
            live_articles::article_id,
            live_articles::slug,
            live_articles::published_at,
            live_articles::expires_at,
        ))
        .get_result(conn)
        .optional()?;
    let Some((id, slug, published_at, expires_at)) = row else { return withdrawn(conn, id, now) };
    let article = ArticleId::new(id.0);
    let slug = stored(Slug::parse(&slug))?;
    let own = threads_of(conn, &[article])?.remove(&article).unwrap_or_default();
    let (published_at, expires_at) = (published_at.0, expires_at.map(|at| at.0));
    Ok(Some(Found::Visible(LiveThread { article, slug, published_at, expires_at, own })))
}

pub(super) fn threads_of(conn: &mut Conn, ids: &[ArticleId]) -> Result<HashMap<ArticleId, OwnThread>, Error> {
    let read = |(id, Json(policy), visible): (Key, Json, i64)| {
        let policy: ThreadOverride = serde_json::from_str(&policy).map_err(Error::defect)?;
        let visible = u64::try_from(visible).map_err(Error::defect)?;
        Ok((ArticleId::new(id.0), OwnThread { policy, visible }))
    };
    let columns = (comment_threads::article_id, comment_threads::policy, comment_threads::visible);
    // One thread is asked for by a statement that is prepared once.
    if let [one] = ids {
        let row = comment_threads::table.find(Key(one.uuid())).select(columns).get_result(conn).optional()?;
        return row.into_iter().map(read).collect();
    }
    let keys: Vec<_> = ids.iter().map(|id| Key(id.uuid())).collect();
    let rows: Vec<(Key, Json, i64)> =
        comment_threads::table.filter(among(comment_threads::article_id, keys)).select(columns).load(conn)?;
    rows.into_iter().map(read).collect()
}

pub(super) fn place_of(conn: &mut Conn, article: ArticleId, id: CommentId) -> Result<Option<Place>, Error> {
    let place: Option<Vec<u8>> = comments::table
        .find(Key(id.uuid()))
        .filter(comments::article_id.eq(Key(article.uuid())))
        .filter(comments::state.eq(CommentState::Visible.name()))
        .select(comments::place)
        .get_result(conn)
        .optional()?;
    place.map(|place| stored(Place::parse(&place))).transpose()
}

pub(super) fn comments_of(
    conn: &mut Conn,
    article: ArticleId,
    order: ThreadOrder,
    from: Option<&From<Place>>,
    limit: u16,
) -> Result<Vec<LiveComment>, Error> {
    let listed = comments::table
        .filter(comments::article_id.eq(Key(article.uuid())))
        .filter(comments::listed.eq(true))
        .into_boxed();
    let listed = match order {
        ThreadOrder::OldestFirst => match from {
            None => listed.order(comments::place.asc()),
            Some(From::Behind(place)) => {
                listed.filter(comments::place.gt(place.octets())).order(comments::place.asc())
            }
            Some(From::Before(place)) => {
                listed.filter(comments::place.lt(place.octets())).order(comments::place.desc())
            }
        },
        ThreadOrder::NewestFirst => match from {
            None => listed.order(comments::place_newest.asc()),
            Some(From::Behind(place)) => listed
                .filter(comments::place_newest.gt(place.newest_first()))
                .order(comments::place_newest.asc()),
            Some(From::Before(place)) => listed
                .filter(comments::place_newest.lt(place.newest_first()))
                .order(comments::place_newest.desc()),
        },
    };
    let rows: Vec<LiveCommentRow> = listed
        .limit(limit.into())
        .select((
            comments::place,
            comments::state,
            comments::author_name,
            comments::staff_id,
            comments::body,
            comments::featured_at,
            comments::created_at,
            comments::edited_at,
        ))
        .load(conn)?;
    rows.into_iter().map(LiveCommentRow::comment).collect()
}
