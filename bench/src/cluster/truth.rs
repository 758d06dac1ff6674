//! What each story was when: every change that readers may notice, with the moment at which it was asked for and the one at
//! which its answer was there. Answers to readers are held against this.

use std::time::{Duration, Instant};

use super::NODES;

/// Within this time every other node shows what one of them has answered (ruling 27).
pub const BOUND: Duration = Duration::from_secs(1);

/// A change of what readers see.
#[derive(Debug, Clone, Copy)]
pub struct Change {
    /// When it was asked for: readers may see it from then on.
    pub asked: Instant,
    /// When its answer was there; `None` while it is under way.
    pub answered: Option<Instant>,
    /// The node that was asked.
    pub by: usize,
    /// The state that readers then see; `None` where they see nothing.
    pub shows: Option<u32>,
}

/// A story, from its first change on. Before it readers see nothing.
#[derive(Debug, Clone, Default)]
pub struct Story {
    /// Its changes, one after the other.
    pub changes: Vec<Change>,
}

/// All stories, and when nodes stood still.
#[derive(Debug, Default)]
pub struct Truth {
    /// The stories, by their numbers.
    pub stories: Vec<Story>,
    /// For each node, from when until when it stood still the last time.
    frozen: [Option<(Instant, Instant)>; NODES],
}

/// What a reader was answered.
#[derive(Debug, Clone, Copy)]
pub struct Seen {
    /// By which node.
    pub node: usize,
    /// When the request was sent.
    pub sent: Instant,
    /// When the answer was there.
    pub received: Instant,
    /// The state that it showed of a story; `None` where it showed nothing of it.
    pub shows: Option<u32>,
}

impl Story {
    /// What readers see after the first `changes` of its changes.
    pub fn after(&self, changes: usize) -> Option<u32> {
        changes.checked_sub(1).and_then(|last| self.changes.get(last)).and_then(|change| change.shows)
    }
}

impl Truth {
    /// Begins a story, and tells its number.
    pub fn begin(&mut self) -> usize {
        self.stories.push(Story::default());
        self.stories.len() - 1
    }

    /// A change of a story is asked for at a node.
    pub fn ask(&mut self, story: usize, by: usize, shows: Option<u32>) {
        let change = Change { asked: Instant::now(), answered: None, by, shows };
        self.stories[story].changes.push(change);
    }

    /// The last change of a story is answered.
    pub fn answer(&mut self, story: usize) {
        if let Some(change) = self.stories[story].changes.last_mut() {
            change.answered = Some(Instant::now());
        }
    }

    /// A node stood still from `since` to `until`.
    pub fn stood_still(&mut self, node: usize, since: Instant, until: Instant) {
        self.frozen[node] = Some((since, until));
    }

    /// An instant as a node met it: the end of its standstill where it lies in one.
    pub fn met(&self, node: usize, instant: Instant) -> Instant {
        match self.frozen[node] {
            Some((since, until)) if since <= instant && instant < until => until,
            _ => instant,
        }
    }

    /// How long it was for a node from one instant to another, without its standstill.
    pub fn lived(&self, node: usize, from: Instant, to: Instant) -> Duration {
        let stood = self.frozen[node].map_or(Duration::ZERO, |(since, until)| {
            until.min(to).saturating_duration_since(since.max(from))
        });
        to.saturating_duration_since(from).saturating_sub(stood)
    }
}
