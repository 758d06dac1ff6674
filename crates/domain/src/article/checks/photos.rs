//! What stands in the way of showing a photo: the findings of one use of it, or of it as a portrait. Which photos an
//! article uses is in `rules`.

use super::CheckCode;
use crate::article::content::dateline::CountryCode;
use crate::block::photo::PhotoUse;
use crate::photo::Photo;
use crate::photo::credit::line::Confidence;
use crate::photo::file::RenditionStatus;
use crate::photo::rights::Standing;
use crate::time::Moment;

/// The findings of a use of `photo` that readers are to see from `at` on, on a site that is read in `territory`.
pub fn of_use(used: &PhotoUse, photo: &Photo, at: Moment, territory: Option<CountryCode>) -> Vec<CheckCode> {
    let facts = &photo.facts;
    let excluded = !facts.rights.excluded_territories.as_slice().is_empty();
    let here = territory.map(|territory| facts.rights.excludes(territory));
    let guessed = facts.credit_confidence == Confidence::Low;
    let standing = facts.rights.standing(at);
    [
        (CheckCode::PhotoWithoutCaption, used.caption.is_none() && facts.caption.is_none()),
        (CheckCode::PhotoWithoutAlt, !used.decorative && used.alt.is_none() && facts.alt.is_none()),
        (CheckCode::PhotoWithoutCredit, used.credit_display.is_none() && facts.credit.is_none()),
        (CheckCode::PhotoRightsEnded, standing == Standing::Ended),
        (CheckCode::PhotoEmbargoed, standing == Standing::Embargoed),
        (CheckCode::PhotoExcluded, here == Some(true)),
        (CheckCode::PhotoNotReady, photo.file.status != RenditionStatus::Ready),
        (CheckCode::PhotoCreditUncertain, guessed && used.credit_display.is_none()),
        (CheckCode::PhotoExcludedElsewhere, excluded && here.is_none()),
    ]
    .into_iter()
    .filter_map(|(code, found)| found.then_some(code))
    .collect()
}

/// What keeps readers from getting `photo` as a portrait on a site that is read in `territory`. Whom it shows stands beside
/// it, so it needs no caption; nobody else says its credit and its alternative text. Its times keep it away by themselves.
pub fn of_portrait(photo: &Photo, at: Moment, territory: Option<CountryCode>) -> Vec<CheckCode> {
    let lasting = [CheckCode::PhotoWithoutAlt, CheckCode::PhotoWithoutCredit, CheckCode::PhotoExcluded];
    let found = of_use(&PhotoUse::of(photo.id), photo, at, territory).into_iter();
    found.filter(|code| lasting.contains(code)).collect()
}
