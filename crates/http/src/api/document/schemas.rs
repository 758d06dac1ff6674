//! The schemas of the document. A type describes itself once; what is sent may leave members out that answers always
//! have, so a type that goes both ways may need two schemas.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::limits::limit;
use super::problem::problem;
use super::telling::tell_members;
use super::webhooks::Sent;
use crate::api::operation::Operation;

/// Which way a value goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// To us.
    In,
    /// From us: every member is there.
    Out,
}

/// How a `$ref` to a schema begins.
pub(super) const PREFIX: &str = "#/components/schemas/";

/// Members that an answer leaves out where they have no value: in Portable Text those whose presence means something to
/// its renderers, and in JSON Feed and ninjs, which know no `null`, all of them.
const LEFT_OUT: [(&str, &[&str]); 6] = [
    ("JsonFeedItem", &["authors", "external_url", "image"]),
    ("Ninjs", &["by", "located"]),
    ("NinjsAssociation", &["by", "copyrightNotice", "digitalSourceType", "rightsInfo", "usageTerms"]),
    ("NinjsConcept", &["literal", "uri"]),
    ("NinjsRendition", &["height", "sizeInBytes", "width"]),
    ("PortableTextBlock", &["anchor", "attribution", "level", "listItem"]),
];

/// All named schemas.
pub(super) struct Schemas {
    components: BTreeMap<String, Value>,
    /// Those that have a second form, for what is sent.
    split: BTreeSet<String>,
}

impl Schemas {
    /// Collects what the operations refer to, and what is sent to webhooks.
    pub(super) fn of(operations: &[Operation], sent: &Sent) -> Self {
        let queries = operations.iter().map(|operation| &operation.query.components);
        let taken = operations.iter().map(|operation| &operation.taken).chain(queries);
        let taken: BTreeMap<_, _> =
            taken.flatten().map(|(name, schema)| (name.clone(), schema.clone())).collect();
        let given = operations.iter().flat_map(|operation| &operation.given).chain(&sent.components);
        let given: BTreeMap<_, _> = given.map(|(name, schema)| (name.clone(), schema.clone())).collect();
        let mut all = taken.clone();
        all.extend(given.clone());
        let whole: BTreeMap<_, _> =
            all.iter().map(|(name, schema)| (name.clone(), merged(schema, &all))).collect();
        let used = |roots: Vec<&Value>| {
            let mut names = BTreeSet::new();
            for root in roots {
                references(root, &mut names);
            }
            reachable(names.into_iter(), &whole)
        };
        let bodies = operations.iter().filter_map(|operation| Some(&operation.body.as_ref()?.schema));
        let asked = operations.iter().flat_map(|operation| &operation.query.asked).map(|asked| &asked.schema);
        let answers = operations.iter().flat_map(|operation| &operation.successes);
        let answers = answers.filter_map(|success| success.content.as_ref()).map(|(_, schema)| schema);
        let answers = answers.chain([&sent.schema]);
        let (taken, given) = (used(bodies.chain(asked).collect()), used(answers.collect()));
        let differs = differing(&whole);
        let split: BTreeSet<_> =
            taken.intersection(&given).filter(|name| differs.contains(*name)).cloned().collect();
        let mut schemas = Self { components: BTreeMap::new(), split };
        for (name, schema) in &whole {
            let name_in = if schemas.split.contains(name) { format!("{name}In") } else { name.clone() };
            if taken.contains(name) {
                let schema = schemas.directed(schema, Direction::In);
                schemas.components.insert(name_in, schema);
            }
            if given.contains(name) {
                let mut schema = schemas.directed(schema, Direction::Out);
                leave_out(name, &mut schema);
                schemas.components.insert(name.clone(), schema);
            }
        }
        schemas.components.insert("Problem".to_owned(), problem());
        schemas.components.iter_mut().for_each(|(name, schema)| limit(name, schema));
        tell_members(&mut schemas.components);
        schemas
    }

    /// The named schemas of the document.
    pub(super) fn into_components(self) -> Value {
        json!(self.components)
    }

    /// The schema of a name.
    pub(super) fn named(&self, reference: &str) -> Option<&Value> {
        self.components.get(reference.strip_prefix(PREFIX)?)
    }

    /// A schema as it is in one direction.
    pub(super) fn directed(&self, schema: &Value, direction: Direction) -> Value {
        let mut schema = schema.clone();
        self.direct(&mut schema, direction);
        schema
    }

    /// The depth is that of a schema that we wrote.
    fn direct(&self, schema: &mut Value, direction: Direction) {
        match schema {
            Value::Array(items) => items.iter_mut().for_each(|item| self.direct(item, direction)),
            Value::Object(members) => {
                if let Some(Value::String(reference)) = members.get_mut("$ref") {
                    let name = reference.strip_prefix(PREFIX).unwrap_or_default();
                    if direction == Direction::In && self.split.contains(name) {
                        reference.push_str("In");
                    }
                }
                if direction == Direction::Out {
                    close(members);
                }
                for (name, member) in members.iter_mut() {
                    if !matches!(name.as_str(), "example" | "examples" | "default" | "enum" | "const") {
                        self.direct(member, direction);
                    }
                }
                if let Some(Value::Object(mapping)) =
                    members.get_mut("discriminator").and_then(|told| told.get_mut("mapping"))
                {
                    for target in mapping.values_mut() {
                        self.direct_target(target, direction);
                    }
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    fn direct_target(&self, target: &mut Value, direction: Direction) {
        if let Value::String(reference) = target {
            let name = reference.strip_prefix(PREFIX).unwrap_or_default();
            if direction == Direction::In && self.split.contains(name) {
                reference.push_str("In");
            }
        }
    }
}

/// Says of a schema of [`LEFT_OUT`] which members need not be there.
fn leave_out(name: &str, schema: &mut Value) {
    let left_out = LEFT_OUT.iter().filter(|(of, _)| *of == name).flat_map(|(_, members)| *members);
    for member in left_out {
        if let Some(Value::Array(required)) = schema.get_mut("required") {
            required.retain(|name| name != member);
        }
    }
}

/// Says that all members of an object are there; but not of one that has one member or another.
fn close(schema: &mut Map<String, Value>) {
    if let Some(Value::Object(properties)) = schema.get("properties") {
        let most = schema.get("maxProperties").and_then(Value::as_u64);
        if most.is_some_and(|most| most < properties.len() as u64) {
            return;
        }
        let names: Vec<_> = properties.keys().cloned().collect();
        schema.insert("required".to_owned(), json!(names));
        if schema.get("additionalProperties") == Some(&Value::Bool(false)) {
            schema.remove("additionalProperties");
        }
    }
}

/// A schema in which parts that stand for one object are one object.
fn merged(schema: &Value, all: &BTreeMap<String, Value>) -> Value {
    let Some(Value::Array(parts)) = schema.get("allOf") else { return schema.clone() };
    let mut whole = schema.clone();
    let mut properties = Map::new();
    let mut required = Vec::new();
    for part in parts {
        let part = match part.get("$ref").and_then(Value::as_str) {
            Some(reference) => {
                let named = reference.strip_prefix(PREFIX).and_then(|name| all.get(name));
                named.map_or(Value::Null, |named| merged(named, all))
            }
            None => merged(part, all),
        };
        let Some(Value::Object(members)) = part.get("properties") else { return schema.clone() };
        properties.extend(members.clone());
        required.extend(part.get("required").and_then(Value::as_array).into_iter().flatten().cloned());
    }
    if let Value::Object(members) = &mut whole {
        members.remove("allOf");
    }
    whole["type"] = json!("object");
    whole["properties"] = Value::Object(properties);
    whole["required"] = Value::Array(required);
    whole
}

/// The names to which a schema refers.
fn references(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Array(items) => items.iter().for_each(|item| references(item, found)),
        Value::Object(members) => {
            let name =
                members.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix(PREFIX));
            found.extend(name.map(str::to_owned));
            members.values().for_each(|member| references(member, found));
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What the roots refer to, at any distance. A part that was merged into its whole is not referred to any more.
fn reachable(roots: impl Iterator<Item = String>, all: &BTreeMap<String, Value>) -> BTreeSet<String> {
    let mut open: Vec<_> = roots.collect();
    let mut reached = BTreeSet::new();
    while let Some(name) = open.pop() {
        let Some(schema) = all.get(&name) else { continue };
        if reached.insert(name) {
            let mut next = BTreeSet::new();
            references(schema, &mut next);
            open.extend(next);
        }
    }
    reached
}

/// The names whose values are otherwise when they are sent: they may lack members, and may have no others, while an answer
/// has them all, and may come to have more; or they hold such values.
fn differing(all: &BTreeMap<String, Value>) -> BTreeSet<String> {
    let mut differing: BTreeSet<_> =
        all.iter().filter(|(_, schema)| differs(schema)).map(|(name, _)| name.clone()).collect();
    loop {
        let more: Vec<_> = all
            .iter()
            .filter(|(name, schema)| {
                let mut next = BTreeSet::new();
                references(schema, &mut next);
                !differing.contains(*name) && !next.is_disjoint(&differing)
            })
            .map(|(name, _)| name.clone())
            .collect();
        if more.is_empty() {
            return differing;
        }
        differing.extend(more);
    }
}

/// Whether a schema, or one inside it, has a member that may be left out, or admits no other members.
fn differs(schema: &Value) -> bool {
    match schema {
        Value::Array(items) => items.iter().any(differs),
        Value::Object(members) => {
            let optional = match members.get("properties") {
                Some(Value::Object(properties)) => {
                    let required = members.get("required").and_then(Value::as_array).map_or(0, Vec::len);
                    properties.len() > required
                }
                _ => false,
            };
            let closed = members.get("additionalProperties") == Some(&Value::Bool(false));
            optional || closed || members.values().any(differs)
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}
