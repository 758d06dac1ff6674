//! Holds answers against the committed OpenAPI document (abuse.md, G5).

use std::collections::{BTreeSet, HashMap};
use std::path::Path;
use std::sync::{Mutex, OnceLock};

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::cdn::Order;

/// The document. Its drift from the code is a test of its own.
pub fn document() -> &'static Value {
    static DOCUMENT: OnceLock<Value> = OnceLock::new();
    DOCUMENT.get_or_init(|| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../openapi/openapi.json");
        let text = std::fs::read_to_string(path).expect("openapi/openapi.json is committed");
        serde_json::from_str(&text).expect("openapi.json is JSON")
    })
}

/// Its schemas, where each object has no other members than those that it tells of: clients must take what they do not
/// know, and we must not send it.
fn strict_components() -> &'static Value {
    static STRICT: OnceLock<Value> = OnceLock::new();
    STRICT.get_or_init(|| {
        let mut components = document()["components"].clone();
        close(&mut components);
        components
    })
}

fn close(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(close),
        Value::Object(members) => {
            if members.get("properties").is_some_and(Value::is_object) && !members.contains_key("allOf") {
                members.entry("additionalProperties").or_insert(json!(false));
            }
            members.values_mut().for_each(close);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Panics where the document does not tell of such an answer, or tells of another body. A path that the document does
/// not have must be refused.
#[track_caller]
pub(crate) fn hold(answer: &Answer) {
    let document = document();
    let path = answer.path.split('?').next().unwrap_or_default();
    let Some((template, item)) = item_of(document, path) else {
        assert!(
            answer.status >= 400 || !path.starts_with("/v1/"),
            "{}: answered {}, but the OpenAPI document has no such path",
            answer.to,
            answer.status
        );
        return;
    };
    let method = if answer.method == "HEAD" { "get".to_owned() } else { answer.method.to_lowercase() };
    let Some(operation) = item.get(&method) else {
        assert!(answer.status >= 400 || method == "options", "{}: {} undocumented", answer.to, answer.status);
        return;
    };
    let response = operation["responses"].get(answer.status.to_string());
    let response = response.unwrap_or_else(|| {
        panic!(
            "{}: the OpenAPI document tells of no {} for {method} {template}: {answer}",
            answer.to, answer.status
        )
    });
    let response = resolve(document, response);
    if answer.status < 400 {
        hold_headers(answer, &response["headers"]);
    }
    if answer.body.is_empty() || response.get("content").is_none() {
        return;
    }
    // What is coded was held against its schema as it is.
    if answer.headers.contains_key("content-encoding") {
        return;
    }
    // Octets of a picture are told by their range of types, and are no JSON to be held against a schema.
    if answer.media_type().starts_with("image/") && !response["content"]["image/*"].is_null() {
        return;
    }
    let schema = &response["content"][answer.media_type()]["schema"];
    assert!(!schema.is_null(), "{}: the OpenAPI document has no {} here", answer.to, answer.media_type());
    if answer.media_type().ends_with("json") {
        let key = format!("{method} {template} {} {}", answer.status, answer.media_type());
        let faults = faults(&key, schema, &answer.json());
        assert!(faults.is_empty(), "{}: not as the OpenAPI document says: {faults:#?}\n{answer}", answer.to);
    }
}

/// Headers of which clients make something, and which nothing tells of but the operation that sends them.
const OWN_HEADERS: [&str; 7] =
    ["accept-ranges", "content-range", "etag", "last-modified", "link", "location", "surrogate-key"];

/// Panics where an answer has such a header that is not told of, or lacks one that is told of as always there.
#[track_caller]
fn hold_headers(answer: &Answer, told: &Value) {
    let told: HashMap<_, _> = told
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, header)| (name.to_lowercase(), resolve(document(), header)))
        .collect();
    for name in OWN_HEADERS {
        let is_sent = answer.headers.contains_key(name);
        let is_promised = told.get(name).is_some_and(|header| header["required"] == true);
        assert!(!is_sent || told.contains_key(name), "{}: {name} is undocumented: {answer}", answer.to);
        assert!(is_sent || !is_promised, "{}: {name} is promised: {answer}", answer.to);
    }
}

/// What is wrong with something that a webhook was sent, by the webhooks of the document.
#[track_caller]
pub fn faults_of_told(order: &Order) -> Vec<String> {
    let body: Value = serde_json::from_str(&order.body).expect("JSON");
    let kind = body["type"].as_str().expect("the type of an event");
    let told = &document()["webhooks"][kind]["post"];
    if !told.is_object() {
        return vec![format!("there is no webhook {kind}")];
    }
    let headers = told["parameters"].as_array().expect("headers").iter().flat_map(|header| {
        let header = resolve(document(), header);
        let name = header["name"].as_str().expect("a name");
        let Some((_, value)) = order.headers.iter().find(|(own, _)| own == name) else {
            return vec![format!("{name} is missing")];
        };
        // A header is a text: one that stands for a number is a number.
        let value = value.parse::<u64>().map_or_else(|_| json!(value), |number| json!(number));
        let faults = faults(name, &header["schema"], &value);
        faults.into_iter().map(|fault| format!("{name} {fault}")).collect()
    });
    let mut schema = told["requestBody"]["content"]["application/json"]["schema"].clone();
    close(&mut schema);
    headers.chain(faults(kind, &schema, &body)).collect()
}

/// What is wrong with a value by a schema of the document, which is known by `key`.
#[track_caller]
fn faults(key: &str, schema: &Value, value: &Value) -> Vec<String> {
    static VALIDATORS: OnceLock<Mutex<HashMap<String, Validator>>> = OnceLock::new();
    let validators = VALIDATORS.get_or_init(Mutex::default);
    let mut validators = validators.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let validator = validators.entry(key.to_owned()).or_insert_with(|| {
        let whole = json!({"components": strict_components(), "allOf": [schema]});
        jsonschema::draft202012::new(&whole).unwrap_or_else(|error| panic!("the schema of {key}: {error}"))
    });
    validator.iter_errors(value).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
}

/// The operation of a method and a path, with its path template.
pub(crate) fn operation(method: &str, path: &str) -> Option<(&'static str, &'static Value)> {
    let (template, item) = item_of(document(), path)?;
    Some((template, item.get(method.to_lowercase())?))
}

/// Every operation that changes something, but for those that take a file: its method and its path template.
pub(crate) fn writes() -> BTreeSet<(String, String)> {
    let paths = document()["paths"].as_object().expect("paths");
    let operations = paths.iter().flat_map(|(path, item)| {
        let operations = item.as_object().expect("operations").iter();
        let forms = |told: &Value| told.pointer("/requestBody/content/multipart~1form-data").is_some();
        operations
            .filter(move |(_, told)| !forms(told))
            .map(move |(method, _)| (method.to_uppercase(), path.clone()))
    });
    operations.filter(|(method, _)| method != "GET").collect()
}

/// The path template that fits, one with fewer parameters before one with more.
fn item_of<'a>(document: &'a Value, path: &str) -> Option<(&'a String, &'a Value)> {
    let fits = |template: &str| {
        let (mut ours, mut theirs) = (template.split('/'), path.split('/'));
        loop {
            match (ours.next(), theirs.next()) {
                (None, None) => return true,
                (Some(our), Some(their)) if our == their || fills(our, their) => {}
                _ => return false,
            }
        }
    };
    let paths = document["paths"].as_object()?;
    paths
        .iter()
        .filter(|(template, _)| fits(template))
        .min_by_key(|(template, _)| template.matches('{').count())
}

/// Whether a segment is one of a template, whose parameters may have letters before, between and behind them.
fn fills(template: &str, segment: &str) -> bool {
    let Some((before, rest)) = template.split_once('{') else { return template == segment };
    let Some((_, behind)) = rest.split_once('}') else { return false };
    let Some(rest) = segment.strip_prefix(before) else { return false };
    // A parameter has at least one letter.
    rest.char_indices()
        .skip(1)
        .map(|(at, _)| &rest[at..])
        .chain([""])
        .any(|left| !rest.is_empty() && fills(behind, left))
}

/// What a `$ref` into the same document names.
fn resolve<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    match value.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#')) {
        Some(pointer) => document.pointer(pointer).unwrap_or_else(|| panic!("nothing at {pointer}")),
        None => value,
    }
}
