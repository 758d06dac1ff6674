//! Deletes what was never published.

use domain::audit::AuditAction;
use domain::id::ArticleId;
use domain::policy::right::DeleteArticles;
use domain::thing::Thing;
use domain::version::Seen;
use serde_json::json;

use super::held;
use crate::cx::{Cx, Deed, Recorded};
use crate::error::Error;

/// Deletes an article of which nothing was published or scheduled.
pub fn delete(cx: &mut Cx<'_>, id: ArticleId, seen: Seen) -> Result<Recorded<()>, Error> {
    let article = held::<DeleteArticles>(cx, id)?;
    if !seen.covers(article.version) {
        return Err(Error::Stale(article.version));
    }
    article.deletable()?;
    cx.tx.delete_article(&article, seen)?;
    let deed = Deed { action: AuditAction::ArticleDeleted, subject: Thing::Article(id), detail: json!({}) };
    cx.record(deed, None, ())
}
