//! Whether a node knows what others did. One that was stopped for a while looks before it gives anything that it has kept. One
//! whose database does not answer goes on for a while with what it has composed, and then gives nothing more of which it
//! cannot know whether it was taken back (ruling 27).

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

/// How old the last look may be: what others did is to be seen within this time, and it is looked more often.
const KNOWN: Duration = Duration::from_secs(1);

/// For how long it is no matter that nothing was seen.
const USUAL: Duration = Duration::from_secs(3);

/// How long a look is waited for: longer than it takes to find that the database is not there. One that takes connections
/// and says nothing is not found by that.
const LOOK: Duration = Duration::from_secs(5);

/// When it was last looked what others did.
#[derive(Debug)]
pub struct Sight {
    began: Instant,
    /// Milliseconds from then to the last look.
    looked_ms: AtomicU64,
    /// Whether it was tried to look since, and the database did not answer.
    unanswered: AtomicBool,
    /// Tells who waits that it was tried.
    tried: Notify,
    /// How long a look is waited for.
    look: Duration,
    /// How long after it answers are given; `None` where nobody else is.
    patience: Option<Duration>,
}

/// What a node knows of what others did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Knows {
    /// Enough to give what it has kept.
    Enough,
    /// Nothing of late, since it did not look: it was stopped itself, or had no processor. It is about to look.
    NotYet,
    /// Nothing for too long.
    Nothing,
}

impl Sight {
    /// Of a node that is alone: it sees all.
    pub fn alone() -> Self {
        Self {
            began: Instant::now(),
            looked_ms: AtomicU64::new(0),
            unanswered: AtomicBool::new(false),
            tried: Notify::new(),
            look: LOOK,
            patience: None,
        }
    }

    /// Of one of several, which may be without sight for so long.
    pub fn of_others(blind: Duration) -> Self {
        Self { patience: Some(USUAL + blind), ..Self::alone() }
    }

    pub(crate) fn looked(&self) {
        let now_ms = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.looked_ms.fetch_max(now_ms, Ordering::Release);
        self.unanswered.store(false, Ordering::Release);
        self.tried.notify_waiters();
    }

    pub(crate) fn saw_nothing(&self) {
        self.unanswered.store(true, Ordering::Release);
        self.tried.notify_waiters();
    }

    /// What is known at this moment.
    pub(crate) fn knows(&self) -> Knows {
        let Some(patience) = self.patience else { return Knows::Enough };
        let looked = Duration::from_millis(self.looked_ms.load(Ordering::Acquire));
        let since = self.began.elapsed().saturating_sub(looked);
        if since <= KNOWN {
            Knows::Enough
        } else if !self.unanswered.load(Ordering::Acquire) {
            Knows::NotYet
        } else if since <= patience {
            Knows::Enough
        } else {
            Knows::Nothing
        }
    }

    /// The same, once it was tried to look where that is due. A look without an end is one at which nothing was seen.
    pub(crate) async fn known(&self) -> Knows {
        loop {
            let began = Instant::now();
            if let Ok(known) = tokio::time::timeout(self.look, self.once_tried()).await {
                return known;
            }
            // Past that much more the node itself stood still, and is about to look.
            if began.elapsed() <= self.look + KNOWN {
                self.saw_nothing();
                return self.knows();
            }
        }
    }

    /// What is known once it was tried to look.
    async fn once_tried(&self) -> Knows {
        loop {
            let mut tried = std::pin::pin!(self.tried.notified());
            // From here on, so that no try is missed between the question and the wait.
            tried.as_mut().enable();
            match self.knows() {
                Knows::NotYet => tried.await,
                known => return known,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::runtime::Builder;

    use super::*;

    fn earlier(seconds: u64) -> Instant {
        Instant::now().checked_sub(Duration::from_secs(seconds)).unwrap()
    }

    #[test]
    fn a_node_that_is_alone_sees_all_and_another_without_its_database_for_a_while() {
        assert_eq!(Sight { began: earlier(5), ..Sight::alone() }.knows(), Knows::Enough);
        let of = |blind_s| {
            let sight = Sight { began: earlier(5), ..Sight::of_others(Duration::from_secs(blind_s)) };
            sight.saw_nothing();
            sight
        };
        assert_eq!(of(1).knows(), Knows::Nothing);
        assert_eq!(of(3).knows(), Knows::Enough);
        let sight = of(1);
        sight.looked();
        assert_eq!(sight.knows(), Knows::Enough);
    }

    // abuse: OP-10
    #[test]
    fn a_node_that_was_stopped_waits_until_it_has_looked() {
        let runtime = Builder::new_current_thread().enable_time().build().unwrap();
        let stopped = || Sight { began: earlier(5), ..Sight::of_others(Duration::from_secs(30)) };
        runtime.block_on(async {
            let sight = stopped();
            assert_eq!(sight.knows(), Knows::NotYet);
            let (known, ()) = tokio::join!(sight.known(), async { sight.looked() });
            assert_eq!(known, Knows::Enough);
            // Where the database does not answer then, it goes on with what it has.
            let sight = stopped();
            let (known, ()) = tokio::join!(sight.known(), async { sight.saw_nothing() });
            assert_eq!(known, Knows::Enough);
        });
    }

    // abuse: OP-05
    #[test]
    fn a_look_without_an_end_is_one_at_which_nothing_was_seen() {
        let runtime = Builder::new_current_thread().enable_time().build().unwrap();
        let frozen = |blind_s| {
            let look = Duration::from_millis(1);
            Sight { began: earlier(5), look, ..Sight::of_others(Duration::from_secs(blind_s)) }
        };
        runtime.block_on(async {
            let sight = frozen(30);
            assert_eq!(sight.knows(), Knows::NotYet);
            assert_eq!(sight.known().await, Knows::Enough);
            assert_eq!(sight.knows(), Knows::Enough, "whoever comes then does not wait");
            sight.looked();
            assert_eq!(sight.knows(), Knows::Enough);
            assert_eq!(frozen(1).known().await, Knows::Nothing);
        });
    }
}
