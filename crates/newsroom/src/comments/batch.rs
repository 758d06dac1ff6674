//! Decides about many comments at once: each by itself, with a result of its own.

use std::collections::HashSet;

use domain::comment::Comment;
use domain::id::CommentId;
use domain::policy::right::ModerateComments;
use domain::version::{Seen, Version};

use super::decide::{Order, decide};
use crate::cx::{Cx, Recorded};
use crate::error::Error;

/// Most comments of a batch: a queue's page twice over.
pub const MOST: usize = 200;

/// A comment of a batch, as it was seen.
#[derive(Debug, Clone, Copy)]
pub struct Item {
    /// It.
    pub id: CommentId,
    /// Its version.
    pub version: Version,
}

/// What became of a comment of a batch.
#[derive(Debug)]
pub struct Outcome {
    /// It.
    pub id: CommentId,
    /// As it is now, or why nothing was done with it.
    pub done: Result<Comment, Error>,
}

/// Decides about each comment of a batch; one that is named again is not decided about twice. Fails only where none of
/// them could be decided about for a reason that is not theirs.
pub fn decide_all(cx: &mut Cx<'_>, items: &[Item], order: &Order) -> Result<Recorded<Vec<Outcome>>, Error> {
    cx.house::<ModerateComments>()?;
    cx.tx.hold_threads_of(&items.iter().map(|item| item.id).collect::<Vec<_>>())?;
    let (mut results, mut met) = (Recorded::none(), HashSet::new());
    for Item { id, version } in items.iter().copied().filter(|item| met.insert(item.id)) {
        match decide(cx, id, Seen::Version(version), order) {
            Ok(decided) => results = results.and(decided.map(|comment| Outcome { id, done: Ok(comment) })),
            Err(
                error @ (Error::NotFound | Error::Stale(_) | Error::CommentConflict(_) | Error::Forbidden(_)),
            ) => results = results.with(Outcome { id, done: Err(error) }),
            Err(error) => return Err(error),
        }
    }
    Ok(results)
}
