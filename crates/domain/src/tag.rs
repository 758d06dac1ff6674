//! Tags: what articles are about. Merging and renaming are the store's; the addresses that they leave redirect.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::bounded::bounded;
use crate::codes::codes;
use crate::id::TagId;
use crate::json::{FromJson, here, list};
use crate::schema::{self, described};
use crate::slug::Slug;
use crate::time::Moment;
use crate::version::Version;
use crate::violation::{Faults, Rule, Violation};
use crate::web_url::WebUrl;

codes! {
    /// What kind of thing a tag stands for.
    pub enum TagKind {
        /// A subject.
        Topic = "topic",
        /// Somebody.
        Person = "person",
        /// Somewhere.
        Place = "place",
        /// A body of people.
        Organization = "organization",
        /// Something that happens.
        Event = "event",
        /// Articles of ours that belong together.
        Series = "series",
    }
}

/// A tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tag {
    /// Its identity.
    pub id: TagId,
    /// How often it was written.
    pub version: Version,
    /// What it stands for.
    pub kind: TagKind,
    /// Its address; former ones, and those of tags merged into it, redirect.
    pub slug: Slug,
    /// What readers call it.
    pub name: TagName,
    /// What it stands for, for readers.
    pub description: Option<TagDescription>,
    /// The same thing elsewhere.
    pub same_as: SameAs,
    /// When it was made.
    pub created_at: Moment,
    /// When it last changed.
    pub updated_at: Moment,
}

bounded! {
    /// The name of a tag.
    TagName: name up to 100, "the name of a person or an institution",
        like "Sea gates";
    /// What a tag stands for.
    TagDescription: lines up to 1000, "two paragraphs above a list of articles",
        like "Everything about the eleven gates of the harbour.";
}

/// Addresses of the same thing elsewhere, each once (schema.org `sameAs`).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<WebUrl>", into = "Vec<WebUrl>")]
pub struct SameAs(Vec<WebUrl>);

impl SameAs {
    /// Most addresses: an encyclopedia, a registry and the thing's own pages.
    pub const MAX: usize = 10;

    /// Takes over a list of different addresses.
    pub fn parse(urls: Vec<WebUrl>) -> Result<Self, Violation> {
        if urls.len() > Self::MAX {
            return Err(Violation::limited(Rule::TooMany, Self::MAX, "at most 10 addresses fit"));
        }
        if urls.iter().enumerate().any(|(i, url)| urls[..i].contains(url)) {
            return Err(Violation::new(Rule::Duplicate, "names an address twice"));
        }
        Ok(Self(urls))
    }

    /// All of them, in the order given.
    pub fn as_slice(&self) -> &[WebUrl] {
        &self.0
    }
}

impl FromJson for SameAs {
    fn from_json(json: Value) -> Result<Self, Faults> {
        Self::parse(list(json, Self::MAX)?).map_err(here)
    }
}

described!(SameAs: schema::list::<WebUrl>("Addresses of the same thing elsewhere (schema.org sameAs).", Self::MAX).unique_items(true), with WebUrl);

impl TryFrom<Vec<WebUrl>> for SameAs {
    type Error = Violation;

    fn try_from(urls: Vec<WebUrl>) -> Result<Self, Violation> {
        Self::parse(urls)
    }
}

impl From<SameAs> for Vec<WebUrl> {
    fn from(same: SameAs) -> Self {
        same.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_address_in_another_spelling_is_a_duplicate() {
        let urls = ["https://varn.example", "https://VARN.example/"].map(|raw| WebUrl::parse(raw).unwrap());
        assert_eq!(SameAs::parse(urls.to_vec()).unwrap_err().rule, Rule::Duplicate);
    }
}
