//! Whence a photo came, apart from who made it: who supplies it and who licenses it.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use crate::bounded::bounded;
use crate::json::{FromJson, Object, here};
use crate::violation::{Faults, Rule, Violation};
use crate::web_url::WebUrl;

bounded! {
    /// The name of who supplies or licenses a photo.
    PartyName: name up to 200, "the full name of a company with its form",
        like "Varn Pictures AS";
    /// The number under which a supplier keeps a photo or a party is registered.
    PartyNumber: one_line up to 128, "an address or a number of a registry",
        like "vp-2026-000104";
}

/// Who delivered a photo, and as what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Supplier {
    /// Their name.
    pub name: Option<PartyName>,
    /// The number under which they keep the photo.
    pub image_id: Option<PartyNumber>,
}

/// Somebody who gives licences for a photo. How they are phoned stays in the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Licensor {
    /// Their name.
    pub name: Option<PartyName>,
    /// The number under which they are registered.
    pub id: Option<PartyNumber>,
    /// Where a licence is had.
    pub url: Option<WebUrl>,
}

impl FromJson for Supplier {
    fn from_json(json: Value) -> Result<Self, Faults> {
        let mut object = Object::of(json)?;
        let supplier = Self { name: object.optional("name"), image_id: object.optional("image_id") };
        let said = supplier.name.is_some() || supplier.image_id.is_some();
        object.finish(Some(supplier)).and_then(|supplier| something(supplier, said))
    }
}

impl FromJson for Licensor {
    fn from_json(json: Value) -> Result<Self, Faults> {
        let mut object = Object::of(json)?;
        let licensor =
            Self { name: object.optional("name"), id: object.optional("id"), url: object.optional("url") };
        let said = licensor.name.is_some() || licensor.id.is_some() || licensor.url.is_some();
        object.finish(Some(licensor)).and_then(|licensor| something(licensor, said))
    }
}

/// `value`, if it says anything.
pub(super) fn something<T>(value: T, said: bool) -> Result<T, Faults> {
    if said { Ok(value) } else { Err(here(Violation::new(Rule::Required, "says nothing"))) }
}
