//! Comments: readers hand them in, moderators decide about them.

mod decide;
mod judge;
mod keys;
mod submit;

use domain::comment::Comment;
use domain::id::CommentId;
use domain::policy::{Granted, Right};

use crate::cx::Cx;
use crate::error::Error;

pub use decide::{Order, decide};
pub use submit::{Submission, Submitted, submit};

/// The comment of an id, held for a write and granted for one right. Who has it has it to all comments, so that it is
/// asked for first: whether a comment is there is told to nobody else.
fn held<R: Right>(cx: &mut Cx<'_>, id: CommentId) -> Result<Granted<Comment, R>, Error> {
    cx.house::<R>()?;
    Ok(cx.tx.hold_comment(id)?.ok_or(Error::NotFound)?.grant::<R>(&cx.actor)?)
}
