//! API keys: secrets that programs hold for long, which end in a check. Who finds one, as scanners for leaked secrets do,
//! knows by it alone that it is one of ours; and what is mistyped is no query.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::opaque::{Kind, Secret, SecretHash, digits};
use crate::random::NoRandomness;

/// Acting as a program.
enum Acting {}

impl Kind for Acting {
    const PREFIX: &'static str = "mh_";
}

/// An API key: `mh_`, 256 random bits and a check of both, in lower-case hexadecimal digits.
pub struct ApiKey {
    secret: Secret<Acting>,
    text: String,
}

impl ApiKey {
    /// The first letters of every key.
    pub const PREFIX: &'static str = Acting::PREFIX;

    /// Digits of the check: the first of the SHA-256 of what stands before it.
    const CHECK_DIGITS: usize = 8;

    /// Makes a key that nobody has seen.
    pub fn draw() -> Result<Self, NoRandomness> {
        let secret = Secret::<Acting>::draw()?;
        let text = format!("{}{}", secret.reveal(), check(secret.reveal()));
        Ok(Self { secret, text })
    }

    /// Reads what a client presents; `None` for what cannot be a key, so that no query is spent on it.
    pub fn parse(raw: &str) -> Option<Self> {
        let (secret, checked) = raw.split_at_checked(raw.len().checked_sub(Self::CHECK_DIGITS)?)?;
        let secret = Secret::<Acting>::parse(secret)?;
        (check(secret.reveal()) == checked).then(|| Self { secret, text: raw.to_owned() })
    }

    /// The key in clear, for the one answer that shows it.
    pub fn reveal(&self) -> &str {
        &self.text
    }

    /// What is stored, and looked up by.
    pub fn hash(&self) -> SecretHash {
        self.secret.hash()
    }
}

/// The check of a text. It keeps no secret: it only tells a key from a mistake.
fn check(text: &str) -> String {
    digits(&Sha256::digest(text)[..ApiKey::CHECK_DIGITS / 2])
}

/// Shows the kind only.
impl fmt::Debug for ApiKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.secret.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::opaque::Invitation;

    #[test]
    fn a_key_is_read_back_and_keeps_its_hash() {
        let drawn = ApiKey::draw().unwrap();
        assert_eq!(drawn.reveal().len(), 3 + 64 + 8);
        assert_eq!(ApiKey::parse(drawn.reveal()).unwrap().hash(), drawn.hash());
        assert_ne!(ApiKey::draw().unwrap().hash(), drawn.hash());
        assert_eq!(format!("{drawn:?}"), "mh_…");
    }

    // abuse: AUTH-05
    #[test]
    fn what_is_no_key_or_mistyped_is_none() {
        let drawn = ApiKey::draw().unwrap();
        let text = drawn.reveal();
        let another = if text.ends_with('0') { "1" } else { "0" };
        let mistyped = format!("{}{another}", &text[..text.len() - 1]);
        let invitation = Secret::<Invitation>::draw().unwrap();
        let dressed = invitation.reveal().replacen("mhi_", "mh_", 1);
        for raw in [
            &mistyped,
            &text.to_uppercase(),
            &format!(" {text}"),
            &format!("{text}0"),
            &text[..67].to_owned(),
            &dressed,
        ] {
            assert!(ApiKey::parse(raw).is_none(), "{raw}");
        }
        assert!(Secret::<Invitation>::parse(text).is_none());
    }

    proptest! {
        #[test]
        fn anything_may_be_presented(raw in "(mh_)?\\PC{0,80}") {
            if let Some(key) = ApiKey::parse(&raw) {
                prop_assert_eq!(key.reveal(), raw);
            }
        }
    }
}
