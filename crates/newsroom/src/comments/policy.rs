//! What an article says of its comments where it differs from the site.

use domain::actor::Actor;
use domain::audit::AuditAction;
use domain::comment::settings::ThreadOverride;
use domain::event::EventKind;
use domain::id::ArticleId;
use domain::policy::right::{ReadArticles, RestrictArticles};
use domain::surrogate_key::SurrogateKey;
use domain::thing::Thing;
use domain::version::{Seen, Version};
use serde_json::json;
use store::tx::Tx;

use crate::articles::{appearance, held, news};
use crate::cx::{Cx, Deed, Recorded};
use crate::error::Error;

/// What an article says of its comments, at a version of the article.
#[derive(Debug, Clone)]
pub struct Policy {
    /// The version.
    pub version: Version,
    /// Where it differs from the site.
    pub own: ThreadOverride,
}

/// Reads it.
pub fn policy(tx: &mut dyn Tx, actor: &Actor, id: ArticleId) -> Result<Policy, Error> {
    let article = tx.article(id)?.ok_or(Error::NotFound)?.grant::<ReadArticles>(actor)?;
    Ok(Policy { version: article.version, own: tx.thread_policy(id)? })
}

/// Sets it, at once, whatever was said before.
pub fn set_policy(
    cx: &mut Cx<'_>,
    id: ArticleId,
    seen: Seen,
    own: &ThreadOverride,
) -> Result<Recorded<Policy>, Error> {
    let now = cx.now;
    let article = held::<RestrictArticles>(cx, id)?;
    let appears = appearance(cx, &article)?;
    if !seen.covers(article.version) {
        return Err(Error::Stale(article.version));
    }
    let article = article.map(|article| article.touched(now)).allowed();
    let version = cx.tx.save_article(&article, seen)?;
    cx.tx.set_thread_policy(id, own)?;
    let deed = Deed {
        action: AuditAction::CommentPolicyChanged,
        subject: Thing::Article(id),
        detail: json!({"policy": own}),
    };
    let mut news = news(EventKind::ThreadChanged, id, &appears, &[]);
    news.keys.push(SurrogateKey::thread(id));
    cx.record(deed, Some(news), Policy { version, own: own.clone() })
}
