//! What is looked for, in a headline that says the same: its terms have no sign of a database, each is found, and marking
//! changes nothing else.

#![no_main]

use domain::article::content::Content;
use domain::article::content::texts::Headline;
use domain::id::ArticleId;
use domain::language::Language;
use domain::search::meeting::{Piece, Seeker};
use domain::search::stem::Grammar;
use domain::search::terms::{Photos, SIGNS, in_headline, sought, terms};
use domain::search::text::SearchText;
use domain::slug::Slug;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|raw: &str| {
    let Ok(text) = SearchText::parse(raw) else { return };
    assert_eq!(SearchText::parse(text.as_str()), Ok(text.clone()));
    let Ok(headline) = Headline::parse(text.as_str()) else { return };
    let slug = Slug::parse("a").expect("a slug");
    let all = ["en", "de", "fr", "ru", "ar", "hi", "tr", "uk", "ja"]
        .map(|tag| Language::parse(tag).expect("a language"));
    for language in &all {
        let content = Content::begun(headline.clone(), slug.clone(), language.clone());
        let id = ArticleId::parse("0197aaaa-0000-7000-8000-00000000000a").expect("an id");
        let kept = terms(id, &content, &Photos::new());
        let plain = |c: char| !c.is_ascii() || c.is_ascii_lowercase() || c.is_ascii_digit() || SIGNS.contains(&c);
        assert!(kept.iter().all(|term| !term.is_empty() && term.chars().all(plain)));
        for any_of in sought(&text, &Grammar::of_all(&all)) {
            assert!(any_of.iter().any(|term| kept.contains(term) && kept.contains(&in_headline(term))), "{any_of:?}");
        }
        let met = Seeker::of(&text).meeting(&content, &Photos::new()).expect("it says the same");
        let told: String = met.headline.into_iter().map(|(Piece::Plain(text) | Piece::Sought(text))| text).collect();
        assert_eq!(told, headline.as_str());
    }
});
