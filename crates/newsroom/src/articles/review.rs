//! Hands a draft in, gives it back, and declares it ready.

use domain::article::aggregate::Article;
use domain::article::conflict::Conflict;
use domain::article::revision::RevisionNote;
use domain::audit::AuditAction;
use domain::id::ArticleId;
use domain::policy::Right;
use domain::policy::right::{ReviewArticles, SubmitArticles};
use domain::thing::Thing;
use domain::version::Seen;
use serde_json::json;

use super::{WorkingCopy, after, held};
use crate::cx::{Cx, Deed, Recorded};
use crate::error::Error;

/// Hands the draft in for review.
pub fn submit(
    cx: &mut Cx<'_>,
    id: ArticleId,
    seen: Seen,
    note: Option<&RevisionNote>,
) -> Result<Recorded<WorkingCopy>, Error> {
    let now = cx.now;
    moved::<SubmitArticles>(cx, id, seen, AuditAction::ArticleSubmitted, note, |article| {
        article.submitted(now)
    })
}

/// Gives it back to its writers.
pub fn return_to_writers(
    cx: &mut Cx<'_>,
    id: ArticleId,
    seen: Seen,
    note: Option<&RevisionNote>,
) -> Result<Recorded<WorkingCopy>, Error> {
    let now = cx.now;
    moved::<ReviewArticles>(cx, id, seen, AuditAction::ArticleReturned, note, |article| article.returned(now))
}

/// Declares it ready to publish.
pub fn approve(
    cx: &mut Cx<'_>,
    id: ArticleId,
    seen: Seen,
    note: Option<&RevisionNote>,
) -> Result<Recorded<WorkingCopy>, Error> {
    let now = cx.now;
    moved::<ReviewArticles>(cx, id, seen, AuditAction::ArticleApproved, note, |article| article.approved(now))
}

fn moved<R: Right>(
    cx: &mut Cx<'_>,
    id: ArticleId,
    seen: Seen,
    action: AuditAction,
    note: Option<&RevisionNote>,
    step: impl FnOnce(Article) -> Result<Article, Conflict>,
) -> Result<Recorded<WorkingCopy>, Error> {
    let article = held::<R>(cx, id)?;
    if !seen.covers(article.version) {
        return Err(Error::Stale(article.version));
    }
    let article = article.try_map(step)?.allowed();
    let version = cx.tx.save_article(&article, seen)?;
    let mut article = article.into_inner();
    article.version = version;
    let copy = after(cx, article)?;
    let detail = json!({"note": note.map(RevisionNote::as_str)});
    cx.record(Deed { action, subject: Thing::Article(id), detail }, None, copy)
}
