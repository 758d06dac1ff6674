//! Which tokens were found good, so that a repeated one costs a hash and no signature. Times are not kept here: the
//! caller holds the claims against the present each time.

use std::collections::HashMap;
use std::mem;
use std::sync::{Mutex, PoisonError};

use sha2::{Digest as _, Sha256};

use super::Claims;

/// Most tokens of one generation; two are kept, about 130 octets each.
const GENERATION: usize = 4096;

/// Tokens by their SHA-256, in two generations. A full young generation becomes the old one, and the old one is
/// forgotten; what is still asked for moves back to the young one. Only tokens with a good signature come in, so a
/// stranger cannot push others out. What is forgotten costs one more check of a signature, nothing else.
pub(super) struct Cache(Mutex<Generations>);

#[derive(Default)]
struct Generations {
    young: HashMap<[u8; 32], Claims>,
    old: HashMap<[u8; 32], Claims>,
}

impl Cache {
    pub(super) fn new() -> Self {
        Self(Mutex::default())
    }

    pub(super) fn find(&self, raw: &str) -> Option<Claims> {
        let name = Sha256::digest(raw).into();
        let mut held = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(claims) = held.young.get(&name) {
            return Some(*claims);
        }
        let claims = held.old.remove(&name)?;
        held.keep(name, claims);
        Some(claims)
    }

    pub(super) fn keep(&self, raw: &str, claims: Claims) {
        let name = Sha256::digest(raw).into();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).keep(name, claims);
    }
}

impl Generations {
    fn keep(&mut self, name: [u8; 32], claims: Claims) {
        if self.young.len() >= GENERATION {
            self.old = mem::take(&mut self.young);
        }
        self.young.insert(name, claims);
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use domain::id::{SessionId, UserId};
    use domain::time::Moment;
    use uuid::Uuid;

    use super::*;

    fn claims(of: u128) -> Claims {
        let at = Moment::new(DateTime::UNIX_EPOCH);
        let id = Uuid::from_u128(of);
        Claims { user: UserId::new(id), session: SessionId::new(id), expires_at: at, issued_at: at }
    }

    #[test]
    fn a_token_is_found_with_its_own_claims_and_no_other_is() {
        let cache = Cache::new();
        cache.keep("one", claims(1));
        cache.keep("two", claims(2));
        assert_eq!(cache.find("one"), Some(claims(1)));
        assert_eq!(cache.find("two"), Some(claims(2)));
        assert_eq!(cache.find("three"), None);
    }

    #[test]
    fn the_cache_is_bounded_and_keeps_what_is_asked_for() {
        let cache = Cache::new();
        cache.keep("asked for", claims(0));
        for n in 0..5 * GENERATION {
            cache.keep(&n.to_string(), claims(n as u128));
            assert_eq!(cache.find("asked for"), Some(claims(0)));
        }
        let held = cache.0.lock().unwrap();
        assert!(held.young.len() <= GENERATION && held.old.len() <= GENERATION);
        drop(held);
        assert_eq!(cache.find("0"), None);
    }
}
