//! What the events of a transaction purge. A transaction runs on one thread from its beginning to its end, so that what it
//! tells is kept there while it runs: no use case hands it on, and none can forget to.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use domain::event::Event;
use domain::id::EventId;
use domain::surrogate_key::SurrogateKey;

use crate::options::Purging;

/// How many events of this node are remembered for whoever follows all of them.
const REMEMBERED: usize = 10_000;

/// The events of a transaction.
#[derive(Debug, Default)]
pub(crate) struct Told {
    ids: Vec<EventId>,
    keys: Vec<SurrogateKey>,
}

thread_local! {
    static RUNNING: RefCell<Told> = const { RefCell::new(Told { ids: Vec::new(), keys: Vec::new() }) };
}

/// Notes an event that was put into the outbox.
pub(crate) fn note(event: &Event) {
    if event.keys.is_empty() {
        return;
    }
    RUNNING.with_borrow_mut(|told| {
        told.ids.push(event.id);
        told.keys.extend_from_slice(&event.keys);
    });
}

/// Does the work of a transaction, and gives what it noted beside what it came to.
pub(crate) fn during<T>(work: impl FnOnce() -> T) -> (T, Told) {
    // One that panicked has left what it noted.
    take();
    (work(), take())
}

fn take() -> Told {
    RUNNING.with_borrow_mut(mem::take)
}

impl Told {
    /// Whether anything is to be let go of.
    pub(crate) const fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Adds the events of another transaction, which is committed with this one.
    pub(crate) fn add(&mut self, other: Self) {
        self.ids.extend(other.ids);
        self.keys.extend(other.keys);
    }
}

/// Passes on what transactions tell.
#[derive(Debug, Clone)]
pub(crate) struct Teller {
    purging: Purging,
    own: Arc<Own>,
}

impl Teller {
    pub(crate) fn new(purging: Purging) -> Self {
        Self { purging, own: Arc::default() }
    }

    /// What this node has told itself already.
    pub(crate) fn own(&self) -> Arc<Own> {
        Arc::clone(&self.own)
    }

    /// Before the commit: from then on others may read the events.
    pub(crate) fn before_commit(&self, told: &Told) {
        self.own.add(&told.ids);
    }

    /// After it, or where its answer was lost.
    pub(crate) fn after_commit(&self, told: &Told) {
        self.purging.purge(&told.keys);
    }

    /// Where its answer was lost: the database may come to it later, behind the purge. Then this node is told as others are.
    pub(crate) fn is_uncertain(&self, told: &Told) {
        for id in &told.ids {
            self.own.take(*id);
        }
    }
}

/// The latest events of this node.
#[derive(Debug, Default)]
pub(crate) struct Own(Mutex<VecDeque<EventId>>);

impl Own {
    fn add(&self, ids: &[EventId]) {
        let mut own = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        own.extend(ids);
        let over = own.len().saturating_sub(REMEMBERED);
        own.drain(..over);
    }

    /// Whether an event is one of them; then it is one no more.
    pub(crate) fn take(&self, id: EventId) -> bool {
        let mut own = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = own.iter().position(|own| *own == id);
        place.is_some_and(|place| own.remove(place).is_some())
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    // abuse: CA-04
    #[test]
    fn what_may_be_committed_later_is_not_passed_over_as_our_own() {
        let teller = Teller::new(Purging::nobody());
        let of = |n| Told { ids: vec![EventId::new(Uuid::from_u128(n))], keys: Vec::new() };
        let (committed, lost) = (of(1), of(2));
        teller.before_commit(&committed);
        teller.before_commit(&lost);
        teller.is_uncertain(&lost);
        assert!(committed.ids.iter().all(|id| teller.own().take(*id)));
        assert!(!lost.ids.iter().any(|id| teller.own().take(*id)));
    }
}
