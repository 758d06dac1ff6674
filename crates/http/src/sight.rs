//! Whether a node sees what others do. One that does not goes on for a while with what it has composed, and then gives
//! nothing more of which it cannot know whether it was taken back (ruling 27).

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// For how long it is no matter that nothing was seen.
const USUAL: Duration = Duration::from_secs(3);

/// When it was last looked what others did.
#[derive(Debug)]
pub struct Sight {
    began: Instant,
    /// Milliseconds from then to the last look.
    looked_ms: AtomicU64,
    /// How long after it answers are given; `None` where nobody else is.
    patience: Option<Duration>,
}

impl Sight {
    /// Of a node that is alone: it sees all.
    pub fn alone() -> Self {
        Self { began: Instant::now(), looked_ms: AtomicU64::new(0), patience: None }
    }

    /// Of one of several, which may be without sight for so long.
    pub fn of_others(blind: Duration) -> Self {
        Self { patience: Some(USUAL + blind), ..Self::alone() }
    }

    pub(crate) fn looked(&self) {
        let now_ms = u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX);
        self.looked_ms.fetch_max(now_ms, Ordering::Release);
    }

    /// Whether nothing was seen for too long.
    pub(crate) fn is_lost(&self) -> bool {
        self.patience.is_some_and(|patience| {
            let looked = Duration::from_millis(self.looked_ms.load(Ordering::Acquire));
            self.began.elapsed().saturating_sub(looked) > patience
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_that_is_alone_sees_all_and_another_for_a_while() {
        let (earlier, alone) = (Instant::now().checked_sub(Duration::from_secs(5)).unwrap(), Sight::alone());
        assert!(!Sight { began: earlier, ..alone }.is_lost());
        let of = |blind_s| Sight { began: earlier, ..Sight::of_others(Duration::from_secs(blind_s)) };
        assert!(of(1).is_lost() && !of(3).is_lost());
        let sight = of(1);
        sight.looked();
        assert!(!sight.is_lost());
    }
}
