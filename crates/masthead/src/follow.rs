//! Lets this node go of what others have changed. It runs beside the workers, and in tests too: what it does is due within a
//! second.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use http::keep::Answers;
use store::Store;
use store::error::Error;
use store::follow::{Follower, Look};

/// How often it is asked whether there is a reason to look.
const STEP: Duration = Duration::from_millis(50);

/// How long it is waited after the database did not answer.
const REST: Duration = Duration::from_millis(250);

/// Whoever follows, until it is dropped.
#[derive(Debug)]
pub(crate) struct Following {
    /// Its end is what stops them.
    order: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Following {
    /// Begins. The first look comes before anything is answered.
    pub(crate) fn start(store: Arc<Store>, answers: Answers) -> io::Result<Self> {
        let (order, orders) = channel();
        let mut follower = None;
        let mut pause = look(&store, &answers, &mut follower);
        let thread = thread::Builder::new().name("follower".into()).spawn(move || {
            while orders.recv_timeout(pause) == Err(RecvTimeoutError::Timeout) {
                pause = look(&store, &answers, &mut follower);
            }
        })?;
        Ok(Self { order: Some(order), thread: Some(thread) })
    }
}

impl Drop for Following {
    fn drop(&mut self) {
        drop(self.order.take());
        if let Some(thread) = self.thread.take() {
            // One that panicked has nothing left to do.
            let _ = thread.join();
        }
    }
}

/// Looks once, and tells how long to wait for the next time.
fn look(store: &Store, answers: &Answers, follower: &mut Option<Follower>) -> Duration {
    let had_begun = follower.is_some();
    let looked = try_to_look(store, answers, follower).or_else(|error| {
        *follower = None;
        if !had_begun {
            return Err(error);
        }
        // A connection that was cut says nothing of the database.
        tracing::info!(%error, "the connection by which others are followed is made anew");
        try_to_look(store, answers, follower)
    });
    match looked {
        Ok(()) => STEP,
        Err(error) => {
            *follower = None;
            answers.saw_nothing();
            tracing::warn!(%error, "what others change is not known; it will be asked again");
            REST
        }
    }
}

fn try_to_look(store: &Store, answers: &Answers, follower: &mut Option<Follower>) -> Result<(), Error> {
    let follower = if let Some(follower) = follower {
        follower
    } else {
        let begun = follower.insert(store.follow()?);
        // What was told while nobody listened is not known.
        answers.purge_all();
        answers.looked();
        begun
    };
    if let Look::Purges(keys) = follower.look()? {
        answers.purge(&keys);
        answers.looked();
    }
    Ok(())
}
