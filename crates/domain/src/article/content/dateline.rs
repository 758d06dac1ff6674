//! Datelines: "VARN —", a field of its own and never the first words of a body.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::bounded::bounded;
use crate::json::from_text;
use crate::schema::{self, described};
use crate::violation::{Rule, Violation};

/// Whence an article reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Dateline {
    /// The place, as it is written in running text.
    pub place: DatelinePlace,
    /// Its country.
    pub country_code: Option<CountryCode>,
    /// The agency whose dateline it is: "VARN (Nordwire) —".
    pub source: Option<DatelineSource>,
}

impl Dateline {
    /// The dateline as it stands before the text: "VARN (Nordwire) —".
    pub fn text(&self) -> String {
        let place = self.place.as_str().to_uppercase();
        match &self.source {
            Some(source) => format!("{place} ({}) —", source.as_str()),
            None => format!("{place} —"),
        }
    }
}

bounded! {
    /// The place of a dateline.
    DatelinePlace: name up to 100, "the longest names of places",
        like "Varn";
    /// The agency of a dateline.
    DatelineSource: name up to 60, "the name of an agency",
        like "Nordwire";
}

/// A country by its two letters (ISO 3166-1 alpha-2), those left to users included, since new ones come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CountryCode([char; 2]);

impl CountryCode {
    /// The form as a regular expression, for the OpenAPI document.
    pub const PATTERN: &'static str = "^[A-Z]{2}$";

    /// Parses two capital letters.
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        let mut letters = raw.chars();
        match (letters.next(), letters.next(), letters.next()) {
            (Some(a), Some(b), None) if a.is_ascii_uppercase() && b.is_ascii_uppercase() => Ok(Self([a, b])),
            _ => Err(Violation::new(Rule::BadFormat, "must be two capital letters of ISO 3166-1")),
        }
    }
}

from_text!(CountryCode);

described!(CountryCode: schema::text(
    "A country by its two letters (ISO 3166-1 alpha-2), those left to users included.", 2, 2, "NO",
).pattern(Some(Self::PATTERN)));

impl TryFrom<String> for CountryCode {
    type Error = Violation;

    fn try_from(raw: String) -> Result<Self, Violation> {
        Self::parse(&raw)
    }
}

impl From<CountryCode> for String {
    fn from(code: CountryCode) -> Self {
        code.0.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dateline_is_the_place_in_capitals() {
        let mut dateline =
            Dateline { place: DatelinePlace::parse("Ålhavn").unwrap(), country_code: None, source: None };
        assert_eq!(dateline.text(), "ÅLHAVN —");
        dateline.source = Some(DatelineSource::parse("Nordwire").unwrap());
        assert_eq!(dateline.text(), "ÅLHAVN (Nordwire) —");
    }

    #[test]
    fn a_country_has_two_capital_letters() {
        assert_eq!(String::from(CountryCode::parse("NO").unwrap()), "NO");
        assert!(["", "N", "no", "NOR", "ÅÄ"].iter().all(|raw| CountryCode::parse(raw).is_err()));
    }
}
