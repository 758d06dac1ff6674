//! What a reader of a body or query asks for, written down while it reads nothing: the document's source for inputs.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use utoipa::{PartialSchema, ToSchema};

/// A member of a body, or a parameter of a query.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub(crate) name: &'static str,
    pub(crate) schema: Value,
    pub(crate) presence: Presence,
    /// What is said of it, where its type does not say enough.
    pub(crate) about: Option<&'static str>,
}

/// Whether it must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    /// It must.
    Required,
    /// It may be left out, but not be `null`.
    Optional,
    /// It may be left out, and `null` clears it.
    Clearable,
}

/// All that a reader asks for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Shape {
    pub(crate) asked: Vec<Asked>,
    /// Groups of optional members, one of which must be there whole.
    pub(crate) either: Vec<&'static [&'static str]>,
    /// What is said of the next one.
    pub(crate) about: Option<&'static str>,
    pub(crate) components: Components,
}

/// Named schemas, as the types describe themselves.
pub(crate) type Components = BTreeMap<String, Value>;

impl Shape {
    /// Whether it can be satisfied by nothing at all.
    pub(crate) fn takes_nothing(&self) -> bool {
        self.either.is_empty() && self.asked.iter().all(|asked| asked.presence != Presence::Required)
    }

    /// Notes that `name` is asked for, with the schema of `T`.
    pub(crate) fn note<T: ToSchema>(&mut self, name: &'static str, presence: Presence) {
        let schema = reference::<T>(&mut self.components);
        self.note_as(name, schema, presence);
    }

    /// Notes that `name` is asked for, with a schema of its own.
    pub(crate) fn note_as(&mut self, name: &'static str, schema: Value, presence: Presence) {
        let about = self.about.take();
        self.asked.push(Asked { name, schema, presence, about });
    }

    /// The schema of an object with these members and no other.
    pub(crate) fn object(&self) -> Value {
        let mut properties = serde_json::Map::new();
        for Asked { name, schema, presence, about } in &self.asked {
            let mut schema = match presence {
                Presence::Required | Presence::Optional => schema.clone(),
                Presence::Clearable => nullable(schema),
            };
            if let Some(about) = about {
                schema["description"] = json!(about);
            }
            properties.insert((*name).to_owned(), schema);
        }
        let required: Vec<_> = self
            .asked
            .iter()
            .filter(|asked| asked.presence == Presence::Required)
            .map(|asked| asked.name)
            .collect();
        let mut object = json!({"type": "object", "properties": properties, "additionalProperties": false});
        if !required.is_empty() {
            object["required"] = json!(required);
        }
        if !self.either.is_empty() {
            object["anyOf"] = self.either.iter().map(|group| json!({"required": group})).collect();
        }
        object
    }
}

/// The schema of `T`: by reference where it has a name of its own, which is then among the components.
pub(crate) fn reference<T: ToSchema>(components: &mut Components) -> Value {
    let name = T::name();
    // Types of the language have no name that a client would want to see.
    if name == "String" || name.starts_with(|c: char| c.is_ascii_lowercase()) {
        return value(<T as PartialSchema>::schema());
    }
    if !components.contains_key(&*name) {
        components.insert(name.to_string(), value(T::schema()));
        let mut inner = Vec::new();
        T::schemas(&mut inner);
        for (name, schema) in inner {
            components.entry(name).or_insert_with(|| value(schema));
        }
    }
    named(&name)
}

/// A schema by its name.
pub(crate) fn named(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

fn value(schema: impl serde::Serialize) -> Value {
    // A schema is plain data, whose JSON cannot fail.
    serde_json::to_value(schema).unwrap_or_default()
}

/// The same, or `null`.
pub(crate) fn nullable(schema: &Value) -> Value {
    json!({"oneOf": [{"type": "null"}, schema]})
}

/// A list of up to `most` such items.
pub(crate) fn list(items: &Value, most: usize) -> Value {
    json!({"type": "array", "items": items, "maxItems": most})
}

/// One of these words.
pub(crate) fn words(words: impl Iterator<Item = &'static str>) -> Value {
    json!({"type": "string", "enum": words.collect::<Vec<_>>()})
}

/// The id or the slug of a thing.
pub(crate) fn name_of_thing() -> Value {
    json!({
        "type": "string",
        "description": "The id of the thing, or its slug; a former slug counts too.",
        "minLength": 1,
        "maxLength": 120,
        "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$",
        "example": "world",
    })
}

/// The place where a page of a list begins.
pub(crate) fn cursor() -> Value {
    json!({
        "type": "string",
        "description": "A cursor that an earlier page gave, for the same query.",
        "minLength": 1,
        "maxLength": 512,
        "pattern": "^[A-Za-z0-9_-]+$",
    })
}
