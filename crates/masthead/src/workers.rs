//! The workers of a node: a thread that does what has to be done as time goes by. What that is, is the newsroom's.

use std::io;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use domain::time::Clock;
use newsroom::Newsroom;
use newsroom::error::Error;
use newsroom::upkeep::Upkept;
use store::options::Company;
use store::records::Sequenced;
use tokio::runtime::Builder;

use crate::config::Config;
use crate::house::{self, HouseFault};

/// How often it is looked whether a change is due: with the grace of a second, announced two seconds late at most.
const STEP: Duration = Duration::from_secs(1);

/// After how many steps it is swept.
const STEPS_TO_SWEEP: u32 = 60;

/// After how many steps files are: asking a bucket for all it holds is costly.
const STEPS_TO_SWEEP_FILES: u32 = 3600;

/// Why the workers could not do their work.
#[derive(Debug, thiserror::Error)]
pub enum WorkFault {
    /// The house cannot be opened.
    #[error(transparent)]
    House(#[from] HouseFault),
    /// The newsroom refused.
    #[error(transparent)]
    Refused(#[from] Error),
    /// The machine gives no thread.
    #[error(transparent)]
    Machine(#[from] io::Error),
}

/// Does all of it once, beside a running server where there is one.
pub fn once(config: &Config, clock: Clock) -> Result<Upkept, WorkFault> {
    let newsroom = house::open(config, clock, "", Company::Beside)?.newsroom;
    work(&newsroom)
}

/// Does all of it once.
pub(crate) fn work(newsroom: &Newsroom) -> Result<Upkept, WorkFault> {
    let runtime = Builder::new_current_thread().enable_time().build()?;
    Ok(runtime.block_on(newsroom.upkeep())?)
}

/// The events behind the place `after`, in order.
pub(crate) fn events(newsroom: &Newsroom, after: i64) -> Result<Vec<Sequenced>, WorkFault> {
    let runtime = Builder::new_current_thread().enable_time().build()?;
    Ok(runtime.block_on(newsroom.events(after))?)
}

/// Workers at work, until they are dropped.
#[derive(Debug)]
pub(crate) struct Workers {
    /// Its end is what stops them.
    order: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Workers {
    pub(crate) fn start(newsroom: Newsroom) -> io::Result<Self> {
        let (order, orders) = mpsc::channel();
        let runtime = Builder::new_current_thread().enable_time().build()?;
        let thread = thread::Builder::new().name("workers".into()).spawn(move || {
            for step in 1_u32.. {
                if orders.recv_timeout(STEP) != Err(RecvTimeoutError::Timeout) {
                    return;
                }
                let done = runtime.block_on(async {
                    newsroom.announce().await?;
                    newsroom.render().await?;
                    if step.is_multiple_of(STEPS_TO_SWEEP) {
                        newsroom.sweep().await?;
                    }
                    if step.is_multiple_of(STEPS_TO_SWEEP_FILES) {
                        newsroom.sweep_files().await?;
                    }
                    Ok::<_, Error>(())
                });
                if let Err(error) = done {
                    tracing::warn!(%error, "the workers will try again");
                }
            }
        })?;
        Ok(Self { order: Some(order), thread: Some(thread) })
    }
}

impl Drop for Workers {
    /// Lets them finish what they have in hand.
    fn drop(&mut self) {
        drop(self.order.take());
        if let Some(thread) = self.thread.take() {
            // One that panicked has nothing left to finish.
            let _ = thread.join();
        }
    }
}
