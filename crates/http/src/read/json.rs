//! JSON as it must be: one value, and no member twice (RFC 8259, 4, leaves open what a second one means).

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// A value in which no object has a member twice. The depth is limited by the parser, to 128.
struct Strict(Value);

/// Parses a body; `None` for what is not such JSON.
pub(crate) fn parse(octets: &[u8]) -> Option<Value> {
    serde_json::from_slice::<Strict>(octets).ok().map(|Strict(value)| value)
}

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader).map(Strict)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
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
        while let Some(Strict(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        let mut map = Map::new();
        while let Some(name) = members.next_key::<String>()? {
            let Strict(value) = members.next_value()?;
            if map.insert(name, value).is_some() {
                return Err(A::Error::custom("a member stands twice"));
            }
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
            Some(json!({"a": [1, {"b": null}], "c": 1.5}))
        );
        for body in [
            r#"{"a": 1, "a": 1}"#,
            r#"[{"a": {"b": 1, "\u0062": 2}}]"#,
            r#"{"a": 1} x"#,
            "{\"a\": \"\u{0}\"}",
            "",
            "{'a': 1}",
            "[1,]",
            "NaN",
        ] {
            assert_eq!(parse(body.as_bytes()), None, "{body}");
        }
        assert_eq!(parse(b"\"\xff\""), None);
        assert_eq!(parse("[".repeat(100_000).as_bytes()), None);
    }

    proptest! {
        #[test]
        fn whatever_is_sent_is_parsed_or_refused(octets in prop::collection::vec(any::<u8>(), 0..200)) {
            if let Some(value) = parse(&octets) {
                prop_assert_eq!(serde_json::from_slice::<Value>(&octets).unwrap(), value);
            }
        }
    }
}
