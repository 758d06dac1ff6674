//! Rows as diesel reads and writes them, the same for both databases, and their way to and from the domain.

pub(crate) mod accounts;
pub(crate) mod api_keys;
pub(crate) mod articles;
pub(crate) mod bans;
pub(crate) mod comments;
pub(crate) mod fronts;
pub(crate) mod live;
pub(crate) mod photos;
pub(crate) mod previews;
pub(crate) mod records;
pub(crate) mod references;
pub(crate) mod webhooks;

use domain::version::{Seen, Version};

use crate::error::Error;

/// Takes over a stored value; one that the domain refuses is a defect, not a fault of anybody's input.
pub(crate) fn stored<T>(parsed: Result<T, domain::violation::Violation>) -> Result<T, Error> {
    parsed.map_err(|violation| Error::defect(format!("a stored value is refused: {violation:?}")))
}

/// Octets of a fixed number.
pub(crate) fn octets<const N: usize>(stored: &[u8]) -> Result<[u8; N], Error> {
    stored.try_into().map_err(|_| Error::defect("stored octets have another number than the schema says"))
}

/// The version after `stored`, if that is the one that was seen.
pub(crate) fn seen_version(stored: Version, seen: Seen) -> Result<Version, Error> {
    if seen.covers(stored) { Ok(stored.next()) } else { Err(Error::Stale { current: stored }) }
}
