//! The workers of a node: threads that do what has to be done as time goes by. What that is, is the newsroom's.

use std::io;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use domain::time::Clock;
use newsroom::Newsroom;
use newsroom::error::Error;
use newsroom::readiness::Unready;
use newsroom::upkeep::Upkept;
use store::options::Company;
use store::records::Sequenced;
use tokio::runtime::Builder;
use tokio::sync::watch;

use crate::cdn::{Purger, Untold};
use crate::config::Config;
use crate::house::{self, House, HouseFault};
use crate::pace::Pace;
use crate::webhooks::Messenger;

/// How often it is looked whether a change is due: with the grace of a second, announced two seconds late at most.
const STEP: Duration = Duration::from_secs(1);

/// How often it is looked whether there is something to tell a CDN or those who follow the feed of changes.
const STEP_TO_TELL: Duration = Duration::from_millis(250);

/// The longest time between two tries to tell one that does not take it.
const LONGEST_REST: Duration = Duration::from_mins(1);

/// How often it is swept.
const STEP_TO_SWEEP: Duration = Duration::from_mins(1);

/// After how many steps of that files are: asking a bucket for all it holds is costly.
const STEPS_TO_SWEEP_FILES: u32 = 60;

/// Why the workers could not do their work.
#[derive(Debug, thiserror::Error)]
pub enum WorkFault {
    /// The house cannot be opened.
    #[error(transparent)]
    House(#[from] HouseFault),
    /// The newsroom refused.
    #[error(transparent)]
    Refused(#[from] Error),
    /// The CDN was not told.
    #[error(transparent)]
    Untold(#[from] Untold),
    /// The clock is wrong, by which all of it is done.
    #[error(transparent)]
    Clock(Unready),
    /// The machine gives no thread.
    #[error(transparent)]
    Machine(#[from] io::Error),
}

/// Does all of it once, beside a running server where there is one.
pub fn once(config: &Config, clock: Clock) -> Result<Upkept, WorkFault> {
    let House { edge, purger, messenger, .. } = house::open(config, clock, "", Company::Beside)?;
    work(&edge.newsroom, purger.as_ref(), &messenger)
}

/// Does all of it once.
pub(crate) fn work(
    newsroom: &Newsroom,
    purger: Option<&Purger>,
    messenger: &Messenger,
) -> Result<Upkept, WorkFault> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    match runtime.block_on(newsroom.keeps_time()) {
        Err(wrong @ Unready::Clock { .. }) => return Err(WorkFault::Clock(wrong)),
        // The work itself tells whether the database answers.
        Err(Unready::Database) | Ok(()) => {}
    }
    let upkept = runtime.block_on(newsroom.upkeep())?;
    tell_webhooks(messenger)?;
    if let Some(purger) = purger {
        runtime.block_on(purger.tell())?;
    }
    Ok(upkept)
}

/// Tells webhooks of all that is due.
fn tell_webhooks(messenger: &Messenger) -> Result<(), WorkFault> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    Ok(runtime.block_on(messenger.tell())?)
}

/// The events behind the place `after`, in order.
pub(crate) fn events(newsroom: &Newsroom, after: i64) -> Result<Vec<Sequenced>, WorkFault> {
    let runtime = Builder::new_current_thread().enable_time().build()?;
    Ok(runtime.block_on(newsroom.events(after))?)
}

/// Workers at work, until they are dropped. An announcement is due to the second, so that whoever announces does nothing else:
/// the files of a whole bucket, the renditions of one photo, or all articles after a migration take longer.
#[derive(Debug)]
pub(crate) struct Workers {
    /// Its end is what stops them.
    order: Option<watch::Sender<()>>,
    threads: Vec<JoinHandle<()>>,
}

impl Workers {
    pub(crate) fn start(
        newsroom: Newsroom,
        purger: Option<Purger>,
        messenger: Messenger,
    ) -> io::Result<Self> {
        let (order, orders) = watch::channel(());
        let pace = Pace::new(orders, newsroom.clone());
        let mut threads = vec![
            hired("announcer", announce(newsroom.clone(), pace.clone()))?,
            hired("sweeper", sweep(newsroom.clone(), pace.clone()))?,
            hired("darkroom", print(newsroom.clone(), pace.clone()))?,
            hired("search", look_through(newsroom.clone(), pace.clone()))?,
            hired("changes", tell_changes(newsroom, pace.clone()))?,
        ];
        let own = pace.clone();
        threads.push(hired("messenger", async move { messenger.work(own).await })?);
        if let Some(purger) = purger {
            threads.push(hired("purger", tell(purger, pace))?);
        }
        Ok(Self { order: Some(order), threads })
    }
}

/// A thread for one of them.
fn hired(name: &str, work: impl Future<Output = ()> + Send + 'static) -> io::Result<JoinHandle<()>> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    thread::Builder::new().name(name.into()).spawn(move || {
        runtime.block_on(work);
        // Pixels that are being encoded are left to themselves.
        runtime.shutdown_background();
    })
}

/// Announces what is due.
async fn announce(newsroom: Newsroom, mut pace: Pace) {
    while pace.rest(STEP).await {
        try_again(newsroom.announce().await.map(drop));
    }
}

/// Forgets what is over, and files that no photo needs.
async fn sweep(newsroom: Newsroom, mut pace: Pace) {
    for n in 1_u32.. {
        if !pace.rest(STEP_TO_SWEEP).await {
            return;
        }
        try_again(newsroom.sweep().await.map(drop));
        if n.is_multiple_of(STEPS_TO_SWEEP_FILES) {
            try_again(newsroom.sweep_files().await.map(drop));
        }
    }
}

/// Makes the renditions that are ordered. One that is not done when all is to stop is given back, for whoever is next.
async fn print(newsroom: Newsroom, mut pace: Pace) {
    while pace.rest(STEP).await {
        let done = async {
            while pace.keeps_time().await {
                let Some(photo) = newsroom.take_order().await? else { break };
                tokio::select! {
                    _ = newsroom.carry_out(photo) => {}
                    () = pace.stopped() => return newsroom.give_back(photo).await,
                }
            }
            Ok(())
        };
        try_again(done.await);
    }
}

/// Tells a CDN what to let go of; where it does not take it, ever more seldom.
async fn tell(purger: Purger, mut pace: Pace) {
    let mut rest = STEP_TO_TELL;
    while pace.rest(rest).await {
        rest = match purger.tell_until(pace.orders()).await {
            Ok(()) => STEP_TO_TELL,
            Err(error) => {
                tracing::warn!(%error, "a CDN was not told what to let go of; it will be told again");
                LONGEST_REST.min(rest * 2)
            }
        };
    }
}

/// Looks articles through that searches are to find by other words than before, and has their words sorted.
async fn look_through(newsroom: Newsroom, mut pace: Pace) {
    while pace.rest(STEP).await {
        tokio::select! {
            done = newsroom.look_through() => try_again(done.map(drop)),
            () = pace.stopped() => return,
        }
    }
}

/// Writes the feed of changes.
async fn tell_changes(newsroom: Newsroom, mut pace: Pace) {
    while pace.rest(STEP_TO_TELL).await {
        tokio::select! {
            done = newsroom.tell_changes() => try_again(done.map(drop)),
            () = pace.stopped() => return,
        }
    }
}

fn try_again(done: Result<(), Error>) {
    if let Err(error) = done {
        tracing::warn!(%error, "the workers will try again");
    }
}

impl Drop for Workers {
    /// Lets them finish what they have in hand, renditions aside.
    fn drop(&mut self) {
        drop(self.order.take());
        for thread in self.threads.drain(..) {
            // One that panicked has nothing left to finish.
            let _ = thread.join();
        }
    }
}
