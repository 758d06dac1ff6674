//! What the newsroom does with articles.

mod checks;
mod create;
mod delete;
mod edit;
mod publish;
mod read;
mod review;
mod withdraw;

use domain::article::aggregate::Article;
use domain::article::revision::Revision;
use domain::event::EventKind;
use domain::id::ArticleId;
use domain::policy::{Granted, Right};
use domain::surrogate_key::SurrogateKey;

use crate::cx::{Cx, News};
use crate::error::Error;

pub use checks::checks;
pub use create::create;
pub use delete::delete;
pub use edit::edit;
pub use publish::{publish, unpublish, unschedule};
pub use read::{read, working_copy};
pub use review::{approve, return_to_writers, submit};
pub use withdraw::{reinstate, withdraw};

/// An article with its working copy.
#[derive(Debug, Clone)]
pub struct WorkingCopy {
    /// The article, settled.
    pub article: Article,
    /// The revision that its working copy is.
    pub revision: Revision,
}

/// The article of an id, held for a write and granted for one right, as of now.
pub(crate) fn held<R: Right>(cx: &mut Cx<'_>, id: ArticleId) -> Result<Granted<Article, R>, Error> {
    let granted = cx.tx.hold_article(id)?.ok_or(Error::NotFound)?.grant::<R>(&cx.actor)?;
    let now = cx.now;
    Ok(granted.map(|article| article.settled(now)))
}

/// The working copy of an article that was just written.
pub(crate) fn after(cx: &mut Cx<'_>, article: Article) -> Result<WorkingCopy, Error> {
    let revision = cx.tx.revision(article.id, article.revision)?.ok_or(Error::NotFound)?;
    Ok(WorkingCopy { article, revision })
}

/// What of the site may be different once readers see something else of an article.
pub(crate) fn news(kind: EventKind, copy: &WorkingCopy) -> News {
    let content = &copy.revision.content;
    let mut keys = vec![
        SurrogateKey::article(copy.article.id),
        SurrogateKey::article_address(&content.slug),
        SurrogateKey::lists(),
    ];
    keys.extend(content.section.map(SurrogateKey::section));
    keys.extend(content.tags.as_slice().iter().copied().map(SurrogateKey::tag));
    let contributors = content.bylines.as_slice().iter().filter_map(|byline| byline.contributor);
    keys.extend(contributors.map(SurrogateKey::contributor));
    News { kind, keys }
}
