//! Examples: those of the members, put together.

use serde_json::{Map, Value, json};

use super::schemas::Schemas;

/// How deep an example goes: a tree of sections shows one below another, and no more.
const DEEPEST: usize = 8;

/// An example of a schema.
pub(super) fn example(schema: &Value, schemas: &Schemas) -> Value {
    compose(schema, schemas, &mut Vec::new())
}

fn compose<'a>(schema: &'a Value, schemas: &'a Schemas, open: &mut Vec<&'a str>) -> Value {
    if let Some(given) = given(schema) {
        return given.clone();
    }
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let Some(named) = schemas.named(reference) else { return Value::Null };
        open.push(reference);
        let example = compose(named, schemas, open);
        open.pop();
        return example;
    }
    if let Some(choices) = schema.get("oneOf").or_else(|| schema.get("anyOf")).and_then(Value::as_array) {
        let is_null = |choice: &&Value| choice["type"] == "null";
        if choices.iter().any(|choice| is_null(&choice)) && recurs(schema, open) {
            return Value::Null;
        }
        let first = choices.iter().find(|choice| !is_null(choice));
        return first.map_or(Value::Null, |choice| compose(choice, schemas, open));
    }
    match kind(schema) {
        "object" => {
            let members = schema.get("properties").and_then(Value::as_object);
            let members = members.into_iter().flatten();
            let members = members.map(|(name, member)| (name.clone(), compose(member, schemas, open)));
            Value::Object(members.collect::<Map<_, _>>())
        }
        "array" if recurs(schema, open) || open.len() > DEEPEST => json!([]),
        "array" => schema.get("items").map_or(json!([]), |items| json!([compose(items, schemas, open)])),
        "boolean" => json!(false),
        "integer" | "number" => schema.get("minimum").cloned().unwrap_or(json!(1)),
        "string" => json!("text"),
        _ => Value::Null,
    }
}

/// The example that the schema gives itself.
fn given(schema: &Value) -> Option<&Value> {
    schema
        .get("example")
        .or_else(|| schema.get("examples")?.get(0))
        .or_else(|| schema.get("const"))
        .or_else(|| schema.get("enum")?.get(0))
        .or_else(|| schema.get("default"))
}

fn kind(schema: &Value) -> &str {
    match schema.get("type") {
        Some(Value::String(kind)) => kind,
        Some(Value::Array(kinds)) => {
            kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null").unwrap_or("null")
        }
        _ => "object",
    }
}

/// Whether the schema leads back to one that is being shown.
fn recurs(schema: &Value, open: &[&str]) -> bool {
    match schema {
        Value::Array(items) => items.iter().any(|item| recurs(item, open)),
        Value::Object(members) => {
            let target = members.get("$ref").and_then(Value::as_str);
            target.is_some_and(|target| open.contains(&target))
                || members.values().any(|member| recurs(member, open))
        }
        _ => false,
    }
}
