//! A body as an editor sends it: as blocks, or in a language that people write. It is read before any transaction
//! begins, so that a long text holds up nobody.

use domain::article::content::body::Body;
use domain::block::NewBlock;
use domain::json::{FromJson, Object, here, list, text, wrong_type};
use domain::violation::{Faults, Rule, Violation};
use serde_json::Value;

/// A body that is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BodySource {
    /// As blocks.
    Blocks(Vec<NewBlock>),
    /// In Markdown.
    Markdown(String),
    /// In HTML.
    Html(String),
}

impl BodySource {
    /// The member of a body in Markdown.
    pub const MARKDOWN: &'static str = "markdown";
    /// The member of a body in HTML.
    pub const HTML: &'static str = "html";

    /// The blocks that it says. What they cannot hold is a fault at its member, with the line of the source.
    pub fn into_blocks(self) -> Result<Vec<NewBlock>, Faults> {
        match self {
            Self::Blocks(blocks) => Ok(blocks),
            Self::Markdown(source) => render::import::markdown::blocks(&source, "/markdown"),
            Self::Html(source) => render::import::html::blocks(&source, "/html"),
        }
    }
}

impl FromJson for BodySource {
    fn from_json(json: Value) -> Result<Self, Faults> {
        match json {
            Value::Array(_) => list(json, Body::MAX_BLOCKS).map(Self::Blocks),
            Value::Object(_) => written(Object::of(json)?),
            _ => Err(here(wrong_type("a list of blocks, or an object with `markdown` or `html`"))),
        }
    }
}

/// Text in one of the languages.
struct Written(String);

impl FromJson for Written {
    fn from_json(json: Value) -> Result<Self, Faults> {
        text(&json, |text| Ok(Self(text.to_owned())))
    }
}

fn written(mut object: Object) -> Result<BodySource, Faults> {
    const NAMES: [&str; 2] = [BodySource::MARKDOWN, BodySource::HTML];
    let source = match NAMES.map(|name| object.has(name)) {
        [true, false] => object.required(NAMES[0]).map(|Written(text)| BodySource::Markdown(text)),
        [false, true] => object.required(NAMES[1]).map(|Written(text)| BodySource::Html(text)),
        [both, _] => {
            let _: [Option<Written>; 2] = NAMES.map(|name| object.optional(name));
            let violation = if both {
                Violation::new(Rule::Inconsistent, "is in Markdown or in HTML, not in both")
            } else {
                Violation::new(Rule::Required, "needs `markdown` or `html`")
            };
            object.at("", Err(violation))
        }
    };
    object.finish(source)
}

#[cfg(test)]
mod tests {
    use domain::block::BlockKind;
    use domain::violation::Place;
    use serde_json::json;

    use super::*;

    fn read(json: Value) -> Result<Vec<NewBlock>, Vec<(String, &'static str)>> {
        let told = |faults: Faults| {
            let told = faults.into_iter().map(|fault| match fault.place {
                Place::Pointer(pointer) => (pointer, fault.violation.rule.code()),
                Place::Parameter(name) => (name, "a parameter in a body"),
            });
            told.collect()
        };
        BodySource::from_json(json).and_then(BodySource::into_blocks).map_err(told)
    }

    #[test]
    fn a_body_is_sent_in_one_way_of_three() {
        for json in [json!([{"type": "divider"}]), json!({"markdown": "***"}), json!({"html": "<hr>"})] {
            let blocks = read(json).unwrap();
            assert_eq!(blocks.into_iter().map(|block| block.kind).collect::<Vec<_>>(), [BlockKind::Divider]);
        }
        for (json, place, code) in [
            (json!({}), "", "required"),
            (json!({"markdown": null}), "/markdown", "required"),
            (json!({"markdown": "a", "html": "b"}), "", "inconsistent"),
            (json!({"markdown": 1}), "/markdown", "wrong_type"),
            (json!({"markdown": "a", "title": "b"}), "/title", "unknown_field"),
            (json!({"html": "<svg>"}), "/html", "unsupported_markup"),
            (json!({"markdown": "<b>"}), "/markdown", "unsupported_markup"),
            (json!([{"type": "divider"}, {"type": "paragraph"}]), "/1/content", "required"),
            (json!("a"), "", "wrong_type"),
        ] {
            let faults = read(json.clone()).unwrap_err();
            assert!(faults.contains(&(place.to_owned(), code)), "{json}: {faults:?}");
        }
    }
}
