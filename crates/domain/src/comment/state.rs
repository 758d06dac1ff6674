//! What becomes of a comment: its states, and the decisions that lead from one to another.

use super::conflict::CommentConflict;
use super::step::Step;
use crate::codes::codes;
use crate::id::UserId;

codes! {
    /// What became of a comment.
    pub enum CommentState {
        /// It waits for a moderator.
        Pending = "pending",
        /// Readers see it.
        Visible = "visible",
        /// A moderator did not let it through.
        Rejected = "rejected",
        /// It is unwanted advertising.
        Spam = "spam",
        /// It was taken away: by a moderator, by its writer, or because somebody had to be forgotten.
        Removed = "removed",
    }
}

codes! {
    /// What a moderator does with a comment.
    pub enum Verb {
        /// Show it.
        Approve = "approve",
        /// Do not let it through.
        Reject = "reject",
        /// Call it unwanted advertising.
        Spam = "spam",
        /// Take it away.
        Remove = "remove",
    }
}

impl Verb {
    /// The state that it leads to.
    pub const fn leads_to(self) -> CommentState {
        match self {
            Self::Approve => CommentState::Visible,
            Self::Reject => CommentState::Rejected,
            Self::Spam => CommentState::Spam,
            Self::Remove => CommentState::Removed,
        }
    }

    /// The state of a comment in `state` after this decision. Any decision can be taken back by another; only what its
    /// writer took away, or what had to be forgotten, stays away (see [`Decided`]).
    pub fn decide(self, state: CommentState, by: Decided) -> Result<CommentState, CommentConflict> {
        if by.is_final() {
            return Err(CommentConflict::Gone);
        }
        let after = self.leads_to();
        if after == state { Err(CommentConflict::Decided) } else { Ok(after) }
    }
}

/// Who or what decided last about a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decided {
    /// A step, as the comment came in or was changed.
    Step(Step),
    /// Readers, who reported it often enough to bring it back into the queue.
    Readers,
    /// A moderator.
    User(UserId),
    /// Its writer, who took it away.
    Writer,
    /// The writer's right to be forgotten.
    Erasure,
}

impl Decided {
    /// Whether no moderator can decide about it any more.
    pub const fn is_final(self) -> bool {
        matches!(self, Self::Writer | Self::Erasure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_can_be_taken_back_unless_there_is_nothing_left_to_decide_about() {
        for &verb in Verb::ALL {
            for &state in CommentState::ALL {
                let decided = verb.decide(state, Decided::Step(Step::Policy));
                let same = verb.leads_to() == state;
                let expected = if same { Err(CommentConflict::Decided) } else { Ok(verb.leads_to()) };
                assert_eq!(decided, expected, "{verb:?} {state:?}");
                assert_eq!(verb.decide(state, Decided::Writer), Err(CommentConflict::Gone));
                assert_eq!(verb.decide(state, Decided::Erasure), Err(CommentConflict::Gone));
            }
        }
    }
}
