//! That spans have one normal form.

use proptest::prelude::*;
use uuid::Uuid;

use super::mark::Link;
use super::*;
use crate::id::ArticleId;
use crate::language::Language;
use crate::link::Href;

fn any_mark() -> impl Strategy<Value = Mark> {
    prop_oneof![
        Just(Mark::Strong),
        Just(Mark::Emphasis),
        Just(Mark::Code),
        Just(Mark::Link(Link::Href(Href::parse("https://varn.example/").unwrap()))),
        Just(Mark::Link(Link::Article(ArticleId::new(Uuid::from_u128(7))))),
        Just(Mark::Language { tag: Language::parse("fr").unwrap() }),
    ]
}

fn any_spans() -> impl Strategy<Value = Vec<Span>> {
    let text = "[ a\u{301}e\u{308}\n\u{a0}]{0,4}";
    let span = (text, proptest::collection::vec(any_mark(), 0..4));
    proptest::collection::vec(span, 0..12)
        .prop_map(|raw| raw.into_iter().filter_map(|(text, marks)| Span::parse(&text, marks).ok()).collect())
}

proptest! {
    #[test]
    fn normalising_twice_changes_nothing(raw in any_spans()) {
        let once = Spans::parse(raw).unwrap();
        prop_assert_eq!(Spans::parse(once.as_slice().to_vec()), Ok(once.clone()));
    }

    #[test]
    fn no_span_is_empty_and_no_neighbours_are_alike(raw in any_spans()) {
        let spans = Spans::parse(raw).unwrap();
        prop_assert!(spans.as_slice().iter().all(|span| !span.text().is_empty()));
        prop_assert!(spans.as_slice().windows(2).all(|pair| pair[0].marks() != pair[1].marks()));
        let text = spans.text();
        prop_assert_eq!(text.trim(), &text);
    }

    #[test]
    fn spans_are_read_back_from_json_as_they_were_written(raw in any_spans()) {
        let spans = Spans::parse(raw).unwrap();
        let json = serde_json::to_string(&spans).unwrap();
        prop_assert_eq!(serde_json::from_str::<Spans>(&json).unwrap(), spans);
    }
}

#[test]
fn a_span_has_the_shape_of_the_contract() {
    let json = r#"[{"text":"9 January","marks":[{"type":"strong"},{"type":"link","href":"https://varn.example/"},{"type":"language","tag":"en"}]}]"#;
    let spans: Spans = serde_json::from_str(json).unwrap();
    assert_eq!(serde_json::to_string(&spans).unwrap(), json);
}

#[test]
fn a_letter_meets_its_accent_across_spans() {
    let spans = ["Caf", "e", "\u{301}"].map(|text| Span::parse(text, Vec::new()).unwrap());
    assert_eq!(Spans::parse(spans.to_vec()).unwrap().text(), "Caf\u{e9}");
}

#[test]
fn a_text_with_two_links_is_refused() {
    let link = |raw| Mark::Link(Link::Href(Href::parse(raw).unwrap()));
    let marks = vec![link("https://varn.example/a"), link("https://varn.example/b")];
    assert_eq!(Span::parse("here", marks).unwrap_err().rule, Rule::Inconsistent);
}

// abuse: IN-04
#[test]
fn a_control_character_in_a_span_is_refused() {
    for c in ['\0', '\u{1}', '\u{7f}', '\u{85}', '\r'] {
        assert_eq!(Span::parse(&format!("a{c}b"), Vec::new()).unwrap_err().rule, Rule::ControlCharacter);
    }
}

#[test]
fn more_spans_or_text_than_fit_are_refused() {
    let spans =
        (0..501).map(|i| Span::parse("a", if i % 2 == 0 { vec![Mark::Strong] } else { Vec::new() }).unwrap());
    assert_eq!(Spans::parse(spans.collect()).unwrap_err().rule, Rule::TooMany);
    let half = Span::parse(&"a".repeat(5_001), Vec::new()).unwrap();
    assert_eq!(Spans::parse(vec![half.clone(), half]).unwrap_err().rule, Rule::TooLong);
}
