//! The places of the darkroom where files are worked on: a few at once, each on a thread of its own that gives way to
//! whatever answers requests.

use std::sync::Arc;
use std::thread;

use tokio::sync::{Semaphore, oneshot};

use crate::error::Error;

/// How many files may wait for each that is being worked on.
const WAITING: usize = 16;

/// How much nicer than the server its threads are, on Linux: a tenth of the weight of those that answer readers, so that
/// a page is not late because a photo of 24 megapixels is being made, and the photo still gets on when pages are asked
/// for all the time.
#[cfg(target_os = "linux")]
const NICER: i32 = 10;

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

    /// Runs `work` on a thread for it. Past a bounded number of those that wait, it is refused.
    pub(super) async fn alone<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let inside = Arc::clone(&self.inside).try_acquire_owned().map_err(|_| Error::Overloaded)?;
        let at_work = Arc::clone(&self.at_work).acquire_owned().await.map_err(|_| Error::Overloaded)?;
        let (done, waiting) = oneshot::channel();
        let begun = thread::Builder::new().name("darkroom".into()).spawn(move || {
            give_way();
            let result = work();
            // The place is taken until here, whether or not anybody still waits: who hangs up makes no room.
            drop((at_work, inside));
            let _ = done.send(result);
        });
        begun.map_err(|cause| Error::Unavailable(cause.to_string()))?;
        waiting.await.map_err(|_| Error::Defect("the work in the darkroom panicked".to_owned()))?
    }
}

/// Lowers the priority of this thread, which stays so: threads of a pool that others use must not come here. Those that
/// it starts inherit it. Elsewhere than on Linux the call would be about the whole process.
fn give_way() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{getpriority_process, setpriority_process};
        // Where it is forbidden the work is done all the same.
        let _ = getpriority_process(None).and_then(|nice| setpriority_process(None, nice + NICER));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn who_hangs_up_makes_no_room() {
        let bench = Workbench::new(1);
        let (end, ended) = std::sync::mpsc::channel::<()>();
        let work = bench.alone(move || Ok(ended.recv().is_ok()));
        assert!(tokio::time::timeout(std::time::Duration::ZERO, work).await.is_err());
        assert_eq!(bench.at_work.available_permits(), 0);
        drop(end);
        let next = bench.alone(|| Ok(7)).await;
        assert!(matches!(next, Ok(7)));
        for _ in 0..=WAITING {
            bench.inside.forget_permits(1);
        }
        assert!(matches!(bench.alone(|| Ok(())).await, Err(Error::Overloaded)));
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn its_threads_give_way() {
        use rustix::process::getpriority_process;
        let ours = getpriority_process(None).expect("our own priority");
        let theirs = Workbench::new(1).alone(|| Ok(getpriority_process(None))).await;
        let theirs = theirs.ok().and_then(Result::ok).expect("their priority");
        assert_eq!(theirs, (ours + NICER).min(19));
        assert_eq!(getpriority_process(None).expect("our own priority"), ours, "and nobody else does");
    }
}
