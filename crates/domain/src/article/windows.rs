//! The spans of time in which readers see a revision: what the store keeps for reading. The visibility test itself,
//! in SQL, is the store's.

use super::embargo::{Embargo, allowed_from};
use super::publication::{Publication, Shown, Standing, Times};
use super::revision::RevisionNumber;
use crate::time::Moment;

/// A span `[visible_from, visible_until)` in which readers see one revision. It is never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// What they see.
    pub revision: RevisionNumber,
    /// The first instant.
    pub visible_from: Moment,
    /// The first instant after it; `None` for no planned end.
    pub visible_until: Option<Moment>,
    /// The end of its revision; `visible_until` is earlier where another takes over.
    pub expires_at: Option<Moment>,
    /// The times that they are told in it.
    pub times: Times,
}

impl Window {
    /// Whether readers see this revision at `now`.
    pub fn is_open(&self, now: Moment) -> bool {
        self.visible_from <= now && self.visible_until.is_none_or(|end| now < end)
    }
}

/// The windows of a publication in the order of time, never overlapping: none, the live one, the next one, or both.
///
/// Under an embargo without an end, after an unpublish and after a withdrawal there are none. At an instant at which
/// no window is open readers see nothing.
pub fn windows(publication: &Publication, embargo: Option<&Embargo>) -> Vec<Window> {
    let Publication { shown, next, expires_at } = publication;
    let next = next.and_then(|next| {
        let visible_from = allowed_from(embargo, next.goes_live_at)?;
        let shown = publication.shown_by(visible_from);
        let times = Times::after(shown.as_ref(), visible_from, next.change, next.published_at);
        let expires_at = next.expires_at;
        Some(Window { revision: next.revision, visible_from, visible_until: expires_at, expires_at, times })
    });
    let live = shown.as_ref().and_then(|shown| match shown {
        Shown { standing: Standing::Live(live), times } => {
            let visible_until = earlier(next.map(|next| next.visible_from), *expires_at);
            let visible_from = allowed_from(embargo, live.since)?;
            let (revision, expires_at, times) = (live.revision, *expires_at, *times);
            Some(Window { revision, visible_from, visible_until, expires_at, times })
        }
        Shown { standing: Standing::Unpublished { .. } | Standing::Withdrawn { .. }, .. } => None,
    });
    let lasts = |window: &Window| window.visible_until.is_none_or(|end| window.visible_from < end);
    [live, next].into_iter().flatten().filter(lasts).collect()
}

/// The earlier of two ends, where `None` is no end.
fn earlier(a: Option<Moment>, b: Option<Moment>) -> Option<Moment> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (end, None) | (None, end) => end,
    }
}
