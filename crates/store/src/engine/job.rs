//! A write that waits for the writer of SQLite, whatever its types.

use std::panic::{AssertUnwindSafe, catch_unwind};

use tokio::sync::oneshot;

use super::Write;
use crate::error::{Error, Failure, Fate};
use crate::tx::Tx;

/// What a run of a job asks of its savepoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Keep what it wrote.
    Keep,
    /// Undo what it wrote: it was refused, which is an answer too.
    Undo,
    /// The database failed under it, and perhaps under the others of the batch.
    Broken,
}

/// One waiting write.
pub(crate) trait Job: Send {
    /// Runs it, perhaps not for the first time.
    fn run(&mut self, tx: &mut dyn Tx) -> Outcome;

    /// Answers its caller once what it wrote is durable, or with why it is not.
    fn settle(self: Box<Self>, commit: Result<(), Error>);
}

/// A job with its answer.
pub(crate) struct Waiting<T, E> {
    work: Box<Write<T, E>>,
    answer: oneshot::Sender<Result<T, E>>,
    result: Option<Result<T, E>>,
}

impl<T, E> Waiting<T, E> {
    /// A job, and where its answer will be.
    pub(crate) fn new(work: Box<Write<T, E>>) -> (Self, oneshot::Receiver<Result<T, E>>) {
        let (answer, receiver) = oneshot::channel();
        (Self { work, answer, result: None }, receiver)
    }
}

impl<T: Send, E: Failure> Job for Waiting<T, E> {
    fn run(&mut self, tx: &mut dyn Tx) -> Outcome {
        let result = catch_unwind(AssertUnwindSafe(|| (self.work)(tx)))
            .unwrap_or_else(|_| Err(Error::defect("a write panicked").into()));
        let outcome = match &result {
            Ok(_) => Outcome::Keep,
            Err(error) => match error.fate() {
                Fate::Refused => Outcome::Undo,
                Fate::Collided | Fate::Broken => Outcome::Broken,
            },
        };
        self.result = Some(result);
        outcome
    }

    fn settle(self: Box<Self>, commit: Result<(), Error>) {
        let Self { work, answer: caller, result } = *self;
        // Before the caller goes on: what the work holds may be all that keeps the store open, and the writer's thread
        // cannot be the one that closes it.
        drop(work);
        let answer = match (result, commit) {
            // What was refused by what was then rolled back may not have been so.
            (Some(Err(refused)), Err(error)) if refused.fate() == Fate::Refused => Err(error.into()),
            (Some(Err(refused)), _) => Err(refused),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (_, Err(error)) => Err(error.into()),
            (None, Ok(())) => Err(Error::defect("a write was never run").into()),
        };
        // Fails only where the caller has gone.
        let _ = caller.send(answer);
    }
}
