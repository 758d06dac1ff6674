//! An article as machines are told of it: the facts that feeds, search engines and partners get, each in a form of its
//! own. Where the facts come from is not here.

use domain::article::byline::{BylineName, BylineRole};
use domain::article::content::ArticleKind;
use domain::article::content::texts::Headline;
use domain::id::ArticleId;
use domain::language::Language;
use domain::slug::Slug;
use domain::tag::TagKind;
use domain::time::Moment;
use domain::web_url::WebUrl;

use crate::body::photo::Photo;

/// The facts of an article.
#[derive(Debug, Clone)]
pub struct Story {
    /// Its identity.
    pub id: ArticleId,
    /// Its slug.
    pub slug: Slug,
    /// Where people read it.
    pub url: String,
    /// Where it first appeared, when that was elsewhere.
    pub canonical_url: Option<WebUrl>,
    /// What sort of writing it is.
    pub kind: ArticleKind,
    /// What it is written in.
    pub language: Language,
    /// The headline.
    pub headline: Headline,
    /// What it says in short; empty where nothing says so.
    pub short: String,
    /// Who made it, in their order.
    pub makers: Vec<Maker>,
    /// The same as a sentence.
    pub byline_text: Option<String>,
    /// The place that it reports from, as in capitals.
    pub place: Option<String>,
    /// Its section with those above it, from the top.
    pub sections: Vec<String>,
    /// What it is about.
    pub topics: Vec<Topic>,
    /// Its photo.
    pub photo: Option<Photo>,
    /// Words of the body.
    pub words: u32,
    /// The date of its first publication.
    pub first_published_at: Moment,
    /// The date that it carries.
    pub published_at: Moment,
    /// The last change that was worth telling; a correction is one.
    pub updated_at: Moment,
    /// Which revision this is.
    pub revision: u32,
}

/// Somebody who made an article.
#[derive(Debug, Clone)]
pub struct Maker {
    /// The name as published.
    pub name: BylineName,
    /// What they did.
    pub role: BylineRole,
    /// What they are.
    pub being: Being,
}

/// What somebody is who made something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Being {
    /// A human being.
    Person,
    /// An agency, a desk or another body.
    Organization,
}

/// Something that an article is about.
#[derive(Debug, Clone)]
pub struct Topic {
    /// Its address.
    pub slug: Slug,
    /// Its name.
    pub name: String,
    /// What kind of thing it is.
    pub kind: TagKind,
    /// Where it is told of elsewhere.
    pub same_as: Option<WebUrl>,
}

/// Whether somebody wrote an article, or did something else for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// Its words are theirs.
    Author,
    /// They worked on it.
    Contributor,
}

impl Maker {
    /// What they did, as formats see it that know only authors and contributors.
    pub(crate) const fn part(&self) -> Part {
        match self.role {
            BylineRole::Author | BylineRole::With | BylineRole::Agency => Part::Author,
            BylineRole::Photographer
            | BylineRole::Videographer
            | BylineRole::Illustrator
            | BylineRole::Graphics
            | BylineRole::Data
            | BylineRole::Translator
            | BylineRole::AdditionalReporting
            | BylineRole::Editor
            | BylineRole::Producer => Part::Contributor,
        }
    }
}

impl Story {
    /// Its identity as a name for all times (RFC 9562, 4).
    pub fn urn(&self) -> String {
        format!("urn:uuid:{}", self.id)
    }

    /// Those who had this part in it.
    pub(crate) fn makers(&self, part: Part) -> impl Iterator<Item = &Maker> {
        self.makers.iter().filter(move |maker| maker.part() == part)
    }

    /// Its section and what it is about, by their names.
    pub(crate) fn categories(&self) -> impl Iterator<Item = &str> {
        self.sections
            .last()
            .map(String::as_str)
            .into_iter()
            .chain(self.topics.iter().map(|topic| topic.name.as_str()))
    }
}
