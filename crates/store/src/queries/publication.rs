//! Writes what readers see of an article and when, from its windows, in the transaction that decides it.

use chrono::{DateTime, Utc};
use diesel::prelude::*;
use domain::article::aggregate::Article;
use domain::article::content::document::Document;
use domain::article::correction::Correction;
use domain::article::publication::{Publication, Shown, Standing};
use domain::article::windows::Window;
use domain::article::withdrawal::Withdrawal;
use domain::id::ArticleId;
use domain::month::Month;
use domain::time::Moment;

use super::super::Conn;
use super::search_terms::look_through;
use super::thread_closings;
use super::upkeep::plan;
use super::working_copy::{name, picture, release, tag};
use crate::articles::Articles;
use crate::comments::Comments;
use crate::error::Error;
use crate::prepared;
use crate::rows::articles::{CorrectionRow, StateRow, place};
use crate::schema::{
    article_contributors, article_photos, article_slugs, article_tags, articles, corrections, live_articles,
    withdrawn_articles,
};
use crate::sql::{At, Json, Key};

/// Until when readers may have seen an article as it is stored: until now, or, by a clock that was ahead, until what it says of
/// itself. It is asked before that changes.
pub(super) fn seen_until(conn: &mut Conn, id: ArticleId, now: Moment) -> Result<Moment, Error> {
    let stored: Option<Json> =
        articles::table.find(Key(id.uuid())).select(articles::lifecycle).get_result(conn).optional()?;
    let publication = stored.as_ref().map(StateRow::publication).transpose()?.flatten();
    let told = publication.as_ref().and_then(Publication::times).map(|times| times.updated_at);
    let live = publication.as_ref().and_then(Publication::live).map(|live| live.since);
    Ok(told.into_iter().chain(live).fold(now, Moment::max))
}

/// Replaces all that is kept for readers of an article. The present is `now`: by a clock that was ahead the article may have
/// been changed later than that. `seen_until` as of before.
pub(super) fn show(conn: &mut Conn, article: &Article, now: Moment, seen_until: Moment) -> Result<(), Error> {
    let id = Key(article.id.uuid());
    diesel::delete(live_articles::table.filter(live_articles::article_id.eq(id))).execute(conn)?;
    diesel::delete(article_tags::table.filter(article_tags::article_id.eq(id)))
        .filter(article_tags::place.gt(0))
        .execute(conn)?;
    diesel::delete(article_contributors::table.filter(article_contributors::article_id.eq(id)))
        .filter(article_contributors::place.gt(0))
        .execute(conn)?;
    diesel::delete(article_photos::table.filter(article_photos::article_id.eq(id)))
        .filter(article_photos::place.gt(0))
        .execute(conn)?;
    diesel::delete(withdrawn_articles::table.find(id)).execute(conn)?;
    // A schedule that was dropped leaves no address behind that would tell of it, unless it was for a time by which readers may
    // have seen another.
    let later = article_slugs::public_from.assume_not_null().gt(At(seen_until));
    let unseen = article_slugs::article_id.eq(id).and(later);
    prepared::update(unseen, article_slugs::public_from.eq(None::<At>)).execute(conn)?;
    settle_corrections(conn, article, now)?;
    let windows = article.windows();
    for (window, place) in windows.iter().copied().chain(hidden(article, &windows, now)).zip(1..) {
        open(conn, article, &window, place)?;
    }
    look_through(conn, article.id)?;
    plan(conn, article.id, &windows, now)?;
    let dates = windows.iter().map(|window| window.times.published_at).collect();
    let own = conn.thread_policy(article.id)?;
    thread_closings::plan(conn, article.id, &dates, &own)?;
    release(conn, article)?;
    if let Some(Shown { standing: Standing::Withdrawn { at, withdrawal }, .. }) =
        article.publication.as_ref().and_then(|publication| publication.shown.as_ref())
    {
        let Withdrawal { kind, public_reason, internal_reason: _, replacement } = withdrawal;
        diesel::insert_into(withdrawn_articles::table)
            .values((
                withdrawn_articles::article_id.eq(id),
                withdrawn_articles::withdrawn_at.eq(At(*at)),
                withdrawn_articles::kind.eq(kind.name()),
                withdrawn_articles::public_reason.eq(public_reason.as_str()),
                withdrawn_articles::replacement_id.eq(replacement.map(|id| Key(id.uuid()))),
            ))
            .execute(conn)?;
    }
    Ok(())
}

/// Up to `limit` articles that were withdrawn and for which this one stands in.
pub(super) fn replaced_by(conn: &mut Conn, id: ArticleId, limit: u16) -> Result<Vec<ArticleId>, Error> {
    let found: Vec<Key> = withdrawn_articles::table
        .filter(withdrawn_articles::replacement_id.assume_not_null().eq(Key(id.uuid())))
        .order(withdrawn_articles::article_id)
        .select(withdrawn_articles::article_id)
        .limit(limit.into())
        .load(conn)?;
    Ok(found.into_iter().map(|key| ArticleId::new(key.0)).collect())
}

/// What an embargo keeps from readers: windows that never open. Whatever these revisions refer to is in use all the same,
/// and so is their slug.
fn hidden<'a>(article: &'a Article, windows: &'a [Window], now: Moment) -> impl Iterator<Item = Window> + 'a {
    let revisions = article.publication.iter().flat_map(Publication::revisions);
    let hidden = revisions.filter(|revision| windows.iter().all(|window| window.revision != *revision));
    hidden.map(move |revision| Window {
        revision,
        visible_from: never(),
        visible_until: None,
        expires_at: None,
        times: article.times_if_published(now),
    })
}

/// An instant long after all that can be asked for, which ends in the year 2200.
pub(super) fn never() -> Moment {
    Moment::new(DateTime::<Utc>::MAX_UTC)
}

/// Writes one window with all by which delivery finds it.
fn open(conn: &mut Conn, article: &Article, window: &Window, at: i16) -> Result<(), Error> {
    let id = Key(article.id.uuid());
    let content = conn
        .revision(article.id, window.revision)?
        .ok_or_else(|| Error::defect("a revision that is to be shown is not there"))?
        .content;
    let document = Document::write(&content).map_err(Error::defect)?;
    let published_at = window.times.published_at;
    diesel::insert_into(live_articles::table)
        .values((
            live_articles::article_id.eq(id),
            live_articles::place.eq(at),
            live_articles::revision.eq(place(window.revision)?),
            live_articles::visible_from.eq(At(window.visible_from)),
            live_articles::visible_until.eq(window.visible_until.map(At)),
            live_articles::first_published_at.eq(At(window.times.first_published_at)),
            live_articles::published_at.eq(At(published_at)),
            live_articles::updated_at.eq(At(window.times.updated_at)),
            live_articles::expires_at.eq(window.expires_at.map(At)),
            live_articles::slug.eq(content.slug.as_str()),
            live_articles::headline.eq(content.headline.as_str()),
            live_articles::kind.eq(content.kind.name()),
            live_articles::language.eq(content.language.as_str()),
            live_articles::section_id.eq(content.section.map(|section| Key(section.uuid()))),
            live_articles::content.eq(Json(document.json().to_owned())),
            live_articles::sitemap_month
                .eq(content.is_for_search().then(|| Month::of(published_at).number())),
        ))
        .execute(conn)?;
    tag(conn, article.id, at, Some(published_at), &content)?;
    name(conn, article.id, at, Some(published_at), &content)?;
    picture(conn, article.id, at, &content)?;
    let own = article_slugs::slug.eq(content.slug.as_str()).and(article_slugs::article_id.eq(id));
    let unseen = own.and(article_slugs::public_from.is_null());
    let seen_from = article_slugs::public_from.eq(Some(At(window.visible_from)));
    prepared::update(unseen, seen_from).execute(conn)?;
    Ok(())
}

/// Lets the corrections that wait for a scheduled revision follow what became of it by `now`.
pub(super) fn settle_corrections(conn: &mut Conn, article: &Article, now: Moment) -> Result<(), Error> {
    let waiting: Vec<CorrectionRow> = corrections::table
        .filter(corrections::article_id.eq(Key(article.id.uuid())))
        .filter(corrections::waits_for.is_not_null())
        .load(conn)?;
    for row in waiting {
        let correction = row.correction()?;
        let id = Key(correction.id.uuid());
        match correction.following(article, now) {
            None => diesel::delete(corrections::table.find(id)).execute(conn)?,
            Some(Correction { published_at, waits_for, .. }) => diesel::update(corrections::table.find(id))
                .set((
                    corrections::published_at.eq(At(published_at)),
                    corrections::waits_for.eq(waits_for.map(place).transpose()?),
                ))
                .execute(conn)?,
        };
    }
    Ok(())
}
