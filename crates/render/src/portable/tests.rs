//! That what is written keeps to Portable Text, and to what it says of itself.

use std::collections::HashSet;

use domain::schema::{Schemas, add};
use serde_json::{Value, json};

use super::{PortableBlock, portable_text};
use crate::samples::{components, delivered, delivered_of};

fn written() -> Value {
    serde_json::to_value(portable_text(&delivered())).unwrap()
}

/// Every object that stands in a list, at every depth, with whether that is the list of a block of running text.
fn objects<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
    match value {
        Value::Array(items) => {
            found.extend(items.iter().filter(|item| item.is_object()));
            for item in items {
                objects(item, found);
            }
        }
        Value::Object(members) => {
            for member in members.values() {
                objects(member, found);
            }
        }
        _ => {}
    }
}

#[test]
fn every_object_of_a_list_has_its_type_and_a_key_of_its_own() {
    let written = written();
    let (mut found, mut keys) = (Vec::new(), HashSet::new());
    objects(&written, &mut found);
    for object in found {
        assert!(object["_type"].is_string(), "{object:#}");
        assert!(keys.insert(object["_key"].as_str().unwrap()), "{object:#}");
    }
}

#[test]
fn every_mark_is_a_name_or_defined_in_its_block() {
    let written = written();
    let (mut found, names) = (Vec::new(), ["strong", "em", "strike-through", "code", "sup", "sub"]);
    objects(&written, &mut found);
    let texts: Vec<_> = found.iter().filter(|object| object["_type"] == "block").collect();
    assert!(texts.len() > 10);
    for text in texts {
        let defined: Vec<_> =
            text["markDefs"].as_array().unwrap().iter().map(|known| &known["_key"]).collect();
        let marks =
            text["children"].as_array().unwrap().iter().flat_map(|span| span["marks"].as_array().unwrap());
        for mark in marks {
            assert!(defined.contains(&mark) || names.contains(&mark.as_str().unwrap()), "{mark} in {text:#}");
        }
        let is_item = text.get("listItem").is_some();
        assert_eq!(text.get("level").is_some(), is_item, "{text:#}");
    }
}

#[test]
fn lists_are_flat_and_one_link_is_defined_once() {
    let link = json!({"type": "link", "href": "https://varn.example/"});
    let content = json!([{"text": "a", "marks": [link]}, {"text": "b", "marks": [{"type": "strong"}, link]}]);
    let inner = json!({"ordered": false, "items": [{"content": []}]});
    let list =
        json!([{"id": "x", "type": "list", "ordered": true, "items": [{"content": content, "list": inner}]}]);
    let written = serde_json::to_value(portable_text(&delivered_of(&list))).unwrap();
    let span = |key: &str, text: &str, marks: Value| json!({"_type": "span", "_key": key, "text": text, "marks": marks});
    let expected = json!([
        {
            "_type": "block", "_key": "x.0", "style": "normal", "listItem": "number", "level": 1,
            "children": [span("x.0.s0", "a", json!(["x.0.m0"])), span("x.0.s1", "b", json!(["strong", "x.0.m0"]))],
            "markDefs": [{"_type": "link", "_key": "x.0.m0", "href": "https://varn.example/", "article": null}],
        },
        {
            "_type": "block", "_key": "x.0.0", "style": "normal", "listItem": "bullet", "level": 2,
            "children": [span("x.0.0.s0", "", json!([]))], "markDefs": [],
        },
    ]);
    assert_eq!(written, expected);
}

#[test]
fn it_is_as_its_schema_says() {
    let mut found = Schemas::new();
    add::<PortableBlock>(&mut found);
    let validator = components(found, "PortableBlock");
    for block in written().as_array().unwrap() {
        let faults: Vec<_> = validator.iter_errors(block).map(|fault| fault.to_string()).collect();
        assert!(faults.is_empty(), "{block:#}: {faults:?}");
    }
}
