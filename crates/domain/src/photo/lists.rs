//! Lists that belong to a photo: short, and each entry once.

use serde::{Deserialize, Serialize};

use super::provenance::Licensor;
use super::texts::{Keyword, PersonShown};
use crate::article::content::dateline::CountryCode;
use crate::json::{FromJson, here, list};
use crate::schema::{self, described};
use crate::violation::{Faults, Rule, Violation};

/// Declares a list of distinct items of one kind with a largest number.
macro_rules! distinct {
    ($(#[doc = $doc:literal])+ $name:ident($item:ident, $items:literal) up to $max:literal: $why:literal) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(try_from = $items, into = $items)]
        pub struct $name(Vec<$item>);

        impl $name {
            #[doc = concat!("Most entries: ", $why, ".")]
            pub const MAX: usize = $max;

            #[doc = concat!("Takes over up to [`", stringify!($name), "::MAX`] different entries.")]
            pub fn parse(items: Vec<$item>) -> Result<Self, Violation> {
                if items.len() > Self::MAX {
                    let detail = format!("at most {} fit", Self::MAX);
                    return Err(Violation::limited(Rule::TooMany, Self::MAX, detail));
                }
                if items.iter().enumerate().any(|(i, item)| items[..i].contains(item)) {
                    return Err(Violation::new(Rule::Duplicate, "names the same twice"));
                }
                Ok(Self(items))
            }

            /// What fits of a file's list: each entry once, and no more than [`Self::MAX`].
            pub fn of_file(items: impl IntoIterator<Item = $item>) -> Self {
                let mut kept = Vec::new();
                for item in items {
                    if kept.len() < Self::MAX && !kept.contains(&item) {
                        kept.push(item);
                    }
                }
                Self(kept)
            }

            /// All entries in order.
            pub fn as_slice(&self) -> &[$item] {
                &self.0
            }
        }

        described!($name: schema::list::<$item>(concat!($($doc),+), Self::MAX).unique_items(true), with $item);

        impl FromJson for $name {
            fn from_json(json: serde_json::Value) -> Result<Self, Faults> {
                Self::parse(list(json, Self::MAX)?).map_err(here)
            }
        }

        impl TryFrom<Vec<$item>> for $name {
            type Error = Violation;

            fn try_from(items: Vec<$item>) -> Result<Self, Violation> {
                Self::parse(items)
            }
        }

        impl From<$name> for Vec<$item> {
            fn from(list: $name) -> Self {
                list.0
            }
        }
    };
}

distinct! {
    /// Whom a photo shows.
    PeopleShown(PersonShown, "Vec<PersonShown>") up to 50: "a team in two rows"
}

distinct! {
    /// The words by which a photo is found.
    Keywords(Keyword, "Vec<Keyword>") up to 100: "more than agencies send"
}

distinct! {
    /// Who gives licences for a photo.
    Licensors(Licensor, "Vec<Licensor>") up to 3: "what PLUS allows in one file"
}

distinct! {
    /// Countries in which a photo may not be shown.
    Territories(CountryCode, "Vec<CountryCode>") up to 249: "every country of ISO 3166-1"
}
