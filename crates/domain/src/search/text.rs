//! What a search asks for: words and phrases, and nothing else. No sign in it commands anything.

use super::words::words;
use crate::json::from_text;
use crate::schema::{self, described};
use crate::text;
use crate::violation::{Rule, Violation};

/// The text of a search: an article is found where it has all of its words, in any of their forms. Words between quotation
/// marks, and those without a space between them, must stand side by side in their order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchText {
    raw: String,
    phrases: Vec<Vec<String>>,
}

impl SearchText {
    /// Longest text, in Unicode scalar values: a headline, which people paste.
    pub const MAX_CHARS: usize = 200;

    /// Most words; in scripts without spaces each character is one. Each costs every database a look.
    pub const MAX_WORDS: usize = 32;

    /// Parses a text of one line. One without a word, such as `*`, is none that is refused: it finds nothing.
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        let raw = text::one_line(raw)?;
        text::length(&raw, 1..=Self::MAX_CHARS)?;
        let mut phrases = Vec::new();
        let segments: Vec<_> = raw.split(is_quotation_mark).collect();
        for (i, segment) in segments.iter().enumerate() {
            // The mark before the last segment of an even number opens what nothing closes.
            let is_quoted = i % 2 == 1 && i + 1 < segments.len();
            let parts: Vec<_> = if is_quoted { vec![*segment] } else { segment.split_whitespace().collect() };
            phrases.extend(parts.into_iter().map(forms).filter(|phrase| !phrase.is_empty()));
        }
        let count = phrases.iter().map(Vec::len).sum::<usize>();
        if count > Self::MAX_WORDS {
            let detail = format!("has {count} words, at most {} are looked for", Self::MAX_WORDS);
            return Err(Violation::limited(Rule::TooMany, Self::MAX_WORDS, detail));
        }
        let first =
            |(i, phrase): (usize, &Vec<String>)| (!phrases[..i].contains(phrase)).then(|| phrase.clone());
        let phrases = phrases.iter().enumerate().filter_map(first).collect();
        Ok(Self { raw, phrases })
    }

    /// It as text.
    pub fn as_str(&self) -> &str {
        &self.raw
    }

    /// The forms of its words: those of one phrase stand side by side.
    pub(super) fn phrases(&self) -> &[Vec<String>] {
        &self.phrases
    }

    /// Whether there is no word in it.
    pub const fn is_wordless(&self) -> bool {
        self.phrases.is_empty()
    }
}

from_text!(SearchText);

described!(SearchText: schema::text(
    "Words to look for, in any of their forms, and phrases in quotation marks. Up to 32 words; no sign is a command.",
    1, SearchText::MAX_CHARS, "harbour \"sea gates\"",
));

fn forms(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.form).collect()
}

const fn is_quotation_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟' | '«' | '»')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(raw: &str) -> String {
        let text = SearchText::parse(raw).unwrap();
        text.phrases().iter().map(|phrase| phrase.join("_")).collect::<Vec<_>>().join(" ")
    }

    // abuse: IN-12
    #[test]
    fn every_sign_is_text() {
        for (raw, expected) in [
            ("Harbour  talks harbour", "harbour talks"),
            ("“sea gates” of varn", "sea_gates of varn"),
            ("well-known don't", "well_known don_t"),
            ("東京都", "東_京_都"),
            ("\"left open", "left open"),
            ("12\" by 15\" deep", "12 by_15 deep"),
            ("a AND b OR NOT c NEAR(d, 2)", "a and b or not c near_d 2"),
            ("^head* {body}:x -y +z a:* & b | !c <-> d", "head body_x y z a b c d"),
            ("'; DROP TABLE articles; --", "drop table articles"),
            ("* \"\" ()", ""),
        ] {
            assert_eq!(told(raw), expected, "{raw}");
        }
        assert!(SearchText::parse("***").unwrap().is_wordless());
    }

    #[test]
    fn a_text_that_is_too_much_is_refused() {
        let refused = |raw: &str| SearchText::parse(raw).unwrap_err().rule;
        assert_eq!(refused(""), Rule::Required);
        assert_eq!(refused(" \u{3000} "), Rule::Required);
        assert_eq!(refused(&"a".repeat(201)), Rule::TooLong);
        assert_eq!(refused(&"a b ".repeat(17)), Rule::TooMany);
        assert_eq!(refused("a\u{0}b"), Rule::ControlCharacter);
        assert!(SearchText::parse(&"a".repeat(200)).is_ok());
    }
}
