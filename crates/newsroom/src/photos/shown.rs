//! Whether readers may go on seeing a photo as it is to be: an edit that would leave a visible article with an error, or
//! somebody without their portrait, is refused (ruling 6).

use std::collections::BTreeSet;

use domain::article::checks::Severity;
use domain::article::checks::photos::{of_portrait, of_use};
use domain::article::content::names::photo_uses;
use domain::photo::Photo;

use super::MOST_USERS;
use crate::cx::Cx;
use crate::error::{Error, Users};

/// Refuses `after` where a use of the photo that readers see has an error then which it has not now, and where it could be
/// a portrait until now.
pub(super) fn stays_publishable(cx: &mut Cx<'_>, before: &Photo, after: &Photo) -> Result<(), Error> {
    let (now, territory) = (cx.now, cx.site.territory);
    let mut broken = BTreeSet::new();
    for (article, content) in cx.tx.shown_with_photo(after.id, now)? {
        for (_, used) in photo_uses(&content).into_iter().filter(|(_, used)| used.photo == after.id) {
            let had = of_use(used, before, now, territory);
            let has = of_use(used, after, now, territory).into_iter();
            if has.filter(|code| code.severity() == Severity::Error).any(|code| !had.contains(&code)) {
                broken.insert(article);
            }
        }
    }
    let spoilt =
        of_portrait(before, now, territory).is_empty() && !of_portrait(after, now, territory).is_empty();
    let contributors =
        if spoilt { cx.tx.contributors_with_portrait(after.id, MOST_USERS)? } else { Vec::new() };
    Users { contributors, ..Users::from(broken.into_iter().collect::<Vec<_>>()) }.none()
}
