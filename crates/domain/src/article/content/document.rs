//! The stored form of a content: one JSON document with the version of its schema, and the hash that tells equal ones.

use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Content;

/// The version of the schema in which this program writes documents.
pub const SCHEMA_VERSION: u32 = 1;

/// The hash of a content: SHA-256 over its document. Equal contents have equal hashes, so a save that changes nothing
/// makes no revision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DocumentHash([u8; 32]);

impl DocumentHash {
    /// Takes over a hash from the store.
    pub const fn new(octets: [u8; 32]) -> Self {
        Self(octets)
    }

    /// The bare octets, for the store.
    pub const fn octets(self) -> [u8; 32] {
        self.0
    }
}

impl fmt::Display for DocumentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|octet| write!(f, "{octet:02x}"))
    }
}

/// A document that cannot be read: a fault of the store or of an older or newer program, never of an editor.
#[derive(Debug)]
pub enum Unreadable {
    /// Written in a schema that this program does not know.
    Schema(u32),
    /// Not a document of its schema.
    Malformed(serde_json::Error),
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Schema(version) => write!(f, "content has the unknown schema version {version}"),
            Self::Malformed(cause) => write!(f, "content does not keep to its schema: {cause}"),
        }
    }
}

impl std::error::Error for Unreadable {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Schema(_) => None,
            Self::Malformed(cause) => Some(cause),
        }
    }
}

/// A content as it is stored: its document, and the hash of that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    json: String,
    hash: DocumentHash,
}

#[derive(Serialize)]
struct Written<'a> {
    schema_version: u32,
    content: &'a Content,
}

#[derive(Deserialize)]
struct Version {
    schema_version: u32,
}

#[derive(Deserialize)]
struct Read {
    schema_version: u32,
    content: Content,
}

impl Document {
    /// Writes a content. Members stand in the order of the type and nothing is left to a map, so equal contents give
    /// equal text. Fails only where serialisation itself does, which no content makes it do.
    pub fn write(content: &Content) -> Result<Self, serde_json::Error> {
        let json = serde_json::to_string(&Written { schema_version: SCHEMA_VERSION, content })?;
        let hash = DocumentHash(Sha256::digest(&json).into());
        Ok(Self { json, hash })
    }

    /// Reads a content through the same constructors as input.
    pub fn read(json: &str) -> Result<Content, Unreadable> {
        match serde_json::from_str(json) {
            Ok(Read { schema_version: SCHEMA_VERSION, content }) => Ok(content),
            Ok(Read { schema_version, .. }) => Err(Unreadable::Schema(schema_version)),
            // What another schema calls content need not be one of ours.
            Err(cause) => match serde_json::from_str(json) {
                Ok(Version { schema_version }) if schema_version != SCHEMA_VERSION => {
                    Err(Unreadable::Schema(schema_version))
                }
                _ => Err(Unreadable::Malformed(cause)),
            },
        }
    }

    /// The JSON text.
    pub fn json(&self) -> &str {
        &self.json
    }

    /// The JSON text, given away.
    pub fn into_json(self) -> String {
        self.json
    }

    /// The hash.
    pub const fn hash(&self) -> DocumentHash {
        self.hash
    }
}
