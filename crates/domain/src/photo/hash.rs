//! The name of a file by what is in it.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::json::from_text;
use crate::schema::{self, described};
use crate::violation::{Rule, Violation};

/// SHA-256 of a file's octets: the same bytes are the same file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ContentHash([u8; Self::OCTETS]);

impl ContentHash {
    /// Length of the hash in octets (FIPS 180-4).
    pub const OCTETS: usize = 32;

    /// The form as a regular expression, for the OpenAPI document.
    pub const PATTERN: &'static str = "^[0-9a-f]{64}$";

    /// Takes over a hash that somebody computed while the octets went by.
    pub const fn new(octets: [u8; Self::OCTETS]) -> Self {
        Self(octets)
    }

    /// The hash of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Parses the one public spelling: hexadecimal in lower case.
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        let malformed = || Violation::new(Rule::BadFormat, "must be 64 hexadecimal digits in lower case");
        let digit = |b: u8| match b {
            b'0'..=b'9' => Ok(b - b'0'),
            b'a'..=b'f' => Ok(b - b'a' + 10),
            _ => Err(malformed()),
        };
        let (pairs, rest) = raw.as_bytes().as_chunks::<2>();
        let mut octets = [0; Self::OCTETS];
        if pairs.len() != Self::OCTETS || !rest.is_empty() {
            return Err(malformed());
        }
        for (octet, &[high, low]) in octets.iter_mut().zip(pairs) {
            *octet = digit(high)? << 4 | digit(low)?;
        }
        Ok(Self(octets))
    }

    /// The bare octets, for storage.
    pub const fn octets(&self) -> &[u8; Self::OCTETS] {
        &self.0
    }
}

from_text!(ContentHash);

described!(ContentHash: schema::text(
    "SHA-256 of a file, in lower-case hexadecimal.", 64, 64,
    "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
).pattern(Some(Self::PATTERN)));

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // At once: the address of each rendition has it.
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let mut text = [0; 2 * Self::OCTETS];
        for (pair, octet) in text.as_chunks_mut::<2>().0.iter_mut().zip(self.0) {
            *pair = [DIGITS[usize::from(octet >> 4)], DIGITS[usize::from(octet & 0xf)]];
        }
        f.write_str(str::from_utf8(&text).map_err(|_| fmt::Error)?)
    }
}

impl TryFrom<String> for ContentHash {
    type Error = Violation;

    fn try_from(raw: String) -> Result<Self, Violation> {
        Self::parse(&raw)
    }
}

impl From<ContentHash> for String {
    fn from(hash: ContentHash) -> Self {
        hash.to_string()
    }
}
