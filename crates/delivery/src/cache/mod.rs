//! The cache of finished answers: what a node has composed, until something that went into it is another. What an answer is
//! made of is the edge's.
//!
//! **Invariant:** what is taken from here was composed after every purge of what went into it, and no instant at which the
//! clock alone changes it lies between.

mod flights;
mod purges;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

use chrono::TimeDelta;
use domain::surrogate_key::SurrogateKey;
use domain::time::{Clock, Moment};
use quick_cache::Weighter;
use quick_cache::sync::Cache as Storage;

use self::flights::{Boarding, Flights, Seat};
use self::purges::Purges;
use crate::notes::Noted;

/// How many entries storage is laid out for; more of them fit.
const USUAL_ENTRIES: usize = 4096;

/// The part of all octets that one entry may have, so that none drives out all others.
const LARGEST_PART: u64 = 8;

/// How far the clock may be turned back without that anything is composed anew: processors of one machine do not read it
/// in one order.
const STEP_BACK: TimeDelta = TimeDelta::seconds(1);

/// How often an answer that others compose is waited for. Then it is composed by whoever asks.
const PATIENCE: usize = 3;

/// Octets of an entry beside those of its answer, its key and its marks, about.
const ENTRY_OCTETS: u64 = 256;

/// A cache of answers of one kind.
pub struct Cache<A> {
    /// `None` where nothing is kept.
    storage: Option<Storage<Box<str>, Arc<Kept<A>>, Weight>>,
    largest: u64,
    flights: Flights<A>,
    purges: Purges,
    clock: Clock,
}

/// An answer.
#[derive(Debug)]
pub struct Kept<A> {
    /// It.
    pub answer: A,
    /// The keys of what went into it, in order.
    marks: Box<[u64]>,
    /// Up to which purge it is known to be spared.
    spared: AtomicU64,
    /// The instant as of which it is.
    at: Option<Moment>,
    /// The next instant at which the clock alone may change it.
    until: Option<Moment>,
    octets: u64,
}

/// An answer that was composed.
#[derive(Debug)]
pub struct Made<A> {
    /// It.
    pub answer: A,
    /// What went into it.
    pub noted: Noted,
    /// Whether it is kept.
    pub keeping: Keeping,
}

/// Whether an answer is kept for those who ask later. Those who wait for it get it in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keeping {
    /// It is, as so many octets.
    As(u64),
    /// It is not.
    Not,
}

/// What becomes of whoever asks for an answer.
pub enum Turn<'a, A> {
    /// It is there.
    Had(Arc<Kept<A>>),
    /// It is theirs to compose, while others wait.
    Theirs(Flight<'a, A>),
}

/// The task to compose an answer. Where it is dropped, another takes it over.
pub struct Flight<'a, A> {
    cache: &'a Cache<A>,
    key: Box<str>,
    /// How many purges there had been when it began.
    began: u64,
    seat: Option<Seat<'a, A>>,
}

/// What entries weigh.
#[derive(Debug, Clone)]
struct Weight;

impl<A> Weighter<Box<str>, Arc<Kept<A>>> for Weight {
    fn weight(&self, key: &Box<str>, kept: &Arc<Kept<A>>) -> u64 {
        let beside = key.len() + size_of_val::<[u64]>(&kept.marks);
        kept.octets + beside as u64 + ENTRY_OCTETS
    }
}

impl<A> Cache<A> {
    /// A cache of up to `most_octets`; of none it keeps nothing.
    pub fn new(most_octets: u64, clock: Clock) -> Self {
        let storage = (most_octets > 0).then(|| Storage::with_weighter(USUAL_ENTRIES, most_octets, Weight));
        let largest = most_octets / LARGEST_PART;
        Self { storage, largest, flights: Flights::default(), purges: Purges::new(), clock }
    }

    /// The answer of `key`, if there is one that holds.
    pub fn get(&self, key: &str) -> Option<Arc<Kept<A>>> {
        let kept = self.storage.as_ref()?.get(key)?;
        self.holds(&kept).then_some(kept)
    }

    /// The answer of `key`, or the task to compose it. Of all who ask at once one has the task.
    pub async fn turn(&self, key: &str) -> Turn<'_, A> {
        if self.storage.is_none() {
            return Turn::Theirs(self.flight(key, None));
        }
        for _ in 0..PATIENCE {
            if let Some(kept) = self.get(key) {
                return Turn::Had(kept);
            }
            match self.flights.board(key) {
                Boarding::First(seat) => return Turn::Theirs(self.flight(key, Some(seat))),
                Boarding::Waiting(landing) => match landing.await {
                    Some(kept) if self.holds(&kept) => return Turn::Had(kept),
                    // What was composed is over already, or whoever composed it went away.
                    Some(_) | None => {}
                },
            }
        }
        Turn::Theirs(self.flight(key, None))
    }

    fn flight<'a>(&'a self, key: &str, seat: Option<Seat<'a, A>>) -> Flight<'a, A> {
        Flight { cache: self, key: key.into(), began: self.purges.count(), seat }
    }

    /// Lets go of every answer into which one of these went.
    pub fn purge(&self, keys: &[SurrogateKey]) {
        self.purges.add(keys);
    }

    /// Lets go of all.
    pub fn purge_all(&self) {
        self.purges.add_all();
    }

    /// How many answers are kept, and how many octets they count for; those that no longer hold are let go of when they are
    /// asked for, or driven out.
    pub fn size(&self) -> (u64, u64) {
        self.storage.as_ref().map_or((0, 0), |storage| (storage.len() as u64, storage.weight()))
    }

    /// Whether an answer is still what would be composed now.
    fn holds(&self, kept: &Kept<A>) -> bool {
        let now = self.clock.now();
        let in_time =
            kept.until.is_none_or(|end| now < end) && kept.at.is_none_or(|at| at <= now.plus(STEP_BACK));
        in_time && self.purges.spare(&kept.marks, &kept.spared)
    }
}

impl<A> Flight<'_, A> {
    /// Hands over what was composed, to all who wait for it and to those who come.
    pub fn land(self, made: Made<A>) -> Arc<Kept<A>> {
        let Self { cache, key, began, seat } = self;
        let Made { answer, noted, keeping } = made;
        let Noted { keys, at, until } = noted;
        let marks = cache.purges.marks(&keys);
        let octets = match keeping {
            Keeping::As(octets) => octets,
            Keeping::Not => 0,
        };
        let kept = Arc::new(Kept { answer, marks, spared: AtomicU64::new(began), at, until, octets });
        if let Some(storage) =
            cache.storage.as_ref().filter(|_| keeping != Keeping::Not && octets <= cache.largest)
        {
            storage.insert(key, Arc::clone(&kept));
        }
        if let Some(seat) = seat {
            seat.land(Arc::clone(&kept));
        }
        kept
    }
}

impl<A> fmt::Debug for Cache<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Cache")
    }
}
