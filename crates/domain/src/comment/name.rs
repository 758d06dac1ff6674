//! The name under which somebody comments.

use serde::{Deserialize, Serialize};

use crate::json::from_text;
use crate::schema::{self, described};
use crate::text;
use crate::violation::Violation;

/// The name under which somebody comments, as they give it: it proves nothing about who they are.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CommenterName(String);

impl CommenterName {
    /// Longest, in Unicode scalar values: a full name on one line of a telephone.
    pub const MAX_CHARS: usize = 60;

    /// Parses a name by [`text::name`]: one line, no characters that cannot be seen or that turn the direction of what
    /// follows. Something in it must be seen.
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        let name = text::name(raw)?;
        text::seen(&name)?;
        text::length(&name, 1..=Self::MAX_CHARS)?;
        Ok(Self(name))
    }

    /// It as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

from_text!(CommenterName);

described!(CommenterName: schema::text(
    "The name under which somebody comments, as they give it.", 1, Self::MAX_CHARS, "Ines from the harbour",
));

impl TryFrom<String> for CommenterName {
    type Error = Violation;

    fn try_from(raw: String) -> Result<Self, Violation> {
        Self::parse(&raw)
    }
}

impl From<CommenterName> for String {
    fn from(name: CommenterName) -> Self {
        name.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::violation::Rule;

    #[test]
    fn a_name_is_one_line_that_can_be_seen() {
        for raw in ["Ines", " Łukasz  O’Neill ", "海", "🐟", "Mira \u{1f469}\u{1f3fd}"] {
            assert_eq!(CommenterName::parse(raw).unwrap().as_str(), raw.trim(), "{raw}");
        }
        for (raw, rule) in [
            ("", Rule::Required),
            ("\u{3000}", Rule::Required),
            ("\u{3164}", Rule::Required),
            ("Ines\nEditor", Rule::ControlCharacter),
            ("Ines\u{2028}Editor", Rule::ControlCharacter),
            ("Ines\u{85}Editor", Rule::ControlCharacter),
            ("Ines\u{202e}rotidE", Rule::InvisibleCharacter),
            ("In\u{200b}es", Rule::InvisibleCharacter),
        ] {
            assert_eq!(CommenterName::parse(raw).unwrap_err().rule, rule, "{raw:?}");
        }
        assert_eq!(CommenterName::parse(&"a".repeat(61)).unwrap_err().rule, Rule::TooLong);
    }
}
