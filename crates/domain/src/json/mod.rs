//! Reads JSON as the types of this crate, with every fault and its place. Parsing octets into JSON is not here.

mod object;

use serde_json::Value;

pub use self::object::Object;
use crate::violation::{Faults, Rule, Violation};

/// What an editor may send as JSON.
pub trait FromJson: Sized {
    /// Reads it. Pointers of its faults begin at the value itself.
    fn from_json(json: Value) -> Result<Self, Faults>;
}

/// Lets types that have a `parse` of a text be read from a JSON string.
macro_rules! from_text {
    ($($type:ty),+) => {$(
        impl $crate::json::FromJson for $type {
            fn from_json(json: serde_json::Value) -> Result<Self, $crate::violation::Faults> {
                $crate::json::text(&json, Self::parse)
            }
        }
    )+};
}

pub(crate) use from_text;

/// How much of a name may differ for it to be taken for a slip of another (Jaro-Winkler).
const CLOSE: f64 = 0.85;

/// A string, parsed.
pub fn text<T>(json: &Value, parse: impl FnOnce(&str) -> Result<T, Violation>) -> Result<T, Faults> {
    let text = json.as_str().ok_or_else(|| here(wrong_type("a string")))?;
    parse(text).map_err(here)
}

/// A list. At most `most` items are looked at: past it the list is a fault.
pub fn list<T: FromJson>(json: Value, most: usize) -> Result<Vec<T>, Faults> {
    let Value::Array(items) = json else { return Err(here(wrong_type("a list"))) };
    if items.len() > most {
        return Err(here(Violation::limited(Rule::TooMany, most, format!("at most {most} fit"))));
    }
    let mut faults = Faults::new();
    let mut read = Vec::with_capacity(items.len());
    for (i, item) in items.into_iter().enumerate() {
        match T::from_json(item) {
            Ok(item) => read.push(item),
            Err(found) => faults.extend(found.below(&format!("/{i}"))),
        }
    }
    faults.or(Some(read))
}

/// A violation of the value itself.
pub fn here(violation: Violation) -> Faults {
    violation.at("").into()
}

/// A value of another JSON type than `wanted`.
pub fn wrong_type(wanted: &str) -> Violation {
    Violation::new(Rule::WrongType, format!("must be {wanted}"))
}

/// A name that the contract does not have, with the one that may have been meant.
pub fn unknown(name: &str, known: &[&str], rule: Rule) -> Violation {
    let short: String = name.chars().take(40).collect();
    let close = known
        .iter()
        .map(|known| (strsim::jaro_winkler(&short, known), *known))
        .filter(|(likeness, _)| *likeness >= CLOSE)
        .max_by(|(a, _), (b, _)| a.total_cmp(b));
    let detail = close.map(|(_, meant)| format!("is not known; did you mean `{meant}`?"));
    Violation::new(rule, detail.unwrap_or_else(|| "is not known".to_owned()))
}

/// The JSON pointer of a member (RFC 6901, 4). A long name is cut, so that no answer is longer than its request.
pub fn pointer(name: &str) -> String {
    let short: String = name.chars().take(100).collect();
    format!("/{}", short.replace('~', "~0").replace('/', "~1"))
}

impl FromJson for bool {
    fn from_json(json: Value) -> Result<Self, Faults> {
        json.as_bool().ok_or_else(|| here(wrong_type("true or false")))
    }
}

/// Whole numbers. One that is out of range is told as that, not as another type.
impl FromJson for u16 {
    fn from_json(json: Value) -> Result<Self, Faults> {
        if !(json.is_u64() || json.is_i64()) {
            return Err(here(wrong_type("a whole number")));
        }
        let number = json.as_u64().and_then(|number| Self::try_from(number).ok());
        number.ok_or_else(|| {
            here(Violation::new(Rule::OutOfRange, format!("must be a whole number from 0 to {}", Self::MAX)))
        })
    }
}

#[cfg(test)]
pub(crate) mod tests;
