//! That a difference tells what differs, all of it, and never more than it can afford.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::article::content::texts::{Headline, Kicker};
use crate::language::Language;
use crate::slug::Slug;

fn content(blocks: &Value) -> Content {
    let slug = Slug::parse("reef-recovers").unwrap();
    let headline = Headline::parse("Reef recovers").unwrap();
    let mut content = Content::begun(headline, slug, Language::parse("en").unwrap());
    content.body = serde_json::from_value(blocks.clone()).unwrap();
    content
}

fn paragraph(id: &str, text: &str) -> Value {
    json!({"id": id, "type": "paragraph", "content": [{"text": text}]})
}

/// `id:fate`, with `*` where it moved.
fn told(difference: &Difference) -> String {
    let block = |block: &BlockChange| {
        format!("{}:{}{}", block.id, block.change.name(), if block.moved { "*" } else { "" })
    };
    difference.blocks.iter().map(block).collect::<Vec<_>>().join(" ")
}

/// Deleted words in brackets, inserted ones in braces.
fn marked(runs: &[Run]) -> String {
    let run = |Run { change, text }: &Run| match change {
        RunChange::Equal => text.clone(),
        RunChange::Deleted => format!("[{text}]"),
        RunChange::Inserted => format!("{{{text}}}"),
    };
    runs.iter().map(run).collect()
}

#[test]
fn blocks_are_named_by_what_became_of_them() {
    let before = content(&json!([
        paragraph("a", "The sea."),
        paragraph("b", "It was 8."),
        paragraph("c", "Gone."),
        paragraph("d", "Stays."),
        paragraph("e", "Moves."),
    ]));
    let after = content(&json!([
        paragraph("e", "Moves."),
        paragraph("a", "The sea."),
        paragraph("b", "It was 9."),
        paragraph("d", "Stays."),
        paragraph("f", "New."),
    ]));
    let difference = Difference::of(Some(&before), &after);
    assert_eq!(told(&difference), "e:moved* b:changed c:removed f:added");
    assert_eq!(marked(&difference.blocks[1].words), "It was [8]{9}.");
    assert_eq!(difference.members, []);
    assert_eq!(Difference::of(Some(&after), &after), Difference { members: vec![], blocks: vec![] });
}

#[test]
fn members_are_named_and_texts_told_in_words() {
    let before = content(&json!([]));
    let after = Content {
        headline: Headline::parse("Reef slowly recovers").unwrap(),
        kicker: Some(Kicker::parse("Sea").unwrap()),
        noindex: true,
        ..before.clone()
    };
    let Difference { members, .. } = Difference::of(Some(&before), &after);
    let told: Vec<_> = members.iter().map(|change| (change.member.name(), marked(&change.words))).collect();
    let expected = [("headline", "Reef {slowly }recovers"), ("kicker", "{Sea}"), ("noindex", "")];
    assert_eq!(told, expected.map(|(member, words)| (member, words.to_owned())));
}

#[test]
fn a_first_revision_differs_from_nothing_in_all_that_it_says() {
    let difference = Difference::of(None, &content(&json!([paragraph("a", "The sea.")])));
    assert_eq!(told(&difference), "a:added");
    assert_eq!(marked(&difference.members[0].words), "{Reef recovers}");
}

#[test]
fn a_hostile_text_costs_no_more_than_its_bound() {
    // Nothing in common, and each word another: the worst for every algorithm.
    let many = |prefix: &str| (0..100_000).map(|n| format!("{prefix}{n:x}")).collect::<Vec<_>>().join(" ");
    let (before, after) = (many("a"), many("b"));
    let mut effort = Effort::of_one_difference();
    let runs = words::between(&before, &after, &mut effort);
    assert!(runs.len() <= 4, "told as replaced, not compared word by word");
    let runs = words::between(&format!("{before}x {after}"), &format!("{before}y {after}"), &mut effort);
    assert_eq!(runs.len(), 4, "equal ends cost nothing");
}

proptest! {
    #[test]
    fn the_runs_of_a_difference_make_both_texts(before in "[ab .é]{0,40}", after in "[ab .é]{0,40}") {
        let mut effort = Effort::of_one_difference();
        let runs = words::between(&before, &after, &mut effort);
        let text = |left_out: RunChange| {
            let kept = runs.iter().filter(|run| run.change != left_out);
            kept.map(|run| run.text.as_str()).collect::<String>()
        };
        prop_assert_eq!(text(RunChange::Inserted), before);
        prop_assert_eq!(text(RunChange::Deleted), after);
        prop_assert!(runs.windows(2).all(|pair| pair[0].change != pair[1].change));
    }
}
