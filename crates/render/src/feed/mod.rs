//! Lists of articles for feed readers, in the three formats that they know. Which articles are on them is not here.

mod atom;
pub mod json;
mod media;
mod rss;

use domain::feed::FeedFormat;
use domain::id::{ContributorId, SectionId, TagId};
use domain::language::Language;
use domain::site::SiteName;
use domain::time::Moment;

use crate::story::Story;

/// A list of articles for feed readers.
#[derive(Debug, Clone)]
pub struct Feed {
    /// What its articles have in common.
    pub subject: Subject,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// The page of the site.
    pub home: String,
    /// The language in which the site is written as a rule.
    pub language: Language,
    /// Who publishes it.
    pub publisher: SiteName,
    /// Its articles, newest first.
    pub stories: Vec<Story>,
}

/// What the articles of a feed have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// The site.
    Site,
    /// A section, or one below it.
    Section(SectionId),
    /// A tag.
    Tag(TagId),
    /// Somebody who made them.
    Contributor(ContributorId),
}

impl Subject {
    /// The name of a feed for all times: it stays when a slug is renamed. That of the site's is its address.
    fn urn(self, address: &str) -> String {
        match self {
            Self::Site => address.to_owned(),
            Self::Section(id) => format!("urn:uuid:{id}"),
            Self::Tag(id) => format!("urn:uuid:{id}"),
            Self::Contributor(id) => format!("urn:uuid:{id}"),
        }
    }
}

impl Feed {
    /// The last change of an article on it; `None` while there is none.
    pub fn updated_at(&self) -> Option<Moment> {
        self.stories.iter().map(|story| story.updated_at).max()
    }

    /// It in a format, to be read at `address`.
    pub fn write(&self, format: FeedFormat, address: &str) -> Result<Vec<u8>, serde_json::Error> {
        match format {
            FeedFormat::Rss => Ok(rss::write(self, address)),
            FeedFormat::Atom => Ok(atom::write(self, address)),
            FeedFormat::Json => serde_json::to_vec(&json::JsonFeed::of(self, address)),
        }
    }
}

#[cfg(test)]
mod tests;
