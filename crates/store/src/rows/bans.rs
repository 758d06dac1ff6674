//! The rows of bans.

use domain::comment::ban::{BanKind, Network};
use domain::comment::banned::BanTarget;
use domain::comment::email::EmailHost;
use domain::comment::private::KeyedHash;

use super::stored;
use crate::error::Error;

/// The kind of a ban of a range of addresses.
pub(crate) const NETWORK: &str = BanKind::Network.name();

/// How the hash of a mailbox stands in a column of text.
pub(crate) fn mailbox(hash: &KeyedHash) -> String {
    hash.octets().iter().fold(String::new(), |digits, octet| digits + &format!("{octet:02x}"))
}

/// Whom a stored ban meets.
pub(crate) fn target(kind: &str, pattern: &str) -> Result<BanTarget, Error> {
    Ok(match stored(BanKind::parse(kind))? {
        BanKind::Email => BanTarget::Mailbox(hash_of(pattern)?),
        BanKind::Domain => BanTarget::Domain(stored(EmailHost::parse(pattern))?),
        BanKind::Network => BanTarget::Network(stored(Network::parse(pattern))?),
    })
}

fn hash_of(text: &str) -> Result<KeyedHash, Error> {
    let number = |i: usize| text.get(2 * i..2 * i + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
    let mut octets = [0; 32];
    for (i, octet) in octets.iter_mut().enumerate() {
        *octet = number(i).ok_or_else(|| Error::defect("a ban of a mailbox has no hash"))?;
    }
    Ok(KeyedHash::new(octets))
}
