//! That an amendment reaches a working copy wherever that is untouched, and nowhere else.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::article::content::body::Body;
use crate::article::content::texts::{Headline, Kicker};
use crate::language::Language;
use crate::slug::Slug;

/// A body by its blocks, each as `id` or `id=text`.
fn body(blocks: &str) -> Value {
    let block = |block: &str| {
        let (id, text) = block.split_once('=').unwrap_or((block, block));
        json!({"id": id, "type": "paragraph", "content": [{"text": text}]})
    };
    blocks.split_whitespace().map(block).collect()
}

fn content(blocks: &Value) -> Content {
    let slug = Slug::parse("reef-recovers").unwrap();
    let mut content =
        Content::begun(Headline::parse("Reef recovers").unwrap(), slug, Language::parse("en").unwrap());
    content.body = serde_json::from_value(blocks.clone()).unwrap();
    content
}

/// The body and the conflicts of a working copy after an amendment.
fn after(live: &str, amended: &str, working: &str) -> (String, String) {
    let [live, amended, working] = [live, amended, working].map(|blocks| content(&body(blocks)));
    let TakenOver { content, blocks, members } = working.taking_over(&live, &amended);
    assert_eq!(members, []);
    (told(&content.body), blocks.iter().map(BlockId::as_str).collect::<Vec<_>>().join(" "))
}

fn told(body: &Body) -> String {
    let block = |block: &crate::block::Block| {
        let (id, text) = (block.id.as_str(), block.kind.plain_text());
        if id == text { text } else { format!("{id}={text}") }
    };
    body.blocks().iter().map(block).collect::<Vec<_>>().join(" ")
}

#[test]
fn the_same_changes_are_made_where_the_block_is_untouched() {
    let told = |live, amended, working| {
        let (body, conflicts) = after(live, amended, working);
        assert_eq!(conflicts, "");
        body
    };
    assert_eq!(told("a b c", "a b=2 c", "a b c=3"), "a b=2 c=3", "changed");
    assert_eq!(told("a b c", "a c", "a b c=3 d"), "a c=3 d", "removed");
    assert_eq!(told("a b c", "a x y b c", "z a b c"), "z a x y b c", "added");
    assert_eq!(told("a b c", "x a b c", "b c"), "x b c", "added in front");
    assert_eq!(told("a b c d", "d a b c", "a b c=3 d e"), "d a b c=3 e", "moved");
    assert_eq!(told("a b c", "a x c", "a z b c"), "a x z c", "one for another");
}

#[test]
fn what_the_working_copy_changed_otherwise_stays_and_is_told() {
    assert_eq!(after("a b", "a b=2", "a b=3"), ("a b=3".into(), "b".into()), "changed by both");
    assert_eq!(after("a b", "a b=2", "a"), ("a".into(), "b".into()), "changed, and removed here");
    assert_eq!(after("a b", "a", "a b=3"), ("a b=3".into(), "b".into()), "removed, and changed here");
    assert_eq!(after("a b", "a b x=1", "a b x=2"), ("a b x=2".into(), "x".into()), "added by both");
    assert_eq!(after("a b c d", "d a b c", "a d b c").1, "d", "moved by both");
    assert_eq!(after("a b", "a b=2", "a b=2 c"), ("a b=2 c".into(), String::new()), "changed alike");
}

#[test]
fn two_headings_with_one_anchor_are_a_conflict() {
    let heading = |id: &str, anchor: &str| json!({"id": id, "type": "heading", "level": 2, "anchor": anchor, "content": [{"text": "Why"}]});
    let live = content(&json!([]));
    let amended = content(&json!([heading("a", "why")]));
    let working = content(&json!([heading("b", "why")]));
    let TakenOver { content, blocks, .. } = working.clone().taking_over(&live, &amended);
    assert_eq!(content, working);
    assert_eq!(blocks, [BlockId::parse("a").unwrap()]);
}

#[test]
fn bodies_that_are_too_much_together_stay_apart() {
    let many = |prefix: &str| {
        (0..300).map(|n| json!({"id": format!("{prefix}{n}"), "type": "divider"})).collect::<Value>()
    };
    let (live, amended, working) = (content(&json!([])), content(&many("a")), content(&many("b")));
    let taken = working.clone().taking_over(&live, &amended);
    assert_eq!((taken.content, taken.blocks.len()), (working, 300));
}

#[test]
fn members_are_taken_over_one_by_one() {
    let live = content(&json!([]));
    let amended = Content {
        headline: Headline::parse("Reef in peril").unwrap(),
        kicker: Some(Kicker::parse("Sea").unwrap()),
        no_byline: true,
        ..live.clone()
    };
    let working = Content { kicker: Some(Kicker::parse("Harbour").unwrap()), ..live.clone() };
    let TakenOver { content, blocks, members } = working.taking_over(&live, &amended);
    assert_eq!(content.headline, amended.headline);
    assert_eq!(content.kicker, Some(Kicker::parse("Harbour").unwrap()));
    assert!(content.no_byline);
    assert_eq!((members, blocks), (vec![Member::Kicker], vec![]));
}

/// A body and others that went on from it: blocks changed, removed, added, in another order.
fn versions() -> impl Strategy<Value = [Value; 3]> {
    let ids = prop::sample::subsequence((b'a'..=b'j').map(char::from).collect::<Vec<_>>(), 0..=10);
    let edited =
        (ids, prop::collection::vec(0..3_u8, 10), any::<bool>()).prop_flat_map(|(ids, texts, moved)| {
            let blocks: Vec<_> = ids
            .into_iter()
            .zip(texts)
            .map(|(id, text)| json!({"id": id, "type": "paragraph", "content": [{"text": text.to_string()}]}))
            .collect();
            let order =
                if moved { Just(blocks.clone()).prop_shuffle().boxed() } else { Just(blocks).boxed() };
            order.prop_map(Value::from)
        });
    [edited.clone(), edited.clone(), edited]
}

fn texts(body: &Body) -> BTreeMap<String, String> {
    body.blocks().iter().map(|block| (block.id.to_string(), block.kind.plain_text())).collect()
}

proptest! {
    #[test]
    fn an_untouched_working_copy_becomes_the_amendment(versions in versions()) {
        let [live, amended, _] = versions.map(|version| content(&version));
        let taken = live.clone().taking_over(&live, &amended);
        prop_assert_eq!(taken, TakenOver { content: amended, blocks: vec![], members: vec![] });
    }

    #[test]
    fn an_amendment_of_nothing_and_one_made_already_change_nothing(versions in versions()) {
        let [live, _, working] = versions.map(|version| content(&version));
        let untouched = TakenOver { content: working.clone(), blocks: vec![], members: vec![] };
        prop_assert_eq!(working.clone().taking_over(&live, &live), untouched.clone());
        prop_assert_eq!(working.clone().taking_over(&live, &working), untouched);
    }

    #[test]
    fn each_block_follows_the_one_side_that_changed_it(versions in versions()) {
        let [live, amended, working] = versions.map(|version| content(&version));
        let taken = working.clone().taking_over(&live, &amended);
        let [before, there, here, now] =
            [&live, &amended, &working, &taken.content].map(|content| texts(&content.body));
        for id in ('a'..='j').map(|c| c.to_string()) {
            let (before, there, here, now) = (before.get(&id), there.get(&id), here.get(&id), now.get(&id));
            let conflict = taken.blocks.iter().any(|block| block.as_str() == id);
            if here == before {
                prop_assert_eq!(now, there, "{} is untouched here", id);
            } else {
                prop_assert_eq!(now, here, "{} was changed here", id);
            }
            if there != before && here != before && there != here {
                prop_assert!(conflict, "{} was changed by both", id);
            }
            if there == before && here == before {
                // Its place at most is in question.
                prop_assert!(!conflict || here.is_some());
            }
        }
    }
}
