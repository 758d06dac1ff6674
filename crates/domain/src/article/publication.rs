//! What readers see of an article and what they will see. It follows from the clock when asked, never from a job.

mod stored;

use serde::{Deserialize, Serialize};

use super::embargo::{Embargo, allowed_from};
use super::revision::RevisionNumber;
use super::windows::windows;
use super::withdrawal::Withdrawal;
use crate::codes::codes;
use crate::time::Moment;

codes! {
    /// What a publish means to readers.
    pub enum ChangeKind {
        /// Worth telling: moves `updated_at`.
        Update = "update",
        /// A slip of the pen: moves nothing.
        Minor = "minor",
    }
}

codes! {
    /// The state of a publication at one instant.
    pub enum PublicationState {
        /// Readers will see it.
        Scheduled = "scheduled",
        /// Readers see it.
        Live = "live",
        /// Readers saw it until `expires_at`.
        Expired = "expired",
        /// An editor took it down.
        Unpublished = "unpublished",
        /// It was withdrawn for a stated reason.
        Withdrawn = "withdrawn",
    }
}

/// The publication of an article. At least one of `shown` and `next` is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "stored::Publication")]
pub struct Publication {
    /// What readers have had of it; `None` while it was never visible.
    pub shown: Option<Shown>,
    /// What is to take over. Until then readers see what they saw (ruling 2).
    pub next: Option<Next>,
    /// The instant from which readers no longer see what is live; what is to take over has an end of its own.
    pub expires_at: Option<Moment>,
}

/// What readers have had of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Where the article stands with them.
    pub standing: Standing,
    /// The times that they are told.
    pub times: Times,
}

/// Where an article that was visible at some time stands now, expiry aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Readers see a revision.
    Live(Live),
    /// Taken down by an editor, or expired before something else was scheduled.
    Unpublished {
        /// When.
        at: Moment,
    },
    /// Withdrawn.
    Withdrawn {
        /// When.
        at: Moment,
        /// Why.
        withdrawal: Withdrawal,
    },
}

/// The revision that readers see.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Live {
    /// Which one.
    pub revision: RevisionNumber,
    /// From when on.
    pub since: Moment,
}

/// The revision that takes over later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    /// Which one; it is frozen already.
    pub revision: RevisionNumber,
    /// When it takes over, unless an embargo lasts longer.
    pub goes_live_at: Moment,
    /// What it means to readers.
    pub change: ChangeKind,
    /// The date of publication that an editor set; else ruling 7 decides.
    pub published_at: Option<Moment>,
    /// The instant from which readers no longer see it. It falls with it if it is dropped.
    pub expires_at: Option<Moment>,
}

/// The times that readers are told. `first_published_at ≤ published_at ≤ updated_at`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "stored::Times")]
pub struct Times {
    /// The date of the first publication; it never changes.
    pub first_published_at: Moment,
    /// The date of the first publication since it was last unpublished, or what an editor set.
    pub published_at: Moment,
    /// The last change that was worth telling.
    pub updated_at: Moment,
}

impl Times {
    /// The times once a revision went live at `at` after `before`.
    ///
    /// An article never seen, or taken down since, is dated anew; else its date stays (ruling 7).
    pub(super) fn after(before: Option<&Shown>, at: Moment, change: ChangeKind, set: Option<Moment>) -> Self {
        let Some(Shown { standing, times: old }) = before else {
            let published_at = set.unwrap_or(at);
            return Self { first_published_at: published_at, published_at, updated_at: at.max(published_at) };
        };
        let kept = if matches!(standing, Standing::Live(_)) { old.published_at } else { at };
        let published_at = set.unwrap_or(kept).max(old.first_published_at);
        let updated_at = match change {
            ChangeKind::Update => old.updated_at.max(at),
            ChangeKind::Minor => old.updated_at,
        };
        Self {
            first_published_at: old.first_published_at,
            published_at,
            updated_at: updated_at.max(published_at),
        }
    }
}

impl Publication {
    /// The revisions that readers see or will see, whatever an embargo keeps from them.
    pub fn revisions(&self) -> Vec<RevisionNumber> {
        let live = self.live().map(|live| live.revision);
        live.into_iter().chain(self.next.map(|next| next.revision)).collect()
    }

    /// The state at `now`.
    pub fn state(&self, embargo: Option<&Embargo>, now: Moment) -> PublicationState {
        match self.shown.as_ref().map(|shown| &shown.standing) {
            Some(Standing::Withdrawn { .. }) => PublicationState::Withdrawn,
            Some(Standing::Unpublished { .. }) if self.next.is_none() => PublicationState::Unpublished,
            _ if windows(self, embargo).iter().any(|window| window.is_open(now)) => PublicationState::Live,
            _ if self.has_ended(now) => PublicationState::Expired,
            _ => PublicationState::Scheduled,
        }
    }

    /// This publication as of `now`: a `next` whose time has come is live, since that time.
    #[must_use]
    pub fn settled(self, embargo: Option<&Embargo>, now: Moment) -> Self {
        let due = self.next.and_then(|next| allowed_from(embargo, next.goes_live_at));
        match (self.next, due) {
            (Some(next), Some(at)) if at <= now && !self.has_ended(at) => self.taken_over(next, at),
            _ => self,
        }
    }

    /// This publication once `next` went live at `at`.
    pub(super) fn taken_over(self, next: Next, at: Moment) -> Self {
        let times = Times::after(self.shown_by(at).as_ref(), at, next.change, next.published_at);
        let standing = Standing::Live(Live { revision: next.revision, since: at });
        Self { shown: Some(Shown { standing, times }), next: None, expires_at: next.expires_at }
    }

    /// What readers have had of it by `at`: what was over before counts as taken down then.
    pub(super) fn shown_by(&self, at: Moment) -> Option<Shown> {
        let shown = self.shown.clone()?;
        match (&shown.standing, self.expires_at) {
            (Standing::Live(_), Some(end)) if end <= at => {
                Some(Shown { standing: Standing::Unpublished { at: end }, times: shown.times })
            }
            _ => Some(shown),
        }
    }

    /// The revision that was live last and is not taken down, expired or not.
    pub fn live(&self) -> Option<Live> {
        match self.shown.as_ref()?.standing {
            Standing::Live(live) => Some(live),
            Standing::Unpublished { .. } | Standing::Withdrawn { .. } => None,
        }
    }

    /// The times that readers were told last; `None` while it was never visible.
    pub fn times(&self) -> Option<Times> {
        self.shown.as_ref().map(|shown| shown.times)
    }

    /// The withdrawal in force.
    pub fn withdrawal(&self) -> Option<&Withdrawal> {
        match &self.shown.as_ref()?.standing {
            Standing::Withdrawn { withdrawal, .. } => Some(withdrawal),
            Standing::Live(_) | Standing::Unpublished { .. } => None,
        }
    }

    /// The instant from which readers no longer see any of it, what is to take over included.
    pub fn ends_at(&self) -> Option<Moment> {
        self.next.map_or(self.expires_at, |next| next.expires_at)
    }

    /// Whether nothing of it will be visible from `at` on.
    pub(super) fn has_ended(&self, at: Moment) -> bool {
        self.ends_at().is_some_and(|end| end <= at)
    }
}
