//! What becomes of a comment as it comes in: the steps in their order, of which the first that has an answer decides.

pub mod facts;
mod steps;

use self::facts::{Facts, Occasion};
use super::conflict::ClosedBecause;
use super::settings::MaxLength;
use super::step::Step;

/// What the steps make of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judgement {
    /// What becomes of it.
    pub verdict: Verdict,
    /// The step that decided.
    pub step: Step,
}

/// What becomes of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Readers see it.
    Visible,
    /// It waits for a moderator, and its writer is told so.
    Pending,
    /// It is put aside. Its writer is told what is told of [`Verdict::Pending`].
    Spam,
    /// It is not taken, and its writer is told why.
    Refused(Refusal),
}

/// Why a comment is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The thread takes none.
    Closed(ClosedBecause),
    /// It is longer than the thread takes.
    TooLong(MaxLength),
    /// Its writer said the same in this thread.
    Duplicate,
    /// Too much comes from one network, or waits for the moderators.
    Flood {
        /// After how many seconds it may be tried again.
        retry_after_s: u32,
    },
}

/// Asks the steps in their order. A change never makes a comment more visible than it was: what a moderator approved
/// waits for one again (abuse CM-03), and what was held back stays so, else whoever was caught would change a comma.
pub fn judge(facts: &Facts<'_>) -> Judgement {
    let early = EARLY.iter().find_map(|(step, ask)| Some(Judgement { verdict: ask(facts)?, step: *step }));
    let judged = early.unwrap_or_else(|| Judgement { verdict: steps::policy(facts), step: Step::Policy });
    Judgement { verdict: no_better_than_before(judged.verdict, facts.occasion), ..judged }
}

/// A step, which has an answer or leaves it to the next.
type Ask = fn(&Facts<'_>) -> Option<Verdict>;

/// All steps but the last, which always has an answer.
const EARLY: [(Step, Ask); 9] = [
    (Step::Closed, steps::closed),
    (Step::Length, steps::length),
    (Step::Ban, steps::ban),
    (Step::Repeat, steps::repeat),
    (Step::Flood, steps::flood),
    (Step::Honeypot, steps::honeypot),
    (Step::Links, steps::links),
    (Step::WordList, steps::words),
    (Step::FirstComment, steps::first_comment),
];

const fn no_better_than_before(verdict: Verdict, occasion: Occasion) -> Verdict {
    match (occasion, verdict) {
        (Occasion::ChangeOfSpam, Verdict::Visible | Verdict::Pending) => Verdict::Spam,
        (Occasion::ChangeOfApproved | Occasion::ChangeOfPending, Verdict::Visible) => Verdict::Pending,
        (_, verdict) => verdict,
    }
}

#[cfg(test)]
mod tests;
