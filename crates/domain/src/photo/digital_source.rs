//! How a picture came to be, by the words that the IPTC keeps for it. Which of them a newsroom accepts is its own rule.

use serde::{Deserialize, Serialize};
use utoipa::openapi::SchemaFormat;

use crate::json::from_text;
use crate::schema::{self, described};
use crate::text;
use crate::violation::{Rule, Violation};

/// A digital source type: an address of the `NewsCodes` of the IPTC.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DigitalSourceType(String);

impl DigitalSourceType {
    /// What all of them begin with.
    pub const BASE: &'static str = "http://cv.iptc.org/newscodes/digitalsourcetype/";

    /// Longest, in octets: the base and a word.
    pub const MAX_OCTETS: usize = 120;

    /// Parses an address below [`DigitalSourceType::BASE`]; `https` is read as the `http` of the vocabulary.
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        let text = text::one_line(raw)?;
        let text = text.strip_prefix("https://").map_or(text.clone(), |rest| format!("http://{rest}"));
        let word = text.strip_prefix(Self::BASE).unwrap_or_default();
        if word.is_empty() || !word.bytes().all(|b| b.is_ascii_alphabetic()) || text.len() > Self::MAX_OCTETS
        {
            let detail = format!("must be an address of the IPTC newscodes below {}", Self::BASE);
            return Err(Violation::new(Rule::BadFormat, detail));
        }
        Ok(Self(text))
    }

    /// It as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether a machine made the picture, or a part of it, up.
    pub fn is_synthetic(&self) -> bool {
        let word = &self.0[Self::BASE.len()..];
        matches!(
            word,
            "trainedAlgorithmicMedia" | "compositeWithTrainedAlgorithmicMedia" | "compositeSynthetic"
        )
    }
}

from_text!(DigitalSourceType);

described!(DigitalSourceType: schema::text(
    "How a picture came to be: an address of the `NewsCodes` of the IPTC.",
    Self::BASE.len() + 1, Self::MAX_OCTETS, "http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture",
).format(Some(SchemaFormat::Custom("uri".to_owned()))));

impl TryFrom<String> for DigitalSourceType {
    type Error = Violation;

    fn try_from(raw: String) -> Result<Self, Violation> {
        Self::parse(&raw)
    }
}

impl From<DigitalSourceType> for String {
    fn from(kind: DigitalSourceType) -> Self {
        kind.0
    }
}
