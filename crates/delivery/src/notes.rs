//! What went into an answer, written down while it is composed: the names under which caches keep it, and how long the
//! clock alone leaves it as it is.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use domain::surrogate_key::SurrogateKey;
use domain::time::Moment;

/// What is noted of one answer, by all that reads for it.
#[derive(Debug, Clone, Default)]
pub struct Notes(Arc<Mutex<Noted>>);

/// What was noted of an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Noted {
    /// What went into it (ruling 16).
    pub keys: BTreeSet<SurrogateKey>,
    /// The instant as of which it is; `None` where nothing was read.
    pub at: Option<Moment>,
    /// The next instant at which the clock alone may change it.
    pub until: Option<Moment>,
}

impl Notes {
    /// What is noted by now.
    pub fn noted(&self) -> Noted {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Adds what one read has noted.
    pub(crate) fn add(&self, keys: BTreeSet<SurrogateKey>, at: Moment, until: Option<Moment>) {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        noted.keys.extend(keys);
        noted.at = noted.at.into_iter().chain([at]).min();
        noted.until = noted.until.into_iter().chain(until).min();
    }
}
