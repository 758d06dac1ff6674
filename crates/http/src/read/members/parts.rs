//! Members that have parts: lists, objects, and values that know their own JSON.

use domain::article::content::change::Change;
use domain::json::{FromJson, wrong_type};
use domain::violation::{Faults, Rule, Violation};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::{Input, Members, at, input, read};
use crate::api::shape::{self, Components, Presence};

impl Members {
    /// A list of ids or slugs of things. At most `most` are looked at: past it the list is a fault.
    pub(crate) fn names<T>(
        &mut self,
        name: &'static str,
        most: usize,
        parse: impl Fn(&str) -> Result<T, Violation>,
    ) -> Change<Vec<T>> {
        if let Some(shape) = &mut self.shape {
            shape.note_as(name, shape::list(&shape::name_of_thing(), most), Presence::Clearable);
        }
        self.change(name, |value| {
            let mut faults = Faults::new();
            let parsed: Vec<_> = items(name, value, most)?
                .into_iter()
                .enumerate()
                .filter_map(|(i, item)| {
                    let parsed = item.as_str().ok_or_else(|| wrong_type("a string")).and_then(&parse);
                    faults.at(format!("/{name}/{i}"), parsed)
                })
                .collect();
            faults.or(Some(parsed))
        })
    }

    /// A list of objects, each read as `T`.
    pub(crate) fn objects<T: Input>(&mut self, name: &'static str, most: usize) -> Change<Vec<T>> {
        if let Some(shape) = &mut self.shape {
            let item = input::<T>(&mut shape.components);
            shape.note_as(name, shape::list(&item, most), Presence::Clearable);
        }
        self.change(name, |value| objects(name, items(name, value, most)?))
    }

    /// A list of objects that must be there and hold one at least, each read as `T`.
    pub(crate) fn required_objects<T: Input>(&mut self, name: &'static str, most: usize) -> Option<Vec<T>> {
        let describe = |components: &mut Components| {
            let mut list = shape::list(&input::<T>(components), most);
            list["minItems"] = json!(1);
            list
        };
        self.required_by(name, describe, |value| {
            let items = items(name, value, most)?;
            if items.is_empty() {
                return Err(at(name, Violation::limited(Rule::TooFew, 1, "names nothing")));
            }
            objects(name, items)
        })
    }

    /// An object, read as `T`.
    pub(crate) fn object<T: Input>(&mut self, name: &'static str) -> Change<T> {
        self.read_by(name, input::<T>, |value| {
            read::<T>(value).map_err(|faults| faults.below(&format!("/{name}")))
        })
    }

    /// An object that must be there, read as `T`.
    pub(crate) fn required_object<T: Input>(&mut self, name: &'static str) -> Option<T> {
        self.required_by(name, input::<T>, |value| {
            read::<T>(value).map_err(|faults| faults.below(&format!("/{name}")))
        })
    }

    /// A value of the domain that knows its own JSON, and that `null` clears.
    pub(crate) fn value<T: FromJson + ToSchema>(&mut self, name: &'static str) -> Change<T> {
        self.note::<T>(name, Presence::Clearable);
        self.change(name, |value| T::from_json(value).map_err(|faults| faults.below(&format!("/{name}"))))
    }

    /// A value whose reader and schema are given.
    pub(crate) fn read_by<T>(
        &mut self,
        name: &'static str,
        describe: impl FnOnce(&mut Components) -> Value,
        read: impl FnOnce(Value) -> Result<T, Faults>,
    ) -> Change<T> {
        if let Some(shape) = &mut self.shape {
            let schema = describe(&mut shape.components);
            shape.note_as(name, schema, Presence::Clearable);
        }
        self.change(name, read)
    }

    /// A value that must be there, whose reader and schema are given.
    pub(crate) fn required_by<T>(
        &mut self,
        name: &'static str,
        describe: impl FnOnce(&mut Components) -> Value,
        read: impl FnOnce(Value) -> Result<T, Faults>,
    ) -> Option<T> {
        if let Some(shape) = &mut self.shape {
            let schema = describe(&mut shape.components);
            shape.note_as(name, schema, Presence::Required);
        }
        if self.misses(name) {
            return None;
        }
        self.change(name, read).or(None)
    }
}

fn objects<T: Input>(name: &str, items: Vec<Value>) -> Result<Vec<T>, Faults> {
    let mut faults = Faults::new();
    let mut parsed = Vec::new();
    for (i, item) in items.into_iter().enumerate() {
        match read::<T>(item) {
            Ok(item) => parsed.push(item),
            Err(found) => faults.extend(found.below(&format!("/{name}/{i}"))),
        }
    }
    faults.or(Some(parsed))
}

fn items(name: &str, value: Value, most: usize) -> Result<Vec<Value>, Faults> {
    let Value::Array(items) = value else { return Err(at(name, wrong_type("a list"))) };
    if items.len() > most {
        return Err(at(name, Violation::limited(Rule::TooMany, most, format!("at most {most} fit"))));
    }
    Ok(items)
}
