//! Languages by their tags. Which languages a site writes in is not here.

use std::fmt;

use oxilangtag::LanguageTag;
use serde::{Deserialize, Serialize};

use crate::json::from_text;
use crate::schema::{self, described};
use crate::violation::{Rule, Violation};

/// A well-formed language tag (BCP 47, RFC 5646) in its recommended letter case: `en`, `pt-BR`, `zh-Hant`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Language(String);

impl Language {
    /// Longest tag, in characters: what RFC 5646 (4.4.1) derives for tags in use.
    pub const MAX_CHARS: usize = 35;

    /// The form as a regular expression, for the OpenAPI document; which subtags may follow which is not in it.
    pub const PATTERN: &'static str = "^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$";

    /// Parses a tag in any letter case.
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        let malformed = || Violation::new(Rule::BadFormat, "must be a language tag such as en or pt-BR");
        if raw.len() > Self::MAX_CHARS {
            return Err(Violation::limited(Rule::TooLong, Self::MAX_CHARS, "is longer than a language tag"));
        }
        LanguageTag::parse_and_normalize(raw).map(|tag| Self(tag.into_inner())).map_err(|_| malformed())
    }

    /// The language without script or region: `pt` of `pt-BR`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }

    /// The tag as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

from_text!(Language);

described!(Language: schema::text(
    "A language tag (BCP 47): en, pt-BR, zh-Hant. Told in its recommended letter case.", 2, Self::MAX_CHARS, "en",
).pattern(Some(Self::PATTERN)));

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for Language {
    type Error = Violation;

    fn try_from(raw: String) -> Result<Self, Violation> {
        Self::parse(&raw)
    }
}

impl From<Language> for String {
    fn from(language: Language) -> Self {
        language.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_language_has_one_spelling() {
        assert_eq!(Language::parse("PT-br").unwrap().as_str(), "pt-BR");
        assert_eq!(Language::parse("ZH-hant").unwrap().primary(), "zh");
    }

    #[test]
    fn what_is_no_tag_is_refused() {
        for raw in ["", "e", "english language", "en_GB", "en-", "de\u{202e}", "<b>"] {
            assert_eq!(Language::parse(raw).unwrap_err().rule, Rule::BadFormat, "{raw}");
        }
    }
}
