//! Contributors: the people, organisations and desks that bylines name. A user who signs in is another thing.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::bounded::bounded;
use crate::codes::codes;
use crate::id::{ContributorId, PhotoId, UserId};
use crate::json::{FromJson, Object, here, list};
use crate::schema::{self, described};
use crate::slug::Slug;
use crate::time::Moment;
use crate::user::Email;
use crate::version::Version;
use crate::violation::{Faults, Rule, Violation};
use crate::web_url::WebUrl;

codes! {
    /// What a contributor is.
    pub enum ContributorKind {
        /// A human being.
        Person = "person",
        /// An agency or another body.
        Organization = "organization",
        /// A desk of this newsroom.
        Desk = "desk",
    }
}

/// A contributor as readers may know them. What only the newsroom knows is their [`Contact`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contributor {
    /// Their identity.
    pub id: ContributorId,
    /// How often they were written.
    pub version: Version,
    /// What they are.
    pub kind: ContributorKind,
    /// Their address; former ones, and those of contributors merged into them, redirect.
    pub slug: Slug,
    /// Their name. A byline keeps the name under which it was published.
    pub name: ContributorName,
    /// Their name as lists are sorted by it: "Lind, Mara".
    pub sort_name: ContributorName,
    /// Their position: "Port correspondent".
    pub title: Option<ContributorTitle>,
    /// For whom they work, where it is not us.
    pub affiliation: Option<ContributorTitle>,
    /// Who they are, for readers.
    pub bio: Option<ContributorBio>,
    /// Their picture.
    pub portrait: Option<PhotoId>,
    /// Their own pages.
    pub links: ProfileLinks,
    /// Whether they still contribute. What they wrote keeps their name either way.
    pub active: bool,
    /// The user who they are, where they sign in; the newsroom's own business.
    pub user: Option<UserId>,
    /// When they were made.
    pub created_at: Moment,
    /// When they last changed.
    pub updated_at: Moment,
}

/// How the newsroom reaches a contributor: private, for those with `contributors:contacts` only.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contact {
    /// Their address.
    pub email: Option<Email>,
    /// What the newsroom notes about them.
    pub notes: Option<ContactNotes>,
}

bounded! {
    /// The name of a contributor.
    ContributorName: name up to 120, "the full name of an institution",
        like "Mara Lind";
    /// A position or an affiliation.
    ContributorTitle: name up to 120, "one line below a name",
        like "Port correspondent";
    /// Who a contributor is.
    ContributorBio: lines up to 2000, "a short portrait at the end of an article",
        like "Mara Lind has written about the harbour since 2009.";
    /// What the newsroom notes about a contributor.
    ContactNotes: lines up to 5000, "a page of text",
        like "Prefers to be called in the morning.";
    /// What a link of a profile is called.
    LinkLabel: name up to 40, "the name of a service",
        like "Mastodon";
}

/// A page of a contributor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfileLink {
    /// What the link is called; its host where absent.
    pub label: Option<LinkLabel>,
    /// Where it leads.
    pub url: WebUrl,
}

/// The pages of a contributor, each once.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<ProfileLink>", into = "Vec<ProfileLink>")]
pub struct ProfileLinks(Vec<ProfileLink>);

impl ProfileLinks {
    /// Most links: what fits below a portrait.
    pub const MAX: usize = 10;

    /// Takes over a list of links to different addresses.
    pub fn parse(links: Vec<ProfileLink>) -> Result<Self, Violation> {
        if links.len() > Self::MAX {
            return Err(Violation::limited(Rule::TooMany, Self::MAX, "at most 10 links fit"));
        }
        if links.iter().enumerate().any(|(i, link)| links[..i].iter().any(|earlier| earlier.url == link.url))
        {
            return Err(Violation::new(Rule::Duplicate, "names an address twice"));
        }
        Ok(Self(links))
    }

    /// All of them, in the order given.
    pub fn as_slice(&self) -> &[ProfileLink] {
        &self.0
    }
}

impl FromJson for ProfileLink {
    fn from_json(json: Value) -> Result<Self, Faults> {
        let mut object = Object::of(json)?;
        let label = object.optional("label");
        let url = object.required("url");
        object.finish(url.map(|url| Self { label, url }))
    }
}

impl FromJson for ProfileLinks {
    fn from_json(json: Value) -> Result<Self, Faults> {
        Self::parse(list(json, Self::MAX)?).map_err(here)
    }
}

described!(ProfileLinks: schema::list::<ProfileLink>("The pages of a contributor.", Self::MAX).unique_items(true), with ProfileLink);

impl TryFrom<Vec<ProfileLink>> for ProfileLinks {
    type Error = Violation;

    fn try_from(links: Vec<ProfileLink>) -> Result<Self, Violation> {
        Self::parse(links)
    }
}

impl From<ProfileLinks> for Vec<ProfileLink> {
    fn from(links: ProfileLinks) -> Self {
        links.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_labels_for_one_page_are_a_duplicate() {
        let link = |label: &str| ProfileLink {
            label: Some(LinkLabel::parse(label).unwrap()),
            url: WebUrl::parse("https://varn.example/mara").unwrap(),
        };
        let refused = ProfileLinks::parse(vec![link("Home"), link("Work")]).unwrap_err();
        assert_eq!(refused.rule, Rule::Duplicate);
    }

    #[test]
    fn a_contact_shows_no_address_in_a_log() {
        let contact = Contact { email: Some(Email::parse("mara@varn.example").unwrap()), notes: None };
        assert!(!format!("{contact:?}").contains("varn"));
    }
}
