//! What a site has written into its outbox for those who follow it.

use crate::site::Site;

/// An event as followers are told it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// Its place in the outbox.
    pub seq: i64,
    /// What happened: `article.published`.
    pub kind: String,
    /// The id of what it happened to.
    pub subject: String,
    /// The surrogate keys of what may be different now.
    pub keys: Vec<String>,
}

impl Site {
    /// All events behind the place `after`, in their order; 0 is before the first.
    #[track_caller]
    pub fn events(&self, after: i64) -> Vec<Told> {
        let (mut told, mut place) = (Vec::new(), after);
        loop {
            let next = self.node().events(place).unwrap_or_else(|error| panic!("{error}"));
            let Some(last) = next.last() else { return told };
            place = last.seq;
            told.extend(next.into_iter().map(|sequenced| Told {
                seq: sequenced.seq,
                kind: sequenced.event.kind.name().to_owned(),
                subject: sequenced.event.subject.uuid().map(|id| id.to_string()).unwrap_or_default(),
                keys: sequenced.event.keys.iter().map(ToString::to_string).collect(),
            }));
        }
    }

    /// The events that `act` leaves behind.
    #[track_caller]
    pub fn told_by<T>(&self, act: impl FnOnce() -> T) -> (T, Vec<Told>) {
        let before = self.events(0).last().map_or(0, |told| told.seq);
        let done = act();
        (done, self.events(before))
    }
}
