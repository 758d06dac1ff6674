//! Comments: readers hand them in, moderators decide about them.

mod ban;
mod batch;
mod bring;
mod decide;
mod desk;
mod forget;
mod judge;
mod keys;
mod own;
mod policy;
mod reply;
mod report;
mod submit;
pub(crate) mod times;

use domain::comment::Comment;
use domain::id::CommentId;
use domain::policy::{Granted, Right};

use crate::cx::Cx;
use crate::error::Error;

pub use ban::{Banned, NewBan, Whom, ban, bans, lift_ban, read_ban};
pub use batch::{Item, MOST, Outcome, decide_all};
pub use bring::bring;
pub use decide::{Order, decide};
pub use desk::{Asked, Dossier, MOST_REASONS, Page, list, read};
pub use forget::{By, Forgotten, Remembered, TOLD_AT_ONCE, Told};
pub use own::{Proof, change_own, withdraw_own};
pub use policy::{Policy, policy, set_policy};
pub use reply::{Recommended, recommend, reply};
pub use report::report;
pub use submit::{Submission, Submitted, submit};

/// The comment of an id, held for a write and granted for one right. Who has it has it to all comments, so that it is
/// asked for first: whether a comment is there is told to nobody else.
fn held<R: Right>(cx: &mut Cx<'_>, id: CommentId) -> Result<Granted<Comment, R>, Error> {
    cx.house::<R>()?;
    Ok(cx.tx.hold_comment(id)?.ok_or(Error::NotFound)?.grant::<R>(&cx.actor)?)
}
