//! Quotes of HTML: what stands in a `footer` or a `cite` of its own says whose words they are.

use domain::block::BlockKind;
use domain::block::quote::{Attribution, Quote};
use domain::span::mark::Mark;
use domain::web_url::WebUrl;

use super::phrases;
use super::tree::{Element, Grown, Node, NodeId};
use crate::import::attribution;
use crate::import::report::Report;
use crate::import::running::Running;

/// The class by which our own HTML tells a quote that draws the reader in from one at its place in the text.
const PULLED: &str = "pull-quote";

pub(super) fn quote(
    tree: &Grown,
    id: NodeId,
    element: &Element,
    marks: &[Mark],
    report: &mut Report,
) -> Option<BlockKind> {
    let (mut words, mut by) = (Running::default(), None);
    let shown = seen(tree, id);
    for &child in tree.children(id) {
        if !names_somebody(tree, child, &shown) {
            phrases::one(tree, child, marks, &mut words, report);
        } else if by.replace(child).is_some() {
            report.unkept(tree.line(child), "a second attribution of a quote cannot be kept");
        }
    }
    let source = element.attribute("cite").and_then(|url| report.kept(tree.line(id), WebUrl::parse(url)));
    let attribution = match by {
        Some(by) => Some(attributed(tree, by, source, report)?),
        None if source.is_some() => {
            report.unkept(
                tree.line(id),
                "the source of a quote cannot be kept without the name of who said it",
            );
            None
        }
        None => None,
    };
    if words.is_blank() && attribution.is_none() {
        return None;
    }
    let quote = Quote { content: words.finish(report)?, attribution };
    let pulled =
        element.attribute("class").unwrap_or_default().split_whitespace().any(|class| class == PULLED);
    Some(if pulled { BlockKind::PullQuote(quote) } else { BlockKind::Quote(quote) })
}

/// A `footer`, a paragraph of nothing but a `cite`, or a last `cite` on a line of its own. In a sentence a `cite` is the
/// title of a work.
fn names_somebody(tree: &Grown, id: NodeId, quote: &[NodeId]) -> bool {
    let name = |id: NodeId| tree.element(id).map(Element::name);
    match name(id) {
        Some("footer") => true,
        Some("p") => matches!(seen(tree, id)[..], [only] if name(only) == Some("cite")),
        Some("cite") => match quote {
            [only] => *only == id,
            [.., before, last] => *last == id && matches!(name(*before), Some("p" | "div" | "br")),
            [] => false,
        },
        _ => false,
    }
}

/// What is inside a node, white space aside.
fn seen(tree: &Grown, id: NodeId) -> Vec<NodeId> {
    let blank = |id: NodeId| match tree.node(id) {
        Node::Text(text) => text.trim().is_empty(),
        Node::Root => true,
        Node::Element(_) => false,
    };
    tree.children(id).iter().copied().filter(|&id| !blank(id)).collect()
}

/// Names and positions are plain, so what is marked in them is read without its marks; a link is the source.
fn attributed(tree: &Grown, by: NodeId, source: Option<WebUrl>, report: &mut Report) -> Option<Attribution> {
    let line = tree.line(by);
    let href = tree.below(by).find_map(|id| tree.element(id)?.attribute("href"));
    let linked = href.and_then(|href| report.kept(line, WebUrl::parse(href)));
    if source.is_some() && linked.is_some() && source != linked {
        report.unkept(line, "two sources of one quote cannot be kept");
    }
    let source = linked.or(source);
    let whole = plain(tree, by);
    report.legible(line, &whole)?;
    let cite = tree.below(by).find(|&id| tree.element(id).is_some_and(|element| element.name() == "cite"));
    let parts = cite.map(|cite| plain(tree, cite)).and_then(|name| {
        let (before, rest) = whole.split_once(name.trim_end())?;
        let bare = before.chars().all(|c| c.is_whitespace() || matches!(c, '—' | '–' | '-'));
        bare.then(|| (name.clone(), rest.to_owned()))
    });
    let parsed = match parts {
        Some((name, rest)) => attribution::of_parts(&name, &rest, source),
        None => attribution::of_line(&whole, source),
    };
    report.kept(line, parsed)
}

/// The text of a node on one line.
fn plain(tree: &Grown, id: NodeId) -> String {
    let mut text = Running::default();
    for below in tree.below(id) {
        match tree.node(below) {
            Node::Text(raw) => text.flow(raw, &[], tree.line(below)),
            Node::Element(element) if matches!(element.name(), "br" | "p" | "div") => text.flow(" ", &[], 0),
            Node::Element(_) | Node::Root => {}
        }
    }
    text.text()
}
