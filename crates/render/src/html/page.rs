//! HTML while it is written: the only place that puts a `<` into it.

/// HTML in which every element is closed. Names of elements and attributes are constants of ours, values are escaped.
#[derive(Debug, Default)]
pub(crate) struct Page(String);

impl Page {
    /// An element with what is inside it.
    pub(crate) fn element(
        &mut self,
        name: &'static str,
        attributes: &[(&'static str, &str)],
        inside: impl FnOnce(&mut Self),
    ) {
        self.open(name, attributes);
        inside(self);
        self.close(name);
    }

    /// An element that nothing can be inside of.
    pub(crate) fn empty(&mut self, name: &'static str) {
        self.open(name, &[]);
    }

    /// A start tag, for elements that are closed elsewhere.
    pub(crate) fn open(&mut self, name: &'static str, attributes: &[(&'static str, &str)]) {
        self.0.push('<');
        self.0.push_str(name);
        for (attribute, value) in attributes {
            self.0.push(' ');
            self.0.push_str(attribute);
            self.0.push_str("=\"");
            self.text(value);
            self.0.push('"');
        }
        self.0.push('>');
    }

    /// An end tag.
    pub(crate) fn close(&mut self, name: &'static str) {
        self.0.push_str("</");
        self.0.push_str(name);
        self.0.push('>');
    }

    /// Text, or the value of an attribute: one way of escaping is safe in both places.
    pub(crate) fn text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                '&' => self.0.push_str("&amp;"),
                '<' => self.0.push_str("&lt;"),
                '>' => self.0.push_str("&gt;"),
                '"' => self.0.push_str("&quot;"),
                '\'' => self.0.push_str("&#39;"),
                c => self.0.push(c),
            }
        }
    }

    pub(crate) fn into_html(self) -> String {
        self.0
    }
}
