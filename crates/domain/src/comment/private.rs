//! What nobody is told of a commenter but those who may see it. No type here can be written as JSON or into a log, and none
//! is part of what delivery can read.

use std::fmt;
use std::net::IpAddr;

use super::email::CommenterEmail;

/// What is private of a comment.
#[derive(Clone, PartialEq, Eq)]
pub struct Private {
    /// The address of its writer; `None` for the newsroom's own, and once it had to be forgotten.
    pub email: Option<CommenterEmail>,
    /// From where it came; `None` once the time to keep it is over.
    pub address: Option<IpAddr>,
    /// By what it is found again.
    pub traces: Traces,
    /// The SHA-256 of what lets its writer change it.
    pub edit_hash: Option<[u8; 32]>,
}

/// By what the comments of one commenter are found, without telling who that is: hashes under a key of the site.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub struct Traces {
    /// Of the mailbox.
    pub email: Option<KeyedHash>,
    /// Of the network.
    pub address: Option<KeyedHash>,
    /// Of what the text has in common with its repetitions.
    pub text: Option<KeyedHash>,
}

/// A hash under a key of the site. Without the key nobody can tell of what.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct KeyedHash([u8; 32]);

impl KeyedHash {
    /// Takes over a hash that was made with the key.
    pub const fn new(octets: [u8; 32]) -> Self {
        Self(octets)
    }

    /// Its octets, for the store.
    pub const fn octets(&self) -> &[u8; 32] {
        &self.0
    }
}

/// Nothing of these shows in a log by accident.
macro_rules! silent {
    ($($type:ident),+) => {$(
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($type), "(…)"))
            }
        }
    )+};
}

silent!(Private, Traces, KeyedHash);
