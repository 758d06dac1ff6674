//! The one spelling of a query: what is asked alike is spelled alike, whatever the order of its parameters and however
//! their letters are escaped.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::query::form;

/// A query with its parameters by name, and no escape but where one must be.
pub(crate) fn canonical(raw: &str) -> Cow<'_, str> {
    if is_canonical(raw) {
        return Cow::Borrowed(raw);
    }
    let mut pairs = form(raw);
    // A name stands once, or the query is refused.
    pairs.sort();
    let mut spelled = String::with_capacity(raw.len());
    for (name, value) in pairs {
        if !spelled.is_empty() {
            spelled.push('&');
        }
        spell(&mut spelled, &name);
        spelled.push('=');
        spell(&mut spelled, &value);
    }
    Cow::Owned(spelled)
}

fn spell(spelled: &mut String, text: &str) {
    for octet in text.bytes() {
        if is_plain(octet) {
            spelled.push(char::from(octet));
        } else {
            // Writing to a string does not fail.
            let _ = write!(spelled, "%{octet:02X}");
        }
    }
}

/// Letters that mean themselves in a query and that nothing in it is parted by.
const fn is_plain(octet: u8) -> bool {
    octet.is_ascii_alphanumeric() || matches!(octet, b'-' | b'.' | b'_' | b'~' | b',' | b':')
}

/// Whether a query has that spelling already, as those that programs write mostly have.
fn is_canonical(raw: &str) -> bool {
    let mut before = "";
    raw.is_empty()
        || raw.split('&').all(|pair| {
            let Some((name, value)) = pair.split_once('=') else { return false };
            let rises = before < name;
            before = name;
            rises && name.bytes().chain(value.bytes()).all(is_plain)
        })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    // abuse: CA-03
    #[test]
    fn what_is_asked_alike_is_spelled_alike() {
        for raw in [
            "limit=5&section=a,b",
            "section=a,b&limit=5",
            "section=a%2cb&limit=5",
            "&limit=%35&&section=a%2Cb",
        ] {
            assert_eq!(canonical(raw), "limit=5&section=a,b", "{raw}");
        }
        for (raw, spelled) in [
            ("", ""),
            ("&", ""),
            ("q", "q="),
            ("q=a+b", "q=a%20b"),
            ("q=a=b", "q=a%3Db"),
            ("q=%c3%a5", "q=%C3%A5"),
        ] {
            assert_eq!(canonical(raw), spelled, "{raw}");
        }
        assert_ne!(canonical("q=a%26b=c"), canonical("q=a&b=c"));
    }

    proptest! {
        #[test]
        fn a_spelling_is_its_own_and_asks_the_same(raw in "[a-c%&=+,0-9]{0,20}") {
            let spelled = canonical(&raw).into_owned();
            prop_assert_eq!(canonical(&spelled), spelled.as_str());
            let mut asked = form(&raw);
            asked.sort();
            prop_assert_eq!(form(&spelled), asked);
        }
    }
}
