//! What holds of any text and any search.

use std::collections::BTreeSet;

use proptest::prelude::*;
use uuid::Uuid;

use super::meeting::{Piece, Seeker};
use super::stem::Grammar;
use super::terms::{Photos, SIGNS, in_headline, sought, terms};
use super::text::SearchText;
use super::words::{MAX_CHARS, words};
use crate::article::content::Content;
use crate::article::content::texts::Headline;
use crate::id::ArticleId;
use crate::language::Language;
use crate::slug::Slug;

fn article(headline: &str, language: &str) -> Option<Content> {
    let headline = Headline::parse(headline).ok()?;
    Some(Content::begun(headline, Slug::parse("a").ok()?, Language::parse(language).ok()?))
}

fn terms_of(content: &Content) -> BTreeSet<String> {
    terms(ArticleId::new(Uuid::nil()), content, &Photos::new())
}

const LANGUAGES: [&str; 8] = ["en", "de", "fr", "ru", "ja", "hi", "tr", "tlh"];

proptest! {
    #[test]
    fn words_stand_in_their_order_and_have_a_form(raw in "\\PC{0,80}") {
        let mut end = 0;
        for word in words(&raw) {
            prop_assert!(word.at.start >= end && word.at.start < word.at.end);
            prop_assert!(raw.get(word.at.clone()).is_some());
            prop_assert!(!word.form.is_empty() && word.form.chars().count() <= MAX_CHARS);
            end = word.at.end;
        }
    }

    /// ASCII is read on a shorter way.
    #[test]
    fn a_soft_hyphen_makes_no_other_word(raw in "[ -~]{0,80}") {
        let hyphened: String = raw.chars().flat_map(|c| [c, '\u{ad}']).collect();
        let forms = |text: &str| words(text).into_iter().map(|word| word.form).collect::<Vec<_>>();
        prop_assert_eq!(forms(&raw), forms(&hyphened));
    }

    /// A database reads them between signs of its own.
    #[test]
    fn terms_have_no_sign_but_ours(raw in "\\PC{1,80}", language in 0..LANGUAGES.len()) {
        let Some(content) = article(&raw, LANGUAGES[language]) else { return Ok(()) };
        for term in terms_of(&content) {
            let plain = |c: char| !c.is_ascii() || c.is_ascii_lowercase() || c.is_ascii_digit() || SIGNS.contains(&c);
            prop_assert!(!term.is_empty() && term.chars().all(plain), "{}", term);
        }
    }

    /// What is looked for as it stands is found, by the index and in the article.
    #[test]
    fn a_headline_is_found_by_itself(raw in "\\PC{1,60}|[a-zäöüé'’\" -]{1,60}|[а-яё ]{1,30}", language in 0..LANGUAGES.len()) {
        let Some(content) = article(&raw, LANGUAGES[language]) else { return Ok(()) };
        let Ok(text) = SearchText::parse(content.headline.as_str()) else { return Ok(()) };
        let terms = terms_of(&content);
        let all = LANGUAGES.map(|tag| Language::parse(tag).unwrap());
        for any_of in sought(&text, &Grammar::of_all(&all)) {
            prop_assert!(any_of.iter().any(|term| terms.contains(term) && terms.contains(&in_headline(term))), "{:?}", any_of);
        }
        let met = Seeker::of(&text).meeting(&content, &Photos::new());
        prop_assert!(met.is_some());
        let whole: String = met.into_iter().flat_map(|met| met.headline).map(|piece| match piece {
            Piece::Plain(text) | Piece::Sought(text) => text,
        }).collect();
        prop_assert_eq!(whole, content.headline.as_str());
    }

    #[test]
    fn a_search_is_parsed_as_it_was(raw in "\\PC{0,80}") {
        if let Ok(text) = SearchText::parse(&raw) {
            prop_assert_eq!(SearchText::parse(text.as_str()), Ok(text));
        }
    }
}
