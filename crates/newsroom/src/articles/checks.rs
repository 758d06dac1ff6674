//! What stands in the way of publishing an article.

use domain::article::aggregate::Article;
use domain::article::checks::Check;
use domain::article::checks::rules::{self, Facts, linked};
use domain::article::content::Content;
use domain::time::Moment;
use store::tx::Tx;

use crate::error::Error;

/// All findings of a content that is to go live at `goes_live_at`.
pub fn checks(
    tx: &mut dyn Tx,
    article: &Article,
    content: &Content,
    goes_live_at: Moment,
) -> Result<Vec<Check>, Error> {
    let ids: Vec<_> = linked(content).into_iter().map(|(_, id)| id).collect();
    let mut visible: std::collections::BTreeSet<_> =
        tx.visible_articles(&ids, goes_live_at)?.into_iter().collect();
    // A link to itself is open as soon as the article is.
    visible.insert(article.id);
    let facts = Facts { goes_live_at, embargo: article.embargo.clone(), visible };
    Ok(rules::checks(content, &facts))
}
