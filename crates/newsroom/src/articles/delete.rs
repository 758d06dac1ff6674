//! Deletes what was never published and stands in for nothing, and takes it off the fronts on which it stands.

use domain::audit::AuditAction;
use domain::event::EventKind;
use domain::id::ArticleId;
use domain::policy::right::DeleteArticles;
use domain::thing::Thing;
use domain::version::Seen;
use serde_json::json;
use store::lock::Rule as Held;

use super::{held, quietly};
use crate::cx::{Cx, Deed, Recorded};
use crate::error::{Error, Users};
use crate::fronts;

/// Most articles that are named where one stands in for them.
const MOST_USERS: u16 = 20;

/// Deletes an article of which nothing was published or scheduled, and which stands in for none that was withdrawn.
pub fn delete(cx: &mut Cx<'_>, id: ArticleId, seen: Seen) -> Result<Recorded<()>, Error> {
    // Before the article is held: who changes a front holds first this, and then what stands on it.
    cx.tx.hold(Held::References)?;
    let article = held::<DeleteArticles>(cx, id)?;
    if !seen.covers(article.version) {
        return Err(Error::Stale(article.version));
    }
    article.deletable()?;
    Users::from(cx.tx.articles_replaced_by(id, MOST_USERS)?).none()?;
    let left = cx.tx.leave_fronts(&article, cx.now)?;
    cx.tx.delete_article(&article, seen)?;
    left.into_iter().try_for_each(|front| fronts::left(cx, front, id))?;
    let deed = Deed { action: AuditAction::ArticleDeleted, subject: Thing::Article(id), detail: json!({}) };
    cx.record(deed, Some(quietly(EventKind::ArticleDeleted)), ())
}
