//! Decides whose an article is, and what the newsroom tells itself about it. Both count at once (ruling 5).

use domain::article::aggregate::{InternalNote, Writers};
use domain::audit::AuditAction;
use domain::event::EventKind;
use domain::id::{ArticleId, UserId};
use domain::policy::right::{AssignArticles, EditArticles};
use domain::thing::Thing;
use domain::version::Seen;
use domain::violation::{Faults, Rule, Violation};
use serde_json::json;

use super::{WorkingCopy, after, held, quietly};
use crate::cx::{Cx, Deed, Recorded};
use crate::error::Error;

/// Whose an article is to be.
#[derive(Debug, Clone)]
pub struct Assignment {
    /// Its owner.
    pub owner: UserId,
    /// Who may edit it beside its owner.
    pub writers: Writers,
}

/// Gives an article to an owner and writers who can sign in.
pub fn assign(
    cx: &mut Cx<'_>,
    id: ArticleId,
    seen: Seen,
    assignment: &Assignment,
) -> Result<Recorded<WorkingCopy>, Error> {
    let article = held::<AssignArticles>(cx, id)?;
    if !seen.covers(article.version) {
        return Err(Error::Stale(article.version));
    }
    let Assignment { owner, writers } = assignment.clone();
    check_users(cx, owner, &writers)?;
    let before = json!({"owner": article.owner, "writers": article.writers});
    let now = cx.now;
    let article = article.map(|article| article.assigned(owner, writers, now)).allowed();
    let version = cx.tx.save_article(&article, seen)?;
    let mut article = article.into_inner();
    article.version = version;
    let detail = json!({"before": before, "after": {"owner": article.owner, "writers": article.writers}});
    let copy = after(cx, article)?;
    cx.record(
        Deed { action: AuditAction::ArticleAssigned, subject: Thing::Article(id), detail },
        Some(quietly(EventKind::ArticleChanged)),
        copy,
    )
}

fn check_users(cx: &mut Cx<'_>, owner: UserId, writers: &Writers) -> Result<(), Error> {
    let mut asked = writers.as_slice().to_vec();
    asked.push(owner);
    let known = cx.tx.enabled_users(&asked)?;
    let mut faults = Faults::new();
    let unknown = || Violation::new(Rule::UnknownReference, "names nobody who can sign in");
    if !known.contains(&owner) {
        faults.push(unknown().at("/owner"));
    }
    for (i, _) in writers.as_slice().iter().enumerate().filter(|(_, writer)| !known.contains(writer)) {
        faults.push(unknown().at(format!("/writers/{i}")));
    }
    Ok(faults.or(Some(()))?)
}

/// Gives an article another internal note, or none.
pub fn note(
    cx: &mut Cx<'_>,
    id: ArticleId,
    seen: Seen,
    note: Option<&InternalNote>,
) -> Result<Recorded<WorkingCopy>, Error> {
    let article = held::<EditArticles>(cx, id)?;
    if !seen.covers(article.version) {
        return Err(Error::Stale(article.version));
    }
    let now = cx.now;
    let article = article.map(|article| article.noted(note.cloned(), now)).allowed();
    let version = cx.tx.save_article(&article, seen)?;
    let mut article = article.into_inner();
    article.version = version;
    let copy = after(cx, article)?;
    let detail = json!({"note": if note.is_some() { "set" } else { "cleared" }});
    cx.record(
        Deed { action: AuditAction::ArticleNoted, subject: Thing::Article(id), detail },
        Some(quietly(EventKind::ArticleChanged)),
        copy,
    )
}
