//! The stems of words, by the grammar of a language.

use snowball_stemmers_rs::{Algorithm, Stemmer};

use super::fold::folded;
use super::words::words;
use crate::language::Language;

/// The languages whose grammar we know, by their primary subtag.
const KNOWN: [(&str, Algorithm); 36] = [
    ("ar", Algorithm::Arabic),
    ("ca", Algorithm::Catalan),
    ("cs", Algorithm::Czech),
    ("da", Algorithm::Danish),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("en", Algorithm::English),
    ("eo", Algorithm::Esperanto),
    ("es", Algorithm::Spanish),
    ("et", Algorithm::Estonian),
    ("eu", Algorithm::Basque),
    ("fa", Algorithm::Persian),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("ga", Algorithm::Irish),
    ("hi", Algorithm::Hindi),
    ("hu", Algorithm::Hungarian),
    ("hy", Algorithm::Armenian),
    ("id", Algorithm::Indonesian),
    ("it", Algorithm::Italian),
    ("lt", Algorithm::Lithuanian),
    ("nb", Algorithm::Norwegian),
    ("ne", Algorithm::Nepali),
    ("nl", Algorithm::Dutch),
    ("nn", Algorithm::Norwegian),
    ("no", Algorithm::Norwegian),
    ("pl", Algorithm::Polish),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("sr", Algorithm::Serbian),
    ("sv", Algorithm::Swedish),
    ("ta", Algorithm::Tamil),
    ("tr", Algorithm::Turkish),
    ("uk", Algorithm::Ukrainian),
    ("yi", Algorithm::Yiddish),
];

/// A grammar, or none where we do not know that of the language: then a word is its own stem.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grammar(Option<Algorithm>);

impl Grammar {
    /// That of a language.
    pub fn of(language: &Language) -> Self {
        Self(KNOWN.iter().find(|(tag, _)| *tag == language.primary()).map(|(_, grammar)| *grammar))
    }

    /// Those that texts in these languages follow, each once.
    pub fn of_all(languages: &[Language]) -> Vec<Self> {
        let all: Vec<_> = languages.iter().map(Self::of).collect();
        let first = |(i, grammar): (usize, &Self)| (!all[..i].contains(grammar)).then_some(*grammar);
        all.iter().enumerate().filter_map(first).collect()
    }

    /// The stem of a form.
    pub(super) fn stem(self, form: &str) -> String {
        let plain = |c: char| c.is_alphabetic() || !c.is_alphanumeric();
        let stem = match self.0.filter(|_| form.chars().all(plain)) {
            Some(grammar) => folded(&Stemmer::create(grammar).stem(form)),
            None => folded(form),
        };
        if stem.is_empty() { form.to_owned() } else { stem }
    }

    /// The stems of a text, in order.
    pub(super) fn stems(self, text: &str) -> Vec<String> {
        words(text).iter().map(|word| self.stem(&word.form)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stems(language: &str, text: &str) -> Vec<String> {
        Grammar::of(&Language::parse(language).unwrap()).stems(text)
    }

    #[test]
    fn forms_of_a_word_have_one_stem() {
        assert_eq!(stems("en-GB", "harbours"), stems("en", "Harbour’s"));
        assert_eq!(stems("de", "Häfen"), stems("de", "hafen"));
        assert_eq!(stems("fr", "Élections"), stems("fr", "election"));
        assert_eq!(stems("ru", "выборами"), stems("ru", "Выборы"));
        assert_eq!(stems("ja", "東京"), ["東", "京"]);
        assert_eq!(stems("tlh", "tlhIngan"), ["tlhingan"]);
        assert_eq!(stems("en", "1990s"), ["1990s"]);
    }

    #[test]
    fn a_grammar_of_two_languages_is_followed_once() {
        let languages = ["nb", "ja", "nn", "tlh"].map(|raw| Language::parse(raw).unwrap());
        assert_eq!(Grammar::of_all(&languages), [Grammar(Some(Algorithm::Norwegian)), Grammar(None)]);
        assert_eq!(Grammar::of_all(&[]), []);
    }
}
