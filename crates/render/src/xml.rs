//! XML while it is written: the only place that puts people's words into it.

use std::borrow::Cow;

use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use quick_xml::writer::Writer;

/// XML in which every element is closed. Names of elements and attributes are constants of ours, values are escaped.
pub(crate) struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// A document in UTF-8 with its outermost element.
    pub(crate) fn document(
        root: &'static str,
        attributes: &[(&'static str, &str)],
        inside: impl FnOnce(&mut Self),
    ) -> Vec<u8> {
        let mut xml = Self(Writer::new(Vec::new()));
        xml.write(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)));
        xml.element(root, attributes, inside);
        xml.0.into_inner()
    }

    /// An element with what is inside it.
    pub(crate) fn element(
        &mut self,
        name: &'static str,
        attributes: &[(&'static str, &str)],
        inside: impl FnOnce(&mut Self),
    ) {
        self.write(Event::Start(start(name, attributes)));
        inside(self);
        self.write(Event::End(BytesEnd::new(name)));
    }

    /// An element that holds nothing but text.
    pub(crate) fn text(&mut self, name: &'static str, text: &str) {
        self.element(name, &[], |xml| xml.words(text));
    }

    /// The same, where there is a text.
    pub(crate) fn any_text(&mut self, name: &'static str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(name, text);
        }
    }

    /// An element that holds nothing.
    pub(crate) fn empty(&mut self, name: &'static str, attributes: &[(&'static str, &str)]) {
        self.write(Event::Empty(start(name, attributes)));
    }

    /// Text.
    pub(crate) fn words(&mut self, text: &str) {
        self.write(Event::Text(BytesText::new(&held(text))));
    }

    fn write(&mut self, event: Event<'_>) {
        // A `Vec` takes all that is written to it: there is no failure to tell of.
        let _: std::io::Result<()> = self.0.write_event(event);
    }
}

fn start<'a>(name: &'static str, attributes: &[(&'static str, &'a str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, held(value)));
    }
    start
}

/// The text without the characters that XML 1.0 has no form for, not even an escaped one (2.2): control characters other
/// than tab, line feed and carriage return, and U+FFFE and U+FFFF.
fn held(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_held) { text.into() } else { text.chars().filter(|&c| is_held(c)).collect() }
}

const fn is_held(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use roxmltree::Document;

    use super::*;

    fn written(text: &str) -> String {
        let octets = Xml::document("a", &[("b", text)], |xml| xml.text("c", text));
        String::from_utf8(octets).unwrap()
    }

    proptest! {
        // abuse: OUT-06
        #[test]
        fn any_text_is_read_back_but_for_what_xml_cannot_hold(text in "(?s)(.|[\\x00-\\x20<>&'\"\\]\u{80}-\u{a0}\u{2028}\u{fffe}\u{ffff}\u{1f600}]){0,60}") {
            let xml = written(&text);
            let parsed = Document::parse(&xml).unwrap();
            let held: String = text.chars().filter(|&c| is_held(c)).collect();
            prop_assert_eq!(parsed.root_element().attribute("b"), Some(held.as_str()));
            let inside = parsed.root_element().first_child().unwrap();
            prop_assert_eq!(inside.text().unwrap_or_default(), held.as_str());
        }
    }

    // abuse: OUT-06
    #[test]
    fn what_xml_cannot_hold_is_left_out_and_nothing_else() {
        let text =
            "\0\u{1}\u{8}\t\n\u{b}\r\u{1f} \u{7f}\u{85}\u{2028}\u{fffd}\u{fffe}\u{ffff}\u{1fffe}\u{10ffff}";
        assert_eq!(held(text), "\t\n\r \u{7f}\u{85}\u{2028}\u{fffd}\u{1fffe}\u{10ffff}");
        assert_eq!(
            written("]]><"),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><a b=\"]]&gt;&lt;\"><c>]]&gt;&lt;</c></a>"
        );
    }
}
