//! The contract keeps its word: its examples fit, and nothing that it promised is taken back without being declared.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use masthead_tests::contract::document;
use serde_json::{Value, json};

/// How deep the members of an answer are looked at: below it, types are shared and looked at elsewhere.
const DEEPEST: usize = 6;

#[test]
fn every_example_fits_its_schema() {
    let mut contents = Vec::new();
    collect(&document()["paths"], "", &mut contents);
    collect(&document()["webhooks"], "", &mut contents);
    collect(&document()["components"]["responses"], "", &mut contents);
    assert!(contents.len() > 80, "only {} examples", contents.len());
    for (place, content) in contents {
        let example = content.get("example").unwrap_or_else(|| panic!("{place}: no example"));
        let schema = json!({"components": document()["components"], "allOf": [content["schema"]]});
        let validator =
            jsonschema::draft202012::new(&schema).unwrap_or_else(|error| panic!("{place}: {error}"));
        let faults: Vec<_> = validator
            .iter_errors(example)
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{place}: {faults:#?}");
    }
}

/// Everything with a schema and, as it should be, an example.
fn collect<'a>(value: &'a Value, place: &str, found: &mut Vec<(String, &'a Value)>) {
    let Value::Object(members) = value else { return };
    for (name, member) in members {
        let place = format!("{place} {name}");
        if name == "content" {
            let contents = member.as_object().expect("media types");
            found.extend(
                contents.iter().map(|(media_type, content)| (format!("{place} {media_type}"), content)),
            );
        } else {
            collect(member, &place, found);
        }
    }
}

#[test]
fn every_type_of_event_has_its_webhook() {
    let told: BTreeSet<_> = document()["webhooks"].as_object().expect("webhooks").keys().collect();
    let topics = document()["components"]["schemas"]["Topic"]["enum"].as_array().expect("names").clone();
    let topics: BTreeSet<_> = topics.iter().map(|name| name.as_str().expect("a name").to_owned()).collect();
    assert_eq!(told, topics.iter().collect());
    let kinds = document()["components"]["schemas"]["EventKind"]["enum"].as_array().expect("names");
    assert_eq!(told.len(), kinds.len() + 1, "those that can be asked for, and the one of a test");
}

#[test]
fn what_was_promised_is_kept_or_its_end_is_declared() {
    let kept = promises(document());
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("promised.txt");
    fs::write(target, kept.iter().map(|line| format!("{line}\n")).collect::<String>())
        .expect("our own directory");
    let lines = |file: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi").join(file);
        let text = fs::read_to_string(path).expect(file);
        text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect::<BTreeSet<_>>()
    };
    let (promised, declared) = (lines("promised.txt"), lines("declared-breaks.txt"));
    let broken: Vec<_> =
        broken(&promised, &kept).into_iter().filter(|line| !declared.contains(line)).collect();
    assert!(
        broken.is_empty(),
        "clients rely on this; where it must change, declare each line in openapi/declared-breaks.txt, and \
         `make promise` when the next release promises anew:\n{}",
        broken.join("\n")
    );
}

#[test]
fn a_break_of_each_kind_is_found() {
    let promised: BTreeSet<_> =
        ["gives GET /v1/a 200 /id", "takes GET /v1/a ?limit"].map(str::to_owned).into();
    let mut kept = promised.clone();
    kept.insert("gives GET /v1/a 200 /slug".to_owned());
    assert!(broken(&promised, &kept).is_empty(), "an addition is no break");
    kept.insert("needs GET /v1/a ?since".to_owned());
    kept.remove("gives GET /v1/a 200 /id");
    assert_eq!(broken(&promised, &kept), ["gives GET /v1/a 200 /id", "needs GET /v1/a ?since"]);
}

/// What was promised and is not kept, and what is newly demanded of an operation that was promised.
fn broken(promised: &BTreeSet<String>, kept: &BTreeSet<String>) -> Vec<String> {
    let known = |line: &str| {
        let operation: Vec<_> = line.split(' ').skip(1).take(2).collect();
        promised.iter().any(|line| line.split(' ').skip(1).take(2).eq(operation.iter().copied()))
    };
    let gone = promised.difference(kept).filter(|line| !line.starts_with("needs "));
    let new = kept.difference(promised).filter(|line| line.starts_with("needs ") && known(line));
    gone.chain(new).cloned().collect()
}

/// The document as lines that can be compared: what each operation takes, needs and gives, and what each webhook gives and
/// takes.
fn promises(document: &Value) -> BTreeSet<String> {
    let mut lines = BTreeSet::new();
    for (kind, item) in document["webhooks"].as_object().expect("webhooks") {
        let told = &item["post"];
        for header in told["parameters"].as_array().into_iter().flatten() {
            let name = resolved(document, header)["name"].as_str().expect("a name");
            lines.insert(format!("gives WEBHOOK {kind} ?{name}"));
        }
        let body = &told["requestBody"]["content"]["application/json"]["schema"];
        let mut tell = |pointer: &str, _: bool, _: usize| {
            lines.insert(format!("gives WEBHOOK {kind} {pointer}"));
        };
        members(document, body, "", &mut tell, 0);
        for status in told["responses"].as_object().expect("responses").keys() {
            lines.insert(format!("takes WEBHOOK {kind} {status}"));
        }
    }
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, told) in item.as_object().expect("operations") {
            let operation = format!("{} {path}", method.to_uppercase());
            for parameter in told["parameters"].as_array().into_iter().flatten() {
                let name = parameter["name"].as_str().expect("a name");
                let verb = if parameter["required"] == true { "needs" } else { "takes" };
                lines.insert(format!("{verb} {operation} ?{name}"));
            }
            let body = &told["requestBody"]["content"]["application/json"]["schema"];
            members(
                document,
                body,
                "",
                &mut |pointer, required, depth| {
                    let verb = if required && depth == 1 { "needs" } else { "takes" };
                    lines.insert(format!("{verb} {operation} {pointer}"));
                },
                0,
            );
            for (status, answer) in told["responses"].as_object().expect("responses") {
                lines.insert(format!("gives {operation} {status}"));
                let schema = &answer["content"]["application/json"]["schema"];
                members(
                    document,
                    schema,
                    "",
                    &mut |pointer, _, _| {
                        lines.insert(format!("gives {operation} {status} {pointer}"));
                    },
                    0,
                );
            }
        }
    }
    lines
}

/// What stands where a reference leads, or else the value itself.
fn resolved<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    match value["$ref"].as_str() {
        Some(target) => resolved(document, document.pointer(target.trim_start_matches('#')).expect(target)),
        None => value,
    }
}

/// Tells each member of a schema with its pointer, whether it is required, and how deep it stands.
fn members(
    document: &Value,
    schema: &Value,
    place: &str,
    tell: &mut dyn FnMut(&str, bool, usize),
    depth: usize,
) {
    let schema = resolved(document, schema);
    if depth == DEEPEST {
        return;
    }
    for choice in schema["oneOf"].as_array().into_iter().flatten() {
        members(document, choice, place, tell, depth);
    }
    if schema["items"].is_object() {
        members(document, &schema["items"], &format!("{place}/*"), tell, depth + 1);
    }
    for (name, member) in schema["properties"].as_object().into_iter().flatten() {
        let place = format!("{place}/{name}");
        let required =
            schema["required"].as_array().is_some_and(|names| names.iter().any(|known| known == name));
        tell(&place, required, depth + 1);
        members(document, member, &place, tell, depth + 1);
    }
}
