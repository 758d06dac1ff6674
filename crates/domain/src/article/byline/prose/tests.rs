//! How bylines read, form by form.

use proptest::prelude::*;

use super::*;
use crate::article::byline::{BylineLocation, BylineName};

/// An entry written as `role name` or `role name @ place`.
fn entry(text: &str) -> Byline {
    let (role, rest) = text.split_once(' ').unwrap();
    let (name, place) = rest.split_once(" @ ").map_or((rest, None), |(name, place)| (name, Some(place)));
    Byline {
        role: BylineRole::parse(role).unwrap(),
        contributor: None,
        name: BylineName::parse(name).unwrap(),
        affiliation: None,
        location: place.map(|place| BylineLocation::parse(place).unwrap()),
    }
}

fn said(language: &str, entries: &[&str]) -> Option<String> {
    let entries: Vec<_> = entries.iter().map(|text| entry(text)).collect();
    prose(&entries, None, &Language::parse(language).unwrap(), HouseStyle::default())
}

#[test]
fn every_form_reads_as_a_newsroom_writes_it() {
    let forms: &[(&str, &[&str], &str)] = &[
        ("en", &["author A"], "By A"),
        ("en", &["author A @ Varn"], "By A in Varn"),
        ("en", &["author A", "author B"], "By A and B"),
        ("en", &["author A @ Seoul", "author B @ Seoul", "author C @ Seoul"], "By A, B and C in Seoul"),
        ("en", &["author A @ Seoul", "author B @ Tokyo"], "By A in Seoul and B in Tokyo"),
        ("en", &["author A @ Seoul", "author B"], "By A in Seoul and B"),
        ("en", &["author A", "with B"], "By A with B"),
        ("en", &["author A @ Varn", "with B @ Ravik"], "By A in Varn with B in Ravik"),
        ("en", &["agency NORDWIRE"], "By NORDWIRE"),
        ("en", &["author A", "agency NORDWIRE"], "By A with NORDWIRE"),
        ("en", &["with B"], "By B"),
        ("en", &["additional_reporting D", "editor E"], "Additional reporting by D; editing by E"),
        ("en", &["editor E", "photographer C", "author A"], "By A. Photographs by C; editing by E"),
        ("en", &["author A", "translator T"], "By A. Translated by T"),
        ("en", &["graphics A", "data A"], "Data by A; graphics by A"),
        (
            "en",
            &["videographer A", "producer B", "illustrator C"],
            "Video by A; illustrations by C; produced by B",
        ),
        ("de-AT", &["author A @ Varn", "author B @ Varn", "photographer C"], "Von A und B in Varn. Fotos: C"),
        ("fr", &["author A @ Varn", "with B", "photographer C"], "Par A à Varn avec B. Photos\u{a0}: C"),
        ("nb", &["author A", "author B"], "By A and B"),
    ];
    for (language, entries, text) in forms {
        assert_eq!(said(language, entries).as_deref(), Some(*text), "{entries:?}");
    }
}

#[test]
fn nobody_is_no_text() {
    assert_eq!(said("en", &[]), None);
}

#[test]
fn an_override_shows_instead() {
    let text = BylineOverride::parse("By the editorial board").unwrap();
    let english = Language::parse("en").unwrap();
    let shown = prose(&[entry("author A")], Some(&text), &english, HouseStyle::default());
    assert_eq!(shown.as_deref(), Some("By the editorial board"));
}

#[test]
fn a_serial_comma_stands_in_english_from_three_names() {
    let style = HouseStyle { serial_comma: SerialComma::With };
    let said = |language, names: &[&str]| {
        let entries: Vec<_> = names.iter().map(|name| entry(&format!("author {name}"))).collect();
        prose(&entries, None, &Language::parse(language).unwrap(), style).unwrap()
    };
    assert_eq!(said("en", &["A", "B"]), "By A and B");
    assert_eq!(said("en", &["A", "B", "C"]), "By A, B, and C");
    assert_eq!(said("de", &["A", "B", "C"]), "Von A, B und C");
}

fn any_entries() -> impl Strategy<Value = Vec<Byline>> {
    let role = proptest::sample::select(BylineRole::ALL);
    let place = proptest::option::of(proptest::sample::select(vec!["Varn", "Ravik"]));
    proptest::collection::vec((role, place), 0..8).prop_map(|raw| {
        raw.into_iter()
            .enumerate()
            .map(|(i, (role, place))| Byline {
                role,
                contributor: None,
                name: BylineName::parse(&format!("Person{i}x")).unwrap(),
                affiliation: None,
                location: place.map(|place| BylineLocation::parse(place).unwrap()),
            })
            .collect()
    })
}

proptest! {
    #[test]
    fn everybody_is_named_exactly_once(
        entries in any_entries(), language in proptest::sample::select(vec!["en", "de", "fr", "ja"])
    ) {
        let text = prose(&entries, None, &Language::parse(language).unwrap(), HouseStyle::default());
        prop_assert_eq!(text.is_none(), entries.is_empty());
        let text = text.unwrap_or_default();
        for entry in &entries {
            prop_assert_eq!(text.matches(entry.name.as_str()).count(), 1);
        }
        prop_assert!(!text.contains("  ") && text.trim() == text);
    }
}
