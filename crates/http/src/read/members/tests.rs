//! What is read of an object, and what is told of its faults.

use domain::article::content::texts::{Headline, Kicker};
use domain::violation::{Fault, Place};

use super::*;

fn faults(body: &Value) -> Vec<(String, &'static str, String)> {
    let read = || {
        let mut members = Members::of(body.clone())?;
        let headline = members.required("headline", Headline::parse);
        members.text("kicker", Kicker::parse);
        members.flag("noindex");
        members.names("tags", 3, |tag| Ok::<_, Violation>(tag.to_owned()));
        members.finish(headline)
    };
    let faults = read().err().into_iter().flatten();
    let told = faults.map(|Fault { place, violation }| {
        let Place::Pointer(pointer) = place else { panic!("a parameter in a body") };
        (pointer, violation.rule.code(), violation.detail)
    });
    told.collect()
}

// abuse: IN-03
#[test]
fn all_faults_are_told_at_once_with_what_may_have_been_meant() {
    let body = json!({"headlin": "Reef", "kicker": 7, "noindex": "no", "tags": ["a", 1, "b"], "a/~b": 1});
    let found = faults(&body);
    let codes: Vec<_> = found.iter().map(|(pointer, code, _)| (pointer.as_str(), *code)).collect();
    assert_eq!(
        codes,
        [
            ("/headline", "required"),
            ("/kicker", "wrong_type"),
            ("/noindex", "wrong_type"),
            ("/tags/1", "wrong_type"),
            ("/a~1~0b", "unknown_field"),
            ("/headlin", "unknown_field"),
        ]
    );
    assert!(found[5].2.contains("`headline`"), "{found:?}");
    assert!(faults(&json!({"headline": "Reef", "kicker": null})).is_empty());
    assert_eq!(faults(&json!({"headline": "Reef", "tags": [1, 2, 3, 4]})).len(), 1);
    assert_eq!(faults(&json!([]))[0].1, "wrong_type");
}
