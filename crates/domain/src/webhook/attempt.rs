//! One try to tell a webhook of an event, and when the next one is due.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use crate::codes::codes;
use crate::time::Moment;

/// For how long it is tried to deliver an event.
pub const LASTS: TimeDelta = TimeDelta::days(3);

/// The pauses after the first failures, in seconds; after each further one it is the last. Together they fill three days
/// in some sixteen tries: soon enough for a restart of the receiver, seldom enough for one that is away.
const PAUSES_S: [i64; 10] = [5, 30, 120, 600, 1800, 3600, 7200, 14_400, 28_800, 43_200];

/// Longest pause for which a receiver may ask.
pub const LONGEST_ASKED: TimeDelta = TimeDelta::hours(12);

codes! {
    /// What came of a try to deliver an event.
    pub enum Outcome {
        /// The receiver took it: a status of 200 to 299.
        Delivered = "delivered",
        /// It answered with another status.
        Refused = "refused",
        /// It answered `410 Gone`, which switches the webhook off.
        Gone = "gone",
        /// It answered with a redirect, which is not followed.
        Redirected = "redirected",
        /// Its address, or what its name leads to, is one to which nothing is sent.
        TargetRefused = "target_refused",
        /// No connection came about.
        Unreachable = "unreachable",
        /// It took longer than 10 seconds.
        TimedOut = "timed_out",
        /// The connection ended before its answer did, or that was not HTTP.
        BrokenOff = "broken_off",
        /// Its answer had more than 64 KiB.
        AnswerTooLarge = "answer_too_large",
        /// The secret cannot be read with the keys of this node.
        SecretUnreadable = "secret_unreadable",
    }
}

/// What is known of a try: of the answer its status and size alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tried {
    /// What came of it.
    pub outcome: Outcome,
    /// The status of the answer, if one came.
    pub status: Option<u16>,
    /// How many octets of its body were read.
    pub octets: Option<u32>,
    /// After what time the receiver wants to be asked again.
    pub retry_after: Option<TimeDelta>,
}

impl Tried {
    /// A try without an answer.
    pub const fn without_answer(outcome: Outcome) -> Self {
        Self { outcome, status: None, octets: None, retry_after: None }
    }
}

/// A try as the log of a delivery keeps it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// The how-manieth it was.
    pub number: u32,
    /// When it ended.
    pub at: Moment,
    /// What came of it.
    pub outcome: Outcome,
    /// The status of the answer, if one came.
    pub status: Option<u16>,
    /// How many octets of its body were read.
    pub octets: Option<u32>,
}

impl Attempt {
    /// Most of one delivery that are kept; the oldest go.
    pub const MAX: usize = 20;
}

/// When a delivery that has failed `failures` times is tried again, the first time having been begun at `began`; `None`
/// once three days are over. `chance` spreads those that failed together; what the receiver `asked` for counts within
/// [`LONGEST_ASKED`].
pub fn next(
    began: Moment,
    now: Moment,
    failures: u32,
    asked: Option<TimeDelta>,
    chance: u8,
) -> Option<Moment> {
    let end = began.plus(LASTS);
    if now >= end {
        return None;
    }
    let step = usize::try_from(failures.saturating_sub(1)).unwrap_or(usize::MAX).min(PAUSES_S.len() - 1);
    // From four to six fifths of the pause.
    let milliseconds = PAUSES_S[step] * 1000 * (1020 + 2 * i64::from(chance)) / 1275;
    let pause = TimeDelta::milliseconds(milliseconds).max(asked.unwrap_or_default().min(LONGEST_ASKED));
    Some(now.plus(pause).min(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn began() -> Moment {
        Moment::parse("2026-01-09T06:00:00Z").unwrap()
    }

    #[test]
    fn pauses_grow_for_three_days_and_then_it_is_over() {
        let (mut now, mut failures, mut pauses) = (began(), 0, Vec::new());
        while let Some(then) = next(began(), now, failures + 1, None, 127) {
            pauses.push(then.since(now));
            (now, failures) = (then, failures + 1);
        }
        assert_eq!(now, began().plus(LASTS), "the last try is at the end");
        assert!((12..20).contains(&failures), "{failures} tries");
        assert!(pauses.windows(2).take(9).all(|two| two[0] < two[1]), "{pauses:?}");
    }

    #[test]
    fn chance_spreads_a_pause_by_a_fifth() {
        let pause = |chance| next(began(), began(), 3, None, chance).unwrap().since(began());
        assert_eq!(pause(0), TimeDelta::seconds(96));
        assert_eq!(pause(255), TimeDelta::seconds(144));
    }

    #[test]
    fn a_receiver_may_ask_for_a_longer_pause_within_bounds() {
        let pause = |asked| next(began(), began(), 1, Some(asked), 0).unwrap().since(began());
        assert_eq!(pause(TimeDelta::minutes(7)), TimeDelta::minutes(7));
        assert_eq!(pause(TimeDelta::zero()), TimeDelta::seconds(4), "not for a shorter one");
        assert_eq!(pause(TimeDelta::days(400)), LONGEST_ASKED);
    }
}
