//! The threads of the darkroom. They receive, read, work on and write files, and give way to whatever answers requests.

use std::io;
use std::thread;

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;

use crate::error::Error;

/// How much nicer than the server they are, on Linux: a tenth of the weight of those that answer readers, so that a page
/// is not late because a photo of 24 megapixels is being made, and the photo still gets on when pages are asked for all
/// the time.
#[cfg(target_os = "linux")]
const NICER: i32 = 10;

/// Threads that give way, as many as there is work. They end with this.
#[derive(Debug)]
pub(super) struct Hands {
    handle: Handle,
    /// Its end dismisses them.
    _employed: oneshot::Sender<()>,
}

impl Hands {
    /// Hires them.
    pub(super) fn hire() -> io::Result<Self> {
        let mut builder = Builder::new_current_thread();
        let runtime = builder.enable_all().thread_name("darkroom").on_thread_start(give_way).build()?;
        let handle = runtime.handle().clone();
        let (employed, dismissed) = oneshot::channel::<()>();
        thread::Builder::new().name("darkroom".into()).spawn(move || {
            give_way();
            let _ = runtime.block_on(dismissed);
            // What is being worked on is left to itself.
            runtime.shutdown_background();
        })?;
        Ok(Self { handle, _employed: employed })
    }

    /// Does `work`, which blocks. It goes on to its end, whether or not anybody still waits.
    pub(super) async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Error> {
        self.handle.spawn_blocking(work).await.map_err(|_| panicked())
    }

    /// Carries `errand` out, which waits for a disk or for others. It too goes on to its end.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        errand: impl Future<Output = T> + Send + 'static,
    ) -> Result<T, Error> {
        self.handle.spawn(errand).await.map_err(|_| panicked())
    }
}

fn panicked() -> Error {
    Error::Defect("the work in the darkroom panicked".to_owned())
}

/// Lowers the priority of this thread, which stays so: threads that others use must not come here. Those that it starts
/// inherit it. Elsewhere than on Linux the call would be about the whole process.
fn give_way() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{getpriority_process, setpriority_process};
        // One that a nicer thread started is that already. Where it is forbidden the work is done all the same.
        let ours = rustix::process::getpid();
        let _ = getpriority_process(Some(ours)).and_then(|nice| setpriority_process(None, nice + NICER));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn they_tell_of_a_panic_and_work_on() {
        let hands = Hands::hire().expect("threads");
        assert!(matches!(hands.work(|| panic!("as hostile files make it")).await, Err(Error::Defect(_))));
        assert!(matches!(hands.run(async { 7 }).await, Ok(7)));
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn they_give_way() {
        use rustix::process::getpriority_process;
        let ours = getpriority_process(None).expect("our own priority");
        let hands = Hands::hire().expect("threads");
        let (working, running) = (|| getpriority_process(None), async { getpriority_process(None) });
        let (working, running) = (hands.work(working).await, hands.run(running).await);
        for theirs in [working, running] {
            let theirs = theirs.ok().and_then(Result::ok).expect("their priority");
            assert_eq!(theirs, (ours + NICER).min(19));
        }
        assert_eq!(getpriority_process(None).expect("our own priority"), ours, "and nobody else does");
    }
}
