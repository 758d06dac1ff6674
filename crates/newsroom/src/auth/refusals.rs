//! Refused sign-ins on their way into the audit log, which is kept for ever: however many there are, few entries tell of
//! them. Who has to wait is decided elsewhere, in `identity::throttle`.

use std::collections::{HashMap, HashSet};
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use chrono::TimeDelta;
use domain::id::{RequestId, UserId};
use domain::time::Moment;
use domain::user::Email;

use crate::asked::Origin;

/// Most accounts whose first refusal in a window is told at once; of a flood of more, the counts are told at its end.
const MOST_AT_ONCE: usize = 200;

/// Refusals that one entry tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Refused {
    /// At whose account; `None` where there was none.
    pub(crate) account: Option<UserId>,
    /// From where; `None` where it was from several addresses.
    pub(crate) address: Option<IpAddr>,
    /// By which request; `None` where it was several.
    pub(crate) request: Option<RequestId>,
    /// How many.
    pub(crate) count: u32,
    /// When the window began in which they were.
    pub(crate) since: Moment,
}

/// What is counted of the present window. It is in memory: a process that dies takes its counts with it, not what it has
/// told.
#[derive(Debug)]
pub(crate) struct Refusals {
    window: TimeDelta,
    present: Mutex<Option<Window>>,
}

#[derive(Debug)]
struct Window {
    since: Moment,
    /// The addresses that were typed, whether there is such an account or not: what is told at once must not differ.
    told: HashSet<Email>,
    /// Those that were not told at once. Accounts are as many as the newsroom has people; all else is one.
    counted: HashMap<Option<UserId>, Refused>,
}

impl Refusals {
    /// Tells each account once in a window of this length.
    pub(crate) fn new(window: TimeDelta) -> Self {
        Self { window, present: Mutex::default() }
    }

    /// Counts one refusal at `now`, and answers what is to be told: this one, if it is the first at the address that was
    /// typed, and the counts of a window that is over.
    pub(crate) fn note(
        &self,
        typed: &Email,
        account: Option<UserId>,
        origin: &Origin,
        now: Moment,
    ) -> Vec<Refused> {
        let mut present = self.present.lock().unwrap_or_else(PoisonError::into_inner);
        let mut due = self.ended(&mut present, now);
        let window = present.get_or_insert_with(|| Window::new(now));
        let Origin { address, request, .. } = *origin;
        let (address, request) = (Some(address), Some(request));
        let refused = Refused { account, address, request, count: 1, since: window.since };
        if window.told.len() < MOST_AT_ONCE && window.told.insert(typed.clone()) {
            due.push(refused);
        } else {
            window.count(refused);
        }
        due
    }

    /// The counts of the last window, if it is over by `now`.
    pub(crate) fn over(&self, now: Moment) -> Vec<Refused> {
        self.ended(&mut self.present.lock().unwrap_or_else(PoisonError::into_inner), now)
    }

    fn ended(&self, present: &mut Option<Window>, now: Moment) -> Vec<Refused> {
        // A clock that was set back ends it too.
        let ended = present.take_if(|window| now < window.since || now.since(window.since) >= self.window);
        ended.map(|window| window.counted.into_values().collect()).unwrap_or_default()
    }
}

impl Window {
    fn new(since: Moment) -> Self {
        Self { since, told: HashSet::new(), counted: HashMap::new() }
    }

    fn count(&mut self, refused: Refused) {
        let counted =
            self.counted.entry(refused.account).or_insert(Refused { request: None, count: 0, ..refused });
        counted.count = counted.count.saturating_add(1);
        counted.address = counted.address.filter(|address| Some(*address) == refused.address);
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use uuid::Uuid;

    use super::*;

    fn at(second: i64) -> Moment {
        Moment::new(DateTime::from_timestamp(1_767_268_800 + second, 0).unwrap())
    }

    fn typed(n: u32) -> Email {
        Email::parse(&format!("user{n}@varn.example")).unwrap()
    }

    fn address(n: u8) -> IpAddr {
        IpAddr::from([192, 0, 2, n])
    }

    fn origin(n: u8) -> Origin {
        Origin { address: address(n), request: RequestId::new(Uuid::from_u128(7)), agent: None }
    }

    // abuse: OP-07
    #[test]
    fn refusals_are_told_on_after_a_clock_was_set_back() {
        let refusals = Refusals::new(TimeDelta::seconds(900));
        assert_eq!(refusals.note(&typed(1), None, &origin(1), at(21_600)).len(), 1);
        assert_eq!(refusals.note(&typed(1), None, &origin(1), at(21_601)), []);
        // What was counted, and the next one at once.
        assert_eq!(refusals.note(&typed(1), None, &origin(1), at(0)).len(), 2);
    }

    // abuse: AUTH-11
    #[test]
    fn a_flood_of_refusals_is_told_in_few_entries_whether_there_are_accounts_or_not() {
        let refusals = Refusals::new(TimeDelta::seconds(900));
        let user = |n: u32| Some(UserId::new(Uuid::from_u128(n.into())));
        let at_once = |n: u32, account| refusals.note(&typed(n), account, &origin(1), at(1)).len();
        assert_eq!((0..5000).map(|n| at_once(n, None)).sum::<usize>(), MOST_AT_ONCE);
        assert_eq!(
            (at_once(6000, user(1)), at_once(6001, None)),
            (0, 0),
            "no difference tells of an account"
        );
        refusals.note(&typed(6000), user(1), &origin(2), at(2));
        assert_eq!(refusals.over(at(900)), []);
        let mut told = refusals.over(at(901));
        told.sort_by_key(|refused| refused.count);
        let [account, others] = told[..] else { panic!("{told:?}") };
        assert_eq!((account.account, account.count, account.address), (user(1), 2, None));
        assert_eq!((others.account, others.count, others.address), (None, 4801, Some(address(1))));
        assert_eq!(others.since, at(1));
        assert_eq!(refusals.over(at(9000)), [], "and once");
    }

    #[test]
    fn a_new_window_tells_anew_and_first_what_was_counted_in_the_last() {
        let refusals = Refusals::new(TimeDelta::seconds(900));
        let note = |second| refusals.note(&typed(1), None, &origin(1), at(second));
        assert_eq!(note(0).len(), 1);
        assert_eq!((note(5), note(899)), (vec![], vec![]));
        let told: Vec<_> = note(1000).into_iter().map(|refused| (refused.count, refused.since)).collect();
        assert_eq!(told, [(2, at(0)), (1, at(1000))]);
    }
}
