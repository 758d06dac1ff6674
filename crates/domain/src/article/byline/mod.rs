//! Who made an article: its byline entries. How they read as a sentence is in [`prose`].

pub mod prose;

mod phrases;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::bounded::bounded;
use crate::codes::codes;
use crate::id::ContributorId;
use crate::schema::{self, described};
use crate::violation::{Rule, Violation};

codes! {
    /// What somebody did for an article.
    pub enum BylineRole {
        /// Wrote it.
        Author = "author",
        /// Helped to write it, and is named after the authors.
        With = "with",
        /// Took its photos.
        Photographer = "photographer",
        /// Made its video.
        Videographer = "videographer",
        /// Drew for it.
        Illustrator = "illustrator",
        /// Made its charts and maps.
        Graphics = "graphics",
        /// Gathered and analysed its data.
        Data = "data",
        /// Translated it.
        Translator = "translator",
        /// Reported for it, and is named at its end.
        AdditionalReporting = "additional_reporting",
        /// Edited it.
        Editor = "editor",
        /// Produced it.
        Producer = "producer",
        /// An agency whose text it uses.
        Agency = "agency",
    }
}

/// Somebody who made the article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Byline {
    /// What they did.
    pub role: BylineRole,
    /// Who they are, where they have a profile.
    pub contributor: Option<ContributorId>,
    /// Their name as published: it stays when the profile is renamed.
    pub name: BylineName,
    /// For whom they work, where it is not us.
    pub affiliation: Option<BylineAffiliation>,
    /// Whence they reported.
    pub location: Option<BylineLocation>,
}

bounded! {
    /// The name of somebody who made an article, as published.
    BylineName: name up to 120, "the full name of an institution, as in a profile",
        like "Mara Lind";
    /// For whom somebody works.
    BylineAffiliation: name up to 120, "the full name of an institution, as in a profile",
        like "Nordwire";
    /// Whence somebody reported.
    BylineLocation: name up to 100, "the longest names of places",
        like "Varn";
    /// A byline text that shows instead of the one made from the entries.
    BylineOverride: one_line up to 200, "two lines below a headline",
        like "By our correspondents in Varn";
}

/// The byline entries in the order in which they are shown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Byline>", into = "Vec<Byline>")]
pub struct Bylines(Vec<Byline>);

impl Bylines {
    /// Most entries: a team of a long investigation.
    pub const MAX: usize = 30;

    /// Takes over up to [`Bylines::MAX`] entries.
    pub fn parse(entries: Vec<Byline>) -> Result<Self, Violation> {
        if entries.len() > Self::MAX {
            return Err(Violation::limited(Rule::TooMany, Self::MAX, "at most 30 bylines fit"));
        }
        Ok(Self(entries))
    }

    /// All entries in order.
    pub fn as_slice(&self) -> &[Byline] {
        &self.0
    }
}

described!(Bylines: schema::list::<Byline>("Who made an article, in the order in which they are shown.", Self::MAX), with Byline);

impl TryFrom<Vec<Byline>> for Bylines {
    type Error = Violation;

    fn try_from(entries: Vec<Byline>) -> Result<Self, Violation> {
        Self::parse(entries)
    }
}

impl From<Bylines> for Vec<Byline> {
    fn from(bylines: Bylines) -> Self {
        bylines.0
    }
}
