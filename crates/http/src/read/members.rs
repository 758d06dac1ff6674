//! Reads the members of a JSON object one by one and collects every fault. What nobody asked for is a fault too.

use domain::article::content::change::Change;
use domain::violation::{Fault, Faults, Place, Rule, Violation};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// How much of a name may differ for it to be taken for a slip of another (Jaro-Winkler).
const CLOSE: f64 = 0.85;

/// An object that is being read.
pub(crate) struct Members {
    rest: Map<String, Value>,
    names: Vec<&'static str>,
    faults: Faults,
}

impl Members {
    /// Begins to read a body, which must be an object.
    pub(crate) fn of(body: Value) -> Result<Self, Faults> {
        match body {
            Value::Object(rest) => Ok(Self { rest, names: Vec::new(), faults: Faults::new() }),
            _ => Err(wrong_type("an object").at("").into()),
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

    /// A text.
    pub(crate) fn text<T>(
        &mut self,
        name: &'static str,
        parse: fn(&str) -> Result<T, Violation>,
    ) -> Change<T> {
        self.change(name, |value| match value {
            Value::String(text) => parse(&text).map_err(|violation| at(name, violation)),
            _ => Err(at(name, wrong_type("a string"))),
        })
    }

    /// A text that must be there.
    pub(crate) fn required<T>(
        &mut self,
        name: &'static str,
        parse: impl FnOnce(&str) -> Result<T, Violation>,
    ) -> Option<T> {
        match self.take(name) {
            Change::Keep | Change::Clear => {
                self.faults.push(Violation::required().at(format!("/{name}")));
                None
            }
            Change::Set(Value::String(text)) => self.faults.at(format!("/{name}"), parse(&text)),
            Change::Set(_) => {
                self.faults.push(wrong_type("a string").at(format!("/{name}")));
                None
            }
        }
    }

    /// Yes or no.
    pub(crate) fn flag(&mut self, name: &'static str) -> Change<bool> {
        self.change(name, |value| value.as_bool().ok_or_else(|| at(name, wrong_type("true or false"))))
    }

    /// A list, each item parsed by itself. At most `most` items are looked at: past it the list is a fault.
    pub(crate) fn list<T>(
        &mut self,
        name: &'static str,
        most: usize,
        parse: impl Fn(Value) -> Result<T, Violation>,
    ) -> Change<Vec<T>> {
        self.change(name, |value| {
            let Value::Array(items) = value else { return Err(at(name, wrong_type("a list"))) };
            if items.len() > most {
                return Err(at(name, Violation::limited(Rule::TooMany, most, format!("at most {most} fit"))));
            }
            let mut faults = Faults::new();
            let parsed: Vec<_> = items
                .into_iter()
                .enumerate()
                .filter_map(|(i, item)| faults.at(format!("/{name}/{i}"), parse(item)))
                .collect();
            faults.or(Some(parsed))
        })
    }

    /// A list of objects, each read by `read`.
    pub(crate) fn objects<T>(
        &mut self,
        name: &'static str,
        most: usize,
        read: impl Fn(&mut Members) -> Option<T>,
    ) -> Change<Vec<T>> {
        self.change(name, |value| {
            let Value::Array(items) = value else { return Err(at(name, wrong_type("a list"))) };
            if items.len() > most {
                return Err(at(name, Violation::limited(Rule::TooMany, most, format!("at most {most} fit"))));
            }
            let mut faults = Faults::new();
            let mut parsed = Vec::new();
            for (i, item) in items.into_iter().enumerate() {
                let item = Members::of(item).and_then(|mut members| {
                    let item = read(&mut members);
                    members.finish(item)
                });
                match item {
                    Ok(item) => parsed.push(item),
                    Err(found) => faults.extend(found.into_iter().map(|fault| below(name, i, fault))),
                }
            }
            faults.or(Some(parsed))
        })
    }

    /// A value of the domain that knows its own JSON.
    pub(crate) fn value<T: DeserializeOwned>(&mut self, name: &'static str) -> Change<T> {
        self.change(name, |value| parsed(value).map_err(|violation| at(name, violation)))
    }

    /// The faults that were found, and one for each member that nobody asked for; else `value`.
    pub(crate) fn finish<T>(mut self, value: Option<T>) -> Result<T, Faults> {
        for name in self.rest.keys() {
            self.faults.push(unknown(name, &self.names, Rule::UnknownField).at(pointer(name)));
        }
        self.faults.or(value)
    }
}

/// A JSON value as one of the domain.
pub(crate) fn parsed<T: DeserializeOwned>(value: Value) -> Result<T, Violation> {
    serde_json::from_value(value).map_err(|error| of_serde(&error.to_string()))
}

/// What a parser of the domain says, without the names of our types.
fn of_serde(message: &str) -> Violation {
    let (rule, detail) = if message.starts_with("invalid type") || message.starts_with("invalid value") {
        (Rule::WrongType, "has another JSON type than the contract's".to_owned())
    } else if message.starts_with("missing field") {
        (Rule::Required, message.to_owned())
    } else if message.starts_with("unknown field") {
        (Rule::UnknownField, message.to_owned())
    } else if message.starts_with("unknown variant") {
        (Rule::UnknownValue, message.to_owned())
    } else {
        of_domain(message).unwrap_or_else(|| (Rule::BadFormat, message.to_owned()))
    };
    Violation::new(rule, detail)
}

/// The rule of a violation that came as text: serde carries no more of it, and it begins with its code.
fn of_domain(message: &str) -> Option<(Rule, String)> {
    let (code, detail) = message.split_once(": ")?;
    let rule = Rule::ALL.into_iter().find(|rule| rule.code() == code)?;
    Some((rule, detail.to_owned()))
}

/// A name that the contract does not have, with the one that may have been meant.
pub(crate) fn unknown(name: &str, known: &[&str], rule: Rule) -> Violation {
    let short: String = name.chars().take(40).collect();
    let close = known
        .iter()
        .map(|known| (strsim::jaro_winkler(&short, known), *known))
        .filter(|(likeness, _)| *likeness >= CLOSE)
        .max_by(|(a, _), (b, _)| a.total_cmp(b));
    Violation::new(
        rule,
        match close {
            Some((_, meant)) => format!("is not known; did you mean `{meant}`?"),
            None => "is not known".to_owned(),
        },
    )
}

/// A fault of an item, seen from the whole body.
fn below(name: &str, i: usize, fault: Fault) -> Fault {
    match fault.place {
        Place::Pointer(pointer) => fault.violation.at(format!("/{name}/{i}{pointer}")),
        Place::Parameter(name) => fault.violation.in_parameter(name),
    }
}

fn wrong_type(wanted: &str) -> Violation {
    Violation::new(Rule::WrongType, format!("must be {wanted}"))
}

fn at(name: &str, violation: Violation) -> Faults {
    violation.at(format!("/{name}")).into()
}

/// The JSON pointer of a member (RFC 6901, 4).
fn pointer(name: &str) -> String {
    let short: String = name.chars().take(100).collect();
    format!("/{}", short.replace('~', "~0").replace('/', "~1"))
}

#[cfg(test)]
mod tests {
    use domain::article::content::texts::{Headline, Kicker};
    use serde_json::json;

    use super::*;

    fn faults(body: &Value) -> Vec<(String, &'static str, String)> {
        let read = || {
            let mut members = Members::of(body.clone())?;
            let headline = members.required("headline", Headline::parse);
            members.text("kicker", Kicker::parse);
            members.flag("noindex");
            members
                .list("tags", 3, |tag| tag.as_str().map(str::to_owned).ok_or_else(|| wrong_type("a string")));
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
