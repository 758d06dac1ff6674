//! The tags of an article. A tag itself is in `tag`.

use serde::{Deserialize, Serialize};

use crate::id::TagId;
use crate::schema::{self, described};
use crate::violation::{Rule, Violation};

/// Tags in the order of their weight, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<TagId>", into = "Vec<TagId>")]
pub struct Tags(Vec<TagId>);

impl Tags {
    /// Most tags: past it they no longer tell articles apart.
    pub const MAX: usize = 50;

    /// Takes over up to [`Tags::MAX`] different tags.
    pub fn parse(tags: Vec<TagId>) -> Result<Self, Violation> {
        if tags.len() > Self::MAX {
            return Err(Violation::limited(Rule::TooMany, Self::MAX, "at most 50 tags fit"));
        }
        if tags.iter().enumerate().any(|(i, tag)| tags[..i].contains(tag)) {
            return Err(Violation::new(Rule::Duplicate, "names a tag twice"));
        }
        Ok(Self(tags))
    }

    /// All of them in order.
    pub fn as_slice(&self) -> &[TagId] {
        &self.0
    }
}

described!(Tags: schema::list::<TagId>("What an article is about, in the order of weight.", Self::MAX).unique_items(true), with TagId);

impl TryFrom<Vec<TagId>> for Tags {
    type Error = Violation;

    fn try_from(tags: Vec<TagId>) -> Result<Self, Violation> {
        Self::parse(tags)
    }
}

impl From<Tags> for Vec<TagId> {
    fn from(tags: Tags) -> Self {
        tags.0
    }
}
