//! Credits out of the JSON of an editor who gives the names one by one.

use serde_json::Value;

use super::{Chain, Creator, Credit};
use crate::json::{FromJson, Object};
use crate::violation::Faults;

impl FromJson for Creator {
    fn from_json(json: Value) -> Result<Self, Faults> {
        let mut object = Object::of(json)?;
        let name = object.required("name");
        let contributor = object.optional("contributor");
        object.finish(name.map(|name| Self { name, contributor }))
    }
}

impl FromJson for Credit {
    fn from_json(json: Value) -> Result<Self, Faults> {
        let mut object = Object::of(json)?;
        let chain = Chain {
            raw: object.optional("raw"),
            kind: object.optional("kind").unwrap_or_default(),
            creators: object.list_or_none("creators", Self::MAX_CREATORS),
            organizations: object.list_or_none("organizations", Self::MAX_ORGANIZATIONS),
            qualifier: object.optional("qualifier"),
            display: object.optional("display"),
        };
        let credit = object.at("", Self::parse(chain));
        object.finish(credit)
    }
}
