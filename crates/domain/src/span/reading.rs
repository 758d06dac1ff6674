//! Running text out of the JSON of an editor.

use serde_json::Value;

use super::mark::{Link, Mark, MarkName};
use super::{Span, Spans, ordered, words};
use crate::json::{FromJson, Object, here, list, text};
use crate::link::Href;
use crate::violation::{Faults, Rule, Violation};

impl FromJson for Spans {
    fn from_json(json: Value) -> Result<Self, Faults> {
        Self::parse(list(json, Self::MAX)?).map_err(here)
    }
}

impl FromJson for Span {
    fn from_json(json: Value) -> Result<Self, Faults> {
        let mut object = Object::of(json)?;
        let text = object.required_by("text", |json| text(&json, words));
        let marks = object.or_default::<Marks>("marks");
        object.finish(text.map(|text| Self { text, marks: marks.0 }))
    }
}

/// The marks of one span, in their order.
#[derive(Default)]
struct Marks(Vec<Mark>);

impl FromJson for Marks {
    fn from_json(json: Value) -> Result<Self, Faults> {
        ordered(list(json, Mark::MOST)?).map(Self).map_err(here)
    }
}

impl FromJson for Mark {
    fn from_json(json: Value) -> Result<Self, Faults> {
        let mut object = Object::of(json)?;
        let Some(name) = object.required("type") else { return Err(object.abandon()) };
        let mark = match name {
            MarkName::Strong => Some(Self::Strong),
            MarkName::Emphasis => Some(Self::Emphasis),
            MarkName::Strikethrough => Some(Self::Strikethrough),
            MarkName::Code => Some(Self::Code),
            MarkName::Superscript => Some(Self::Superscript),
            MarkName::Subscript => Some(Self::Subscript),
            MarkName::Link => link(&mut object).map(Self::Link),
            MarkName::Language => object.required("tag").map(|tag| Self::Language { tag }),
        };
        object.finish(mark)
    }
}

fn link(object: &mut Object) -> Option<Link> {
    if !object.has("article") {
        return object.required("href").map(Link::Href);
    }
    let article = object.required("article").map(Link::Article);
    if object.has("href") {
        object.optional::<Href>("href");
        let both = Violation::new(Rule::Inconsistent, "leads to both an address and an article of ours");
        return object.at("", Err(both));
    }
    article
}
