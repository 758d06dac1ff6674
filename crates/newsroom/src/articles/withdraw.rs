//! Takes an article away for a stated reason, and takes that back.

use domain::article::withdrawal::Withdrawal;
use domain::audit::AuditAction;
use domain::event::EventKind;
use domain::id::ArticleId;
use domain::policy::right::{ReinstateArticles, WithdrawArticles};
use domain::thing::Thing;
use domain::version::Seen;
use domain::violation::{Rule, Violation};
use serde_json::json;

use super::{WorkingCopy, after, appearance, held, news};
use crate::cx::{Cx, Deed, Recorded};
use crate::error::Error;

/// Withdraws an article that readers have seen: every address that it ever had answers with the public reason.
pub fn withdraw(
    cx: &mut Cx<'_>,
    id: ArticleId,
    seen: Seen,
    withdrawal: &Withdrawal,
) -> Result<Recorded<WorkingCopy>, Error> {
    // Both in one order, before either is looked at: nobody deletes the one that stands in for the other meanwhile.
    let known = match withdrawal.replacement {
        Some(replacement) => cx.tx.hold_articles(&[id, replacement])?,
        None => Vec::new(),
    };
    let article = held::<WithdrawArticles>(cx, id)?;
    if withdrawal.replacement.is_some_and(|replacement| !known.contains(&replacement)) {
        return Err(Violation::new(Rule::UnknownReference, "names nothing that exists")
            .at("/replacement")
            .into());
    }
    let appeared = appearance(cx, &article)?;
    let now = cx.now;
    let article = article.try_map(|article| article.withdrawn(withdrawal.clone(), now))?.allowed();
    let version = cx.tx.save_publication(&article, seen, now)?;
    let mut article = article.into_inner();
    article.version = version;
    let copy = after(cx, article)?;
    let news = news(EventKind::ArticleWithdrawn, id, &appeared, &[]);
    let detail = json!({"kind": withdrawal.kind.name(), "public_reason": withdrawal.public_reason.as_str()});
    let deed = Deed { action: AuditAction::ArticleWithdrawn, subject: Thing::Article(id), detail };
    cx.record(deed, Some(news), copy)
}

/// Takes a withdrawal back: the article is then unpublished.
pub fn reinstate(cx: &mut Cx<'_>, id: ArticleId, seen: Seen) -> Result<Recorded<WorkingCopy>, Error> {
    let now = cx.now;
    let article = held::<ReinstateArticles>(cx, id)?;
    let appeared = appearance(cx, &article)?;
    let article = article.try_map(|article| article.reinstated(now))?.allowed();
    let version = cx.tx.save_publication(&article, seen, now)?;
    let mut article = article.into_inner();
    article.version = version;
    let copy = after(cx, article)?;
    let news = news(EventKind::ArticleReinstated, id, &appeared, &[]);
    let deed =
        Deed { action: AuditAction::ArticleReinstated, subject: Thing::Article(id), detail: json!({}) };
    cx.record(deed, Some(news), copy)
}
