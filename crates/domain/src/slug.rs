//! The readable part of an address.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::id;
use crate::json::from_text;
use crate::schema::{self, described};
use crate::text;
use crate::violation::{Rule, Violation};

/// A slug: lower-case ASCII letters and digits in words joined by single hyphens.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Slug(String);

impl Slug {
    /// Longest slug, in characters: what fits a printed address and a database index.
    pub const MAX_CHARS: usize = 120;

    /// The form as a regular expression, for the OpenAPI document.
    pub const PATTERN: &'static str = "^[a-z0-9]+(-[a-z0-9]+)*$";

    /// Words that our own addresses need next to slugs.
    const RESERVED: [&'static str; 12] = [
        "admin", "changes", "docs", "events", "feeds", "health", "media", "new", "ninjs", "preview",
        "search", "sitemap",
    ];

    /// Parses a slug; one shaped like an id or like a word of our own addresses is refused.
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        text::length(raw, 1..=Self::MAX_CHARS)?;
        let is_word = |word: &str| {
            !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
        };
        if !raw.split('-').all(is_word) {
            return Err(Violation::new(
                Rule::BadFormat,
                "takes lower-case letters a to z and digits, in words joined by single hyphens",
            ));
        }
        if Self::RESERVED.contains(&raw) || id::has_id_shape(raw) {
            return Err(Violation::new(Rule::Reserved, "is a word or form that our own addresses use"));
        }
        Ok(Self(raw.to_owned()))
    }

    /// A slug made from a headline or name: letters lose their marks, all else becomes a hyphen.
    /// `None` where nothing that a slug may hold is left.
    pub fn from_text(text: &str) -> Option<Self> {
        let words = ascii_words(text);
        let mut slug = String::new();
        for word in words.split('-').filter(|word| !word.is_empty()) {
            let gap = usize::from(!slug.is_empty());
            if slug.len() + gap + word.len() > Self::MAX_CHARS {
                break;
            }
            if gap == 1 {
                slug.push('-');
            }
            slug.push_str(word);
        }
        if slug.is_empty() {
            slug = words.trim_matches('-').chars().take(Self::MAX_CHARS).collect();
        }
        Self::parse(&slug).or_else(|_| Self::parse(&format!("{slug}-1"))).ok()
    }

    /// This slug with a number behind it, for the `n`th of the same name.
    #[must_use]
    pub fn numbered(&self, n: u32) -> Self {
        let suffix = format!("-{n}");
        let stem: String = self.0.chars().take(Self::MAX_CHARS - suffix.len()).collect();
        Self(format!("{}{suffix}", stem.trim_end_matches('-')))
    }

    /// The slug as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

from_text!(Slug);

described!(Slug: schema::text(
    "The readable part of an address: lower-case letters and digits in words joined by single hyphens. The form of an \
     id and the words of our own addresses are refused.",
    1, Self::MAX_CHARS, "sea-gates-of-varn-hold",
).pattern(Some(Self::PATTERN)));

/// Lower-case ASCII of `text`: marks dropped, the letters that do not decompose spelled out.
fn ascii_words(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    let mut words = String::new();
    for c in text.nfkd() {
        match c {
            'a'..='z' | '0'..='9' => words.push(c),
            'A'..='Z' => words.push(c.to_ascii_lowercase()),
            'ß' | 'ẞ' => words.push_str("ss"),
            'æ' | 'Æ' => words.push_str("ae"),
            'œ' | 'Œ' => words.push_str("oe"),
            'ø' | 'Ø' => words.push('o'),
            'đ' | 'Đ' | 'ð' | 'Ð' => words.push('d'),
            'ł' | 'Ł' => words.push('l'),
            'þ' | 'Þ' => words.push_str("th"),
            'ı' => words.push('i'),
            '\'' | '’' | '\u{300}'..='\u{36f}' => {}
            _ => words.push('-'),
        }
    }
    words
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<String> for Slug {
    type Error = Violation;

    fn try_from(raw: String) -> Result<Self, Violation> {
        Self::parse(&raw)
    }
}

impl From<Slug> for String {
    fn from(slug: Slug) -> Self {
        slug.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_slug_made_from_any_text_is_a_slug(text in any::<String>(), n in 2_u32..100_000) {
            if let Some(slug) = Slug::from_text(&text) {
                prop_assert_eq!(Slug::parse(slug.as_str()), Ok(slug.clone()));
                let numbered = slug.numbered(n);
                prop_assert_eq!(Slug::parse(numbered.as_str()), Ok(numbered.clone()));
            }
        }
    }

    #[test]
    fn marks_and_apostrophes_leave_no_trace() {
        assert_eq!(Slug::from_text("L’été à Łódź: who’s there?").unwrap().as_str(), "lete-a-lodz-whos-there");
    }

    #[test]
    fn ids_and_reserved_words_are_no_slugs() {
        for raw in ["search", "0197f7a0-0000-7000-8000-000000000000"] {
            assert_eq!(Slug::parse(raw).unwrap_err().rule, Rule::Reserved, "{raw}");
        }
    }

    #[test]
    fn lookalikes_and_stray_hyphens_are_refused() {
        for raw in ["Upper", "cyrillic-\u{430}", "-a", "a--b", "a-", "a_b", "ﬁne"] {
            assert_eq!(Slug::parse(raw).unwrap_err().rule, Rule::BadFormat, "{raw}");
        }
    }
}
