//! The email address of a commenter: private, so that nothing here can be written as JSON or into a log.

use std::fmt;

use unicode_normalization::UnicodeNormalization;
use url::Host;
use utoipa::openapi::{KnownFormat, SchemaFormat};

use crate::json::from_text;
use crate::schema::{self, described};
use crate::text;
use crate::user::{Email, is_host, is_local};
use crate::violation::{Rule, Violation};

/// The address that a commenter gives, unproven. It has no serializer and shows nothing of itself.
#[derive(Clone, PartialEq, Eq)]
pub struct CommenterEmail {
    local: String,
    host: EmailHost,
}

impl CommenterEmail {
    /// Parses the part of RFC 5321 and RFC 5322 that people have: a dot-atom of ASCII characters, `@`, and a domain of two
    /// or more labels, which may be an international one (IDNA, UTS 46). Quoted local parts, comments, address literals and
    /// local parts outside ASCII (RFC 6531) are refused. Full-width forms are read as ASCII. Up to
    /// [`Email::MAX_OCTETS`] octets, the domain counted as DNS has it.
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        let malformed =
            || Violation::new(Rule::BadFormat, "must be an email address such as ines@varn.example");
        let address = text::name(raw)?;
        if address.len() > LONGEST_READ {
            return Err(too_long());
        }
        let address: String = address.nfkc().collect();
        let (local, host) = address.rsplit_once('@').ok_or_else(malformed)?;
        let host = EmailHost::parse(host).map_err(|_| malformed())?;
        if !is_local(local) {
            return Err(malformed());
        }
        if local.len() + 1 + host.0.len() > Email::MAX_OCTETS {
            return Err(too_long());
        }
        Ok(Self { local: local.to_owned(), host })
    }

    /// The address to write to: the local part as it was given, the domain as DNS has it. For those who may see it only.
    pub fn address(&self) -> String {
        format!("{}@{}", self.local, self.host.0)
    }

    /// The domain.
    pub fn host(&self) -> &EmailHost {
        &self.host
    }

    /// What all spellings have in common that reach the same mailbox (abuse CM-07): lower case; without a tag, which is
    /// what follows the first `+`; at providers that ignore dots in the local part (`DOTLESS`) without them and under
    /// one domain. Two addresses that differ at a provider of another habit stay two.
    pub fn canonical(&self) -> CanonicalEmail {
        let local = self.local.to_lowercase();
        let tagless = match local.split_once('+') {
            Some((before, _)) if !before.is_empty() => before,
            _ => &local,
        };
        if DOTLESS.contains(&self.host.as_str()) {
            CanonicalEmail(format!("{}@{}", tagless.replace('.', ""), DOTLESS[0]))
        } else {
            CanonicalEmail(format!("{tagless}@{}", self.host.0))
        }
    }
}

/// Domains of the one large provider that documents that dots in a local part do not count; the first stands for all.
const DOTLESS: [&str; 2] = ["gmail.com", "googlemail.com"];

/// Longest address that is looked at, in octets: no label of DNS is longer in UTF-8 than three octets to each of its own.
const LONGEST_READ: usize = 3 * Email::MAX_OCTETS;

fn too_long() -> Violation {
    Violation::limited(Rule::TooLong, Email::MAX_OCTETS, "at most 254 octets fit")
}

from_text!(CommenterEmail);

described!(CommenterEmail: schema::text(
    "An email address. It is never published, nor is anything that is made from it.",
    5, Email::MAX_OCTETS, "ines@varn.example",
).format(Some(SchemaFormat::KnownFormat(KnownFormat::Email))));

/// One name for one mailbox, to be hashed with a key and compared. It never leaves the server.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct CanonicalEmail(String);

impl CanonicalEmail {
    /// It as text, for the hash.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The domain of an address, as DNS has it: lower case, in ASCII.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct EmailHost(String);

impl EmailHost {
    /// Parses a domain of two or more labels, international ones included.
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        let malformed = || Violation::new(Rule::BadFormat, "must be a domain such as varn.example");
        if raw.len() > LONGEST_READ || raw.contains(['%', '/', '[', '_', ' ']) {
            return Err(malformed());
        }
        let Ok(Host::Domain(host)) = Host::parse(raw) else { return Err(malformed()) };
        // The domain of highest rank has a letter: what has none is the beginning of a number.
        let ends_in_name =
            host.rsplit('.').next().is_some_and(|top| top.bytes().any(|b| b.is_ascii_alphabetic()));
        if host.len() <= 253 && ends_in_name && is_host(&host) { Ok(Self(host)) } else { Err(malformed()) }
    }

    /// It as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// It and each domain that it lies in, from the longest, those of one label left out: what a ban may name.
    pub fn suffixes(&self) -> impl Iterator<Item = &str> {
        std::iter::successors(Some(self.as_str()), |domain| domain.split_once('.').map(|(_, above)| above))
            .filter(|domain| domain.contains('.'))
    }
}

/// Nothing of an address shows in a log by accident.
macro_rules! silent {
    ($($type:ident),+) => {$(
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($type), "(…)"))
            }
        }
    )+};
}

silent!(CommenterEmail, CanonicalEmail, EmailHost);

#[cfg(test)]
mod tests;
