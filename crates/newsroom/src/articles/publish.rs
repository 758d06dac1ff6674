//! Decides what readers see.

use domain::article::publication::{ChangeKind, PublicationState};
use domain::article::publish::Publish;
use domain::audit::AuditAction;
use domain::event::EventKind;
use domain::id::ArticleId;
use domain::policy::right::PublishArticles;
use domain::site::Site;
use domain::thing::Thing;
use domain::version::Seen;
use serde_json::json;

use super::checks::publishable;
use super::{NewCorrection, WorkingCopy, after, appearance, held, news};
use crate::cx::{Cx, Deed, Recorded};
use crate::error::Error;

/// Publishes the working copy that the actor saw as version `seen`, now or later. A correction is told with it, and
/// makes it worth telling.
pub fn publish(
    cx: &mut Cx<'_>,
    site: &Site,
    id: ArticleId,
    seen: Seen,
    order: Publish,
    correction: Option<&NewCorrection>,
) -> Result<Recorded<WorkingCopy>, Error> {
    let article = held::<PublishArticles>(cx, id)?;
    let revision = cx.tx.revision(id, article.revision)?.ok_or(Error::NotFound)?;
    if !seen.covers(article.version) {
        return Err(Error::Stale(article.version));
    }
    let goes_live_at = order.goes_live_at.map_or(cx.now, |at| at.max(cx.now));
    let appeared = appearance(cx, &article)?;
    publishable(cx, &article, &appeared, &revision.content, goes_live_at)?;
    cx.tx.drop_waiting_corrections(&article, cx.now)?;
    let correction =
        correction.map(|new| new.post_with(cx, id, article.revision, goes_live_at)).transpose()?;
    let change = if correction.is_some() { ChangeKind::Update } else { order.change };
    let order = Publish { change, ..order };
    let was_live = article.publication_state(cx.now) == Some(PublicationState::Live);
    let now = cx.now;
    let published = article.try_map(|article| article.published(order, site.approval, now))?.allowed();
    let version = cx.tx.save_publication(&published, seen, now)?;
    let mut article = published.into_inner();
    article.version = version;
    let (action, kind) = match article.publication.as_ref().and_then(|publication| publication.next) {
        Some(_) => (AuditAction::ArticleScheduled, EventKind::ArticleScheduled),
        None if was_live => (AuditAction::ArticlePublished, EventKind::ArticleUpdated),
        None => (AuditAction::ArticlePublished, EventKind::ArticlePublished),
    };
    let copy = WorkingCopy::of(cx.tx, article, revision)?;
    let detail = json!({
        "revision": copy.revision.number.number(),
        "goes_live_at": goes_live_at,
        "change": order.change.name(),
        "correction": correction,
    });
    let news = news(kind, id, &appeared, std::slice::from_ref(&copy.revision.content));
    cx.record(Deed { action, subject: Thing::Article(id), detail }, Some(news), copy)
}

/// Drops what is scheduled.
pub fn unschedule(cx: &mut Cx<'_>, id: ArticleId, seen: Seen) -> Result<Recorded<WorkingCopy>, Error> {
    let now = cx.now;
    let article = held::<PublishArticles>(cx, id)?;
    let appeared = appearance(cx, &article)?;
    let article = article.try_map(|article| article.unscheduled(now))?.allowed();
    let version = cx.tx.save_publication(&article, seen, now)?;
    let mut article = article.into_inner();
    article.version = version;
    let copy = after(cx, article)?;
    let news = news(EventKind::ArticleUnscheduled, id, &appeared, &[]);
    let deed =
        Deed { action: AuditAction::ArticleUnscheduled, subject: Thing::Article(id), detail: json!({}) };
    cx.record(deed, Some(news), copy)
}

/// Takes an article down until it is published again.
pub fn unpublish(cx: &mut Cx<'_>, id: ArticleId, seen: Seen) -> Result<Recorded<WorkingCopy>, Error> {
    let now = cx.now;
    let article = held::<PublishArticles>(cx, id)?;
    let appeared = appearance(cx, &article)?;
    let article = article.try_map(|article| article.unpublished(now))?.allowed();
    let version = cx.tx.save_publication(&article, seen, now)?;
    let mut article = article.into_inner();
    article.version = version;
    let copy = after(cx, article)?;
    let news = news(EventKind::ArticleUnpublished, id, &appeared, &[]);
    let deed =
        Deed { action: AuditAction::ArticleUnpublished, subject: Thing::Article(id), detail: json!({}) };
    cx.record(deed, Some(news), copy)
}
