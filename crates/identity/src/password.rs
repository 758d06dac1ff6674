//! The rules for passwords (NIST SP 800-63B-4, 3.1.1.2). Hashing is in [`crate::hashing`].

mod guesses;

use std::fmt;

use domain::site::SiteName;
use domain::user::{Email, PersonName};
use domain::violation::{Rule, Violation};
use unicode_normalization::UnicodeNormalization;

/// What somebody typed as a password, in Unicode normalisation form C, so that another keyboard makes the same octets.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// Fewest code points: what the standard demands where a password is the only factor.
    pub const MIN_CHARS: usize = 15;

    /// Most code points: four times what the standard demands to admit, and little work to hash.
    pub const MAX_CHARS: usize = 256;

    /// Takes over what was typed at a sign-in, whatever its form: only its hash decides there. Nothing is cut off: what
    /// is longer than any password is refused (abuse AUTH-13).
    pub fn typed(raw: &str) -> Result<Self, Violation> {
        let password: String = raw.nfc().collect();
        if password.chars().count() > Self::MAX_CHARS {
            return Err(too_long());
        }
        Ok(Self(password))
    }

    /// Parses a password that somebody wants to have from now on.
    pub fn chosen(raw: &str, email: &Email, name: &PersonName, site: &SiteName) -> Result<Self, Violation> {
        let password: String = raw.nfc().collect();
        let chars = password.chars().count();
        if chars < Self::MIN_CHARS {
            return Err(Violation::limited(Rule::TooShort, Self::MIN_CHARS, "takes at least 15 characters"));
        }
        if chars > Self::MAX_CHARS {
            return Err(too_long());
        }
        let folded = password.to_lowercase();
        if guesses::come_early(&folded) {
            return Err(Violation::new(Rule::TooCommon, "is among the first that guessers try"));
        }
        let local = email.as_str().split('@').next().unwrap_or_default().to_lowercase();
        let person = name.as_str().to_lowercase();
        let site = site.as_str().to_lowercase();
        let own = [email.as_str(), local.as_str(), person.as_str(), site.as_str()];
        if own.iter().any(|own| mostly_is(&folded, own)) {
            return Err(Violation::new(
                Rule::ContainsIdentity,
                "says little but your own name or address, or the name of the site",
            ));
        }
        Ok(Self(password))
    }

    pub(crate) fn octets(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

/// Shows nothing.
impl fmt::Debug for Password {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Password(…)")
    }
}

fn too_long() -> Violation {
    Violation::limited(Rule::TooLong, Password::MAX_CHARS, "takes at most 256 characters")
}

/// Whether fewer than eight characters are left without `own`.
fn mostly_is(password: &str, own: &str) -> bool {
    own.chars().count() >= 4 && password.contains(own) && password.replace(own, "").chars().count() < 8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(raw: &str) -> Result<Password, Rule> {
        let email = Email::parse("mara.lindqvist@varn.example").unwrap();
        let name = PersonName::parse("Mara Lindqvist").unwrap();
        Password::chosen(raw, &email, &name, &SiteName::parse("Varn Courier").unwrap()).map_err(|v| v.rule)
    }

    // abuse: AUTH-12
    #[test]
    fn length_decides_and_no_class_of_characters_is_demanded() {
        assert_eq!(chosen("fourteen chars"), Err(Rule::TooShort));
        assert!(chosen("fifteen charact").is_ok());
        assert!(chosen("ääääh, das geht auch").is_ok());
        assert!(chosen(&"gull ".repeat(51)).is_ok());
        assert_eq!(chosen(&"gulls ".repeat(43)), Err(Rule::TooLong));
    }

    // abuse: AUTH-12
    #[test]
    fn what_guessers_try_first_is_refused() {
        for raw in [
            "Password12345678",
            "passwordpassword1",
            "aaaaaaaaaaaaaaaa",
            "abcabcabcabcabcabc",
            "Correct Horse Battery Staple",
        ] {
            assert_eq!(chosen(raw), Err(Rule::TooCommon), "{raw}");
        }
        for raw in ["mara.lindqvist1!", "Mara Lindqvist 2026", "mara.lindqvist@varn.example"] {
            assert_eq!(chosen(raw), Err(Rule::ContainsIdentity), "{raw}");
        }
    }

    // abuse: AUTH-13
    #[test]
    fn nothing_is_cut_off_what_was_typed() {
        assert!(Password::typed(&"é".repeat(256)).is_ok());
        assert_eq!(Password::typed(&"é".repeat(257)).map_err(|v| v.rule), Err(Rule::TooLong));
    }

    #[test]
    fn two_spellings_of_one_text_are_one_password() {
        assert_eq!(chosen("fifteen cha\u{308}racters"), chosen("fifteen ch\u{e4}racters"));
        let typed = Password::typed("fifteen cha\u{308}racters").unwrap();
        assert_eq!(typed, chosen("fifteen ch\u{e4}racters").unwrap());
    }
}
