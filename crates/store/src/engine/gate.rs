//! Admission: as many at a time as there are connections, a bounded number waiting, and nobody for ever.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use tokio::sync::{Semaphore, SemaphorePermit};

use crate::error::Error;

/// The door before the connections.
#[derive(Debug)]
pub(crate) struct Gate {
    places: Semaphore,
    waiting: AtomicUsize,
    most_waiting: usize,
    patience: Duration,
}

/// One who waits; leaving counts, however it happens.
struct Waiting<'a>(&'a AtomicUsize);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::AcqRel);
    }
}

impl Gate {
    pub(crate) fn new(places: usize, most_waiting: usize, patience: Duration) -> Self {
        Self { places: Semaphore::new(places), waiting: AtomicUsize::new(0), most_waiting, patience }
    }

    /// A place, or [`Error::Overloaded`].
    pub(crate) async fn enter(&self) -> Result<SemaphorePermit<'_>, Error> {
        if let Ok(permit) = self.places.try_acquire() {
            return Ok(permit);
        }
        let before = self.waiting.fetch_add(1, Ordering::AcqRel);
        let _waiting = Waiting(&self.waiting);
        if before >= self.most_waiting {
            return Err(Error::Overloaded);
        }
        match tokio::time::timeout(self.patience, self.places.acquire()).await {
            Ok(Ok(permit)) => Ok(permit),
            Ok(Err(_)) | Err(_) => Err(Error::Overloaded),
        }
    }
}
