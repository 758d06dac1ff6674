//! Credits out of the JSON of an editor who gives the names one by one, or the line.

use std::sync::LazyLock;

use serde_json::Value;
use utoipa::openapi::schema::OneOfBuilder;

use super::agencies::Agencies;
use super::line::{Known, Reading, read};
use super::notice::Notice;
use super::{Chain, Creator, Credit, RawCredit};
use crate::json::{FromJson, Object, text};
use crate::schema::{self, described};
use crate::violation::{Faults, Violation};

/// The agencies by which a line is read that an editor sends.
static AGENCIES: LazyLock<Agencies> = LazyLock::new(Agencies::known);

/// A credit as an editor says it: name by name, or as the line that it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidCredit {
    /// Whom it names.
    pub credit: Credit,
    /// What the line tells editors beside.
    pub notices: Vec<Notice>,
}

described!(SaidCredit: OneOfBuilder::new()
    .description(Some("Names one by one; or the line, which is read as at the end of a caption, notices to editors included."))
    .item(schema::reference::<RawCredit>())
    .item(schema::reference::<Credit>()), with RawCredit, Credit);

impl FromJson for SaidCredit {
    fn from_json(json: Value) -> Result<Self, Faults> {
        if json.is_string() { text(&json, Self::of_line) } else { Credit::from_json(json).map(Self::from) }
    }
}

impl SaidCredit {
    /// The credit that a line is. An editor has said it, so nobody has to look whether it was read right.
    fn of_line(line: &str) -> Result<Self, Violation> {
        let line = RawCredit::parse(line)?;
        let known = Known { agencies: &AGENCIES, creators: &[] };
        let Reading { credit, notices, confidence: _ } =
            read(line.as_str(), known).ok_or_else(Violation::required)?;
        Ok(Self { credit, notices })
    }
}

impl From<Credit> for SaidCredit {
    fn from(credit: Credit) -> Self {
        Self { credit, notices: Vec::new() }
    }
}

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
            kind: object.or_default("kind"),
            creators: object.list_or_empty("creators", Self::MAX_CREATORS),
            organizations: object.list_or_empty("organizations", Self::MAX_ORGANIZATIONS),
            qualifier: object.optional("qualifier"),
            display: object.optional("display"),
        };
        let credit = object.at("", Self::parse(chain));
        object.finish(credit)
    }
}
