//! Whether an answer was right at the moment at which it was given.

use std::time::{Duration, Instant};

use super::truth::{BOUND, Change, Seen, Story, Truth};

/// What is to be said of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It was right; it shows the story as it is after so many of its changes.
    Right(usize),
    /// It shows an older state than it may, or not yet what it must.
    Stale,
    /// It shows what is not public: not yet, or no more.
    Leak,
}

impl Truth {
    /// Judges what an answer showed of a story.
    pub fn judge(&self, story: usize, seen: &Seen) -> Verdict {
        let Some(story) = self.stories.get(story) else { return Verdict::Leak };
        // Nothing was decided before the request was sent, nor while the node stood still.
        let decided = self.met(seen.node, seen.sent);
        let is_settled = |answered: Instant, by: usize| {
            // The node that has answered shows it at the very next request.
            let bound = if by == seen.node { Duration::ZERO } else { BOUND };
            answered + bound <= decided
        };
        let changes = || story.changes.iter().zip(1..);
        let settled = |(change, number): (&Change, usize)| {
            change.answered.is_some_and(|answered| is_settled(answered, change.by)).then_some(number)
        };
        let least = changes().filter_map(settled).max().unwrap_or(0);
        let begun = changes().filter(|(change, _)| change.asked <= seen.received).map(|(_, number)| number);
        let most = begun.max().unwrap_or(0);
        match (least..=most).rev().find(|changes| story.after(*changes) == seen.shows) {
            Some(changes) => Verdict::Right(changes),
            None => wrong(story, least, seen),
        }
    }
}

/// What is wrong with an answer that shows none of the states that it may show, of which the one after `least` changes is
/// the first.
fn wrong(story: &Story, least: usize, seen: &Seen) -> Verdict {
    let was_public = (0..=least).any(|changes| story.after(changes) == seen.shows);
    match seen.shows {
        Some(_) if !was_public || story.after(least).is_none() => Verdict::Leak,
        Some(_) | None => Verdict::Stale,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A story of which node 0 showed state 1 after a second, state 2 after ten, and nothing after twenty.
    fn truth(began: Instant) -> Truth {
        let change = |second, shows| {
            let asked = began + Duration::from_secs(second);
            Change { asked, answered: Some(asked + Duration::from_millis(100)), by: 0, shows }
        };
        let changes = vec![change(1, Some(1)), change(10, Some(2)), change(20, None)];
        let mut truth = Truth::default();
        truth.stories.push(Story { changes });
        truth
    }

    #[test]
    fn an_answer_may_show_what_was_in_force_between_the_bound_and_its_end() {
        let began = Instant::now();
        let truth = truth(began);
        let judge = |node, sent_ms, shows| {
            let sent = began + Duration::from_millis(sent_ms);
            truth.judge(0, &Seen { node, sent, received: sent + Duration::from_millis(5), shows })
        };
        assert_eq!(judge(1, 500, None), Verdict::Right(0));
        assert_eq!(judge(1, 500, Some(1)), Verdict::Leak, "before it was published");
        assert_eq!(judge(1, 1500, None), Verdict::Right(0), "another node has a second");
        assert_eq!(judge(0, 1500, None), Verdict::Stale, "the node that answered has none");
        assert_eq!(judge(1, 2150, None), Verdict::Stale);
        assert_eq!(judge(1, 9000, Some(2)), Verdict::Leak, "a working copy");
        assert_eq!(judge(0, 10_050, Some(1)), Verdict::Right(1), "it is not answered yet");
        assert_eq!(judge(0, 10_050, Some(2)), Verdict::Right(2), "nor is it wrong to show it");
        assert_eq!(judge(0, 10_200, Some(1)), Verdict::Stale);
        assert_eq!(judge(1, 20_500, Some(2)), Verdict::Right(2));
        assert_eq!(judge(1, 21_200, Some(2)), Verdict::Leak, "it was taken down");
        assert_eq!(judge(0, 20_200, Some(2)), Verdict::Leak);
        assert_eq!(judge(1, 21_200, None), Verdict::Right(3));
        assert_eq!(
            truth.judge(1, &Seen { node: 0, sent: began, received: began, shows: Some(1) }),
            Verdict::Leak
        );
    }

    #[test]
    fn what_was_asked_of_a_node_that_stood_still_it_decides_when_it_goes_on() {
        let mut truth = Truth::default();
        let story = truth.begin();
        let since = Instant::now();
        let asked = since + Duration::from_secs(5);
        truth.stories[story].changes.push(Change { asked, answered: Some(asked), by: 0, shows: Some(1) });
        let received = since + Duration::from_secs(10);
        truth.stood_still(1, since, received);
        let seen = |sent| Seen { node: 1, sent, received, shows: None };
        assert_eq!(truth.judge(story, &seen(since + Duration::from_secs(1))), Verdict::Stale);
        assert_eq!(truth.judge(story, &seen(since - Duration::from_millis(1))), Verdict::Right(0));
    }
}
