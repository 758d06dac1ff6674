//! Credits of photos: who made one, and through whose hands it came. How a credit line is read and written is beside.

pub mod agencies;
pub mod caption;
pub mod house_style;
pub mod line;
pub mod notice;
pub mod reading;

mod lead;
mod names;
mod plausible;
mod qualifier;
mod split;
mod words;

#[cfg(test)]
mod conformance;
#[cfg(test)]
mod properties;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::block::photo::CreditDisplay;
use crate::bounded::bounded;
use crate::codes::codes;
use crate::id::ContributorId;
use crate::schema::{self, described};
use crate::violation::{Rule, Violation};

codes! {
    /// What a credit is given for.
    pub enum CreditKind {
        /// A photo.
        Photo = "photo",
        /// A picture put together from photos.
        PhotoIllustration = "photo_illustration",
        /// A drawing or painting.
        Illustration = "illustration",
        /// A chart or a map.
        Graphic = "graphic",
        /// A photo given out by whom it shows or serves.
        Handout = "handout",
        /// A photo out of the archive.
        File = "file",
        /// What a screen or a broadcast showed.
        Screenshot = "screenshot",
        /// A picture that a machine made up.
        AiGenerated = "ai_generated",
    }
}

impl Default for CreditKind {
    /// What a credit line means that does not say more.
    fn default() -> Self {
        Self::Photo
    }
}

bounded! {
    /// A credit line as it came, to the letter.
    RawCredit: one_line up to 500, "a caption's longest tail in the field, doubled",
        like "Photo by Ivo Grane/Nordwire via Varn Pictures";
    /// The name of somebody who made a photo.
    CreatorName: name up to 120, "the full name of an institution, as in a profile",
        like "Ivo Grane";
    /// An agency, distributor or library through whose hands a photo came.
    OrganizationName: name up to 120, "the full name of an institution, as in a profile",
        like "Nordwire";
    /// What a credit adds after its names.
    CreditQualifier: one_line up to 120, "a short clause after a comma",
        like "Pool";
}

/// Somebody who made a photo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Creator {
    /// Their name, as it is credited.
    pub name: CreatorName,
    /// Who they are, where they have a profile.
    pub contributor: Option<ContributorId>,
}

/// Who made a photo and who passed it on: a chain of creators, then agencies, distributors and libraries.
///
/// The line that readers see is made from it by the style of the house, unless `display` says how it is to read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Chain", into = "Chain")]
pub struct Credit(Chain);

described!(Credit: schema::object::<Chain>(), with Creator, CreditKind, RawCredit, OrganizationName, CreditQualifier, CreditDisplay);

/// Who made a photo and who passed it on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Chain {
    /// The line from which it was read, kept for ever; absent where somebody gave the names one by one.
    pub raw: Option<RawCredit>,
    /// What it is given for; `photo` where it is not said.
    #[serde(default)]
    pub kind: CreditKind,
    /// Who made the photo; nobody where it is not said.
    #[serde(default)]
    #[schema(max_items = 20)]
    pub creators: Vec<Creator>,
    /// Through whose hands it came, beginning with the agency nearest to the creators; none where it is not said.
    #[serde(default)]
    #[schema(max_items = 10)]
    pub organizations: Vec<OrganizationName>,
    /// What it adds after the names.
    pub qualifier: Option<CreditQualifier>,
    /// How the line is to read, where the style of the house does not do.
    pub display: Option<CreditDisplay>,
}

impl Credit {
    /// Most creators: a team whose names still fit below a picture.
    pub const MAX_CREATORS: usize = 20;
    /// Most organizations: three are common, more than five unheard of.
    pub const MAX_ORGANIZATIONS: usize = 10;

    /// Takes over a chain that names somebody: a creator, an organization, or a line to display.
    pub fn parse(chain: Chain) -> Result<Self, Violation> {
        let Chain { creators, organizations, display, .. } = &chain;
        if creators.is_empty() && organizations.is_empty() && display.is_none() {
            return Err(Violation::new(
                Rule::Required,
                "needs a creator, an organization or a line to display",
            ));
        }
        for (count, most, what) in [
            (creators.len(), Self::MAX_CREATORS, "creators"),
            (organizations.len(), Self::MAX_ORGANIZATIONS, "organizations"),
        ] {
            if count > most {
                return Err(Violation::limited(Rule::TooMany, most, format!("at most {most} {what} fit")));
            }
        }
        Ok(Self(chain))
    }

    /// The line from which it was read.
    pub const fn raw(&self) -> Option<&RawCredit> {
        self.0.raw.as_ref()
    }

    /// What it is given for.
    pub const fn kind(&self) -> CreditKind {
        self.0.kind
    }

    /// Who made the photo.
    pub fn creators(&self) -> &[Creator] {
        &self.0.creators
    }

    /// Through whose hands it came, beginning with the agency nearest to the creators.
    pub fn organizations(&self) -> &[OrganizationName] {
        &self.0.organizations
    }

    /// What it adds after the names.
    pub const fn qualifier(&self) -> Option<&CreditQualifier> {
        self.0.qualifier.as_ref()
    }

    /// How the line is to read, where the style of the house does not do.
    pub const fn display(&self) -> Option<&CreditDisplay> {
        self.0.display.as_ref()
    }

    /// The chain, to be changed and parsed again.
    pub fn into_chain(self) -> Chain {
        self.0
    }
}

impl TryFrom<Chain> for Credit {
    type Error = Violation;

    fn try_from(chain: Chain) -> Result<Self, Violation> {
        Self::parse(chain)
    }
}

impl From<Credit> for Chain {
    fn from(credit: Credit) -> Self {
        credit.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_credit_names_somebody() {
        assert_eq!(Credit::parse(Chain::default()).unwrap_err().rule, Rule::Required);
        let agency = |n: usize| {
            let organizations = vec![OrganizationName::parse("Nordwire").unwrap(); n];
            Credit::parse(Chain { organizations, ..Chain::default() })
        };
        assert!(agency(1).is_ok());
        assert_eq!(agency(11).unwrap_err().rule, Rule::TooMany);
    }
}
