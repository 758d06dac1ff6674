//! That the reader, the schema and the stored form of blocks agree, and that each fault is told at its place.

use serde_json::{Map, json};
use utoipa::ToSchema;

use super::*;
use crate::block::Block;
use crate::block::id::BlockId;
use crate::block::photo::PhotoUse;
use crate::block::tests::BLOCKS;
use crate::json::tests::{assert_faults, faults};
use crate::schema::Schemas;
use crate::violation::{Place, Rule};

fn examples() -> Vec<Value> {
    BLOCKS.iter().map(|json| serde_json::from_str(json).unwrap()).collect()
}

#[test]
fn a_block_is_read_as_it_is_kept() {
    for json in examples() {
        let kept: Block = serde_json::from_value(json.clone()).unwrap();
        let Block { id, kind } = kept;
        assert_eq!(NewBlock::from_json(json.clone()), Ok(Block { id: Some(id), kind }), "{json}");
    }
}

// abuse: IN-03
#[test]
fn every_fault_of_a_block_is_told_at_its_place() {
    let long = "a".repeat(10_001);
    let block = json!({
        "type": "paragraph",
        "id": "b 1",
        "contents": [],
        "content": [{"text": long, "marks": [{"type": "bold"}, {"type": "link", "href": "javascript:alert(1)", "rel": "x"}]}, 7],
    });
    assert_faults!(
        NewBlock,
        block.clone(),
        ("/id", "bad_format"),
        ("/content/0/text", "too_long"),
        ("/content/0/marks/0/type", "unknown_value"),
        ("/content/0/marks/1/href", "bad_url"),
        ("/content/0/marks/1/rel", "unknown_field"),
        ("/content/1", "wrong_type"),
        ("/contents", "unknown_field"),
    );
    let found = NewBlock::from_json(block).unwrap_err();
    let at =
        |pointer: &str| found.iter().find(|fault| fault.place == Place::Pointer(pointer.to_owned())).unwrap();
    assert_eq!(at("/content/0/text").violation.limit, Some(10_000));
    assert!(at("/contents").violation.detail.contains("`content`"));
}

#[test]
fn what_concerns_several_members_is_told_at_the_one_to_change() {
    let embed = json!({"type": "embed", "provider": "youtube", "url": "https://vimeo.com/1", "fallback_text": "A film"});
    assert_faults!(NewBlock, embed, ("/url", "bad_url"));
    let table = json!({"type": "table", "header_rows": 0, "rows": [[{"content": []}], []]});
    assert_faults!(NewBlock, table, ("/rows/1", "inconsistent"));
    let table = json!({"type": "table", "header_rows": 2, "rows": [[{"content": []}]]});
    assert_faults!(NewBlock, table, ("/header_rows", "inconsistent"));
    assert_faults!(NewBlock, json!({"type": "gallery", "photos": []}), ("/photos", "too_few"));
    let item = |inner: Value| json!({"ordered": true, "items": [{"content": [], "list": inner}]});
    let mut deep = item(item(item(item(Value::Null))));
    deep["type"] = json!("list");
    assert_faults!(NewBlock, deep, ("/items", "too_many"));
    let link = |mark: Value| json!({"type": "paragraph", "content": [{"text": "a", "marks": [mark]}]});
    let both = json!({"type": "link", "href": "https://varn.example/", "article": "019ba157-1f00-7c3d-9a41-5b7e2f60d8a4"});
    assert_faults!(NewBlock, link(both), ("/content/0/marks/0", "inconsistent"));
    assert_faults!(NewBlock, link(json!({"type": "link"})), ("/content/0/marks/0/href", "required"));
    let photo =
        json!({"photo": 1, "crop": {"x": 0.5, "y": 0, "width": 0.6, "height": 1}, "focal_point": {"x": 2}});
    assert_faults!(
        PhotoUse,
        photo,
        ("/photo", "wrong_type"),
        ("/focal_point/x", "out_of_range"),
        ("/focal_point/y", "required"),
        ("/crop", "out_of_range"),
    );
}

#[test]
fn of_a_block_of_no_known_kind_nothing_more_is_said() {
    assert_faults!(NewBlock, json!({"type": "html", "text": "<b>"}), ("/type", "unknown_value"));
    assert_faults!(NewBlock, json!({"content": []}), ("/type", "required"));
    let photo = json!({"type": "fact_box", "title": "A", "blocks": [{"type": "photo", "photo": "x"}]});
    assert_faults!(NewBlock, photo, ("/blocks/0/type", "unknown_value"));
}

/// A way to spoil what stands at a place of a block.
type Spoil = fn(&Value) -> Option<Value>;

const SPOILS: [Spoil; 7] = [
    |_| Some(Value::Null),
    |_| Some(json!(-1)),
    |_| Some(json!("a\u{1}b")),
    |_| Some(json!("a".repeat(30_000))),
    |_| Some(json!([{"html": "<b>"}])),
    |_| Some(json!({"html": "<b>"})),
    |json| {
        let mut more = json.as_object()?.clone();
        more.insert("html".to_owned(), json!("<b>"));
        Some(Value::Object(more))
    },
];

/// Every place of a value, as JSON pointers.
fn places(json: &Value) -> Vec<String> {
    let inner: Vec<(String, &Value)> = match json {
        Value::Object(members) => members.iter().map(|(name, inner)| (name.clone(), inner)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(i, inner)| (i.to_string(), inner)).collect(),
        _ => Vec::new(),
    };
    let below = inner.into_iter().flat_map(|(name, inner)| {
        places(inner).into_iter().map(move |place| format!("/{name}{place}")).collect::<Vec<_>>()
    });
    std::iter::once(String::new()).chain(below).collect()
}

/// All blocks spoilt at all places in all ways, and with each member left out, told with the place.
fn spoilt() -> Vec<(String, Value)> {
    let mut spoilt = Vec::new();
    for block in examples() {
        for place in places(&block) {
            for with in SPOILS.iter().filter_map(|spoil| spoil(block.pointer(&place).unwrap())) {
                let mut copy = block.clone();
                *copy.pointer_mut(&place).unwrap() = with;
                spoilt.push((place.clone(), copy));
            }
            let Some((around, name)) = place.rsplit_once('/') else { continue };
            let mut copy = block.clone();
            if let Some(members) = copy.pointer_mut(around).and_then(Value::as_object_mut) {
                members.remove(name);
                spoilt.push((place.clone(), copy));
            }
        }
    }
    spoilt
}

/// Blocks as the OpenAPI document describes them.
fn schema() -> jsonschema::Validator {
    let mut found = Schemas::new();
    crate::schema::add::<NewBlock>(&mut found);
    let schemas: Map<_, _> =
        found.into_iter().map(|(name, schema)| (name, serde_json::to_value(schema).unwrap())).collect();
    let at = format!("#/components/schemas/{}", NewBlock::name());
    jsonschema::validator_for(&json!({"$ref": at, "components": {"schemas": schemas}})).unwrap()
}

// abuse: IN-03, IN-04
#[test]
fn whatever_is_spoilt_is_told_where_it_is_or_around_it() {
    let schema = schema();
    let blocks = spoilt();
    assert!(blocks.len() > 500);
    for (place, block) in blocks {
        let found = faults::<NewBlock>(&block);
        for (pointer, code) in &found {
            assert!(
                pointer.starts_with(&place) || place.starts_with(pointer.as_str()),
                "{code} at {pointer}: {block}"
            );
        }
        assert!(schema.is_valid(&block) || !found.is_empty(), "read, but not described at {place}: {block}");
        if let Ok(Block { id, kind }) = NewBlock::from_json(block) {
            let kept = Block { id: id.unwrap_or_else(|| BlockId::parse("b1").unwrap()), kind };
            let json = serde_json::to_value(&kept).unwrap();
            assert_eq!(serde_json::from_value::<Block>(json).unwrap(), kept);
        }
    }
}

// abuse: IN-04
#[test]
fn no_control_character_gets_into_any_text_of_a_block() {
    for block in examples() {
        for place in places(&block) {
            if !block.pointer(&place).unwrap().is_string() {
                continue;
            }
            for c in ['\0', '\u{1}', '\u{1f}', '\u{7f}', '\u{85}'] {
                let mut copy = block.clone();
                *copy.pointer_mut(&place).unwrap() = json!(format!("a{c}b"));
                assert_eq!(faults::<NewBlock>(&copy).len(), 1, "{place}: {copy}");
            }
        }
    }
    let text = json!({"type": "code", "text": "a\u{0}b"});
    assert_eq!(
        NewBlock::from_json(text).unwrap_err().iter().next().unwrap().violation.rule,
        Rule::ControlCharacter
    );
}
