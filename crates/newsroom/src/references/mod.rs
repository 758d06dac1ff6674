//! What the newsroom does with sections, tags and contributors.

pub mod contributors;
pub mod sections;
pub mod tags;

use domain::event::EventKind;
use domain::slug::Slug;
use domain::surrogate_key::SurrogateKey;
use domain::violation::Violation;

use crate::cx::News;
use crate::error::Error;

/// Most articles that are named where something is in use: enough to see where to look.
const MOST_USERS: u16 = 20;

/// The slug that was sent, or one made from a name.
fn slug_or_made(slug: Option<&Slug>, name: &str) -> Result<Slug, Error> {
    let made = slug.cloned().or_else(|| Slug::from_text(name));
    made.ok_or_else(|| Violation::required().at("/slug").into())
}

/// What of the site may be different once a reference changed: what shows it, lists, and its addresses.
fn news(kind: EventKind, key: SurrogateKey) -> News {
    News { kind, keys: vec![key, SurrogateKey::lists(), SurrogateKey::renames()] }
}
