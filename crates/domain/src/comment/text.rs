//! What a commenter writes: plain text in paragraphs. How it is shown, and how long a thread lets it be, is not here.

use serde::{Deserialize, Serialize};

use crate::json::from_text;
use crate::schema::{self, described};
use crate::text;
use crate::violation::Violation;

/// The text of a comment: paragraphs with one empty line between them, lines without spaces at their ends.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CommentText(String);

impl CommentText {
    /// Longest, in Unicode scalar values: what a thread may at most be set to. A thread that takes less says so in the
    /// step `length` of the pipeline, since that depends on the article.
    pub const MAX_CHARS: usize = 10_000;

    /// Parses a text by [`text::lines`], where line ends are `\n` or the `\r\n` of forms. Runs of empty lines become one
    /// (a hundred would push everybody else off the page); what nobody can see is no text.
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        let unix = raw.replace("\r\n", "\n");
        let cleaned = text::lines(&unix)?;
        let mut lines: Vec<&str> = Vec::new();
        for line in cleaned.lines().map(str::trim_end) {
            let after_empty = lines.last().is_none_or(|last| last.is_empty());
            if !(line.is_empty() && after_empty) {
                lines.push(line);
            }
        }
        let told = lines.join("\n");
        text::seen(&told)?;
        text::length(&told, 1..=Self::MAX_CHARS)?;
        Ok(Self(told))
    }

    /// It as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its length as limits count it: in Unicode scalar values.
    pub fn chars(&self) -> usize {
        self.0.chars().count()
    }

    /// Its paragraphs, each of one or more lines.
    pub fn paragraphs(&self) -> impl Iterator<Item = &str> {
        self.0.split("\n\n")
    }
}

from_text!(CommentText);

described!(CommentText: schema::text(
    "What a commenter writes: plain text, an empty line between paragraphs. No markup: what looks like it is told as it was written.",
    1, Self::MAX_CHARS, "The ferry was full by seven.\n\nWho counts the bicycles?",
));

impl TryFrom<String> for CommentText {
    type Error = Violation;

    fn try_from(raw: String) -> Result<Self, Violation> {
        Self::parse(&raw)
    }
}

impl From<CommentText> for String {
    fn from(text: CommentText) -> Self {
        text.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::violation::Rule;

    #[test]
    fn paragraphs_are_told_by_one_empty_line() {
        let text = CommentText::parse("\r\n One \r\ntwo\t\r\n \r\n\r\n\n\n Three\r\n\r\n").unwrap();
        assert_eq!(text.as_str(), "One\ntwo\n\n Three");
        assert_eq!(text.paragraphs().collect::<Vec<_>>(), ["One\ntwo", " Three"]);
    }

    #[test]
    fn what_nobody_can_see_is_no_comment() {
        for raw in ["", " \n ", "\u{200b}\u{2060}", "\u{202e}\n\u{3164}", "\u{2800} \u{ad}"] {
            assert_eq!(CommentText::parse(raw).unwrap_err().rule, Rule::Required, "{raw:?}");
        }
        assert_eq!(CommentText::parse("a\0b").unwrap_err().rule, Rule::ControlCharacter);
        assert_eq!(CommentText::parse("a\rb").unwrap_err().rule, Rule::ControlCharacter);
    }

    #[test]
    fn markup_is_text_and_the_limit_counts_characters() {
        let markup = "<script>alert(1)</script> & <!-- \u{202e}";
        assert_eq!(CommentText::parse(markup).unwrap().as_str(), markup);
        let full = "海".repeat(CommentText::MAX_CHARS);
        assert_eq!(CommentText::parse(&full).unwrap().chars(), CommentText::MAX_CHARS);
        assert_eq!(CommentText::parse(&(full + "海")).unwrap_err().rule, Rule::TooLong);
    }

    proptest! {
        #[test]
        fn what_is_told_is_read_back(raw in "[a \t\r\n\u{200b}é]{0,30}|\\PC{0,30}") {
            if let Ok(text) = CommentText::parse(&raw) {
                prop_assert_eq!(CommentText::parse(text.as_str()), Ok(text.clone()));
                prop_assert!(text.paragraphs().all(|paragraph| !paragraph.is_empty()));
                prop_assert!(!text.as_str().contains("\n\n\n"));
            }
        }
    }
}
