//! Cursors: the place in a list where a page ended, under a tag that binds it to the question that was asked.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::DateTime;
use domain::id::ArticleId;
use domain::paging::From;
use domain::time::Moment;
use identity::keys::Subkey;
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

/// Octets of a place: its side, an instant in microseconds and an id.
const PLACE: usize = 25;

/// The first octet of a cursor to what lies behind a place, and before it.
const SIDES: [u8; 2] = [0, 1];

/// Octets of the tag behind it, of 32: enough that nobody hits one by trying.
const TAG: usize = 16;

/// The question that a query asks, without its place: what a cursor is bound to.
pub(crate) fn question(query: &str) -> String {
    let parts: Vec<_> =
        query.split('&').filter(|part| !part.is_empty() && !part.starts_with("cursor=")).collect();
    parts.join("&")
}

/// A place under a tag that binds it to a question.
fn seal(key: &Subkey, question: &str, place: &[u8]) -> String {
    let mut octets = tag(key, question, place).to_vec();
    octets.extend_from_slice(place);
    URL_SAFE_NO_PAD.encode(octets)
}

/// The place of a cursor; `None` for one that is not ours or belongs to another question.
fn open(key: &Subkey, question: &str, cursor: &str) -> Option<Vec<u8>> {
    let octets = URL_SAFE_NO_PAD.decode(cursor).ok()?;
    let (given, place) = octets.split_at_checked(TAG)?;
    bool::from(tag(key, question, place).ct_eq(given)).then(|| place.to_vec())
}

fn tag(key: &Subkey, question: &str, place: &[u8]) -> [u8; TAG] {
    let mac = key.mac(&[question.as_bytes(), b"\0", place]);
    std::array::from_fn(|i| mac[i])
}

/// A place with its side, and apart.
fn sided<P>(from: From<P>) -> (u8, P) {
    let [behind, before] = SIDES;
    match from {
        From::Behind(place) => (behind, place),
        From::Before(place) => (before, place),
    }
}

fn side_of<P>(side: u8, place: P) -> From<P> {
    let [behind, _] = SIDES;
    if side == behind { From::Behind(place) } else { From::Before(place) }
}

/// The cursor of a page.
pub(crate) fn write(key: &Subkey, question: &str, from: From<(Moment, ArticleId)>) -> String {
    let (side, (at, id)) = sided(from);
    let mut octets = vec![side];
    octets.extend_from_slice(&at.utc().timestamp_micros().to_be_bytes());
    octets.extend_from_slice(id.uuid().as_bytes());
    seal(key, question, &octets)
}

/// Where a cursor leads; `None` for one that is not ours or belongs to another question.
pub(crate) fn read(key: &Subkey, question: &str, cursor: &str) -> Option<From<(Moment, ArticleId)>> {
    let place = open(key, question, cursor).filter(|octets| octets.len() == PLACE)?;
    let (side, place) = place.split_first()?;
    let (at, id) = place.split_at(8);
    let at = DateTime::from_timestamp_micros(i64::from_be_bytes(at.try_into().ok()?))?;
    Some(side_of(*side, (Moment::new(at), ArticleId::new(Uuid::from_slice(id).ok()?))))
}

/// Cursors of lists by slug, bound to the question as the others are.
pub(crate) mod names {
    use domain::paging::From;
    use domain::slug::Slug;
    use identity::keys::Subkey;

    use super::{open, seal, side_of, sided};

    /// The cursor of a page.
    pub(crate) fn write(key: &Subkey, question: &str, from: From<Slug>) -> String {
        let (side, slug) = sided(from);
        let mut place = vec![side];
        place.extend_from_slice(slug.as_str().as_bytes());
        seal(key, question, &place)
    }

    /// Where a cursor leads; `None` for one that is not ours or belongs to another question.
    pub(crate) fn read(key: &Subkey, question: &str, cursor: &str) -> Option<From<Slug>> {
        let place = open(key, question, cursor)?;
        let (side, slug) = place.split_first()?;
        let slug = Slug::parse(std::str::from_utf8(slug).ok()?).ok()?;
        Some(side_of(*side, slug))
    }
}

/// Cursors of threads.
pub(crate) mod threads {
    use domain::comment::place::Place;
    use domain::paging::From;
    use identity::keys::Subkey;

    use super::{open, seal, side_of, sided};

    /// The cursor of a page.
    pub(crate) fn write(key: &Subkey, question: &str, from: From<Place>) -> String {
        let (side, place) = sided(from);
        let mut octets = vec![side];
        octets.extend_from_slice(&place.octets());
        seal(key, question, &octets)
    }

    /// Where a cursor leads; `None` for one that is not ours or belongs to another question.
    pub(crate) fn read(key: &Subkey, question: &str, cursor: &str) -> Option<From<Place>> {
        let octets = open(key, question, cursor)?;
        let (side, place) = octets.split_first()?;
        Some(side_of(*side, Place::parse(place).ok()?))
    }
}

/// Cursors of lists by the names of their items: ids or numbers.
pub(crate) mod items {
    use domain::paging::From;
    use identity::keys::Subkey;

    use super::{open, seal, side_of, sided};

    /// The cursor of a page.
    pub(crate) fn write(key: &Subkey, question: &str, from: From<String>) -> String {
        let (side, item) = sided(from);
        let mut place = vec![side];
        place.extend_from_slice(item.as_bytes());
        seal(key, question, &place)
    }

    /// Where a cursor leads; `None` for one that is not ours or belongs to another question.
    pub(crate) fn read(key: &Subkey, question: &str, cursor: &str) -> Option<From<String>> {
        let place = open(key, question, cursor)?;
        let (side, item) = place.split_first()?;
        Some(side_of(*side, String::from_utf8(item.to_vec()).ok()?))
    }
}

/// Cursors of searches.
pub(crate) mod found {
    use domain::paging::From;
    use domain::search::place::Place;
    use identity::keys::Subkey;

    use super::{open, seal, side_of, sided};

    /// The cursor of a page.
    pub(crate) fn write(key: &Subkey, question: &str, from: From<Place>) -> String {
        let (side, place) = sided(from);
        let mut octets = vec![side];
        octets.extend(place.octets());
        seal(key, question, &octets)
    }

    /// Where a cursor leads; `None` for one that is not ours or belongs to another question.
    pub(crate) fn read(key: &Subkey, question: &str, cursor: &str) -> Option<From<Place>> {
        let octets = open(key, question, cursor)?;
        let (side, place) = octets.split_first()?;
        Some(side_of(*side, Place::parse(place)?))
    }
}
