//! Whether readers may go on seeing a photo as it is to be: an edit that would leave a visible article with an error is
//! refused (ruling 6).

use std::collections::BTreeSet;

use domain::article::checks::Severity;
use domain::article::checks::photos::of_use;
use domain::article::content::names::photo_uses;
use domain::photo::Photo;

use crate::cx::Cx;
use crate::error::{Error, Users};

/// Refuses `after` where a use of the photo that readers see has an error then which it has not now.
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
    Users::from(broken.into_iter().collect::<Vec<_>>()).none()
}
