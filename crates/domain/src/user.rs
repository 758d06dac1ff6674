//! People who can sign in: their role, address and name.

use std::fmt;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use utoipa::openapi::{KnownFormat, SchemaFormat};

use crate::bounded::bounded;
use crate::codes::codes;
use crate::json::from_text;
use crate::schema::{self, described};
use crate::text;
use crate::violation::{Rule, Violation};

// In rising order of rights over content; the rights of each are in `policy`.
codes! {
    /// What a user is to the newsroom.
    pub enum Role {
        /// Writes own articles and hands them in.
        Reporter = "reporter",
        /// Keeps the photos and where they are used.
        PhotoEditor = "photo_editor",
        /// Decides about readers' comments.
        Moderator = "moderator",
        /// Decides about all content and publishes.
        Editor = "editor",
        /// Decides about everything, people included.
        Admin = "admin",
    }
}

/// An email address that names an account: one spelling per account on both databases.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Email(String);

impl Email {
    /// Longest address, in octets.
    ///
    /// SMTP limits a path to 256 octets including its angle brackets, which leaves 254 (RFC 5321, 4.5.3.1.3).
    pub const MAX_OCTETS: usize = 254;

    /// Parses an address and folds it to its canonical spelling: NFKC, lower case. Local parts outside ASCII are
    /// refused, so that no two accounts look alike (abuse IN-06).
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        let address: String = text::name(raw)?.nfkc().collect::<String>().to_lowercase();
        if address.len() > Self::MAX_OCTETS {
            return Err(Violation::limited(Rule::TooLong, Self::MAX_OCTETS, "at most 254 octets fit"));
        }
        let malformed = || Violation::new(Rule::BadFormat, "must be an email address of ASCII characters");
        let (local, host) = address.rsplit_once('@').ok_or_else(malformed)?;
        if is_local(local) && is_host(host) { Ok(Self(address)) } else { Err(malformed()) }
    }

    /// The canonical address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

from_text!(Email);

described!(Email: schema::text(
    "An email address of ASCII characters, told in lower case.", 5, Self::MAX_OCTETS, "mara.lind@varn.example",
).format(Some(SchemaFormat::KnownFormat(KnownFormat::Email))));

/// Whether it is a local part that is no quoted string: a dot-atom (RFC 5322, 3.2.3) of up to 64 octets (RFC 5321,
/// 4.5.3.1.1).
pub(crate) fn is_local(part: &str) -> bool {
    (1..=64).contains(&part.len())
        && part.split('.').all(|atom| !atom.is_empty() && atom.bytes().all(is_atom))
}

/// Whether it is a domain of two or more labels (RFC 1035, 2.3.1, where a label may begin with a digit: RFC 1123, 2.1).
pub(crate) fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    host.contains('.') && host.split('.').all(is_label)
}

fn is_atom(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b)
}

/// An address is private: it shows in no log by accident.
impl fmt::Debug for Email {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Email(…)")
    }
}

impl TryFrom<String> for Email {
    type Error = Violation;

    fn try_from(raw: String) -> Result<Self, Violation> {
        Self::parse(&raw)
    }
}

impl From<Email> for String {
    fn from(email: Email) -> Self {
        email.0
    }
}

bounded! {
    /// The name by which a newsroom knows a user.
    PersonName: name up to 100, "longer than any on a byline we have seen, short enough for a list",
        like "Mara Lind";
}

#[cfg(test)]
mod tests {
    use super::*;

    // abuse: IN-06
    #[test]
    fn one_account_has_one_spelling() {
        let canonical = Email::parse("mara.lind@varn.example").unwrap();
        for raw in [" Mara.Lind@Varn.Example ", "ＭＡＲＡ.lind@varn.example"] {
            assert_eq!(Email::parse(raw), Ok(canonical.clone()), "{raw}");
        }
        for raw in [
            "m\u{430}ra@varn.example",
            "ma\u{131}l@varn.example",
            "ma\u{200b}ra@varn.example",
            "mara@",
            "@varn.example",
            "a..b@varn.example",
            "a@localhost",
        ] {
            assert!(Email::parse(raw).is_err(), "{raw}");
        }
    }
}
