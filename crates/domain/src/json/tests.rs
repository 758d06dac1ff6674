//! That all faults of a value are told at once, each with its place.

use serde_json::json;

use super::*;
use crate::article::content::texts::Headline;
use crate::violation::{Fault, Place};

/// Pointers and codes of the faults of `json` as a `T`.
pub(crate) fn faults<T: FromJson>(json: &Value) -> Vec<(String, &'static str)> {
    let found = T::from_json(json.clone()).err().into_iter().flatten();
    found
        .map(|Fault { place, violation }| match place {
            Place::Pointer(pointer) => (pointer, violation.rule.code()),
            Place::Parameter(name) => panic!("a parameter in a body: {name}"),
        })
        .collect()
}

/// The same with pointers that can be compared.
macro_rules! assert_faults {
    ($type:ty, $json:expr, $($fault:expr),* $(,)?) => {{
        let json = $json;
        let found = crate::json::tests::faults::<$type>(&json);
        let found: Vec<_> = found.iter().map(|(pointer, code)| (pointer.as_str(), *code)).collect();
        let expected: Vec<(&str, &str)> = vec![$($fault),*];
        assert_eq!(found, expected, "{json}");
    }};
}

pub(crate) use assert_faults;

/// Two members, one of which may be left out.
#[derive(Debug)]
struct Pair;

impl FromJson for Pair {
    fn from_json(json: Value) -> Result<Self, Faults> {
        let mut object = Object::of(json)?;
        let headline = object.required::<Headline>("headline");
        object.or_default::<bool>("noindex");
        object.finish(headline.map(|_| Self))
    }
}

// abuse: IN-03
#[test]
fn unknown_members_are_told_with_what_may_have_been_meant() {
    let json = json!({"headlin": "Reef", "noindex": 1, "a/~b": 1});
    assert_faults!(
        Pair,
        json.clone(),
        ("/headline", "required"),
        ("/noindex", "wrong_type"),
        ("/a~1~0b", "unknown_field"),
        ("/headlin", "unknown_field"),
    );
    let found = Pair::from_json(json).unwrap_err();
    assert!(found.iter().any(|fault| fault.violation.detail.contains("`headline`")), "{found:?}");
    assert_faults!(
        Pair,
        json!({"headline": null, "noindex": null}),
        ("/headline", "required"),
        ("/noindex", "wrong_type")
    );
    assert!(Pair::from_json(json!({"headline": "Reef"})).is_ok());
}

#[test]
fn a_list_that_is_too_long_is_one_fault() {
    assert_eq!(list::<bool>(json!([true, 1, 2]), 3).unwrap_err().iter().count(), 2);
    assert_eq!(list::<bool>(json!([true, 1, 2, 3]), 3).unwrap_err().iter().count(), 1);
    assert_eq!(list::<bool>(json!({}), 3).unwrap_err().iter().count(), 1);
}

// abuse: IN-08
#[test]
fn a_whole_number_out_of_range_is_told_as_that() {
    for json in [json!(-1), json!(65_536), json!(u64::MAX)] {
        assert_faults!(u16, json, ("", "out_of_range"));
    }
    for json in [json!(1.5), json!("1"), json!(null), json!(1e300)] {
        assert_faults!(u16, json, ("", "wrong_type"));
    }
    assert_eq!(u16::from_json(json!(7)), Ok(7));
}
