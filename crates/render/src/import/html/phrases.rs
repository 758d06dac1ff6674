//! Running text of HTML: texts and the marks around them.

use domain::language::Language;
use domain::link::Href;
use domain::span::mark::{Link, Mark};

use super::allowed;
use super::tree::{Element, Grown, Node, NodeId};
use crate::import::report::Report;
use crate::import::running::{Running, with};

/// Reads all that is inside a node. A paragraph or wrapper in it is a line of its own.
pub(super) fn inside(tree: &Grown, id: NodeId, marks: &[Mark], text: &mut Running, report: &mut Report) {
    for &child in tree.children(id) {
        one(tree, child, marks, text, report);
    }
}

/// Reads a node.
pub(super) fn one(tree: &Grown, id: NodeId, marks: &[Mark], text: &mut Running, report: &mut Report) {
    let line = tree.line(id);
    let element = match tree.node(id) {
        Node::Root => return,
        Node::Text(raw) => return text.flow(raw, marks, line),
        Node::Element(element) => element,
    };
    let name = element.name();
    let marks = in_language(element, marks, line, report);
    if name == "br" {
        text.break_line(&marks);
    } else if name == "p" || allowed::parts(name) {
        text.end_line();
        inside(tree, id, &marks, text, report);
        text.end_line();
    } else if let Some(marks) = marked(element, &marks, line, report) {
        inside(tree, id, &marks, text, report);
    } else {
        report.unkept(line, &format!("<{name}> cannot be kept inside running text"));
    }
}

/// The marks inside an element that says in which language it is.
pub(super) fn in_language(element: &Element, marks: &[Mark], line: usize, report: &mut Report) -> Vec<Mark> {
    let tag = element.attribute("lang").filter(|tag| !tag.is_empty());
    match tag.and_then(|tag| report.kept(line, Language::parse(tag))) {
        Some(tag) => with(marks, Mark::Language { tag }),
        None => marks.to_vec(),
    }
}

/// The marks inside an element of running text; `None` where it is none.
pub(super) fn marked(
    element: &Element,
    marks: &[Mark],
    line: usize,
    report: &mut Report,
) -> Option<Vec<Mark>> {
    let mark = match element.name() {
        "a" => {
            let href = element.attribute("href").and_then(|raw| report.kept(line, Href::parse(raw)));
            return Some(match href {
                Some(href) => with(marks, Mark::Link(Link::Href(href))),
                // An anchor of another page, or a fault that was noted.
                None => marks.to_vec(),
            });
        }
        // Some editors wrap all that is copied in a `b` that is not bold.
        "b" | "strong" if is_normal(element) => return Some(marks.to_vec()),
        "b" | "strong" => Mark::Strong,
        "i" | "em" | "cite" => Mark::Emphasis,
        "s" | "del" | "strike" => Mark::Strikethrough,
        "code" => Mark::Code,
        "sup" => Mark::Superscript,
        "sub" => Mark::Subscript,
        "span" | "time" => return Some(marks.to_vec()),
        _ => return None,
    };
    Some(with(marks, mark))
}

fn is_normal(element: &Element) -> bool {
    let style = element.attribute("style").unwrap_or_default();
    style.split(';').any(|rule| {
        let (name, value) = rule.split_once(':').unwrap_or((rule, ""));
        name.trim() == "font-weight" && matches!(value.trim(), "normal" | "400")
    })
}
