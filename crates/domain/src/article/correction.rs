//! Corrections of what was published. They are only ever added: a mistaken one is superseded, not edited away.

use super::aggregate::Article;
use super::embargo::allowed_from;
use super::publication::{Live, Publication};
use super::revision::RevisionNumber;
use crate::block::id::BlockId;
use crate::bounded::bounded;
use crate::codes::codes;
use crate::id::{CorrectionId, UserId};
use crate::time::Moment;

codes! {
    /// What a correction does to what readers were told.
    pub enum CorrectionKind {
        /// Something was wrong, and here is what is right.
        Correction = "correction",
        /// Something could be misread.
        Clarification = "clarification",
        /// Something happened since.
        Update = "update",
        /// The editors explain themselves.
        EditorsNote = "editors_note",
        /// The article as a whole does not stand, though it stays to be read.
        Retraction = "retraction",
    }
}

/// A correction as readers see it from the moment on which it is posted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Its identity.
    pub id: CorrectionId,
    /// What it does.
    pub kind: CorrectionKind,
    /// What readers are told.
    pub text: CorrectionText,
    /// The block that it concerns; `None` for the article as a whole.
    pub block: Option<BlockId>,
    /// When it was posted, or else when the revision that it waits for is to go live.
    pub published_at: Moment,
    /// Who posted it, for the newsroom only.
    pub author: UserId,
    /// The later correction that took its place; readers then see only that one.
    pub superseded_by: Option<CorrectionId>,
    /// The scheduled revision with which readers are told of it; it goes with that where the schedule is dropped.
    pub waits_for: Option<RevisionNumber>,
}

impl Correction {
    /// Whether readers are told of it at `now`, while they see the revision `seen`.
    pub fn is_told(&self, seen: RevisionNumber, now: Moment) -> bool {
        self.superseded_by.is_none()
            && self.waits_for.is_none_or(|awaited| awaited == seen && self.published_at <= now)
    }

    /// Whether the revision that it waits for has taken over at `live`, by its time or because an embargo was lifted `now`,
    /// before that; the same revision may also be live from before and wait to be published again.
    fn took_over(&self, article: &Article, live: Live, now: Moment) -> bool {
        let waits = article.publication.as_ref().is_some_and(|told| told.next.is_some());
        self.published_at <= live.since || (!waits && live.since == now)
    }

    /// What has become of it with `article` by `now`: told once its revision is live, put off with that, and gone where the
    /// schedule was dropped before anybody saw it.
    #[must_use]
    pub fn following(self, article: &Article, now: Moment) -> Option<Self> {
        let Some(awaited) = self.waits_for else { return Some(self) };
        let publication = article.publication.as_ref();
        let live = publication.and_then(Publication::live);
        if let Some(live) =
            live.filter(|live| live.revision == awaited && self.took_over(article, *live, now))
        {
            return Some(Self { published_at: live.since, waits_for: None, ..self });
        }
        let embargo = article.embargo.as_ref();
        let next = publication.and_then(|publication| publication.next);
        if let Some(next) = next.filter(|next| next.revision == awaited) {
            let published_at = allowed_from(embargo, next.goes_live_at).unwrap_or(next.goes_live_at);
            return Some(Self { published_at, ..self });
        }
        let was_told =
            self.published_at <= now && allowed_from(embargo, self.published_at) == Some(self.published_at);
        was_told.then_some(Self { waits_for: None, ..self })
    }
}

bounded! {
    /// The text of a correction.
    CorrectionText: lines up to 2000, "several paragraphs, which a retraction may need",
        like "An earlier version gave the wrong year of the flood.";
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, TimeDelta};
    use uuid::Uuid;

    use super::*;
    use crate::article::embargo::Embargo;
    use crate::article::publication::ChangeKind;
    use crate::article::publish::{Approval, Expiry, Publish};
    use crate::id::ArticleId;

    fn hour(n: i64) -> Moment {
        Moment::new(DateTime::from_timestamp(1_800_000_000, 0).unwrap()).plus(TimeDelta::hours(n))
    }

    fn publish(article: Article, at: i64, now: i64) -> Article {
        let order = Publish {
            goes_live_at: Some(hour(at)),
            expires: Expiry::Keep,
            change: ChangeKind::Update,
            published_at: None,
        };
        article.published(order, Approval::Optional, hour(now)).unwrap()
    }

    /// An article whose second revision goes live in hour 10, with a correction that waits for it.
    fn waiting() -> (Article, Correction) {
        let author = UserId::new(Uuid::from_u128(1));
        let mut article = publish(Article::begun(ArticleId::new(Uuid::from_u128(9)), author, hour(0)), 0, 0);
        article.revision = article.revision.next();
        article.last_revision = article.revision;
        let correction = Correction {
            id: CorrectionId::new(Uuid::from_u128(3)),
            kind: CorrectionKind::Correction,
            text: CorrectionText::parse("It was 9.").unwrap(),
            block: None,
            published_at: hour(10),
            author,
            superseded_by: None,
            waits_for: Some(article.revision),
        };
        (publish(article, 10, 1), correction)
    }

    #[test]
    fn a_correction_is_told_with_the_revision_that_it_waits_for() {
        let (article, correction) = waiting();
        let awaited = article.revision;
        assert_eq!(correction.clone().following(&article, hour(1)), Some(correction.clone()));
        assert!(!correction.is_told(RevisionNumber::FIRST, hour(11)), "readers see the old revision");
        assert!(!correction.is_told(awaited, hour(9)));
        assert!(correction.is_told(awaited, hour(10)));
        let live = article.settled(hour(11));
        let told = correction.following(&live, hour(11)).unwrap();
        assert_eq!((told.waits_for, told.published_at), (None, hour(10)));
        assert!(told.is_told(live.revision.next(), hour(12)), "and stays with later revisions");
    }

    #[test]
    fn a_correction_goes_with_the_schedule_that_it_belongs_to() {
        let (article, correction) = waiting();
        let dropped = article.clone().unscheduled(hour(2)).unwrap();
        assert_eq!(correction.clone().following(&dropped, hour(2)), None);
        let put_off = publish(article.clone(), 20, 2);
        let moved = correction.clone().following(&put_off, hour(2)).unwrap();
        assert_eq!((moved.waits_for, moved.published_at), (Some(article.revision), hour(20)));
        let taken_down = article.unpublished(hour(12)).unwrap();
        let told = correction.following(&taken_down, hour(12)).unwrap();
        assert_eq!(told.waits_for, None, "readers saw it before the article was taken down");
    }

    #[test]
    fn a_correction_waits_as_long_as_an_embargo_holds_its_revision() {
        let (article, correction) = waiting();
        let article = article.unpublished(hour(2)).unwrap();
        let article = publish(article, 10, 3);
        let embargo = |until| Embargo { until, note: None };
        let held = article.clone().embargoed(embargo(Some(hour(15))), hour(4)).unwrap();
        let later = correction.clone().following(&held, hour(4)).unwrap();
        assert_eq!(later.published_at, hour(15));
        let held = article.embargoed(embargo(None), hour(4)).unwrap();
        let dropped = held.unscheduled(hour(20)).unwrap();
        assert_eq!(correction.clone().following(&dropped, hour(20)), None, "nobody saw it");
    }

    #[test]
    fn a_correction_is_told_when_its_embargo_is_lifted_early() {
        let (article, correction) = waiting();
        is_told_once_an_embargo_is_lifted(article, correction);
    }

    #[track_caller]
    fn is_told_once_an_embargo_is_lifted(article: Article, correction: Correction) {
        let article = publish(article.unpublished(hour(2)).unwrap(), 10, 3);
        let embargo = Embargo { until: Some(hour(15)), note: None };
        let held = article.embargoed(embargo, hour(4)).unwrap();
        let later = correction.following(&held, hour(4)).unwrap();
        let lifted = held.embargo_lifted(hour(12)).unwrap();
        let told = later.following(&lifted, hour(12)).unwrap();
        assert_eq!((told.waits_for, told.published_at), (None, hour(12)));
    }

    #[test]
    fn a_correction_goes_by_the_present_and_not_by_when_its_article_was_changed() {
        let (article, correction) = waiting();
        // By a clock that is ahead.
        let article = article.noted(None, hour(30));
        let dropped = article.clone().unscheduled(hour(2)).unwrap();
        assert_eq!(correction.clone().following(&dropped, hour(2)), None, "nobody saw it");
        is_told_once_an_embargo_is_lifted(article, correction);
    }
}
