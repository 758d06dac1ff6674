//! An object that is being read, member by member.

use serde_json::{Map, Value};

use super::{FromJson, here, list, pointer, unknown, wrong_type};
use crate::violation::{Fault, Faults, Rule, Violation};

/// An object of which some members were read and others were not yet asked for.
pub struct Object {
    rest: Map<String, Value>,
    names: Vec<&'static str>,
    faults: Faults,
}

impl Object {
    /// Begins to read a value, which must be an object.
    pub fn of(json: Value) -> Result<Self, Faults> {
        match json {
            Value::Object(rest) => Ok(Self { rest, names: Vec::new(), faults: Faults::new() }),
            _ => Err(here(wrong_type("an object"))),
        }
    }

    /// A member that must be there.
    pub fn required<T: FromJson>(&mut self, name: &'static str) -> Option<T> {
        self.required_by(name, T::from_json)
    }

    /// A list of up to `most` items that must be there.
    pub fn list<T: FromJson>(&mut self, name: &'static str, most: usize) -> Option<Vec<T>> {
        self.required_by(name, |json| list(json, most))
    }

    /// A list of up to `most` items, empty where it is absent. It cannot be `null`.
    pub fn list_or_empty<T: FromJson>(&mut self, name: &'static str, most: usize) -> Vec<T> {
        self.names.push(name);
        let json = self.rest.remove(name);
        json.and_then(|json| self.read(name, json, |json| list(json, most))).unwrap_or_default()
    }

    /// A member that must be there, read by `read`.
    pub fn required_by<T>(
        &mut self,
        name: &'static str,
        read: impl FnOnce(Value) -> Result<T, Faults>,
    ) -> Option<T> {
        let json = self.take(name);
        if json.is_none() {
            self.faults.push(Violation::required().at(format!("/{name}")));
        }
        self.read(name, json?, read)
    }

    /// A member that may be absent or `null`.
    pub fn optional<T: FromJson>(&mut self, name: &'static str) -> Option<T> {
        let json = self.take(name)?;
        self.read(name, json, T::from_json)
    }

    /// A member that is what it is by default where it is absent. It cannot be `null`.
    pub fn or_default<T: FromJson + Default>(&mut self, name: &'static str) -> T {
        self.names.push(name);
        let json = self.rest.remove(name);
        json.and_then(|json| self.read(name, json, T::from_json)).unwrap_or_default()
    }

    /// The value of `parsed`, or `None` after noting its violation at `pointer`, which begins at this object.
    pub fn at<T>(&mut self, pointer: impl Into<String>, parsed: Result<T, Violation>) -> Option<T> {
        self.faults.at(pointer, parsed)
    }

    /// The value of `parsed`, or `None` after noting its fault, whose pointer begins at this object.
    pub fn placed<T>(&mut self, parsed: Result<T, Fault>) -> Option<T> {
        parsed.map_err(|fault| self.faults.push(fault)).ok()
    }

    /// Whether a member that was not yet read is there, be it `null`.
    pub fn has(&self, name: &str) -> bool {
        self.rest.contains_key(name)
    }

    /// The faults that were found, and one for each member that nobody asked for; else `value`.
    pub fn finish<T>(mut self, value: Option<T>) -> Result<T, Faults> {
        for name in self.rest.keys() {
            self.faults.push(unknown(name, &self.names, Rule::UnknownField).at(pointer(name)));
        }
        self.faults.or(value)
    }

    /// The faults that were found, where it cannot be told which other members there may be.
    pub fn abandon(self) -> Faults {
        self.faults
    }

    /// A member; `None` where it is absent or `null`.
    fn take(&mut self, name: &'static str) -> Option<Value> {
        self.names.push(name);
        self.rest.remove(name).filter(|json| !json.is_null())
    }

    fn read<T>(
        &mut self,
        name: &str,
        json: Value,
        read: impl FnOnce(Value) -> Result<T, Faults>,
    ) -> Option<T> {
        read(json).map_err(|found| self.faults.extend(found.below(&format!("/{name}")))).ok()
    }
}
