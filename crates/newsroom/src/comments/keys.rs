//! By what a commenter is found again: hashes under a key of the site, one purpose apart from another.

use std::net::IpAddr;

use domain::comment::ban::Network;
use domain::comment::email::{CanonicalEmail, CommenterEmail};
use domain::comment::private::{KeyedHash, Traces};
use domain::comment::repeat::normal_form;
use domain::comment::text::CommentText;
use identity::keys::Subkey;

/// The traces of who writes this from there.
pub(super) fn traces(key: &Subkey, email: &CommenterEmail, address: IpAddr, text: &CommentText) -> Traces {
    Traces {
        email: Some(of_email(key, email)),
        address: Some(of_address(key, address)),
        text: Some(of_text(key, text)),
    }
}

/// The trace of a mailbox, however it is spelled.
pub(super) fn of_email(key: &Subkey, email: &CommenterEmail) -> KeyedHash {
    of_mailbox(key, &email.canonical())
}

/// The same of its one spelling.
pub(super) fn of_mailbox(key: &Subkey, mailbox: &CanonicalEmail) -> KeyedHash {
    KeyedHash::new(key.mac(&[b"email\0", mailbox.as_str().as_bytes()]))
}

/// The trace of the network that one reader has at least.
pub(super) fn of_address(key: &Subkey, address: IpAddr) -> KeyedHash {
    KeyedHash::new(key.mac(&[b"address\0", Network::of_reader(address).to_string().as_bytes()]))
}

/// The trace of what a text has in common with its repetitions.
pub(super) fn of_text(key: &Subkey, text: &CommentText) -> KeyedHash {
    KeyedHash::new(key.mac(&[b"text\0", normal_form(text).as_bytes()]))
}
