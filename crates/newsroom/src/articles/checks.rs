//! What stands in the way of publishing an article.

use domain::article::aggregate::Article;
use domain::article::checks::Check;
use domain::article::checks::rules::{self, Facts, linked};
use domain::article::content::Content;
use domain::article::content::names::photo_uses;
use domain::site::Site;
use domain::time::Moment;
use store::articles::Appearance;
use store::tx::Tx;

use crate::cx::Cx;
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

/// Refuses a content that is not fit to go live at `goes_live_at`, of an article that appears as `appears`.
///
/// Its photos are held before they are looked at, so that whoever changes one meanwhile waits and finds it in use. Those of
/// what `appears` are held along with them, since the index of search is made anew of all: held at once and in one order,
/// they let no two who publish wait for each other.
pub(super) fn publishable(
    cx: &mut Cx<'_>,
    article: &Article,
    appears: &Appearance,
    content: &Content,
    goes_live_at: Moment,
) -> Result<(), Error> {
    let shown = appears.contents.iter().chain([content]);
    let photos: Vec<_> = shown.flat_map(photo_uses).map(|(_, used)| used.photo).collect();
    cx.tx.hold_photos(&photos)?;
    let found = checks(cx.tx, article, content, goes_live_at, cx.site)?;
    if found.iter().any(Check::is_error) {
        return Err(Error::NotPublishable(found));
    }
    Ok(())
}
