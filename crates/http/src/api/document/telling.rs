//! What members mean. One that says nothing of itself is told as its type is: readers of the document see it where they
//! look, and makers of clients put it above the member.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::schemas::PREFIX;

/// Gives each member of these schemas the description of what it refers to, unless it has its own.
pub(super) fn tell_members(components: &mut BTreeMap<String, Value>) {
    let told: BTreeMap<_, _> = components
        .iter()
        .filter_map(|(name, schema)| Some((format!("{PREFIX}{name}"), schema.get("description")?.clone())))
        .collect();
    for schema in components.values_mut() {
        tell(schema, &told);
    }
}

/// The depth is that of a schema that we wrote.
fn tell(schema: &mut Value, told: &BTreeMap<String, Value>) {
    let Value::Object(parts) = schema else { return };
    if let Some(Value::Object(members)) = parts.get_mut("properties") {
        for member in members.values_mut() {
            if let Some(description) = description(member, told).cloned() {
                member["description"] = description;
            }
            tell(member, told);
        }
    }
    for word in ["oneOf", "anyOf", "allOf"] {
        for choice in parts.get_mut(word).and_then(Value::as_array_mut).into_iter().flatten() {
            tell(choice, told);
        }
    }
    if let Some(items) = parts.get_mut("items") {
        tell(items, told);
    }
}

/// What a schema says of itself, or what it refers to does; of two, one of which is `null`, the other.
fn description<'a>(schema: &'a Value, told: &'a BTreeMap<String, Value>) -> Option<&'a Value> {
    if let Some(own) = schema.get("description") {
        return Some(own);
    }
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        return told.get(reference);
    }
    let choices = schema.get("oneOf")?.as_array()?;
    let mut choices = choices.iter().filter(|choice| choice.get("type") != Some(&json!("null")));
    let only = choices.next()?;
    if choices.next().is_some() { None } else { description(only, told) }
}
