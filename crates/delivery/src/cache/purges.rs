//! The latest purges. An answer is held against those that came since it was last looked at, so that a purge costs the same
//! however much is kept, and one that comes while an answer is being composed finds that answer too (ruling 16).

use std::collections::BTreeSet;
use std::hash::{BuildHasher, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{PoisonError, RwLock};

use domain::surrogate_key::SurrogateKey;

/// How many are remembered. Of an answer that was not asked for during so many it is not known whether it holds, so that it
/// does not.
const REMEMBERED: usize = 1 << 16;

/// All of them, counted, and the latest in a ring.
pub(super) struct Purges {
    count: AtomicU64,
    ring: RwLock<Ring>,
    hasher: RandomState,
}

struct Ring {
    marks: Box<[u64]>,
    count: u64,
    /// What was composed before this many is over in any case.
    floor: u64,
}

impl Purges {
    pub(super) fn new() -> Self {
        let ring = Ring { marks: vec![0; REMEMBERED].into(), count: 0, floor: 0 };
        Self { count: AtomicU64::new(0), ring: RwLock::new(ring), hasher: RandomState::new() }
    }

    /// How many there were. What is read after this call and is spared by all that come after that many is current.
    pub(super) fn count(&self) -> u64 {
        self.count.load(Ordering::Acquire)
    }

    /// The marks of keys, in order. Two keys with one mark are purged together, which costs an answer and no more.
    pub(super) fn marks(&self, keys: &BTreeSet<SurrogateKey>) -> Box<[u64]> {
        let mut marks: Vec<_> = keys.iter().map(|key| self.mark(key)).collect();
        marks.sort_unstable();
        marks.into()
    }

    fn mark(&self, key: &SurrogateKey) -> u64 {
        self.hasher.hash_one(key)
    }

    pub(super) fn add(&self, keys: &[SurrogateKey]) {
        let mut ring = self.ring.write().unwrap_or_else(PoisonError::into_inner);
        for key in keys {
            let place = ring.place(ring.count);
            ring.marks[place] = self.mark(key);
            ring.count += 1;
        }
        self.count.store(ring.count, Ordering::Release);
    }

    pub(super) fn add_all(&self) {
        let mut ring = self.ring.write().unwrap_or_else(PoisonError::into_inner);
        ring.count += 1;
        ring.floor = ring.count;
        self.count.store(ring.count, Ordering::Release);
    }

    /// Whether all purges since `spared` spare what has these marks; then `spared` moves on.
    pub(super) fn spare(&self, marks: &[u64], spared: &AtomicU64) -> bool {
        let seen = spared.load(Ordering::Acquire);
        if seen == self.count() {
            return true;
        }
        let ring = self.ring.read().unwrap_or_else(PoisonError::into_inner);
        let missed = ring.count.saturating_sub(seen);
        if seen < ring.floor || missed > REMEMBERED as u64 {
            return false;
        }
        let hit = (seen..ring.count).any(|n| marks.binary_search(&ring.marks[ring.place(n)]).is_ok());
        if !hit {
            spared.fetch_max(ring.count, Ordering::Release);
        }
        !hit
    }
}

impl Ring {
    #[expect(clippy::cast_possible_truncation, reason = "a remainder below the length of the ring")]
    const fn place(&self, n: u64) -> usize {
        (n % self.marks.len() as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(names: &[&str]) -> Vec<SurrogateKey> {
        names.iter().map(|name| SurrogateKey::parse(name).unwrap()).collect()
    }

    fn marks(purges: &Purges, names: &[&str]) -> Box<[u64]> {
        purges.marks(&keys(names).into_iter().collect())
    }

    #[test]
    fn a_purge_finds_what_it_names_and_spares_the_rest() {
        let purges = Purges::new();
        let (mine, other) = (marks(&purges, &["a:1", "l"]), marks(&purges, &["a:2"]));
        let spared = || AtomicU64::new(purges.count());
        let (of_mine, of_other) = (spared(), spared());
        purges.add(&keys(&["t:1", "a:1"]));
        assert!(!purges.spare(&mine, &of_mine) && purges.spare(&other, &of_other));
        assert!(purges.spare(&mine, &spared()), "composed after it");
        purges.add_all();
        assert!(!purges.spare(&other, &of_other) && purges.spare(&other, &spared()));
    }

    #[test]
    fn what_was_not_looked_at_for_too_many_purges_is_over() {
        let purges = Purges::new();
        let mine = marks(&purges, &["a:1"]);
        let spared = AtomicU64::new(0);
        let others = vec![SurrogateKey::lists(); REMEMBERED];
        purges.add(&others);
        assert!(purges.spare(&mine, &spared), "the ring holds them all");
        purges.add(&others);
        purges.add(&keys(&["l"]));
        assert!(!purges.spare(&mine, &spared));
        assert!(purges.spare(&mine, &AtomicU64::new(purges.count())));
    }
}
