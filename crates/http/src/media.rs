//! Where the bytes of renditions are answered, and the addresses that lead there: open ones for what readers see, and
//! signed ones for the newsroom (ruling 11).

use chrono::DateTime;
use domain::id::PhotoId;
use domain::photo::hash::ContentHash;
use domain::photo::variant::Variant;
use domain::time::Moment;
use identity::keys::Subkey;
use subtle::ConstantTimeEq as _;

use crate::settings::Settings;

/// How long a signed address holds at least, in seconds.
const HOLDS_S: i64 = 3600;

/// Signed addresses of one such span are the same, so that what was answered is not another answer each second.
const STEP_S: i64 = 1800;

/// Octets of a signature, of 32: enough that nobody hits one by trying.
const SIGNATURE: usize = 16;

/// The path of a rendition.
pub fn path(photo: PhotoId, edition: ContentHash, variant: Variant) -> String {
    format!("/media/{photo}/{edition}/{variant}")
}

/// The address of a rendition for whoever gets this answer, for an hour.
pub(crate) fn signed(settings: &Settings, path: &str, now: Moment) -> String {
    let expires = now.utc().timestamp() / STEP_S * STEP_S + STEP_S + HOLDS_S;
    let signature = hex(&signature(&settings.media_key, path, expires));
    format!("{}{path}?expires={expires}&signature={signature}", settings.public_url)
}

/// Whether an address was signed by us and still holds.
pub(crate) fn is_signed(key: &Subkey, path: &str, expires: i64, given: &str, now: Moment) -> bool {
    let Some(end) = DateTime::from_timestamp(expires, 0) else { return false };
    let good = hex(&signature(key, path, expires));
    now.utc() < end && bool::from(good.as_bytes().ct_eq(given.as_bytes()))
}

fn signature(key: &Subkey, path: &str, expires: i64) -> [u8; SIGNATURE] {
    let mac = key.mac(&[path.as_bytes(), b"\0", &expires.to_be_bytes()]);
    std::array::from_fn(|i| mac[i])
}

fn hex(octets: &[u8]) -> String {
    octets.iter().fold(String::new(), |text, octet| text + &format!("{octet:02x}"))
}
