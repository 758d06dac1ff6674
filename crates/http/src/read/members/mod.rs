//! Reads the members of a JSON object one by one and collects every fault. What nobody asked for is a fault too. Members
//! that are one value are in `values`, those that have parts in `parts`.
//!
//! A reader that is given no object describes what it would read: so the document cannot differ from the reader.

mod parts;
#[cfg(test)]
mod tests;
mod values;

use domain::article::content::change::Change;
use domain::json::{pointer, unknown, wrong_type};
use domain::violation::{Faults, Rule, Violation};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::api::shape::{self, Components, Presence, Shape};

/// What a body can be read as.
pub(crate) trait Input: Sized + 'static {
    /// Its name among the schemas of the document; `None` for a body that says nothing.
    const NAME: Option<&'static str>;

    /// What it is, in the document.
    const ABOUT: Option<&'static str> = None;

    /// How much room it needs.
    const ROOM: Room = Room::Usual;

    /// Reads it, or describes itself to members that describe.
    fn read(members: &mut Members) -> Option<Self>;

    /// A body that means something, where one made of the examples of its members would not.
    fn example() -> Option<Value> {
        None
    }
}

/// How large a body may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Room {
    /// As large as the settings say.
    Usual,
    /// 64 KiB: the longest comment, were each of its characters escaped.
    Letter,
    /// 8 KiB: what somebody says who has not proved who they are (abuse AUTH-13).
    Small,
}

/// An action that needs nothing said takes an empty object, or no body.
impl Input for () {
    const NAME: Option<&'static str> = None;

    fn read(_: &mut Members) -> Option<Self> {
        Some(())
    }
}

/// Reads a body as `T`.
pub(crate) fn read<T: Input>(body: Value) -> Result<T, Faults> {
    let mut members = Members::of(body)?;
    let read = T::read(&mut members);
    members.finish(read)
}

/// What a reader of `T` asks for.
pub(crate) fn shape<T: Input>() -> Shape {
    let mut members = Members::describing();
    T::read(&mut members);
    members.shape.unwrap_or_default()
}

/// The schema of `T`, by its name where it has one.
pub(crate) fn input<T: Input>(components: &mut Components) -> Value {
    let shape = shape::<T>();
    let mut object = shape.object();
    components.extend(shape.components);
    if let Some(about) = T::ABOUT {
        object["description"] = json!(about);
    }
    if let Some(example) = T::example() {
        object["example"] = example;
    }
    match T::NAME {
        Some(name) => {
            components.insert(name.to_owned(), object);
            shape::named(name)
        }
        None => object,
    }
}

/// An object that is being read.
pub(crate) struct Members {
    rest: Map<String, Value>,
    names: Vec<&'static str>,
    faults: Faults,
    shape: Option<Shape>,
}

impl Members {
    /// Begins to read a body, which must be an object.
    pub(crate) fn of(body: Value) -> Result<Self, Faults> {
        match body {
            Value::Object(rest) => Ok(Self { rest, names: Vec::new(), faults: Faults::new(), shape: None }),
            _ => Err(wrong_type("an object").at("").into()),
        }
    }

    /// Begins to describe.
    fn describing() -> Self {
        Self { rest: Map::new(), names: Vec::new(), faults: Faults::new(), shape: Some(Shape::default()) }
    }

    /// Says of the member that is read next what its type does not say.
    pub(crate) const fn about(&mut self, about: &'static str) -> &mut Self {
        if let Some(shape) = &mut self.shape {
            shape.about = Some(about);
        }
        self
    }

    /// Says that one of these groups of members must be there whole. Whether it is, the reader finds out.
    pub(crate) fn either(&mut self, groups: &[&'static [&'static str]]) {
        if let Some(shape) = &mut self.shape {
            shape.either = groups.to_vec();
        }
    }

    fn note<T: ToSchema>(&mut self, name: &'static str, presence: Presence) {
        if let Some(shape) = &mut self.shape {
            shape.note::<T>(name, presence);
        }
    }

    /// A member as it is; `Change::Keep` where it is not there, `Change::Clear` where it is `null`.
    fn take(&mut self, name: &'static str) -> Change<Value> {
        self.names.push(name);
        match self.rest.remove(name) {
            None => Change::Keep,
            Some(Value::Null) => Change::Clear,
            Some(value) => Change::Set(value),
        }
    }

    fn change<T>(&mut self, name: &'static str, parse: impl FnOnce(Value) -> Result<T, Faults>) -> Change<T> {
        match self.take(name) {
            Change::Keep => Change::Keep,
            Change::Clear => Change::Clear,
            Change::Set(value) => match parse(value) {
                Ok(value) => Change::Set(value),
                Err(faults) => {
                    self.faults.extend(faults);
                    Change::Keep
                }
            },
        }
    }

    /// What a change says of a member that cannot be cleared.
    fn uncleared<T>(&mut self, name: &'static str, change: Change<T>) -> Change<T> {
        if matches!(change, Change::Clear) {
            self.faults.push(Violation::required().at(format!("/{name}")));
            return Change::Keep;
        }
        change
    }

    /// Whether a member that must be there is not; that is noted as its fault.
    fn misses(&mut self, name: &'static str) -> bool {
        let misses = self.rest.get(name).is_none_or(Value::is_null);
        if misses {
            self.take(name);
            self.faults.push(Violation::required().at(format!("/{name}")));
        }
        misses
    }

    /// Notes a fault of a member that was read.
    pub(crate) fn fault(&mut self, name: &str, violation: Violation) {
        self.faults.push(violation.at(format!("/{name}")));
    }

    /// The faults that were found, and one for each member that nobody asked for; else `value`.
    pub(crate) fn finish<T>(mut self, value: Option<T>) -> Result<T, Faults> {
        for name in self.rest.keys() {
            self.faults.push(unknown(name, &self.names, Rule::UnknownField).at(pointer(name)));
        }
        self.faults.or(value)
    }
}

fn at(name: &str, violation: Violation) -> Faults {
    violation.at(format!("/{name}")).into()
}
