//! Changes what readers see while a bigger edit stays open.

use domain::article::amendment::TakenOver;
use domain::article::conflict::Conflict;
use domain::article::content::Content;
use domain::article::content::member::Member;
use domain::article::content::patch::ContentPatch;
use domain::article::publication::{ChangeKind, Publication};
use domain::article::publish::WorkingCopy as Working;
use domain::article::revision::{Revision, RevisionNote, RevisionNumber};
use domain::audit::AuditAction;
use domain::block::id::BlockId;
use domain::event::EventKind;
use domain::id::ArticleId;
use domain::policy::right::PublishArticles;
use domain::thing::Thing;
use domain::version::Seen;
use serde_json::json;
use store::articles::Amendment;

use super::checks::publishable;
use super::edit::block_id;
use super::{NewCorrection, WorkingCopy, appearance, held, news};
use crate::cx::{Cx, Deed, Recorded};
use crate::error::Error;

/// The order to amend what readers see.
#[derive(Debug, Clone)]
pub struct Amend {
    /// What is to be different.
    pub patch: ContentPatch,
    /// What it means to readers; a correction makes it worth telling.
    pub change: ChangeKind,
    /// What they are told of it.
    pub correction: Option<NewCorrection>,
    /// What the editor notes about it.
    pub note: Option<RevisionNote>,
}

/// An article after an amendment.
#[derive(Debug, Clone)]
pub struct Amended {
    /// The article with its working copy, which took over what it could.
    pub copy: WorkingCopy,
    /// The blocks that the working copy has otherwise, and that stay so.
    pub conflicts: Vec<BlockId>,
    /// The members, the body aside, of which the same is true.
    pub member_conflicts: Vec<Member>,
}

/// Applies a patch to what readers see, publishes that as a new revision, and makes the same changes in the working copy
/// where that is untouched (ruling 3).
pub fn amend(cx: &mut Cx<'_>, id: ArticleId, seen: Seen, order: &Amend) -> Result<Recorded<Amended>, Error> {
    let article = held::<PublishArticles>(cx, id)?;
    if !seen.covers(article.version) {
        return Err(Error::Stale(article.version));
    }
    let appeared = appearance(cx, &article)?;
    let live = article.publication.as_ref().and_then(Publication::live).ok_or(Conflict::NotLive)?.revision;
    let before = cx.tx.revision(id, article.revision)?.ok_or(Error::NotFound)?;
    let shown = cx.tx.revision(id, live)?.ok_or(Error::NotFound)?.content;
    let amended = patched(cx, id, &shown, &order.patch)?;
    let now = cx.now;
    publishable(cx, &article, &appeared, &amended, now)?;
    let TakenOver { content, blocks, members } = before.content.clone().taking_over(&shown, &amended);
    let content = content.at_home(id, &cx.site.article_url);
    let working = if content == amended {
        Working::IsTheAmendment
    } else if content == before.content {
        Working::Stays
    } else {
        Working::TakesItOver
    };
    let change = if order.correction.is_some() { ChangeKind::Update } else { order.change };
    let article = article.try_map(|article| article.amended(change, working, now))?.allowed();
    let published =
        article.publication.as_ref().and_then(Publication::live).ok_or(Conflict::NotLive)?.revision;
    let correction =
        order.correction.as_ref().map(|new| new.post_with(cx, id, published, now)).transpose()?;
    let saved = |number: RevisionNumber, content: Content| Revision {
        number,
        author: cx.actor.user,
        note: order.note.clone(),
        saved_at: now,
        content,
    };
    let revision = saved(published, amended);
    let after = match working {
        Working::IsTheAmendment => revision.clone(),
        Working::TakesItOver => saved(article.revision, content),
        Working::Stays => before.clone(),
    };
    let follows = working != Working::Stays;
    let amendment = Amendment { revision: &revision, working: follows.then_some((&before, &after)) };
    let version = cx.tx.save_amendment(&article, seen, &amendment, now)?;
    let mut article = article.into_inner();
    article.version = version;
    let detail = json!({
        "revision": published,
        "change": change.name(),
        "correction": correction,
        "working_copy": article.revision,
        "conflicts": blocks.len() + members.len(),
    });
    let news = news(EventKind::ArticleUpdated, id, &appeared, std::slice::from_ref(&revision.content));
    let copy = WorkingCopy::of(cx.tx, article, after)?;
    let deed = Deed { action: AuditAction::ArticleAmended, subject: Thing::Article(id), detail };
    cx.record(deed, Some(news), Amended { copy, conflicts: blocks, member_conflicts: members })
}

/// What readers see after the patch, which must make a difference to them.
fn patched(cx: &mut Cx<'_>, id: ArticleId, shown: &Content, patch: &ContentPatch) -> Result<Content, Error> {
    let known = cx.tx.known(&patch.names())?;
    let amended = shown.clone().patched(patch.clone(), &known, &cx.site.languages, block_id(cx.ids));
    let amended = amended.map_err(|faults| faults.below("/patch"))?.at_home(id, &cx.site.article_url);
    if amended == *shown {
        return Err(Conflict::NothingAmended.into());
    }
    Ok(amended)
}
