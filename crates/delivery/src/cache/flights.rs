//! Answers that are being composed: one composes, the others who ask for the same wait for it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::watch::{Receiver, Sender, channel};

use super::Kept;

type Landed<A> = Option<Arc<Kept<A>>>;

/// All of them, by key.
pub(super) struct Flights<A>(Mutex<HashMap<Box<str>, Receiver<Landed<A>>>>);

/// What becomes of whoever asks.
pub(super) enum Boarding<'a, A, W> {
    /// Nobody composes it yet: they do.
    First(Seat<'a, A>),
    /// Somebody does; this tells of the end.
    Waiting(W),
}

/// Who composes. Leaving the seat lets somebody else have it.
pub(super) struct Seat<'a, A> {
    flights: &'a Flights<A>,
    key: Box<str>,
    sender: Sender<Landed<A>>,
}

impl<A> Default for Flights<A> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<A> Flights<A> {
    /// The first who asks for `key` composes; to the others the answer is `None` where that one went away.
    pub(super) fn board(&self, key: &str) -> Boarding<'_, A, impl Future<Output = Landed<A>> + use<A>> {
        let mut flights = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(landing) = flights.get(key) {
            let mut landing = landing.clone();
            return Boarding::Waiting(async move {
                landing.wait_for(Option::is_some).await.ok().and_then(|landed| landed.clone())
            });
        }
        let (sender, receiver) = channel(None);
        flights.insert(key.into(), receiver);
        Boarding::First(Seat { flights: self, key: key.into(), sender })
    }
}

impl<A> Seat<'_, A> {
    /// Tells all who wait.
    pub(super) fn land(self, kept: Arc<Kept<A>>) {
        self.sender.send_replace(Some(kept));
    }
}

impl<A> Drop for Seat<'_, A> {
    fn drop(&mut self) {
        self.flights.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.key);
    }
}
