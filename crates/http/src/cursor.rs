//! Cursors: the place in a list where a page ended, under a tag that binds it to the question that was asked.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::DateTime;
use domain::id::ArticleId;
use domain::paging::From;
use domain::slug::Slug;
use domain::time::Moment;
use domain::{comment, search};
use identity::keys::Subkey;
use subtle::ConstantTimeEq as _;
use uuid::Uuid;

use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::canonical::canonical;

/// The first octet of a cursor to what lies behind a place, and before it.
const SIDES: [u8; 2] = [0, 1];

/// Octets of the tag behind it, of 32: enough that nobody hits one by trying.
const TAG: usize = 16;

/// The question that a query asks, in its one spelling and without its place: what a cursor is bound to.
pub(crate) fn question(query: &str) -> String {
    let query = canonical(query);
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

/// A place in a list, as a cursor holds it.
pub(crate) trait Held: Sized {
    /// It as octets.
    fn octets(&self) -> Vec<u8>;

    /// It from its octets; `None` for others.
    fn of(octets: &[u8]) -> Option<Self>;
}

/// The cursor of a page.
pub(crate) fn write<P: Held>(key: &Subkey, question: &str, from: From<P>) -> String {
    let (side, place) = sided(from);
    let mut octets = vec![side];
    octets.extend(place.octets());
    seal(key, question, &octets)
}

/// Where a cursor leads; a problem for one that is not ours or belongs to another question.
pub(crate) fn read<P: Held>(key: &Subkey, question: &str, cursor: &str) -> Result<From<P>, Problem> {
    let led = || {
        let octets = open(key, question, cursor)?;
        let (side, place) = octets.split_first()?;
        Some(side_of(*side, P::of(place)?))
    };
    led().ok_or_else(|| Problem::new(Code::InvalidCursor))
}

/// The same in a list whose places are told by the names of its items.
pub(crate) fn read_named<P, E>(
    key: &Subkey,
    question: &str,
    cursor: &str,
    parse: impl FnOnce(&str) -> Result<P, E>,
) -> Result<From<P>, Problem> {
    let named = read::<String>(key, question, cursor)?;
    named.try_map(|name| parse(&name)).map_err(|_| Problem::new(Code::InvalidCursor))
}

/// In a list of articles: an instant in microseconds, and an id.
impl Held for (Moment, ArticleId) {
    fn octets(&self) -> Vec<u8> {
        let (at, id) = self;
        [&at.utc().timestamp_micros().to_be_bytes()[..], id.uuid().as_bytes()].concat()
    }

    fn of(octets: &[u8]) -> Option<Self> {
        let (at, id) = octets.split_first_chunk()?;
        let at = DateTime::from_timestamp_micros(i64::from_be_bytes(*at))?;
        Some((Moment::new(at), ArticleId::new(Uuid::from_slice(id).ok()?)))
    }
}

/// In the feed of changes.
impl Held for i64 {
    fn octets(&self) -> Vec<u8> {
        self.to_be_bytes().to_vec()
    }

    fn of(octets: &[u8]) -> Option<Self> {
        Some(Self::from_be_bytes(octets.try_into().ok()?))
    }
}

/// In a list by slug.
impl Held for Slug {
    fn octets(&self) -> Vec<u8> {
        self.as_str().as_bytes().to_vec()
    }

    fn of(octets: &[u8]) -> Option<Self> {
        Self::parse(std::str::from_utf8(octets).ok()?).ok()
    }
}

/// In a list by the names of its items: ids or numbers.
impl Held for String {
    fn octets(&self) -> Vec<u8> {
        self.as_bytes().to_vec()
    }

    fn of(octets: &[u8]) -> Option<Self> {
        Self::from_utf8(octets.to_vec()).ok()
    }
}

/// In a thread.
impl Held for comment::place::Place {
    fn octets(&self) -> Vec<u8> {
        self.octets()
    }

    fn of(octets: &[u8]) -> Option<Self> {
        Self::parse(octets).ok()
    }
}

/// Among what a search finds.
impl Held for search::place::Place {
    fn octets(&self) -> Vec<u8> {
        (*self).octets()
    }

    fn of(octets: &[u8]) -> Option<Self> {
        Self::parse(octets)
    }
}
