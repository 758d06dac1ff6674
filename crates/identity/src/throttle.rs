//! Slows guessing down: failures per account and per address, kept in memory with a bound.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

use chrono::TimeDelta;
use domain::time::Moment;
use domain::user::Email;

/// How many failures are let pass, and how long is waited after more.
#[derive(Debug, Clone, Copy)]
struct Allowance {
    free: u32,
    /// The wait after the first failure that is not free; each further one doubles it.
    first_wait_s: i64,
    longest_wait_s: i64,
}

/// Five typing errors; then a guesser has at most four tries an hour at one account.
const ACCOUNT: Allowance = Allowance { free: 5, first_wait_s: 2, longest_wait_s: 900 };

/// An office behind one address makes more errors than one person.
const ADDRESS: Allowance = Allowance { free: 30, first_wait_s: 2, longest_wait_s: 900 };

/// Failures are forgotten after this long without another one.
const FORGOTTEN_AFTER: TimeDelta = TimeDelta::hours(1);

/// Accounts and addresses that are kept at most: about 10 MB. Past it those whose wait ends first make room, so that
/// a flood of new ones pushes out itself before it pushes out an account under attack.
const MOST_KEPT: usize = 50_000;

/// A sign-in that has to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    /// For how many seconds.
    pub retry_after_s: u32,
}

#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    last: Moment,
}

impl Failures {
    fn free_from(&self, allowance: Allowance) -> Moment {
        let over = self.count.saturating_sub(allowance.free);
        let wait_s = match over {
            0 => 0,
            over => allowance
                .first_wait_s
                .saturating_mul(1_i64.checked_shl(over - 1).unwrap_or(i64::MAX))
                .clamp(0, allowance.longest_wait_s),
        };
        self.last.plus(TimeDelta::seconds(wait_s))
    }
}

/// Counts failures and says who has to wait.
#[derive(Debug, Default)]
pub struct Throttle {
    accounts: Mutex<HashMap<Email, Failures>>,
    addresses: Mutex<HashMap<IpAddr, Failures>>,
}

impl Throttle {
    /// Whether a sign-in may be tried at `now`.
    pub fn admits(&self, email: &Email, address: IpAddr, now: Moment) -> Result<(), Wait> {
        let account = free_from(&self.accounts, email, ACCOUNT);
        let address = free_from(&self.addresses, &network(address), ADDRESS);
        match account.into_iter().chain(address).max() {
            Some(free) if free > now => {
                let wait_s = (free.since(now).num_milliseconds() + 999) / 1000;
                Err(Wait { retry_after_s: u32::try_from(wait_s).unwrap_or(u32::MAX) })
            }
            _ => Ok(()),
        }
    }

    /// Notes a failure, whether or not there is such an account.
    pub fn failed(&self, email: &Email, address: IpAddr, now: Moment) {
        note(&self.accounts, email.clone(), ACCOUNT, now);
        note(&self.addresses, network(address), ADDRESS, now);
    }

    /// Forgets the failures of an account that signed in. Its address keeps its own: one right password does not
    /// excuse guesses at other accounts.
    pub fn succeeded(&self, email: &Email) {
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner).remove(email);
    }
}

/// What is counted as one client: an IPv4 address, or the /64 that one IPv6 subscriber has at least.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

fn free_from<K: Eq + Hash>(
    kept: &Mutex<HashMap<K, Failures>>,
    key: &K,
    allowance: Allowance,
) -> Option<Moment> {
    let kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    kept.get(key).map(|failures| failures.free_from(allowance))
}

fn note<K: Clone + Eq + Hash>(kept: &Mutex<HashMap<K, Failures>>, key: K, allowance: Allowance, now: Moment) {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= MOST_KEPT && !kept.contains_key(&key) {
        make_room(&mut kept, allowance, now);
    }
    let failures = kept.entry(key).or_insert(Failures { count: 0, last: now });
    if now.since(failures.last) > FORGOTTEN_AFTER {
        failures.count = 0;
    }
    *failures = Failures { count: failures.count.saturating_add(1), last: failures.last.max(now) };
}

/// Removes what is forgotten, and of the rest the half that waits least.
fn make_room<K: Clone + Eq + Hash>(kept: &mut HashMap<K, Failures>, allowance: Allowance, now: Moment) {
    kept.retain(|_, failures| now.since(failures.last) <= FORGOTTEN_AFTER);
    if kept.len() < MOST_KEPT {
        return;
    }
    let mut ends: Vec<_> = kept.values().map(|failures| failures.free_from(allowance)).collect();
    ends.sort_unstable();
    let middle = ends[ends.len() / 2];
    kept.retain(|_, failures| failures.free_from(allowance) > middle);
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn at(second: i64) -> Moment {
        Moment::new(DateTime::from_timestamp(1_767_268_800 + second, 0).unwrap())
    }

    fn email(n: u32) -> Email {
        Email::parse(&format!("user{n}@varn.example")).unwrap()
    }

    fn address(n: u16) -> IpAddr {
        IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, n, 1, 2, 3, 4))
    }

    // abuse: AUTH-11
    #[test]
    fn guesses_at_one_account_from_many_addresses_wait_ever_longer() {
        let throttle = Throttle::default();
        let mut waits = Vec::new();
        for n in 0..20 {
            if let Err(wait) = throttle.admits(&email(1), address(n), at(0)) {
                waits.push(wait.retry_after_s);
            }
            throttle.failed(&email(1), address(n), at(0));
        }
        assert_eq!(waits[..4], [2, 4, 8, 16]);
        assert_eq!(waits.last(), Some(&900));
        assert_eq!(throttle.admits(&email(2), address(99), at(0)), Ok(()));
        assert_eq!(throttle.admits(&email(1), address(99), at(900)), Ok(()));
    }

    // abuse: AUTH-11
    #[test]
    fn guesses_from_one_network_at_many_accounts_wait_and_a_success_excuses_none_of_them() {
        let throttle = Throttle::default();
        for n in 0_u16..31 {
            let address = Ipv6Addr::new(0x2001, 0xdb8, 0, 7, 0, 0, 0, n);
            throttle.failed(&email(n.into()), IpAddr::V6(address), at(0));
        }
        throttle.succeeded(&email(0));
        assert!(throttle.admits(&email(500), address(7), at(0)).is_err());
        assert!(throttle.admits(&email(500), address(8), at(0)).is_ok());
    }

    #[test]
    fn failures_are_forgotten_after_an_hour() {
        let throttle = Throttle::default();
        for _ in 0..6 {
            throttle.failed(&email(1), address(1), at(0));
        }
        throttle.failed(&email(1), address(1), at(3601));
        assert_eq!(throttle.admits(&email(1), address(1), at(3601)), Ok(()));
    }

    // abuse: AUTH-11
    #[test]
    fn a_flood_of_accounts_frees_none_that_is_under_attack() {
        let throttle = Throttle::default();
        for _ in 0..20 {
            throttle.failed(&email(0), address(0), at(0));
        }
        for n in 1..120_000 {
            note(&throttle.accounts, email(n), ACCOUNT, at(0));
        }
        assert!(throttle.admits(&email(0), address(9), at(1)).is_err());
        assert!(throttle.accounts.lock().unwrap().len() <= MOST_KEPT);
    }
}
