//! What the newsroom does with articles.

mod amend;
mod assign;
mod checks;
mod correct;
mod create;
mod delete;
mod edit;
mod embargo;
mod list;
mod preview;
mod publish;
mod read;
mod review;
mod revisions;
mod source;
mod withdraw;

use std::collections::BTreeSet;

use domain::article::aggregate::Article;
use domain::article::content::Content;
use domain::article::content::names::photo_uses;
use domain::article::revision::Revision;
use domain::contributor::Contributor;
use domain::event::EventKind;
use domain::id::{ArticleId, PhotoId};
use domain::policy::{Granted, Right};
use domain::section::Section;
use domain::surrogate_key::SurrogateKey;
use domain::tag::Tag;
use store::articles::Appearance;
use store::tx::Tx;

use crate::cx::{Cx, News};
use crate::error::Error;
use crate::grant::Grant;
use crate::photos::Print;

pub use amend::{Amend, Amended, amend};
pub use assign::{Assignment, assign, note};
pub use checks::checks;
pub use correct::{NewCorrection, correct};
pub use create::create;
pub use delete::delete;
pub use edit::edit;
pub(crate) use edit::save;
pub use embargo::{embargo, lift_embargo};
pub use list::{Count, Listed, Order, Page, Summary, list};
pub use preview::{Previewed, make_preview, previews, revoke_preview};
pub use publish::{publish, unpublish, unschedule};
pub use read::{corrections, working_copy};
pub use review::{approve, return_to_writers, submit};
pub use revisions::{diff, restore, revision, revisions};
pub use source::BodySource;
pub use withdraw::{reinstate, withdraw};

/// An article with its working copy.
#[derive(Debug, Clone)]
pub struct WorkingCopy {
    /// The article, settled.
    pub article: Article,
    /// The revision that its working copy is.
    pub revision: Revision,
    /// What its ids mean.
    pub resolved: Resolved,
}

/// What the ids of a content mean now.
#[derive(Debug, Clone)]
pub struct Resolved {
    /// Its section.
    pub section: Option<Section>,
    /// Its tags, those that were merged as their survivors.
    pub tags: Vec<Tag>,
    /// Those of its bylines who have a profile.
    pub contributors: Vec<Contributor>,
    /// The photos that it uses.
    pub photos: Vec<Print>,
}

impl WorkingCopy {
    /// An article and its working copy, with what that refers to.
    pub(crate) fn of(tx: &mut dyn Tx, article: Article, revision: Revision) -> Result<Self, Error> {
        let content = &revision.content;
        let bylines = content.bylines.as_slice().iter();
        let contributors: Vec<_> = bylines.filter_map(|byline| byline.contributor).collect();
        let section = match content.section {
            Some(id) => tx.section(id)?,
            None => None,
        };
        let resolved = Resolved {
            section,
            tags: tx.tags_of(content.tags.as_slice())?,
            contributors: tx.contributors_of(&contributors)?,
            photos: prints(tx, content)?,
        };
        Ok(Self { article, revision, resolved })
    }
}

/// The photos that a content uses, each once.
pub(crate) fn prints(tx: &mut dyn Tx, content: &Content) -> Result<Vec<Print>, Error> {
    let ids: BTreeSet<_> = photo_uses(content).into_iter().map(|(_, used)| used.photo).collect();
    let ids: Vec<_> = ids.into_iter().collect();
    let (mut photos, mut renditions) = (tx.photos_of(&ids)?, tx.renditions_of(&ids)?);
    let print = |id: &PhotoId| {
        let renditions = renditions.remove(id).unwrap_or_default();
        photos.remove(id).map(|photo| Print { photo, renditions })
    };
    Ok(ids.iter().filter_map(print).collect())
}

/// The article of an id, held for a write and granted for one right, as of now.
pub(crate) fn held<R: Right>(cx: &mut Cx<'_>, id: ArticleId) -> Result<Granted<Article, R>, Error> {
    let granted = cx.tx.hold_article(id)?.ok_or(Error::NotFound)?.grant::<R>(&cx.actor)?;
    cx.grants.push(Grant::new(R::ACTION, Some(id)));
    let now = cx.now;
    Ok(granted.map(|article| article.settled(now)))
}

/// The working copy of an article that was just written.
pub(crate) fn after(cx: &mut Cx<'_>, article: Article) -> Result<WorkingCopy, Error> {
    let revision = cx.tx.revision(article.id, article.revision)?.ok_or(Error::NotFound)?;
    WorkingCopy::of(cx.tx, article, revision)
}

/// How an article appears to readers, as it is stored: asked for before and after a write. One that was never published
/// appears nowhere, but may stand on fronts already. The article is held, so that nobody puts it on another one meanwhile.
pub(crate) fn appearance(cx: &mut Cx<'_>, article: &Article) -> Result<Appearance, Error> {
    match article.publication {
        Some(_) => Ok(cx.tx.appearance(article.id)?),
        None => Ok(Appearance { fronts: cx.tx.fronts_with(article.id)?, ..Appearance::default() }),
    }
}

/// What of the site may be different once an article that appeared as `before` shows these contents: what shows it as it
/// was and as it is (ruling 16). Nothing tells of a working copy.
pub(crate) fn news(kind: EventKind, id: ArticleId, before: &Appearance, after: &[Content]) -> News {
    let mut keys = vec![SurrogateKey::article(id), SurrogateKey::lists()];
    keys.extend(before.slugs.iter().map(SurrogateKey::article_address));
    // What readers do not see of a front is not among the keys under which it is kept, so the front itself is told.
    keys.extend(before.fronts.iter().copied().map(SurrogateKey::front));
    for content in before.contents.iter().chain(after) {
        keys.push(SurrogateKey::article_address(&content.slug));
        keys.extend(content.section.map(SurrogateKey::section));
        // Beside a tag or a contributor that was merged since it was saved, the outbox names the survivor; beside a contributor
        // their portrait.
        keys.extend(content.tags.as_slice().iter().copied().map(SurrogateKey::tag));
        let contributors = content.bylines.as_slice().iter().filter_map(|byline| byline.contributor);
        keys.extend(contributors.map(SurrogateKey::contributor));
        // A rendition is there while an article shows it.
        keys.extend(photo_uses(content).into_iter().map(|(_, used)| SurrogateKey::photo(used.photo)));
    }
    keys.sort();
    keys.dedup();
    News { kind, keys }
}

/// What happened in the newsroom only: nothing that readers have kept is different.
pub(crate) const fn quietly(kind: EventKind) -> News {
    News { kind, keys: Vec::new() }
}
