//! Counts requests by who sends them, in memory with a bound.

use std::convert::Infallible;
use std::net::IpAddr;
use std::num::NonZeroU32;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use domain::id::{ApiKeyId, UserId};
use quick_cache::UnitWeighter;
use quick_cache::sync::Cache;

/// How long what was counted counts, in seconds.
pub(super) const MINUTE_S: u32 = 60;

/// Clients of a class that are remembered at most: about 8 MB. Past it those go first that asked least; each begins anew
/// when it comes back, so that a flood from more networks than that gains for each of them what a new network has anyway.
const MOST_KEPT: u64 = 65_536;

/// How many clients storage is laid out for; more of them fit.
const USUAL_CLIENTS: usize = 256;

/// Who sends requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Who {
    /// Somebody who is signed in, wherever they are.
    User(UserId),
    /// A program with this key.
    Key(ApiKeyId),
    /// Whoever is in this network: an IPv4 address, or a /64 of IPv6.
    Network(IpAddr),
}

/// What a client has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count {
    /// How many more requests it may send in this minute; `None` where this one was too many.
    pub(super) left: Option<u32>,
    /// Seconds to the end of the minute: at least 1.
    pub(super) ends_in_s: u32,
}

/// Counts the requests of one class.
pub(super) struct Meter {
    most: NonZeroU32,
    /// The minute of each client: the second in which it began above, and the requests in it below.
    minutes: Cache<Who, Arc<AtomicU64>>,
}

impl Meter {
    /// Lets each client send `most` in a minute.
    pub(super) fn new(most: NonZeroU32) -> Self {
        Self { most, minutes: Cache::with_weighter(USUAL_CLIENTS, MOST_KEPT, UnitWeighter) }
    }

    /// How many fit into a minute.
    pub(super) const fn most(&self) -> u32 {
        self.most.get()
    }

    /// Counts a request in the second `now_s`, which comes round every 136 years. One that is too many is not counted, so
    /// that whoever goes on asking waits no longer than whoever does not.
    pub(super) fn count(&self, who: Who, now_s: u32) -> Count {
        let fresh = || Ok::<_, Infallible>(Arc::new(AtomicU64::new(packed(now_s, 0))));
        let Ok(minute) = self.minutes.get_or_insert_with(&who, fresh);
        let present = |stored| {
            let (began, sent) = unpacked(stored);
            // A clock that was set back ends the minute too.
            if now_s.wrapping_sub(began) < MINUTE_S { (began, sent) } else { (now_s, 0) }
        };
        let counted = minute.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |stored| {
            let (began, sent) = present(stored);
            (sent < self.most()).then(|| packed(began, sent + 1))
        });
        let (Ok(before) | Err(before)) = counted;
        let (began, sent) = present(before);
        Count { left: self.most().checked_sub(sent + 1), ends_in_s: MINUTE_S - now_s.wrapping_sub(began) }
    }

    /// Gives back what was counted in the second `at_s`, unless another minute has begun since.
    pub(super) fn give_back(&self, who: Who, at_s: u32) {
        let Some(minute) = self.minutes.get(&who) else { return };
        let present = |began| at_s.wrapping_sub(began) < MINUTE_S;
        // Where it is refused there is nothing to give back.
        let _ = minute.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |stored| {
            let (began, sent) = unpacked(stored);
            Some(packed(began, sent.checked_sub(1)?)).filter(|_| present(began))
        });
    }
}

fn packed(began: u32, sent: u32) -> u64 {
    u64::from(began) << 32 | u64::from(sent)
}

fn unpacked(stored: u64) -> (u32, u32) {
    let low = |bits: u64| u32::try_from(bits & u64::from(u32::MAX)).unwrap_or_default();
    (low(stored >> 32), low(stored))
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    fn meter(most: u32) -> Meter {
        Meter::new(NonZeroU32::new(most).unwrap())
    }

    fn client(n: u32) -> Who {
        Who::Network(IpAddr::V4(Ipv4Addr::from_bits(n)))
    }

    #[test]
    fn a_minute_begins_with_the_first_request_of_each_client() {
        let meter = meter(2);
        let left = |who, now| meter.count(client(who), now).left;
        assert_eq!(meter.count(client(1), 100), Count { left: Some(1), ends_in_s: 60 });
        assert_eq!(meter.count(client(1), 110), Count { left: Some(0), ends_in_s: 50 });
        assert_eq!(meter.count(client(1), 159), Count { left: None, ends_in_s: 1 });
        assert_eq!(left(2, 159), Some(1), "another client");
        assert_eq!(left(1, 160), Some(1));
        assert_eq!(left(1, 50), Some(1), "the clock was set back");
        assert_eq!(left(1, u32::MAX - 5), Some(1));
        assert_eq!(left(1, 5), Some(0), "the seconds came round");
    }

    #[test]
    fn what_is_given_back_was_never_counted() {
        let meter = meter(2);
        let left = |now| meter.count(client(1), now).left;
        meter.give_back(client(1), 100);
        assert_eq!(left(100), Some(1));
        meter.give_back(client(1), 100);
        meter.give_back(client(1), 100);
        assert_eq!([left(101), left(159), left(159)], [Some(1), Some(0), None]);
        meter.give_back(client(1), 159);
        assert_eq!([left(159), left(159)], [Some(0), None]);
        // In a later minute it is not there any more.
        assert_eq!(left(160), Some(1));
        meter.give_back(client(1), 159);
        assert_eq!([left(160), left(160)], [Some(0), None]);
        assert_eq!(meter.count(client(2), 160).left, Some(1), "another client");
    }

    #[test]
    fn of_many_at_once_as_many_pass_as_in_turn() {
        let meter = meter(100);
        let passed = std::thread::scope(|scope| {
            let of = || (0..50).filter(|_| meter.count(client(1), 7).left.is_some()).count();
            let threads: Vec<_> = (0..8).map(|_| scope.spawn(of)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).sum::<usize>()
        });
        assert_eq!(passed, 100);
    }

    // abuse: AUTH-11
    #[test]
    fn a_flood_of_clients_takes_no_more_memory_than_it_may() {
        let meter = meter(1000);
        for n in 0..200_000 {
            // One that goes on asking is not forgotten.
            if n % 100 == 0 {
                assert_eq!(meter.count(client(u32::MAX), 7).left, 999_u32.checked_sub(n / 100));
            }
            meter.count(client(n), 7);
        }
        assert!(meter.minutes.len() as u64 <= MOST_KEPT, "{}", meter.minutes.len());
    }
}
