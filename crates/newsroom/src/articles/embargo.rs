//! Forbids showing an article for a time, and lifts that.

use domain::article::embargo::Embargo;
use domain::audit::AuditAction;
use domain::event::EventKind;
use domain::id::ArticleId;
use domain::policy::right::RestrictArticles;
use domain::thing::Thing;
use domain::version::Seen;
use serde_json::json;

use super::{WorkingCopy, after, held, news};
use crate::cx::{Cx, Deed, Recorded};
use crate::error::Error;

/// Puts an article under an embargo, or changes the one that it is under.
pub fn embargo(
    cx: &mut Cx<'_>,
    id: ArticleId,
    seen: Seen,
    embargo: &Embargo,
) -> Result<Recorded<WorkingCopy>, Error> {
    let now = cx.now;
    let article = held::<RestrictArticles>(cx, id)?;
    let article = article.try_map(|article| article.embargoed(embargo.clone(), now))?.allowed();
    let version = cx.tx.save_publication(&article, seen)?;
    let mut article = article.into_inner();
    article.version = version;
    let copy = after(cx, article)?;
    let deed = Deed {
        action: AuditAction::ArticleEmbargoed,
        subject: Thing::Article(id),
        detail: json!({"until": embargo.until}),
    };
    let news = news(EventKind::ArticleChanged, &copy);
    cx.record(deed, Some(news), copy)
}

/// Lifts the embargo: what waited for nothing else goes live.
pub fn lift_embargo(cx: &mut Cx<'_>, id: ArticleId, seen: Seen) -> Result<Recorded<WorkingCopy>, Error> {
    let now = cx.now;
    let article = held::<RestrictArticles>(cx, id)?.try_map(|article| article.embargo_lifted(now))?.allowed();
    let version = cx.tx.save_publication(&article, seen)?;
    let mut article = article.into_inner();
    article.version = version;
    let copy = after(cx, article)?;
    let deed =
        Deed { action: AuditAction::ArticleEmbargoLifted, subject: Thing::Article(id), detail: json!({}) };
    let news = news(EventKind::ArticleChanged, &copy);
    cx.record(deed, Some(news), copy)
}
