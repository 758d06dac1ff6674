//! When threads close by the clock alone. What the site says of that is applied as it is asked for, so that a site whose
//! settings change needs no row written anew.

use std::collections::{BTreeMap, BTreeSet};

use diesel::prelude::*;
use domain::comment::settings::{OpenDays, ThreadOverride};
use domain::id::ArticleId;
use domain::time::Moment;

use super::super::Conn;
use super::publication::never;
use crate::comments::DueClosing;
use crate::error::Error;
use crate::prepared;
use crate::schema::thread_closings;
use crate::sql::{At, Key};

/// Notes when the thread of an article closes whose publications carry these dates. What has been announced is not
/// announced again while nothing of it is another.
pub(super) fn plan(
    conn: &mut Conn,
    article: ArticleId,
    published: &BTreeSet<Moment>,
    own: &ThreadOverride,
) -> Result<(), Error> {
    let mut known = known(conn, article)?;
    for &at in published {
        let closes_at = own.closes.map(|closes| closes.at(at).unwrap_or_else(never));
        match known.remove(&at) {
            Some(planned) if planned == closes_at => {}
            Some(_) => {
                let row = thread_closings::article_id
                    .eq(Key(article.uuid()))
                    .and(thread_closings::published_at.eq(At(at)));
                let changes =
                    (thread_closings::closes_at.eq(closes_at.map(At)), thread_closings::announced.eq(false));
                prepared::update(row, changes).execute(conn)?;
            }
            None => {
                diesel::insert_into(thread_closings::table)
                    .values((
                        thread_closings::article_id.eq(Key(article.uuid())),
                        thread_closings::published_at.eq(At(at)),
                        thread_closings::closes_at.eq(closes_at.map(At)),
                        thread_closings::announced.eq(false),
                    ))
                    .execute(conn)?;
            }
        }
    }
    for at in known.into_keys() {
        diesel::delete(thread_closings::table.find((Key(article.uuid()), At(at)))).execute(conn)?;
    }
    Ok(())
}

/// Notes the same where only what the article says has changed.
pub(super) fn plan_anew(conn: &mut Conn, article: ArticleId, own: &ThreadOverride) -> Result<(), Error> {
    let published = known(conn, article)?.into_keys().collect();
    plan(conn, article, &published, own)
}

fn known(conn: &mut Conn, article: ArticleId) -> Result<BTreeMap<Moment, Option<Moment>>, Error> {
    let rows: Vec<(At, Option<At>)> = thread_closings::table
        .filter(thread_closings::article_id.eq(Key(article.uuid())))
        .select((thread_closings::published_at, thread_closings::closes_at))
        .load(conn)?;
    Ok(rows.into_iter().map(|(published, closes)| (published.0, closes.map(|at| at.0))).collect())
}

pub(super) fn due(
    conn: &mut Conn,
    until: Moment,
    open_days: Option<OpenDays>,
    limit: u16,
) -> Result<Vec<DueClosing>, Error> {
    let waiting = || {
        let columns =
            (thread_closings::article_id, thread_closings::published_at, thread_closings::closes_at);
        thread_closings::table.filter(thread_closings::announced.eq(false)).select(columns)
    };
    let mut rows: Vec<(Key, At, Option<At>)> = waiting()
        .filter(thread_closings::closes_at.assume_not_null().le(At(until)))
        .order((thread_closings::closes_at, thread_closings::published_at))
        .limit(limit.into())
        .load(conn)?;
    if let Some(days) = open_days {
        let by_site: Vec<(Key, At, Option<At>)> = waiting()
            .filter(thread_closings::closes_at.is_null())
            .filter(thread_closings::published_at.le(At(days.before(until))))
            .order(thread_closings::published_at)
            .limit(limit.into())
            .load(conn)?;
        rows.extend(by_site);
    }
    rows.truncate(limit.into());
    let due = rows.into_iter().filter_map(|(id, published, own)| {
        let (article, published_at) = (ArticleId::new(id.0), published.0);
        let at = own.map(|at| at.0).or_else(|| open_days.map(|days| days.after(published_at)))?;
        Some(DueClosing { article, published_at, at })
    });
    Ok(due.collect())
}

pub(super) fn take(conn: &mut Conn, closing: &DueClosing) -> Result<bool, Error> {
    let row = thread_closings::article_id
        .eq(Key(closing.article.uuid()))
        .and(thread_closings::published_at.eq(At(closing.published_at)))
        .and(thread_closings::announced.eq(false));
    Ok(prepared::update(row, thread_closings::announced.eq(true)).execute(conn)? == 1)
}
