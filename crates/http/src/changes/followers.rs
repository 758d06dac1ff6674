//! Those who wait for something to change: how many there may be, and whether something has.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use delivery::Delivery;
use identity::throttle::network;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

use crate::problem::Problem;
use crate::problem::catalogue::Code;

/// How often it is looked whether something has changed, by all together, while somebody waits.
pub(super) const STEP: Duration = Duration::from_millis(250);

/// Those who wait, at one node.
#[derive(Debug, Clone)]
pub struct Followers(Arc<Room>);

#[derive(Debug)]
struct Room {
    most: usize,
    most_of_client: usize,
    /// How many seats each client has.
    taken: Mutex<HashMap<IpAddr, usize>>,
    all: Gauge,
    /// The place of the last change, as of when.
    last: tokio::sync::Mutex<Option<(Instant, i64)>>,
}

impl Followers {
    /// A room for so many, and for so many of one client.
    pub fn new(most: usize, most_of_client: usize) -> Self {
        Self(Arc::new(Room {
            most,
            most_of_client,
            taken: Mutex::default(),
            all: Gauge::default(),
            last: tokio::sync::Mutex::default(),
        }))
    }

    /// Lets `registry` tell how many there are.
    pub fn register(&self, registry: &mut Registry) {
        registry.register("masthead_followers", "Clients that wait for a change", self.0.all.clone());
    }

    /// A seat for whoever waits, until it is dropped. Where all are taken the client is told to come later: what is composed
    /// for readers needs none.
    pub(super) fn seat(&self, address: IpAddr) -> Result<Seat, Problem> {
        let client = network(address);
        let mut taken = self.0.taken();
        let all: usize = taken.values().sum();
        let own = taken.get(&client).copied().unwrap_or_default();
        if all >= self.0.most || own >= self.0.most_of_client {
            return Err(Problem::new(Code::Overloaded));
        }
        taken.insert(client, own + 1);
        self.0.all.inc();
        Ok(Seat { room: Arc::clone(&self.0), client })
    }

    /// Whether something changed behind `place`. However many ask, the database is asked once in a step.
    pub(super) async fn has_news(&self, delivery: &Delivery, place: i64) -> Result<bool, Problem> {
        let mut last = self.0.last.lock().await;
        let known = last.filter(|(looked, _)| looked.elapsed() < STEP / 2).map(|(_, seq)| seq);
        let seq = if let Some(seq) = known {
            seq
        } else {
            let seq = delivery.last_change().await?;
            *last = Some((Instant::now(), seq));
            seq
        };
        Ok(seq > place)
    }
}

impl Room {
    fn taken(&self) -> MutexGuard<'_, HashMap<IpAddr, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A seat of somebody who waits.
#[derive(Debug)]
pub(super) struct Seat {
    room: Arc<Room>,
    client: IpAddr,
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.room.taken();
        let left = taken.get(&self.client).map_or(0, |own| own.saturating_sub(1));
        if left == 0 {
            taken.remove(&self.client);
        } else {
            taken.insert(self.client, left);
        }
        self.room.all.dec();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // abuse: OP-11
    #[test]
    fn there_are_so_many_seats_in_all_and_so_many_for_a_client() {
        let followers = Followers::new(3, 2);
        let seat = |address: &str| followers.seat(address.parse().unwrap());
        let one = seat("2001:db8::1").unwrap();
        let _two = seat("2001:db8::2").unwrap();
        assert!(seat("2001:db8::3").is_err(), "one subscriber has one /64");
        let _three = seat("192.0.2.1").unwrap();
        assert!(seat("192.0.2.2").is_err(), "all are taken");
        drop(one);
        let _four = seat("192.0.2.2").unwrap();
        assert!(seat("192.0.2.3").is_err());
        assert_eq!(followers.0.taken().len(), 3, "who left is forgotten");
    }
}
