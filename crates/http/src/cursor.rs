//! Cursors: the place in a list where a page ended, under a tag that binds it to the question that was asked.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::DateTime;
use domain::id::ArticleId;
use domain::paging::From;
use domain::time::Moment;
use identity::keys::Subkey;
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

/// The cursor of a page.
pub(crate) fn write(key: &Subkey, question: &str, from: From<(Moment, ArticleId)>) -> String {
    let [behind, before] = SIDES;
    let (side, (at, id)) = match from {
        From::Behind(place) => (behind, place),
        From::Before(place) => (before, place),
    };
    let mut octets = vec![side];
    octets.extend_from_slice(&at.utc().timestamp_micros().to_be_bytes());
    octets.extend_from_slice(id.uuid().as_bytes());
    let tag = key.mac(&[&octets, question.as_bytes()]);
    octets.extend_from_slice(&tag[..TAG]);
    URL_SAFE_NO_PAD.encode(octets)
}

/// Where a cursor leads; `None` for one that is not ours or belongs to another question.
pub(crate) fn read(key: &Subkey, question: &str, cursor: &str) -> Option<From<(Moment, ArticleId)>> {
    let octets = URL_SAFE_NO_PAD.decode(cursor).ok().filter(|octets| octets.len() == PLACE + TAG)?;
    let (place, tag) = octets.split_at(PLACE);
    let expected = key.mac(&[place, question.as_bytes()]);
    if !bool::from(subtle::ConstantTimeEq::ct_eq(&expected[..TAG], tag)) {
        return None;
    }
    let (side, place) = place.split_first()?;
    let (at, id) = place.split_at(8);
    let at = DateTime::from_timestamp_micros(i64::from_be_bytes(at.try_into().ok()?))?;
    let place = (Moment::new(at), ArticleId::new(Uuid::from_slice(id).ok()?));
    let [behind, _] = SIDES;
    Some(if *side == behind { From::Behind(place) } else { From::Before(place) })
}

/// Cursors of lists by slug, bound to the question as the others are.
pub(crate) mod names {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    use domain::paging::From;
    use domain::slug::Slug;
    use identity::keys::Subkey;
    use subtle::ConstantTimeEq as _;

    use super::{SIDES, TAG};

    /// The cursor of a page.
    pub(crate) fn write(key: &Subkey, question: &str, from: From<Slug>) -> String {
        let [behind, before] = SIDES;
        let (side, slug) = match from {
            From::Behind(slug) => (behind, slug),
            From::Before(slug) => (before, slug),
        };
        let mut place = vec![side];
        place.extend_from_slice(slug.as_str().as_bytes());
        let mut octets = key.mac(&[question.as_bytes(), b" ", &place])[..TAG].to_vec();
        octets.extend_from_slice(&place);
        URL_SAFE_NO_PAD.encode(octets)
    }

    /// Where a cursor leads; `None` for one that is not ours or belongs to another question.
    pub(crate) fn read(key: &Subkey, question: &str, cursor: &str) -> Option<From<Slug>> {
        let octets = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (tag, place) = octets.split_at_checked(TAG)?;
        let expected = key.mac(&[question.as_bytes(), b" ", place]);
        if !bool::from(expected[..TAG].ct_eq(tag)) {
            return None;
        }
        let (side, slug) = place.split_first()?;
        let slug = Slug::parse(std::str::from_utf8(slug).ok()?).ok()?;
        let [behind, _] = SIDES;
        Some(if *side == behind { From::Behind(slug) } else { From::Before(slug) })
    }
}
