//! Forbids showing an article for a time, and lifts that.

use domain::article::embargo::Embargo;
use domain::article::publication::PublicationState;
use domain::audit::AuditAction;
use domain::event::EventKind;
use domain::id::ArticleId;
use domain::policy::right::RestrictArticles;
use domain::thing::Thing;
use domain::version::Seen;
use serde_json::json;

use super::{WorkingCopy, after, appearance, held, news};
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
    let appeared = appearance(cx, &article)?;
    let article = article.try_map(|article| article.embargoed(embargo.clone(), now))?.allowed();
    let version = cx.tx.save_publication(&article, seen, now)?;
    let mut article = article.into_inner();
    article.version = version;
    let copy = after(cx, article)?;
    let deed = Deed {
        action: AuditAction::ArticleEmbargoed,
        subject: Thing::Article(id),
        detail: json!({"until": embargo.until}),
    };
    let news = news(EventKind::ArticleChanged, id, &appeared, &[]);
    cx.record(deed, Some(news), copy)
}

/// Lifts the embargo: what waited for nothing else goes live.
pub fn lift_embargo(cx: &mut Cx<'_>, id: ArticleId, seen: Seen) -> Result<Recorded<WorkingCopy>, Error> {
    let now = cx.now;
    let article = held::<RestrictArticles>(cx, id)?;
    let appeared = appearance(cx, &article)?;
    let was_live = article.publication_state(now) == Some(PublicationState::Live);
    let article = article.try_map(|article| article.embargo_lifted(now))?.allowed();
    let version = cx.tx.save_publication(&article, seen, now)?;
    let mut article = article.into_inner();
    article.version = version;
    let copy = after(cx, article)?;
    let deed =
        Deed { action: AuditAction::ArticleEmbargoLifted, subject: Thing::Article(id), detail: json!({}) };
    let appears = appearance(cx, &copy.article)?;
    let is_live = copy.article.publication_state(now) == Some(PublicationState::Live);
    let kind = if is_live && !was_live { EventKind::ArticlePublished } else { EventKind::ArticleChanged };
    let news = news(kind, id, &appeared, &appears.contents);
    cx.record(deed, Some(news), copy)
}
