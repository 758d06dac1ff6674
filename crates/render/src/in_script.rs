//! JSON inside HTML: the one function that writes what stands in a `script` element.

use serde_json::Value;

/// JSON that may stand inside a `script` element as it is. What could end the element or begin a comment, and the line
/// ends that JavaScript knows and JSON does not, are escaped; they stand nowhere but in strings, so it reads the same.
pub(crate) fn json(value: &Value) -> String {
    let mut written = String::new();
    for c in value.to_string().chars() {
        match c {
            '<' => written.push_str("\\u003c"),
            '>' => written.push_str("\\u003e"),
            '&' => written.push_str("\\u0026"),
            '\u{2028}' => written.push_str("\\u2028"),
            '\u{2029}' => written.push_str("\\u2029"),
            c => written.push(c),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    proptest! {
        // abuse: OUT-05
        #[test]
        fn nothing_in_a_script_ends_it_and_all_of_it_reads_the_same(text in "(?s)(.|</script>|<!--|]]>|[\\x00-\\x1f\u{2028}\u{2029}]){0,40}") {
            let value = json!({"headline": text, "list": [text]});
            let written = json(&value);
            prop_assert!(!written.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{}", written);
            prop_assert_eq!(serde_json::from_str::<Value>(&written).unwrap(), value);
        }
    }
}
