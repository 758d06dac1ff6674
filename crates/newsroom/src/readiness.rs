//! Whether this node can serve.

use std::time::Duration;

use chrono::TimeDelta;

use crate::room::Newsroom;

/// How long the database may take to answer that it is there.
const PATIENCE: Duration = Duration::from_secs(1);

/// Why a node cannot serve.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unready {
    /// The database does not answer, or not in time.
    #[error("the database does not answer")]
    Database,
    /// The clocks of node and database differ by more than they may, so that nodes would disagree on what is visible.
    #[error("the clock differs from that of the database by more than {most_ms} ms")]
    Clock {
        /// By how much they may.
        most_ms: i64,
    },
}

impl Newsroom {
    /// Asks the database, beside all that waits for it, and holds its clock against ours (ruling 15).
    pub async fn is_ready(&self) -> Result<(), Unready> {
        let parts = &self.room().parts;
        let asked = self.now();
        let Ok(Ok(theirs)) = tokio::time::timeout(PATIENCE, parts.store.time()).await else {
            return Err(Unready::Database);
        };
        // Somewhere between the two it looked at its clock: that the answer was slow is no fault of ours.
        let answered = self.now();
        let differs = |most: TimeDelta| {
            theirs.is_some_and(|theirs| asked.since(theirs) > most || theirs.since(answered) > most)
        };
        match parts.most_skew {
            Some(most) if differs(most) => Err(Unready::Clock { most_ms: most.num_milliseconds() }),
            Some(_) | None => Ok(()),
        }
    }

    /// The same for whoever does what is due by the clock. Where it is not held against another, nobody is asked.
    pub async fn keeps_time(&self) -> Result<(), Unready> {
        match self.room().parts.most_skew {
            Some(_) => self.is_ready().await,
            None => Ok(()),
        }
    }
}
