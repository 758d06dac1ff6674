//! What stands in the way of publishing an article.

use domain::article::aggregate::Article;
use domain::article::checks::Check;
use domain::article::checks::rules::{self, Facts, linked};
use domain::article::content::Content;
use domain::article::content::names::photo_uses;
use domain::site::Site;
use domain::time::Moment;
use store::tx::Tx;

use crate::error::Error;

/// All findings of a content that is to go live at `goes_live_at`.
pub fn checks(
    tx: &mut dyn Tx,
    article: &Article,
    content: &Content,
    goes_live_at: Moment,
    site: &Site,
) -> Result<Vec<Check>, Error> {
    let ids: Vec<_> = linked(content).into_iter().map(|(_, id)| id).collect();
    let mut visible: std::collections::BTreeSet<_> =
        tx.visible_articles(&ids, goes_live_at)?.into_iter().collect();
    // A link to itself is open as soon as the article is.
    visible.insert(article.id);
    let photos: Vec<_> = photo_uses(content).into_iter().map(|(_, used)| used.photo).collect();
    let facts = Facts {
        goes_live_at,
        embargo: article.embargo.clone(),
        visible,
        photos: tx.photos_of(&photos)?,
        territory: site.territory,
    };
    Ok(rules::checks(content, &facts))
}
