//! What paces the workers of a node: their steps, the order to stop, and its clock. While that differs from the database's by
//! more than it may, they rest: they would announce what is not due yet, and date what they do to an hour that has not come.

use std::sync::Arc;
use std::time::{Duration, Instant};

use newsroom::Newsroom;
use newsroom::readiness::Unready;
use tokio::sync::{Mutex, watch};

/// For how long an answer about the clock counts. All workers look at it, some of them several times a second.
const COUNTS: Duration = Duration::from_millis(250);

/// The pace of one worker.
#[derive(Debug, Clone)]
pub(crate) struct Pace {
    orders: watch::Receiver<()>,
    timekeeper: Arc<Timekeeper>,
}

impl Pace {
    /// That of a worker of this newsroom, until these orders end. Each has a clone, so that one question about the clock does
    /// for all.
    pub(crate) fn new(orders: watch::Receiver<()>, newsroom: Newsroom) -> Self {
        let last = Mutex::new(Asked { when: None, clock: Clock::Right });
        Self { orders, timekeeper: Arc::new(Timekeeper { newsroom, last }) }
    }

    /// Waits for so long, and then until the clock is right; `false` once all is to stop.
    pub(crate) async fn rest(&mut self, rest: Duration) -> bool {
        while tokio::time::timeout(rest, self.orders.changed()).await.is_err() {
            if self.keeps_time().await {
                return true;
            }
        }
        false
    }

    /// Whether the clock is right, for whoever goes on without a rest.
    pub(crate) async fn keeps_time(&self) -> bool {
        self.timekeeper.clock().await == Clock::Right
    }

    /// The orders, for whoever has to leave things in order at their end.
    pub(crate) fn orders(&mut self) -> &mut watch::Receiver<()> {
        &mut self.orders
    }

    /// Waits until all is to stop.
    pub(crate) async fn stopped(&mut self) {
        // No order ever comes but the end of them.
        let _ = self.orders.changed().await;
    }
}

/// Knows what was heard last of the clock, for all workers of a node.
#[derive(Debug)]
struct Timekeeper {
    newsroom: Newsroom,
    last: Mutex<Asked>,
}

#[derive(Debug)]
struct Asked {
    when: Option<Instant>,
    clock: Clock,
}

/// The clock of this node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Clock {
    Right,
    Wrong,
}

impl Timekeeper {
    async fn clock(&self) -> Clock {
        let mut last = self.last.lock().await;
        if last.when.is_none_or(|when| when.elapsed() > COUNTS) {
            let told = self.newsroom.keeps_time().await;
            let clock = last.clock.told(told);
            if clock != last.clock {
                tell(clock);
            }
            *last = Asked { when: Some(Instant::now()), clock };
        }
        last.clock
    }
}

impl Clock {
    /// What is known of it after an answer. A database that does not answer says nothing of it.
    fn told(self, told: Result<(), Unready>) -> Self {
        match told {
            Ok(()) => Self::Right,
            Err(Unready::Clock { .. }) => Self::Wrong,
            Err(Unready::Database) => self,
        }
    }
}

/// Logs that it is another than before.
fn tell(clock: Clock) {
    match clock {
        Clock::Right => tracing::info!("the clock is right again: the workers go on"),
        Clock::Wrong => tracing::warn!("the clock differs from that of the database: the workers rest"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // abuse: OP-07
    #[test]
    fn a_database_that_does_not_answer_neither_stops_workers_nor_lets_them_go_on() {
        let wrong = Err(Unready::Clock { most_ms: 500 });
        for (before, told, after) in [
            (Clock::Right, Ok(()), Clock::Right),
            (Clock::Right, Err(Unready::Database), Clock::Right),
            (Clock::Right, wrong, Clock::Wrong),
            (Clock::Wrong, wrong, Clock::Wrong),
            (Clock::Wrong, Err(Unready::Database), Clock::Wrong),
            (Clock::Wrong, Ok(()), Clock::Right),
        ] {
            assert_eq!(before.told(told), after, "{before:?}, {told:?}");
        }
    }
}
