//! Reads articles as the newsroom sees them.

use domain::actor::Actor;
use domain::id::ArticleId;
use domain::policy::right::ReadArticles;
use domain::time::Moment;
use store::articles::{ArticleFilter, Glance};
use store::tx::Tx;

use super::WorkingCopy;
use crate::error::Error;

/// The working copy of an article, as of `now`.
pub fn working_copy(
    tx: &mut dyn Tx,
    actor: &Actor,
    id: ArticleId,
    now: Moment,
) -> Result<WorkingCopy, Error> {
    let granted = tx.article(id)?.ok_or(Error::NotFound)?.grant::<ReadArticles>(actor)?;
    let article = granted.into_inner().settled(now);
    let revision = tx.revision(id, article.revision)?.ok_or(Error::NotFound)?;
    WorkingCopy::of(tx, article, revision)
}

/// The articles of a filter that the actor may see, those that changed last first.
pub fn read(
    tx: &mut dyn Tx,
    actor: &Actor,
    filter: &ArticleFilter,
    limit: u16,
    now: Moment,
) -> Result<Vec<(domain::article::aggregate::Article, Glance)>, Error> {
    let found = tx.articles(filter, limit)?;
    found
        .into_iter()
        .map(|(article, glance)| {
            Ok((article.grant::<ReadArticles>(actor)?.into_inner().settled(now), glance))
        })
        .collect()
}
