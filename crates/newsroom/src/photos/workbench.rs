//! The places of the darkroom where files are worked on: a few at once.

use std::sync::Arc;

use tokio::sync::Semaphore;

use super::hands::Hands;
use crate::error::Error;

/// How many files may wait for each that is being worked on.
const WAITING: usize = 16;

/// Bounded places for work.
#[derive(Debug)]
pub(super) struct Workbench {
    at_work: Arc<Semaphore>,
    inside: Arc<Semaphore>,
}

impl Workbench {
    /// One at which `at_once` files are worked on at a time.
    pub(super) fn new(at_once: usize) -> Self {
        let (at_work, inside) = (Semaphore::new(at_once), Semaphore::new(at_once * (WAITING + 1)));
        Self { at_work: Arc::new(at_work), inside: Arc::new(inside) }
    }

    /// Lets `hands` do `work` in a place for it. Past a bounded number of those that wait, it is refused.
    pub(super) async fn alone<T: Send + 'static>(
        &self,
        hands: &Hands,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let inside = Arc::clone(&self.inside).try_acquire_owned().map_err(|_| Error::Overloaded)?;
        let at_work = Arc::clone(&self.at_work).acquire_owned().await.map_err(|_| Error::Overloaded)?;
        let work = move || {
            // The place is taken until its end, whether or not anybody still waits: who hangs up makes no room.
            let _places = (at_work, inside);
            work()
        };
        hands.work(work).await?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_hangs_up_makes_no_room() {
        let (bench, hands) = (Workbench::new(1), Hands::hire().expect("threads"));
        let (end, ended) = std::sync::mpsc::channel::<()>();
        let work = bench.alone(&hands, move || Ok(ended.recv().is_ok()));
        assert!(tokio::time::timeout(std::time::Duration::ZERO, work).await.is_err());
        assert_eq!(bench.at_work.available_permits(), 0);
        drop(end);
        let next = bench.alone(&hands, || Ok(7)).await;
        assert!(matches!(next, Ok(7)));
        for _ in 0..=WAITING {
            bench.inside.forget_permits(1);
        }
        assert!(matches!(bench.alone(&hands, || Ok(())).await, Err(Error::Overloaded)));
    }
}
