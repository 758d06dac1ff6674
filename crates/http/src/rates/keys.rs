//! Which API keys are good. One raises what a reader may read, and changes nothing of what they are given (ruling 20). Anybody
//! can make up what looks like one: what is not known to be good is counted by its network before it is looked up.

use std::time::Duration;

use actix_web::http::header::HeaderMap;
use domain::actor::Actor;
use domain::id::ApiKeyId;
use identity::api_key::ApiKey;
use newsroom::Newsroom;
use newsroom::error::Error;
use quick_cache::sync::Cache;

use crate::read::conditional::bearer;

/// Keys that are remembered at most: so many good ones, and as many that are none.
const MOST_KEPT: usize = 1024;

/// For how many seconds a key is what the database last said of it, while it does not answer: for as long a node may be set to
/// give what it keeps without it (3 s and `cache.blind_s`).
const STANDS_S: u32 = 603;

/// How long the database is waited for. Whoever reads with a key waits no longer for what may be kept.
const SOON: Duration = Duration::from_secs(1);

/// What a key is found by.
pub(super) type Hash = [u8; 32];

/// A key that a request presents.
pub(super) struct Presented<'a> {
    text: &'a str,
    pub(super) hash: Hash,
}

impl<'a> Presented<'a> {
    /// That of a request. What is anything else is passed over.
    pub(super) fn by(headers: &'a HeaderMap) -> Option<Self> {
        let text = bearer(headers).ok().flatten()?;
        let hash = *ApiKey::parse(text)?.hash().octets();
        Some(Self { text, hash })
    }

    /// Asks the database.
    pub(super) async fn look_up(&self, newsroom: &Newsroom) -> Said {
        match tokio::time::timeout(SOON, newsroom.actor(self.text)).await {
            Ok(Ok(actor)) => Said::of(&actor),
            Ok(Err(Error::Unauthenticated)) => Said::Wrong,
            Ok(Err(_)) | Err(_) => Said::Nothing,
        }
    }
}

/// What the database says of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Said {
    /// It is this one.
    Good(ApiKeyId),
    /// It is none.
    Wrong,
    /// It does not answer.
    Nothing,
}

impl Said {
    pub(super) fn of(actor: &Actor) -> Self {
        actor.api_key().map_or(Self::Wrong, Self::Good)
    }
}

/// What is known of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// In this second it is this one.
    Good(ApiKeyId),
    /// It was good before.
    Before,
    /// In this second it is none, or nobody could say.
    Wrong,
    /// Nothing.
    Nothing,
}

/// The keys of readers, each looked up once a second at most: one that was taken back raises nothing after that.
pub(super) struct Keys {
    good: Cache<Hash, Good>,
    /// Those that are none or of which nothing is known, with the second in which they were asked for: apart, so that a flood of them drives out no good one.
    wrong: Cache<Hash, u32>,
}

#[derive(Clone, Copy)]
struct Good {
    key: ApiKeyId,
    /// The second in which the database said so.
    said_s: u32,
    /// The second in which it was last asked.
    asked_s: u32,
}

impl Default for Keys {
    fn default() -> Self {
        Self { good: Cache::new(MOST_KEPT), wrong: Cache::new(MOST_KEPT) }
    }
}

impl Keys {
    /// What is known of a key in the second `now_s`.
    pub(super) fn known(&self, hash: &Hash, now_s: u32) -> Known {
        match self.good.get(hash) {
            Some(good) if good.asked_s == now_s => Known::Good(good.key),
            Some(_) => Known::Before,
            None if self.wrong.get(hash) == Some(now_s) => Known::Wrong,
            None => Known::Nothing,
        }
    }

    /// Notes that the database is asked of a key in the second `now_s`: whoever else presents it goes by what it was.
    pub(super) fn ask(&self, hash: &Hash, now_s: u32) {
        if let Some(good) = self.good.get(hash) {
            self.good.insert(*hash, Good { asked_s: now_s, ..good });
        }
    }

    /// Takes down what the database said of a key in the second `now_s`, and gives the key if it counts.
    pub(super) fn learn(&self, hash: &Hash, said: Said, now_s: u32) -> Option<ApiKeyId> {
        let stands = |good: &Good| now_s.wrapping_sub(good.said_s) <= STANDS_S;
        let key = match said {
            Said::Good(key) => {
                self.good.insert(*hash, Good { key, said_s: now_s, asked_s: now_s });
                Some(key)
            }
            Said::Wrong => None,
            Said::Nothing => self.good.get(hash).filter(stands).map(|good| good.key),
        };
        if key.is_none() {
            self.good.remove(hash);
            self.wrong.insert(*hash, now_s);
        }
        key
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    const NOW: u32 = 1_000_000;

    fn key(n: u32) -> (Hash, ApiKeyId) {
        let mut hash = [0; 32];
        hash[..4].copy_from_slice(&n.to_be_bytes());
        (hash, ApiKeyId::new(Uuid::from_u128(n.into())))
    }

    // abuse: AUTH-11
    #[test]
    fn a_flood_of_made_up_keys_drives_out_no_good_one() {
        let keys = Keys::default();
        for n in 0..100 {
            let (hash, key) = key(n);
            keys.learn(&hash, Said::Good(key), NOW);
        }
        for n in 100..50_000 {
            keys.learn(&key(n).0, Said::Wrong, NOW);
        }
        for n in 0..100 {
            let (hash, key) = key(n);
            assert_eq!(keys.known(&hash, NOW), Known::Good(key));
        }
        assert!(keys.wrong.len() <= MOST_KEPT, "{}", keys.wrong.len());
    }

    #[test]
    fn what_is_said_of_a_key_counts_for_its_second() {
        let (keys, (hash, key)) = (Keys::default(), key(1));
        assert_eq!(keys.known(&hash, NOW), Known::Nothing);
        assert_eq!(keys.learn(&hash, Said::Wrong, NOW), None);
        assert_eq!([NOW, NOW + 1].map(|now| keys.known(&hash, now)), [Known::Wrong, Known::Nothing]);
        assert_eq!(keys.learn(&hash, Said::Good(key), NOW), Some(key));
        assert_eq!([NOW, NOW + 1].map(|now| keys.known(&hash, now)), [Known::Good(key), Known::Before]);
        // One asks, and all others of that second do not wait for it.
        keys.ask(&hash, NOW + 1);
        assert_eq!(keys.known(&hash, NOW + 1), Known::Good(key));
        assert_eq!(keys.learn(&hash, Said::Wrong, NOW + 1), None);
        assert_eq!(keys.known(&hash, NOW + 1), Known::Wrong);
    }

    // abuse: OP-05
    #[test]
    fn a_key_is_what_it_was_while_the_database_says_nothing_and_not_for_ever() {
        let (keys, (hash, key)) = (Keys::default(), key(1));
        assert_eq!(keys.learn(&hash, Said::Nothing, NOW), None);
        keys.learn(&hash, Said::Good(key), NOW);
        for now in [NOW + 1, NOW + STANDS_S] {
            keys.ask(&hash, now);
            assert_eq!(keys.learn(&hash, Said::Nothing, now), Some(key));
        }
        assert_eq!(keys.learn(&hash, Said::Nothing, NOW + STANDS_S + 1), None);
        // Whoever else presents it in that second does not wait for it again.
        assert_eq!(keys.known(&hash, NOW + STANDS_S + 1), Known::Wrong);
        assert_eq!(keys.known(&hash, NOW + STANDS_S + 2), Known::Nothing);
    }
}
