//! The list of words that hold a comment back. What becomes of such a comment is not here.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::fold;
use crate::bounded::bounded;
use crate::json::{FromJson, here, list};
use crate::schema::{self, described};
use crate::violation::{Faults, Rule, Violation};

bounded! {
    /// A word of the list, or a few that stand together.
    ListedWord: name up to 60, "a short phrase",
        like "miracle cure";
}

/// Words that hold a comment back, for a moderator to read.
///
/// They are found as whole words, whatever their case and accents, with look-alike letters and with digits for letters
/// (`c4sino`), and spelled out (`c a s i n o`, `c.a.s.i.n.o`), but never inside another word.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<ListedWord>", into = "Vec<ListedWord>")]
pub struct WordList(Vec<ListedWord>);

impl WordList {
    /// Most words: what a moderator can look through.
    pub const MAX: usize = 500;

    /// Takes over words, each of which has a letter or digit.
    pub fn parse(words: Vec<ListedWord>) -> Result<Self, Violation> {
        if words.len() > Self::MAX {
            return Err(Violation::limited(Rule::TooMany, Self::MAX, "at most 500 words fit"));
        }
        if words.iter().any(|word| fold::words(word.as_str()).is_empty()) {
            return Err(Violation::new(Rule::BadFormat, "each word must have a letter or a digit"));
        }
        Ok(Self(words))
    }

    /// All of them, in the order given.
    pub fn as_slice(&self) -> &[ListedWord] {
        &self.0
    }

    /// The first of the list that stands in one of `texts`.
    pub fn find(&self, texts: &[&str]) -> Option<&ListedWord> {
        if self.0.is_empty() {
            return None;
        }
        let read: Vec<Vec<String>> = texts
            .iter()
            .flat_map(|text| {
                let words = fold::words(text);
                let spelled = joined(&words);
                [words, spelled]
            })
            .collect();
        let known: HashSet<&str> = read.iter().flatten().map(String::as_str).collect();
        self.0.iter().find(|listed| {
            let wanted = fold::words(listed.as_str());
            wanted.iter().all(|word| known.contains(word.as_str()))
                && read.iter().any(|words| words.windows(wanted.len()).any(|words| words == wanted))
        })
    }
}

/// The words where three or more letters that stand alone are one word.
fn joined(words: &[String]) -> Vec<String> {
    let is_letter = |word: &String| word.len() == 1;
    let runs = words.chunk_by(|a, b| is_letter(a) == is_letter(b));
    runs.flat_map(|run| match run {
        [first, _, _, ..] if is_letter(first) => vec![run.concat()],
        _ => run.to_vec(),
    })
    .collect()
}

impl FromJson for WordList {
    fn from_json(json: Value) -> Result<Self, Faults> {
        Self::parse(list(json, Self::MAX)?).map_err(here)
    }
}

described!(WordList: schema::list::<ListedWord>(
    "Words that hold a comment back: found as whole words, whatever their case and accents.", Self::MAX,
), with ListedWord);

impl TryFrom<Vec<ListedWord>> for WordList {
    type Error = Violation;

    fn try_from(words: Vec<ListedWord>) -> Result<Self, Violation> {
        Self::parse(words)
    }
}

impl From<WordList> for Vec<ListedWord> {
    fn from(words: WordList) -> Self {
        words.0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn words(words: &[&str]) -> WordList {
        WordList::parse(words.iter().map(|word| ListedWord::parse(word).unwrap()).collect()).unwrap()
    }

    // abuse: CM-06
    #[test]
    fn a_listed_word_is_found_in_any_dress_and_only_whole() {
        let list = words(&["Casino", "miracle cure", "賭博", "fou"]);
        for text in [
            "Visit my CASINO!",
            "ca\u{200b}sino",
            "c4s1n0",
            "саsinо",
            "c a s i n o tonight",
            "c.a.s.i.n.o",
            "a Miracle, cure",
            "オンライン賭博です",
            "il est foú",
        ] {
            assert!(list.find(&["x", text]).is_some(), "{text}");
        }
        for text in ["casinos", "occasion", "a cure, a miracle", "賭け博士", "four", "a b c", ""] {
            assert_eq!(list.find(&["x", text]), None, "{text}");
        }
    }

    #[test]
    fn a_list_that_would_find_everything_or_nothing_is_refused() {
        assert_eq!(
            WordList::parse(vec![ListedWord::parse("!?").unwrap()]).unwrap_err().rule,
            Rule::BadFormat
        );
        let many = vec![ListedWord::parse("a").unwrap(); WordList::MAX + 1];
        assert_eq!(WordList::parse(many).unwrap_err().rule, Rule::TooMany);
    }

    proptest! {
        #[test]
        fn a_word_is_found_where_it_stands(before in "[a-z ,.]{0,20}", word in "[a-zäéø]{4,10}", after in "[a-z ,.]{0,20}") {
            let list = words(&[&word]);
            let text = format!("{before} {} {after}", word.to_uppercase());
            prop_assert_eq!(list.find(&[&text]), Some(&list.as_slice()[0]));
        }
    }
}
