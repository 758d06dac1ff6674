//! Saves the working copy.

use domain::article::aggregate::Article;
use domain::article::content::patch::ContentPatch;
use domain::article::revision::{Revision, RevisionNote};
use domain::audit::AuditAction;
use domain::block::id::BlockId;
use domain::id::ArticleId;
use domain::policy::right::EditArticles;
use domain::policy::{Granted, Right};
use domain::thing::Thing;
use domain::version::Seen;
use serde_json::json;

use super::{WorkingCopy, held};
use crate::asked::Ids;
use crate::cx::{Cx, Deed, Recorded};
use crate::error::Error;

/// Replaces the members of the content that `patch` names. A save of equal content makes no revision and leaves the
/// version.
pub fn edit(
    cx: &mut Cx<'_>,
    id: ArticleId,
    seen: Seen,
    patch: &ContentPatch,
    note: Option<RevisionNote>,
) -> Result<Recorded<WorkingCopy>, Error> {
    let article = held::<EditArticles>(cx, id)?;
    save(cx, article, seen, patch, note, AuditAction::ArticleEdited)
}

/// The same under another right, told as another deed.
pub(crate) fn save<R: Right>(
    cx: &mut Cx<'_>,
    article: Granted<Article, R>,
    seen: Seen,
    patch: &ContentPatch,
    note: Option<RevisionNote>,
    action: AuditAction,
) -> Result<Recorded<WorkingCopy>, Error> {
    let id = article.id;
    if !seen.covers(article.version) {
        return Err(Error::Stale(article.version));
    }
    let before = cx.tx.revision(id, article.revision)?.ok_or(Error::NotFound)?;
    let known = cx.tx.known(&patch.names())?;
    let content =
        before.content.clone().patched(patch.clone(), &known, &cx.site.languages, block_id(cx.ids))?;
    let content = content.at_home(id, &cx.site.article_url);
    let deed = |revision: &Revision| Deed {
        action,
        subject: Thing::Article(id),
        detail: json!({"revision": revision.number.number()}),
    };
    if content == before.content {
        let unchanged = WorkingCopy::of(cx.tx, article.into_inner(), before)?;
        return cx.record(deed(&unchanged.revision), None, unchanged);
    }
    let (actor, now) = (cx.actor, cx.now);
    let edited = article.map(|article| article.edited(&actor, now)).allowed();
    let revision = Revision { number: edited.revision, author: actor.user, note, saved_at: now, content };
    let version = cx.tx.save_working_copy(&edited, seen, &before, &revision)?;
    let mut article = edited.into_inner();
    article.version = version;
    let copy = WorkingCopy::of(cx.tx, article, revision)?;
    cx.record(deed(&copy.revision), None, copy)
}

/// Gives ids to blocks: 12 hexadecimal digits of the random part of a new id.
pub(super) fn block_id(ids: &Ids) -> impl FnMut() -> BlockId {
    move || loop {
        let simple = ids.draw().simple().to_string();
        if let Ok(id) = BlockId::parse(&simple[20..]) {
            return id;
        }
    }
}
