//! The revisions of an article: listed, read, and made the working copy again.

use domain::actor::Actor;
use domain::article::content::Content;
use domain::article::difference::Difference;
use domain::article::revision::{Revision, RevisionNote, RevisionNumber};
use domain::audit::AuditAction;
use domain::id::ArticleId;
use domain::paging::From;
use domain::policy::right::{EditArticles, ReadArticles};
use domain::thing::Thing;
use domain::version::Seen;
use serde_json::json;
use store::articles::Saved;
use store::tx::Tx;

use super::{WorkingCopy, held};
use crate::cx::{Cx, Deed, Recorded};
use crate::error::Error;

/// Up to `limit` revisions, newest first; those before one backwards.
pub fn revisions(
    tx: &mut dyn Tx,
    actor: &Actor,
    id: ArticleId,
    from: Option<From<RevisionNumber>>,
    limit: u16,
) -> Result<Vec<Saved>, Error> {
    tx.article(id)?.ok_or(Error::NotFound)?.grant::<ReadArticles>(actor)?;
    Ok(tx.revisions(id, from, limit)?)
}

/// One revision.
pub fn revision(
    tx: &mut dyn Tx,
    actor: &Actor,
    id: ArticleId,
    number: RevisionNumber,
) -> Result<Revision, Error> {
    tx.article(id)?.ok_or(Error::NotFound)?.grant::<ReadArticles>(actor)?;
    tx.revision(id, number)?.ok_or(Error::NotFound)
}

/// What makes revision `number` another than `against`, or than the one before it; the first differs from nothing.
pub fn diff(
    tx: &mut dyn Tx,
    actor: &Actor,
    id: ArticleId,
    number: RevisionNumber,
    against: Option<RevisionNumber>,
) -> Result<(Option<RevisionNumber>, Difference), Error> {
    tx.article(id)?.ok_or(Error::NotFound)?.grant::<ReadArticles>(actor)?;
    let after = tx.revision(id, number)?.ok_or(Error::NotFound)?.content;
    let against = against.or_else(|| RevisionNumber::parse(number.number() - 1).ok());
    let before = match against {
        Some(against) => Some(tx.revision(id, against)?.ok_or(Error::NotFound)?.content),
        None => None,
    };
    Ok((against, Difference::of(before.as_ref(), &after)))
}

/// Makes what an earlier revision said the working copy again, as a new revision, unless something that it names is gone.
pub fn restore(
    cx: &mut Cx<'_>,
    id: ArticleId,
    seen: Seen,
    number: RevisionNumber,
    note: Option<RevisionNote>,
) -> Result<Recorded<WorkingCopy>, Error> {
    let article = held::<EditArticles>(cx, id)?;
    if !seen.covers(article.version) {
        return Err(Error::Stale(article.version));
    }
    let before = cx.tx.revision(id, article.revision)?.ok_or(Error::NotFound)?;
    let said = cx.tx.revision(id, number)?.ok_or(Error::NotFound)?.content;
    // What the working copy says already is asked nothing.
    let content =
        if said == before.content { said } else { as_of_now(cx.tx, said)?.at_home(id, &cx.site.article_url) };
    if content == before.content {
        let unchanged = WorkingCopy::of(cx.tx, article.into_inner(), before)?;
        return cx.record(restored(id, number, &unchanged), None, unchanged);
    }
    let (actor, now) = (cx.actor, cx.now);
    let edited = article.map(|article| article.edited(&actor, now)).allowed();
    let revision = Revision { number: edited.revision, author: actor.user, note, saved_at: now, content };
    let version = cx.tx.save_working_copy(&edited, seen, &before, &revision)?;
    let mut article = edited.into_inner();
    article.version = version;
    let copy = WorkingCopy::of(cx.tx, article, revision)?;
    cx.record(restored(id, number, &copy), None, copy)
}

/// What a revision said, as it can be saved now. What of it is gone is told with its place in the revision.
fn as_of_now(tx: &mut dyn Tx, said: Content) -> Result<Content, Error> {
    let known = tx.known(&said.names())?;
    said.restored(&known).map_err(|faults| faults.below("/content").into())
}

fn restored(id: ArticleId, number: RevisionNumber, copy: &WorkingCopy) -> Deed {
    Deed {
        action: AuditAction::ArticleRestored,
        subject: Thing::Article(id),
        detail: json!({"restored": number, "revision": copy.revision.number}),
    }
}
