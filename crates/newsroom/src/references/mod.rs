//! What the newsroom does with sections, tags and contributors.

pub mod contributors;
pub mod sections;
pub mod tags;

use domain::event::EventKind;
use domain::paging::{From, Slice};
use domain::slug::Slug;
use domain::surrogate_key::SurrogateKey;
use domain::violation::Violation;

use crate::articles::Count;
use crate::cx::News;
use crate::error::Error;

/// Which references of one sort are asked for, by slug.
#[derive(Debug, Clone)]
pub struct Asked<K> {
    /// Only of this kind.
    pub kind: Option<K>,
    /// Only with a name that begins so, in any case.
    pub begins: Option<String>,
    /// Only what lies there.
    pub from: Option<From<Slug>>,
    /// Most of a page.
    pub limit: u16,
    /// Whether they are counted.
    pub count: Count,
}

/// A page of references.
#[derive(Debug)]
pub struct Page<T> {
    /// The page.
    pub slice: Slice<T, Slug>,
    /// How many there are in all, where that was asked for.
    pub total: Option<i64>,
}

/// Most articles that are named where something is in use: enough to see where to look.
const MOST_USERS: u16 = 20;

/// The slug that was sent, or one made from a name.
pub(crate) fn slug_or_made(slug: Option<&Slug>, name: &str) -> Result<Slug, Error> {
    let made = slug.cloned().or_else(|| Slug::from_text(name));
    made.ok_or_else(|| Violation::required().at("/slug").into())
}

/// What of the site may be different once a reference changed: what shows it, lists, and its addresses.
fn news(kind: EventKind, key: SurrogateKey) -> News {
    News { kind, keys: vec![key, SurrogateKey::lists(), SurrogateKey::renames()] }
}
