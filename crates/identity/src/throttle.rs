//! Slows guessing down: failures per account and per address, kept in memory with a bound.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};

use chrono::TimeDelta;
use domain::time::Moment;
use domain::user::Email;

/// How many failures are answered at once, and how long is waited after more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Failures at one account.
    pub per_account: u32,
    /// Failures from one address: an office behind it makes more errors than one person.
    pub per_address: u32,
    /// The longest wait, in seconds. Failures are forgotten after four times as long without another one.
    pub window_s: u32,
}

/// Ten typing errors; then guessers have at most four tries an hour at one account, from however many addresses, and as many
/// from each network that they share with its owner. The owner never waits for them in a network from which they have signed
/// in since the start, and elsewhere for a quarter of an hour after the last of them.
impl Default for Budget {
    fn default() -> Self {
        Self { per_account: 10, per_address: 30, window_s: 900 }
    }
}

/// The part of a [`Budget`] that counts for one sort of key.
#[derive(Debug, Clone, Copy)]
struct Allowance {
    answered: u32,
    longest_wait_s: i64,
}

/// The wait after the first failure past the budget, in seconds; each further one doubles it.
const FIRST_WAIT_S: i64 = 2;

impl Allowance {
    fn forgotten_after(self) -> TimeDelta {
        TimeDelta::seconds(4 * self.longest_wait_s)
    }
}

/// Accounts and addresses that are kept at most: about 10 MB. Past it those whose wait ends first make room, so that
/// a flood of new ones pushes out itself before it pushes out an account under attack.
const MOST_KEPT: usize = 50_000;

/// A try that has to wait.
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
    /// When the next try may be made, as it is seen at `now`. What a clock that was ahead has counted is as if it were of now:
    /// nobody waits until that comes.
    fn next_try(&mut self, allowance: Allowance, now: Moment) -> Moment {
        self.last = self.last.min(now);
        self.free_from(allowance)
    }

    fn free_from(&self, allowance: Allowance) -> Moment {
        let wait_s = match self.count.checked_sub(allowance.answered) {
            None => 0,
            Some(over) => {
                FIRST_WAIT_S.saturating_mul(2_i64.saturating_pow(over)).min(allowance.longest_wait_s)
            }
        };
        self.last.plus(TimeDelta::seconds(wait_s))
    }
}

/// Whose failures at an account are counted together.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Tried {
    /// Those of everybody whose network is not known there.
    Anywhere(Email),
    /// Those from a network from which somebody has signed in before: whoever guesses elsewhere keeps nobody out here.
    AtHome(Email, IpAddr),
}

/// Counts failures and says who has to wait.
#[derive(Debug, Default)]
pub struct Throttle {
    budget: Budget,
    accounts: Mutex<HashMap<Tried, Failures>>,
    addresses: Mutex<HashMap<IpAddr, Failures>>,
    /// Networks from which somebody has signed in to an account, and when they did last.
    homes: Mutex<HashMap<(Email, IpAddr), Moment>>,
}

impl Throttle {
    /// Counts against `budget`.
    pub fn new(budget: Budget) -> Self {
        Self { budget, ..Self::default() }
    }

    fn of_accounts(&self) -> Allowance {
        let Budget { per_account, window_s, .. } = self.budget;
        Allowance { answered: per_account, longest_wait_s: window_s.into() }
    }

    fn of_addresses(&self) -> Allowance {
        let Budget { per_address, window_s, .. } = self.budget;
        Allowance { answered: per_address, longest_wait_s: window_s.into() }
    }

    /// Lets a sign-in be tried at `now` and counts it as a failure until it is known not to be one, so that many at
    /// once get no more tries than one after the other. A try that has to wait is not counted.
    pub fn charge(&self, email: &Email, address: IpAddr, now: Moment) -> Result<(), Wait> {
        let network = network(address);
        let tried = self.tried(email, network);
        let mut accounts = self.accounts.lock().unwrap_or_else(PoisonError::into_inner);
        let mut addresses = self.addresses.lock().unwrap_or_else(PoisonError::into_inner);
        let account = accounts.get_mut(&tried).map(|failures| failures.next_try(self.of_accounts(), now));
        let address = addresses.get_mut(&network).map(|failures| failures.next_try(self.of_addresses(), now));
        wait_until(account.max(address), now)?;
        note(&mut accounts, tried, self.of_accounts(), now);
        note(&mut addresses, network, self.of_addresses(), now);
        Ok(())
    }

    /// The same for a try at a secret that belongs to no account.
    pub fn charge_address(&self, address: IpAddr, now: Moment) -> Result<(), Wait> {
        let network = network(address);
        let mut addresses = self.addresses.lock().unwrap_or_else(PoisonError::into_inner);
        let free = addresses.get_mut(&network).map(|failures| failures.next_try(self.of_addresses(), now));
        wait_until(free, now)?;
        note(&mut addresses, network, self.of_addresses(), now);
        Ok(())
    }

    /// Takes back what [`Throttle::charge_address`] counted, for a try that was no wrong one.
    pub fn refund_address(&self, address: IpAddr) {
        take_back(&self.addresses, &network(address));
    }

    /// Takes back what [`Throttle::charge`] counted, for a try of which nothing came: no password was checked.
    pub fn refund(&self, email: &Email, address: IpAddr) {
        let network = network(address);
        take_back(&self.accounts, &self.tried(email, network));
        take_back(&self.addresses, &network);
    }

    /// Forgets the failures at an account where somebody signed in at `now`. Their address keeps its earlier ones: one right
    /// password does not excuse guesses at other accounts.
    pub fn succeeded(&self, email: &Email, address: IpAddr, now: Moment) {
        let network = network(address);
        let tried = self.tried(email, network);
        self.accounts.lock().unwrap_or_else(PoisonError::into_inner).remove(&tried);
        take_back(&self.addresses, &network);
        let mut homes = self.homes.lock().unwrap_or_else(PoisonError::into_inner);
        if homes.len() >= MOST_KEPT {
            halve(&mut homes, |last| *last);
        }
        homes.insert((email.clone(), network), now);
    }

    /// With whom a try from `network` is counted.
    fn tried(&self, email: &Email, network: IpAddr) -> Tried {
        let home = (email.clone(), network);
        let homes = self.homes.lock().unwrap_or_else(PoisonError::into_inner);
        if homes.contains_key(&home) { Tried::AtHome(home.0, network) } else { Tried::Anywhere(home.0) }
    }
}

/// What is counted as one client: an IPv4 address, also one in IPv6 dress, or the /64 that one IPv6 subscriber has at least.
pub fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => IpAddr::V4(address),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
    }
}

/// Whether a try must wait that may be made from `free` on.
fn wait_until(free: Option<Moment>, now: Moment) -> Result<(), Wait> {
    match free {
        Some(free) if free > now => {
            let wait_s = (free.since(now).num_milliseconds() + 999) / 1000;
            Err(Wait { retry_after_s: u32::try_from(wait_s).unwrap_or(u32::MAX) })
        }
        _ => Ok(()),
    }
}

fn take_back<K: Eq + Hash>(kept: &Mutex<HashMap<K, Failures>>, key: &K) {
    let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(failures) = kept.get_mut(key) {
        failures.count = failures.count.saturating_sub(1);
    }
}

fn note<K: Clone + Eq + Hash>(kept: &mut HashMap<K, Failures>, key: K, allowance: Allowance, now: Moment) {
    if kept.len() >= MOST_KEPT && !kept.contains_key(&key) {
        make_room(kept, allowance, now);
    }
    let failures = kept.entry(key).or_insert(Failures { count: 0, last: now });
    if now.since(failures.last) > allowance.forgotten_after() {
        failures.count = 0;
    }
    *failures = Failures { count: failures.count.saturating_add(1), last: now };
}

/// Removes what is forgotten, and of the rest the half that waits least.
fn make_room<K: Clone + Eq + Hash>(kept: &mut HashMap<K, Failures>, allowance: Allowance, now: Moment) {
    // What a clock that was ahead has counted makes room before what is tried now.
    for failures in kept.values_mut() {
        failures.last = failures.last.min(now);
    }
    kept.retain(|_, failures| now.since(failures.last) <= allowance.forgotten_after());
    if kept.len() < MOST_KEPT {
        return;
    }
    halve(kept, |failures| failures.free_from(allowance));
}

/// Removes the half whose instants come first.
fn halve<K: Eq + Hash, V>(kept: &mut HashMap<K, V>, instant: impl Fn(&V) -> Moment) {
    let mut instants: Vec<_> = kept.values().map(&instant).collect();
    instants.sort_unstable();
    let middle = instants[instants.len() / 2];
    kept.retain(|_, value| instant(value) > middle);
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
        let (mut waits, mut now) = (Vec::new(), 0);
        for n in 0..25 {
            while let Err(wait) = throttle.charge(&email(1), address(n), at(now)) {
                waits.push(wait.retry_after_s);
                now += i64::from(wait.retry_after_s);
            }
        }
        assert_eq!(waits[..4], [2, 4, 8, 16]);
        assert_eq!(waits.last(), Some(&900));
        assert_eq!(throttle.charge(&email(2), address(99), at(now)), Ok(()));
    }

    // abuse: AUTH-11
    #[test]
    fn guesses_from_one_network_at_many_accounts_wait_and_a_success_excuses_none_of_them() {
        let throttle = Throttle::default();
        let one = |n| IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 0, 7, 0, 0, 0, n));
        for n in 0_u16..30 {
            throttle.charge(&email(n.into()), one(n), at(0)).unwrap();
        }
        assert!(throttle.charge(&email(500), address(7), at(0)).is_err());
        assert_eq!(throttle.charge(&email(500), address(8), at(0)), Ok(()));
        throttle.succeeded(&email(0), one(0), at(0));
        assert_eq!(throttle.charge(&email(501), address(7), at(0)), Ok(()), "the right one was no guess");
        assert!(throttle.charge(&email(502), address(7), at(0)).is_err());
    }

    // abuse: AUTH-11
    #[test]
    fn who_guesses_without_end_keeps_nobody_out_where_they_have_signed_in() {
        let throttle = Throttle::default();
        throttle.charge(&email(1), address(1), at(0)).unwrap();
        throttle.succeeded(&email(1), address(1), at(0));
        let mut now = 1;
        for n in 0..200 {
            while let Err(wait) = throttle.charge(&email(1), address(100 + n), at(now)) {
                now += i64::from(wait.retry_after_s);
            }
            assert!(n < 10 || throttle.charge(&email(1), address(2), at(now)).is_err(), "{n} guesses");
            assert_eq!(throttle.charge(&email(1), address(1), at(now)), Ok(()));
            throttle.succeeded(&email(1), address(1), at(now));
        }
        // Guesses from there count by themselves.
        for _ in 0..10 {
            throttle.charge(&email(1), address(1), at(now)).unwrap();
        }
        assert_eq!(throttle.charge(&email(1), address(1), at(now)), Err(Wait { retry_after_s: 2 }));
    }

    // abuse: AUTH-11
    #[test]
    fn no_number_of_guesses_ends_the_wait() {
        let mut failures = Failures { count: 0, last: at(0) };
        let allowance = Throttle::default().of_accounts();
        for count in (30..200).chain([u32::MAX]) {
            failures.count = count;
            assert_eq!(failures.free_from(allowance), at(900), "{count}");
        }
    }

    // abuse: AUTH-11
    #[test]
    fn networks_where_somebody_signed_in_are_not_remembered_without_end() {
        let throttle = Throttle::default();
        for n in 0..60_000 {
            throttle.succeeded(&email(n), address(1), at(n.into()));
        }
        assert!(throttle.homes.lock().unwrap().len() <= MOST_KEPT);
        assert_eq!(
            throttle.tried(&email(59_999), network(address(1))),
            Tried::AtHome(email(59_999), network(address(1)))
        );
    }

    // abuse: CM-05
    #[test]
    fn guesses_at_what_belongs_to_no_account_wait_too() {
        let throttle = Throttle::new(Budget { per_account: 1, per_address: 3, window_s: 5 });
        for _ in 0..3 {
            throttle.charge_address(address(1), at(0)).unwrap();
        }
        assert_eq!(throttle.charge_address(address(1), at(0)), Err(Wait { retry_after_s: 2 }));
        assert_eq!(throttle.charge_address(address(2), at(0)), Ok(()));
        throttle.refund_address(address(1));
        assert_eq!(throttle.charge_address(address(1), at(0)), Ok(()));
    }

    // abuse: AUTH-11
    #[test]
    fn a_site_may_answer_fewer_failures() {
        let throttle = Throttle::new(Budget { per_account: 2, per_address: 3, window_s: 5 });
        throttle.charge(&email(1), address(1), at(0)).unwrap();
        throttle.charge(&email(1), address(1), at(0)).unwrap();
        assert_eq!(throttle.charge(&email(1), address(2), at(0)), Err(Wait { retry_after_s: 2 }));
        throttle.charge(&email(2), address(1), at(0)).unwrap();
        assert_eq!(throttle.charge(&email(3), address(1), at(0)), Err(Wait { retry_after_s: 2 }));
        throttle.charge(&email(1), address(2), at(2)).unwrap();
        throttle.charge(&email(1), address(3), at(6)).unwrap();
        assert_eq!(throttle.charge(&email(1), address(4), at(6)), Err(Wait { retry_after_s: 5 }));
    }

    // abuse: AUTH-11
    #[test]
    fn tries_at_once_are_no_more_than_tries_in_turn() {
        let throttle = Throttle::default();
        let let_through = std::thread::scope(|scope| {
            let tries: Vec<_> = (0..64)
                .map(|n| {
                    scope.spawn({
                        let throttle = &throttle;
                        move || throttle.charge(&email(1), address(n), at(0)).is_ok()
                    })
                })
                .collect();
            tries.into_iter().map(|tried| tried.join().unwrap()).filter(|through| *through).count()
        });
        assert_eq!(let_through, 10);
        throttle.refund(&email(1), address(0));
        assert_eq!(throttle.charge(&email(1), address(0), at(0)), Ok(()));
    }

    // abuse: OP-07
    #[test]
    fn a_clock_that_is_set_back_keeps_nobody_out() {
        let (throttle, ahead) = (Throttle::default(), 6 * 3600);
        throttle.charge(&email(1), address(1), at(ahead)).unwrap();
        throttle.succeeded(&email(1), address(1), at(ahead));
        for _ in 0..10 {
            throttle.charge(&email(2), address(2), at(ahead)).unwrap();
        }
        assert_eq!(throttle.charge(&email(1), address(1), at(0)), Ok(()));
        assert_eq!(throttle.charge_address(address(1), at(0)), Ok(()));
        // Guesses are guesses by any clock.
        assert_eq!(throttle.charge(&email(2), address(2), at(0)), Err(Wait { retry_after_s: 2 }));
        assert_eq!(throttle.charge(&email(2), address(2), at(2)), Ok(()));
    }

    #[test]
    fn failures_are_forgotten_after_an_hour() {
        let throttle = Throttle::default();
        for _ in 0..10 {
            throttle.charge(&email(1), address(1), at(0)).unwrap();
        }
        assert!(throttle.charge(&email(1), address(1), at(0)).is_err());
        for _ in 0..10 {
            throttle.charge(&email(1), address(1), at(3601)).unwrap();
        }
    }

    // abuse: OP-07
    #[test]
    fn what_a_clock_that_was_ahead_has_counted_frees_no_account_that_is_under_attack() {
        let throttle = Throttle::default();
        let allowance = throttle.of_accounts();
        let mut accounts = throttle.accounts.lock().unwrap();
        let mut noted = |n, second| note(&mut accounts, Tried::Anywhere(email(n)), allowance, at(second));
        for n in 1..40_000 {
            noted(n, 6 * 3600);
        }
        for _ in 0..20 {
            noted(0, 0);
        }
        for n in 40_000..120_000 {
            noted(n, 0);
        }
        drop(accounts);
        assert!(throttle.charge(&email(0), address(9), at(1)).is_err());
    }

    // abuse: AUTH-11
    #[test]
    fn a_flood_of_accounts_frees_none_that_is_under_attack() {
        let throttle = Throttle::default();
        let allowance = throttle.of_accounts();
        let mut accounts = throttle.accounts.lock().unwrap();
        for _ in 0..20 {
            note(&mut accounts, Tried::Anywhere(email(0)), allowance, at(0));
        }
        for n in 1..120_000 {
            note(&mut accounts, Tried::Anywhere(email(n)), allowance, at(0));
        }
        assert!(accounts.len() <= MOST_KEPT);
        drop(accounts);
        assert!(throttle.charge(&email(0), address(9), at(1)).is_err());
    }
}
