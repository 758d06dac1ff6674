//! Refresh tokens: used once, then replaced by the next of their family. Where a family is kept is the store's matter.
//!
//! A successor is derived from the server's secret, the session and its generation, so that a repeat of the token
//! before gives the very same one again, and no answer that was lost signs anybody out (ruling 31).

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use domain::id::SessionId;
use domain::time::Moment;
use uuid::Uuid;

use crate::keys::Subkey;
use crate::opaque::SecretHash;

/// How long a token that was used may be repeated, while its successor is unused.
pub const REPEAT: TimeDelta = TimeDelta::seconds(30);

/// The first letters of every refresh token.
const PREFIX: &str = "mhr_";

/// A refresh token: `mhr_` and, in base64url, its session, its generation and a tag that only the server can make.
pub struct RefreshToken {
    session: SessionId,
    generation: u64,
    text: String,
}

impl RefreshToken {
    /// The token of a generation of a session.
    pub fn of(key: &Subkey, session: SessionId, generation: u64) -> Self {
        let number = generation.to_be_bytes();
        let tag = key.mac(&[session.uuid().as_bytes(), &number]);
        let octets = [session.uuid().as_bytes().as_slice(), &number, &tag].concat();
        Self { session, generation, text: format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(octets)) }
    }

    /// Reads what a client presents; `None` for what this server never made, so that no query is spent on it.
    pub fn parse(key: &Subkey, raw: &str) -> Option<Self> {
        let mut octets = [0; 57];
        let written = URL_SAFE_NO_PAD.decode_slice(raw.strip_prefix(PREFIX)?, &mut octets).ok()?;
        let (octets, []) = octets.get(..written)?.as_chunks::<8>() else { return None };
        let [a, b, number, tag @ ..] = octets else { return None };
        let (id, tag) = ([*a, *b].concat(), tag.concat());
        let genuine = tag.len() == 32 && key.verifies(&[&id, number], &tag);
        genuine.then(|| Self {
            session: SessionId::new(Uuid::from_slice(&id).unwrap_or_default()),
            generation: u64::from_be_bytes(*number),
            text: raw.to_owned(),
        })
    }

    /// The session whose token it is.
    pub const fn session(&self) -> SessionId {
        self.session
    }

    /// The token in clear, for the one answer that shows it.
    pub fn reveal(&self) -> &str {
        &self.text
    }

    /// What is stored of it.
    pub fn hash(&self) -> SecretHash {
        SecretHash::of(&self.text)
    }
}

/// Shows the kind only.
impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}…")
    }
}

/// What is stored of a family of tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Family {
    /// The generation whose token is good.
    pub generation: u64,
    /// When the token before it was used; `None` for the first.
    pub rotated_at: Option<Moment>,
    /// Until when the session lasts.
    pub expires_at: Moment,
    /// Whether it was ended.
    pub ended: Ended,
}

/// Whether a session was ended before its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// It was not.
    No,
    /// It was.
    Yes,
}

/// What a presented token calls for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// It is good: the next generation takes its place.
    Rotate {
        /// The next generation.
        generation: u64,
    },
    /// It was used a moment ago, and its successor was not: that is given again.
    Repeat {
        /// The generation that is good.
        generation: u64,
    },
    /// It was used before: two have it, so the session ends.
    Reuse,
    /// The session is over.
    Over,
}

impl Family {
    /// Decides over a genuine token of this family.
    ///
    /// A family's token of generation `n` is unused exactly while `n` is good, so a repeat of `n - 1` is safe then.
    pub fn decide(&self, presented: &RefreshToken, now: Moment) -> Decision {
        if self.ended == Ended::Yes || self.expires_at <= now {
            return Decision::Over;
        }
        let generation = self.generation;
        if presented.generation == generation {
            return Decision::Rotate { generation: generation.saturating_add(1) };
        }
        let recent = self.rotated_at.is_some_and(|at| now.since(at) <= REPEAT);
        if presented.generation.checked_add(1) == Some(generation) && recent {
            Decision::Repeat { generation }
        } else {
            Decision::Reuse
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;
    use proptest::prelude::*;

    use super::*;
    use crate::keys::ServerSecret;

    fn key() -> Subkey {
        ServerSecret::of([7; 32]).derive("refresh")
    }

    fn session() -> SessionId {
        SessionId::new(Uuid::from_u128(7))
    }

    fn at(second: i64) -> Moment {
        Moment::new(DateTime::from_timestamp(1_767_268_800 + second, 0).unwrap())
    }

    #[test]
    fn a_token_is_read_back_and_a_forged_one_is_not() {
        let key = key();
        let token = RefreshToken::of(&key, session(), 3);
        let read = RefreshToken::parse(&key, token.reveal()).unwrap();
        assert_eq!((read.session, read.generation), (session(), 3));
        assert!(RefreshToken::parse(&ServerSecret::of([7; 32]).derive("other"), token.reveal()).is_none());
        for (i, _) in token.reveal().char_indices().skip(PREFIX.len()) {
            let mut forged = token.reveal().to_owned();
            let other = if &forged[i..=i] == "A" { "B" } else { "A" };
            forged.replace_range(i..=i, other);
            assert!(RefreshToken::parse(&key, &forged).is_none(), "{i}");
        }
    }

    proptest! {
        // abuse: AUTH-07
        #[test]
        fn there_is_never_a_second_live_token(steps in prop::collection::vec((0_u64..6, 0_i64..40), 1..40)) {
            let key = key();
            let mut family = Family { generation: 0, rotated_at: None, expires_at: at(10_000), ended: Ended::No };
            let mut now = 0;
            for (back, pause) in steps {
                now += pause;
                let presented = RefreshToken::of(&key, session(), family.generation.saturating_sub(back));
                let before = family;
                match family.decide(&presented, at(now)) {
                    Decision::Rotate { generation } => {
                        prop_assert_eq!(presented.generation, before.generation);
                        prop_assert_eq!(generation, before.generation + 1);
                        family = Family { generation, rotated_at: Some(at(now)), ..family };
                    }
                    Decision::Repeat { generation } => prop_assert_eq!(generation, before.generation),
                    Decision::Reuse => family.ended = Ended::Yes,
                    Decision::Over => prop_assert_eq!(before.ended, Ended::Yes),
                }
            }
        }

        #[test]
        fn anything_may_be_presented(raw in "(mhr_)?[A-Za-z0-9_=-]{0,90}") {
            prop_assert!(RefreshToken::parse(&key(), &raw).is_none());
        }
    }

    // abuse: AUTH-06
    #[test]
    fn a_token_used_long_ago_or_twice_ends_the_session() {
        let key = key();
        let token = |generation| RefreshToken::of(&key, session(), generation);
        let family =
            Family { generation: 2, rotated_at: Some(at(0)), expires_at: at(1000), ended: Ended::No };
        assert_eq!(family.decide(&token(1), at(30)), Decision::Repeat { generation: 2 });
        assert_eq!(family.decide(&token(1), at(31)), Decision::Reuse);
        assert_eq!(family.decide(&token(0), at(1)), Decision::Reuse);
        assert_eq!(family.decide(&token(2), at(1000)), Decision::Over);
    }
}
