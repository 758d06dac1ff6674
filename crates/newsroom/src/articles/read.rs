//! Reads articles as the newsroom sees them.

use domain::actor::Actor;
use domain::article::correction::Correction;
use domain::id::ArticleId;
use domain::policy::right::ReadArticles;
use domain::time::Moment;
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

/// The corrections of an article, oldest first, superseded ones too.
pub fn corrections(tx: &mut dyn Tx, actor: &Actor, id: ArticleId) -> Result<Vec<Correction>, Error> {
    tx.article(id)?.ok_or(Error::NotFound)?.grant::<ReadArticles>(actor)?;
    Ok(tx.corrections(id)?)
}
