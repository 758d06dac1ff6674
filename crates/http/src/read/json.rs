//! JSON as it must be: one value, and no member twice (RFC 8259, 4, leaves open what a second one means).

use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// Why a body is no such JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NotJson {
    /// It is no JSON at all, or nested too deeply.
    Malformed,
    /// A member stands twice, at this JSON pointer.
    Twice(String),
}

/// Longest pointer that is told, in characters: names are the client's own words.
const MOST_TOLD: usize = 200;

/// Parses a body. The depth is limited by the parser, to 128.
pub(crate) fn parse(octets: &[u8]) -> Result<Value, NotJson> {
    let twice = RefCell::new(None);
    let mut parser = serde_json::Deserializer::from_slice(octets);
    let read = Reader { at: &Place::Root, twice: &twice }.deserialize(&mut parser);
    match read.and_then(|value| parser.end().map(|()| value)) {
        Ok(value) => Ok(value),
        Err(_) => Err(twice.into_inner().map_or(NotJson::Malformed, NotJson::Twice)),
    }
}

/// Where in a body we are.
enum Place<'a> {
    Root,
    Member(&'a Self, &'a str),
    Item(&'a Self, usize),
}

impl Place<'_> {
    /// As a JSON pointer (RFC 6901).
    fn pointer(&self) -> String {
        match self {
            Self::Root => String::new(),
            Self::Member(outer, name) => {
                format!("{}/{}", outer.pointer(), name.replace('~', "~0").replace('/', "~1"))
            }
            Self::Item(outer, i) => format!("{}/{i}", outer.pointer()),
        }
    }
}

/// Reads the value at one place, in which no object has a member twice.
struct Reader<'a> {
    at: &'a Place<'a>,
    /// Where a member was found twice.
    twice: &'a RefCell<Option<String>>,
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        loop {
            let at = Place::Item(self.at, list.len());
            match items.next_element_seed(Reader { at: &at, twice: self.twice })? {
                Some(item) => list.push(item),
                None => return Ok(Value::Array(list)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let at = Place::Member(self.at, &name);
            if map.contains_key(&name) {
                *self.twice.borrow_mut() = Some(at.pointer().chars().take(MOST_TOLD).collect());
                return Err(A::Error::custom("a member stands twice"));
            }
            let value = members.next_value_seed(Reader { at: &at, twice: self.twice })?;
            map.insert(name, value);
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    // abuse: IN-01
    // abuse: IN-02
    #[test]
    fn a_member_stands_once_at_every_depth() {
        assert_eq!(
            parse(br#"{"a": [1, {"b": null}], "c": 1.5}"#),
            Ok(json!({"a": [1, {"b": null}], "c": 1.5}))
        );
        let twice = |body: &str| parse(body.as_bytes()).unwrap_err();
        assert_eq!(twice(r#"{"a": 1, "a": 1}"#), NotJson::Twice("/a".into()));
        assert_eq!(twice(r#"[{"a": {"/b": 1, "\u002fb": 2}}]"#), NotJson::Twice("/0/a/~1b".into()));
        for body in [r#"{"a": 1} x"#, "{\"a\": \"\u{0}\"}", "", "{'a': 1}", "[1,]", "NaN"] {
            assert_eq!(parse(body.as_bytes()), Err(NotJson::Malformed), "{body}");
        }
        assert_eq!(parse(b"\"\xff\""), Err(NotJson::Malformed));
        assert_eq!(parse("[".repeat(100_000).as_bytes()), Err(NotJson::Malformed));
    }

    proptest! {
        #[test]
        fn whatever_is_sent_is_parsed_or_refused(octets in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Ok(value) = parse(&octets) {
                prop_assert_eq!(serde_json::from_slice::<Value>(&octets).unwrap(), value);
            }
        }
    }
}
