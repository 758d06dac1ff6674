//! The commands that decide what readers see. Each settles the article first, so that it acts on what readers see now.

use super::aggregate::Article;
use super::conflict::{Conflict, Refused};
use super::embargo::{Embargo, allowed_from};
use super::publication::{ChangeKind, Next, Publication, PublicationState, Shown, Standing};
use super::stage::Stage;
use super::withdrawal::Withdrawal;
use crate::codes::codes;
use crate::time::Moment;
use crate::violation::{Fault, Faults, Rule, Violation};

codes! {
    /// Whether a site publishes only what was approved.
    pub enum Approval {
        /// Any stage can be published.
        Optional = "optional",
        /// Only the stage `ready` can be published.
        Required = "required",
    }
}

/// What a publish does to the end of the publication.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Expiry {
    /// Leaves it as it was planned; an article that is neither live nor scheduled has none.
    #[default]
    Keep,
    /// Takes it away.
    Never,
    /// Sets it.
    At(Moment),
}

/// The order to publish the working copy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Publish {
    /// When readers see it; now where absent or already past.
    pub goes_live_at: Option<Moment>,
    /// Until when they see it.
    pub expires: Expiry,
    /// What it means to them.
    pub change: ChangeKind,
    /// The date of publication that they are told, where an editor dates it back.
    pub published_at: Option<Moment>,
}

impl Article {
    /// Publishes exactly the revision that the working copy is, now or later. What was scheduled before is dropped;
    /// what is live stays until the new revision takes over.
    pub fn published(self, order: Publish, approval: Approval, now: Moment) -> Result<Self, Refused> {
        let mut article = self.settled(now);
        if approval == Approval::Required && article.stage != Stage::Ready {
            return Err(Conflict::NotApproved.into());
        }
        if article.publication_state(now) == Some(PublicationState::Withdrawn) {
            return Err(Conflict::Withdrawn.into());
        }
        let at = order.goes_live_at.map_or(now, |at| at.max(now));
        if allowed_from(article.embargo.as_ref(), at) != Some(at) {
            return Err(Conflict::Embargoed.into());
        }
        let before = article.publication.take();
        let next = Next {
            revision: article.revision,
            goes_live_at: at,
            change: order.change,
            published_at: order.published_at,
            expires_at: match order.expires {
                Expiry::Keep => before.as_ref().and_then(Publication::ends_at).filter(|end| *end > now),
                Expiry::Never => None,
                Expiry::At(end) => Some(end),
            },
        };
        check_times(before.as_ref(), &next)?;
        let publication = followed(before, next, now);
        article.publication = Some(publication.settled(article.embargo.as_ref(), now));
        article.stage = Stage::Draft;
        Ok(article.touched(now))
    }

    /// Drops what is scheduled; what is live stays.
    pub fn unscheduled(self, now: Moment) -> Result<Self, Conflict> {
        let mut article = self.settled(now);
        let mut publication = article.publication.take().ok_or(Conflict::NotScheduled)?;
        publication.next.take().ok_or(Conflict::NotScheduled)?;
        article.publication = publication.shown.is_some().then_some(publication);
        Ok(article.touched(now))
    }

    /// Puts a new revision, made from the live one, in its place, while a bigger edit stays open (ruling 3).
    ///
    /// The amendment becomes the revision after the last. `working` says what the working copy is afterwards.
    pub fn amended(self, change: ChangeKind, working: WorkingCopy, now: Moment) -> Result<Self, Conflict> {
        let mut article = self.settled(now);
        if article.publication_state(now) != Some(PublicationState::Live) {
            return Err(Conflict::NotLive);
        }
        let publication = article.publication.take().ok_or(Conflict::NotLive)?;
        if publication.next.is_some() {
            return Err(Conflict::UpdateScheduled);
        }
        let revision = article.last_revision.next();
        let expires_at = publication.expires_at;
        let next = Next { revision, goes_live_at: now, change, published_at: None, expires_at };
        article.publication = Some(publication.taken_over(next, now));
        article.last_revision = revision;
        match working {
            WorkingCopy::IsTheAmendment => article.revision = revision,
            WorkingCopy::TakesItOver => {
                article.last_revision = revision.next();
                article.revision = article.last_revision;
            }
            WorkingCopy::Stays => {}
        }
        Ok(article.touched(now))
    }

    /// Takes it down until it is published again, with what is scheduled.
    pub fn unpublished(self, now: Moment) -> Result<Self, Conflict> {
        let mut article = self.settled(now);
        let publication = article.publication.take().ok_or(Conflict::NotLive)?;
        publication.live().ok_or(Conflict::NotLive)?;
        article.publication = publication.ended(Standing::Unpublished { at: now });
        Ok(article.touched(now))
    }

    /// Takes it away for a stated reason: every address that it ever had answers 410.
    pub fn withdrawn(self, withdrawal: Withdrawal, now: Moment) -> Result<Self, Refused> {
        let mut article = self.settled(now);
        if withdrawal.replacement == Some(article.id) {
            return Err(Violation::new(Rule::Inconsistent, "an article cannot replace itself")
                .at("/replacement")
                .into());
        }
        let publication = article.publication.take().ok_or(Conflict::NeverLive)?;
        if publication.withdrawal().is_some() {
            return Err(Conflict::Withdrawn.into());
        }
        let ended = publication.ended(Standing::Withdrawn { at: now, withdrawal });
        article.publication = Some(ended.ok_or(Conflict::NeverLive)?);
        Ok(article.touched(now))
    }

    /// Takes a withdrawal back: it is then unpublished.
    pub fn reinstated(self, now: Moment) -> Result<Self, Conflict> {
        let mut article = self.settled(now);
        let publication = article.publication.take().ok_or(Conflict::NotWithdrawn)?;
        publication.withdrawal().ok_or(Conflict::NotWithdrawn)?;
        article.publication = publication.ended(Standing::Unpublished { at: now });
        Ok(article.touched(now))
    }

    /// Whether readers may be told of a mistake: only in what they saw at some time.
    pub fn correctable(&self) -> Result<(), Conflict> {
        let shown = self.publication.as_ref().and_then(|publication| publication.shown.as_ref());
        match shown.ok_or(Conflict::NeverLive)?.standing {
            Standing::Withdrawn { .. } => Err(Conflict::Withdrawn),
            Standing::Live(_) | Standing::Unpublished { .. } => Ok(()),
        }
    }

    /// Readers were told of a mistake: moves `updated_at`.
    pub fn corrected(self, now: Moment) -> Result<Self, Conflict> {
        let mut article = self.settled(now);
        article.correctable()?;
        let shown = article.publication.as_mut().and_then(|p| p.shown.as_mut()).ok_or(Conflict::NeverLive)?;
        shown.times.updated_at = shown.times.updated_at.max(now);
        Ok(article.touched(now))
    }

    /// Forbids showing it before `embargo.until`, at once. What readers see already is unpublished first (ruling 1).
    pub fn embargoed(self, embargo: Embargo, now: Moment) -> Result<Self, Refused> {
        let mut article = self.settled(now);
        // Asked of the standing, not of the clock: one that was set back must not hide what readers have seen.
        let shown = article.publication.as_ref().and_then(|publication| publication.shown_by(now));
        if shown.is_some_and(|shown| matches!(shown.standing, Standing::Live(_))) {
            return Err(Conflict::Live.into());
        }
        if embargo.until.is_some_and(|until| until <= now) {
            return Err(out_of_range("/until", "must lie in the future").into());
        }
        article.embargo = Some(embargo);
        Ok(article.touched(now))
    }

    /// Lifts the embargo. What waited for nothing else goes live now.
    pub fn embargo_lifted(self, now: Moment) -> Result<Self, Conflict> {
        let mut article = self.settled(now);
        article.embargo.take().ok_or(Conflict::NoEmbargo)?;
        article.publication = article.publication.map(|p| match p.next {
            Some(next) if next.goes_live_at <= now && !p.has_ended(now) => p.taken_over(next, now),
            _ => p,
        });
        Ok(article.touched(now))
    }
}

/// What the working copy is after an amendment of the live article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkingCopy {
    /// It was the live revision and follows it.
    IsTheAmendment,
    /// It differs, and takes over what it can in a revision of its own.
    TakesItOver,
    /// It differs, and nothing of the amendment fits it.
    Stays,
}

impl Publication {
    /// This publication with nothing to be seen any more; `None` if nothing of it ever was.
    fn ended(self, standing: Standing) -> Option<Self> {
        let times = self.shown?.times;
        Some(Self { shown: Some(Shown { standing, times }), next: None, expires_at: None })
    }
}

/// The publication that a new publish makes. What is live keeps its end until then; what was over counts as taken down,
/// since a new end must not bring back what was gone.
fn followed(before: Option<Publication>, next: Next, now: Moment) -> Publication {
    let shown = before.as_ref().and_then(|before| before.shown_by(now));
    let expires_at = before.and_then(|before| before.expires_at).filter(|end| *end > now);
    Publication { shown, next: Some(next), expires_at }
}

/// Refuses times that contradict each other.
fn check_times(before: Option<&Publication>, next: &Next) -> Result<(), Faults> {
    let Next { goes_live_at, published_at, expires_at, .. } = *next;
    let mut faults = Faults::new();
    if expires_at.is_some_and(|end| end <= goes_live_at) {
        faults.push(out_of_range("/expires_at", "must lie after the time of going live"));
    }
    let first = before.and_then(Publication::times).map(|times| times.first_published_at);
    if published_at.is_some_and(|date| date > goes_live_at) {
        faults.push(out_of_range("/published_at", "must not lie after the time of going live"));
    } else if published_at.is_some_and(|date| first.is_some_and(|first| date < first)) {
        faults.push(out_of_range("/published_at", "must not lie before the first publication"));
    }
    faults.or(Some(()))
}

fn out_of_range(pointer: &str, detail: &str) -> Fault {
    Violation::new(Rule::OutOfRange, detail).at(pointer)
}
