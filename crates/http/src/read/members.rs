//! Reads the members of a JSON object one by one and collects every fault. What nobody asked for is a fault too.
//!
//! A reader that is given no object describes what it would read: so the document cannot differ from the reader.

use chrono::TimeDelta;
use domain::article::content::change::Change;
use domain::json::{FromJson, pointer, unknown, wrong_type};
use domain::violation::{Faults, Rule, Violation};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use crate::api::shape::{self, Components, Presence, Shape};

/// What a body can be read as.
pub(crate) trait Input: Sized + 'static {
    /// Its name among the schemas of the document; `None` for a body that says nothing.
    const NAME: Option<&'static str>;

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

    /// A text that `null` clears.
    pub(crate) fn text<T: ToSchema>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Violation>,
    ) -> Change<T> {
        self.note::<T>(name, Presence::Clearable);
        self.change(name, |value| text(name, &value, parse))
    }

    /// A text that can be changed but not cleared.
    pub(crate) fn lasting_text<T: ToSchema>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Violation>,
    ) -> Change<T> {
        self.note::<T>(name, Presence::Optional);
        let change = self.change(name, |value| text(name, &value, parse));
        self.uncleared(name, change)
    }

    /// A text that must be there.
    pub(crate) fn required<T: ToSchema>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Violation>,
    ) -> Option<T> {
        self.note::<T>(name, Presence::Required);
        if self.misses(name) {
            return None;
        }
        self.change(name, |value| text(name, &value, parse)).or(None)
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

    /// A text that must be there and of which the document says no more than its longest length, in characters.
    pub(crate) fn required_private<T>(
        &mut self,
        name: &'static str,
        most_chars: usize,
        example: &str,
        parse: impl FnOnce(&str) -> Result<T, Violation>,
    ) -> Option<T> {
        if let Some(shape) = &mut self.shape {
            let schema = json!({"type": "string", "maxLength": most_chars, "example": example});
            shape.note_as(name, schema, Presence::Required);
        }
        if self.misses(name) {
            return None;
        }
        let change = self.change(name, |value| {
            text(name, &value, |raw| {
                if raw.chars().count() > most_chars {
                    let detail = format!("at most {most_chars} characters fit");
                    return Err(Violation::limited(Rule::TooLong, most_chars, detail));
                }
                parse(raw)
            })
        });
        change.or(None)
    }

    /// The id or slug of a thing, which `null` clears.
    pub(crate) fn name<T>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Violation>,
    ) -> Change<T> {
        if let Some(shape) = &mut self.shape {
            shape.note_as(name, shape::name_of_thing(), Presence::Clearable);
        }
        self.change(name, |value| text(name, &value, parse))
    }

    /// The id or slug of a thing that must be named.
    pub(crate) fn required_name<T>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Violation>,
    ) -> Option<T> {
        if let Some(shape) = &mut self.shape {
            shape.note_as(name, shape::name_of_thing(), Presence::Required);
        }
        if self.misses(name) {
            return None;
        }
        self.change(name, |value| text(name, &value, parse)).or(None)
    }

    /// Yes or no.
    pub(crate) fn flag(&mut self, name: &'static str) -> Change<bool> {
        self.note::<bool>(name, Presence::Optional);
        let change =
            self.change(name, |value| value.as_bool().ok_or_else(|| at(name, wrong_type("true or false"))));
        self.uncleared(name, change)
    }

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
        self.change(name, |value| {
            let mut faults = Faults::new();
            let mut parsed = Vec::new();
            for (i, item) in items(name, value, most)?.into_iter().enumerate() {
                match read::<T>(item) {
                    Ok(item) => parsed.push(item),
                    Err(found) => faults.extend(found.below(&format!("/{name}/{i}"))),
                }
            }
            faults.or(Some(parsed))
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
        if let Some(shape) = &mut self.shape {
            let schema = input::<T>(&mut shape.components);
            shape.note_as(name, schema, Presence::Required);
        }
        if self.misses(name) {
            return None;
        }
        let read = |value| read::<T>(value).map_err(|faults| faults.below(&format!("/{name}")));
        self.change(name, read).or(None)
    }

    /// A number of seconds, of which the document says that it is at most `longest`; whether it fits is the domain's.
    pub(crate) fn seconds(&mut self, name: &'static str, longest: TimeDelta) -> Change<u32> {
        if let Some(shape) = &mut self.shape {
            let most = longest.num_seconds();
            let schema = json!({"type": "integer", "minimum": 1, "maximum": most, "example": 86400});
            shape.note_as(name, schema, Presence::Clearable);
        }
        self.change(name, |value| {
            let seconds = value.as_u64().and_then(|seconds| u32::try_from(seconds).ok());
            seconds.ok_or_else(|| at(name, wrong_type("a number of seconds")))
        })
    }

    /// Notes a fault of a member that was read.
    pub(crate) fn fault(&mut self, name: &str, violation: Violation) {
        self.faults.push(violation.at(format!("/{name}")));
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

    /// The faults that were found, and one for each member that nobody asked for; else `value`.
    pub(crate) fn finish<T>(mut self, value: Option<T>) -> Result<T, Faults> {
        for name in self.rest.keys() {
            self.faults.push(unknown(name, &self.names, Rule::UnknownField).at(pointer(name)));
        }
        self.faults.or(value)
    }
}

fn text<T>(name: &str, value: &Value, parse: impl FnOnce(&str) -> Result<T, Violation>) -> Result<T, Faults> {
    let text = value.as_str().ok_or_else(|| at(name, wrong_type("a string")))?;
    parse(text).map_err(|violation| at(name, violation))
}

fn items(name: &str, value: Value, most: usize) -> Result<Vec<Value>, Faults> {
    let Value::Array(items) = value else { return Err(at(name, wrong_type("a list"))) };
    if items.len() > most {
        return Err(at(name, Violation::limited(Rule::TooMany, most, format!("at most {most} fit"))));
    }
    Ok(items)
}

fn at(name: &str, violation: Violation) -> Faults {
    violation.at(format!("/{name}")).into()
}

#[cfg(test)]
mod tests {
    use domain::article::content::texts::{Headline, Kicker};
    use domain::violation::{Fault, Place};

    use super::*;

    fn faults(body: &Value) -> Vec<(String, &'static str, String)> {
        let read = || {
            let mut members = Members::of(body.clone())?;
            let headline = members.required("headline", Headline::parse);
            members.text("kicker", Kicker::parse);
            members.flag("noindex");
            members.names("tags", 3, |tag| Ok::<_, Violation>(tag.to_owned()));
            members.finish(headline)
        };
        let faults = read().err().into_iter().flatten();
        let told = faults.map(|Fault { place, violation }| {
            let Place::Pointer(pointer) = place else { panic!("a parameter in a body") };
            (pointer, violation.rule.code(), violation.detail)
        });
        told.collect()
    }

    // abuse: IN-03
    #[test]
    fn all_faults_are_told_at_once_with_what_may_have_been_meant() {
        let body = json!({"headlin": "Reef", "kicker": 7, "noindex": "no", "tags": ["a", 1, "b"], "a/~b": 1});
        let found = faults(&body);
        let codes: Vec<_> = found.iter().map(|(pointer, code, _)| (pointer.as_str(), *code)).collect();
        assert_eq!(
            codes,
            [
                ("/headline", "required"),
                ("/kicker", "wrong_type"),
                ("/noindex", "wrong_type"),
                ("/tags/1", "wrong_type"),
                ("/a~1~0b", "unknown_field"),
                ("/headlin", "unknown_field"),
            ]
        );
        assert!(found[5].2.contains("`headline`"), "{found:?}");
        assert!(faults(&json!({"headline": "Reef", "kicker": null})).is_empty());
        assert_eq!(faults(&json!({"headline": "Reef", "tags": [1, 2, 3, 4]})).len(), 1);
        assert_eq!(faults(&json!([]))[0].1, "wrong_type");
    }
}
