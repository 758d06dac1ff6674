//! The tree of an HTML source as blocks, one after another in the order of reading.

use std::collections::HashSet;

use domain::block::code::{Code, CodeLanguage, CodeText};
use domain::block::heading::{Heading, HeadingLevel};
use domain::block::list::{List, ListItem, ListOrder};
use domain::block::{BlockKind, NewBlock, Paragraph};
use domain::slug::Slug;
use domain::span::mark::Mark;

use super::tree::{Element, Grown, Node, NodeId, Tree};
use super::{allowed, phrases, quotes, table};
use crate::import::new;
use crate::import::report::Report;
use crate::import::running::Running;

/// Reads all blocks of a tree.
pub(super) fn read(tree: &Grown, report: &mut Report) -> Vec<NewBlock> {
    let mut reader =
        Reader { tree, report, blocks: Vec::new(), open: Running::default(), anchors: HashSet::new() };
    reader.inside(Tree::ROOT, &[]);
    reader.end_paragraph();
    reader.blocks
}

struct Reader<'a> {
    tree: &'a Grown,
    report: &'a mut Report,
    blocks: Vec<NewBlock>,
    /// Text that has not met the end of its paragraph.
    open: Running,
    anchors: HashSet<Slug>,
}

impl<'a> Reader<'a> {
    /// Reads what is inside a node that parts nothing. The depth is limited by the parser.
    fn inside(&mut self, id: NodeId, marks: &[Mark]) {
        let tree = self.tree;
        for &child in tree.children(id) {
            if self.report.is_full() {
                return;
            }
            match tree.node(child) {
                Node::Root => {}
                Node::Text(text) => self.open.flow(text, marks, tree.line(child)),
                Node::Element(element) => self.element(child, element, marks),
            }
        }
    }

    fn element(&mut self, id: NodeId, element: &'a Element, marks: &[Mark]) {
        let line = self.tree.line(id);
        let marks = phrases::in_language(element, marks, line, self.report);
        let name = element.name();
        if name == "br" {
            return self.open.break_line(&marks);
        }
        if let Some(marks) = phrases::marked(element, &marks, line, self.report) {
            return self.inside(id, &marks);
        }
        self.end_paragraph();
        let kind = match name {
            "p" => {
                self.inside(id, &marks);
                self.end_paragraph();
                None
            }
            name if allowed::parts(name) => {
                self.inside(id, &marks);
                self.end_paragraph();
                None
            }
            "h2" => self.heading(id, element, 2, &marks),
            "h3" => self.heading(id, element, 3, &marks),
            "h4" => self.heading(id, element, 4, &marks),
            "ul" => self.list(id, ListOrder::Unordered, &marks).map(BlockKind::List),
            "ol" => self.list(id, ListOrder::Ordered, &marks).map(BlockKind::List),
            "blockquote" => quotes::quote(self.tree, id, element, &marks, self.report),
            "pre" => self.code(id),
            "hr" => Some(BlockKind::Divider),
            "table" => table::table(self.tree, id, &marks, self.report),
            _ if allowed::element(name).is_none() => {
                self.report.unkept(line, &format!("<{name}> cannot be kept here"));
                None
            }
            // Noted where it came through the gate.
            _ => None,
        };
        self.blocks.extend(kind.map(new));
    }

    fn end_paragraph(&mut self) {
        let text = std::mem::take(&mut self.open);
        if text.is_blank() {
            return;
        }
        let content = text.finish(self.report);
        self.blocks.extend(content.map(|content| new(BlockKind::Paragraph(Paragraph { content }))));
    }

    /// An anchor that cannot be kept, or that an earlier heading has, is made anew from the text.
    fn heading(&mut self, id: NodeId, element: &Element, level: u64, marks: &[Mark]) -> Option<BlockKind> {
        let mut text = Running::default();
        phrases::inside(self.tree, id, marks, &mut text, self.report);
        if text.is_blank() {
            return None;
        }
        let anchor = element.attribute("id").and_then(|id| Slug::parse(id).ok());
        let anchor = anchor.filter(|anchor| self.anchors.insert(anchor.clone()));
        let level = self.report.kept(self.tree.line(id), HeadingLevel::parse(level))?;
        let content = text.finish(self.report)?;
        Some(BlockKind::Heading(Heading { level, anchor, content }))
    }

    fn list(&mut self, id: NodeId, order: ListOrder, marks: &[Mark]) -> Option<List> {
        let tree = self.tree;
        let mut items = Vec::new();
        for &child in tree.children(id) {
            match tree.node(child) {
                Node::Element(element) if element.name() == "li" => {
                    let marks = phrases::in_language(element, marks, tree.line(child), self.report);
                    items.extend(self.item(child, &marks));
                }
                Node::Text(text) if text.trim().is_empty() => {}
                Node::Root => {}
                Node::Text(_) | Node::Element(_) => {
                    self.report.unkept(
                        tree.line(child),
                        "what is in a list but in none of its items cannot be kept",
                    );
                }
            }
        }
        self.report.kept(tree.line(id), List::parse(order, items))
    }

    fn item(&mut self, id: NodeId, marks: &[Mark]) -> Option<ListItem> {
        let tree = self.tree;
        let (mut text, mut below) = (Running::default(), None);
        for &child in tree.children(id) {
            let order = match tree.element(child).map(Element::name) {
                Some("ul") => Some(ListOrder::Unordered),
                Some("ol") => Some(ListOrder::Ordered),
                _ => None,
            };
            if let Some(order) = order {
                if below.is_some() {
                    self.report.unkept(tree.line(child), "a second list in one item cannot be kept");
                }
                below = self.list(child, order, marks);
                continue;
            }
            let mut behind = Running::default();
            let text = if below.is_some() { &mut behind } else { &mut text };
            phrases::one(tree, child, marks, text, self.report);
            if !behind.is_blank() {
                self.report.unkept(tree.line(child), "text behind the list of an item cannot be kept");
            }
        }
        Some(ListItem { content: text.finish(self.report)?, list: below })
    }

    /// Code to the letter. What highlighters put around its words is left behind.
    fn code(&mut self, id: NodeId) -> Option<BlockKind> {
        let tree = self.tree;
        let (mut text, mut language) = (String::new(), None);
        for below in tree.below(id) {
            match tree.node(below) {
                Node::Text(raw) => text.push_str(raw),
                Node::Element(element) if element.name() == "br" => text.push('\n'),
                Node::Element(element) => {
                    let mut classes = element.attribute("class").unwrap_or_default().split_whitespace();
                    language = language.or(classes.find_map(|class| class.strip_prefix("language-")));
                }
                Node::Root => {}
            }
        }
        let line = tree.line(id);
        let language = language.map(|name| self.report.kept(line, CodeLanguage::parse(name)));
        let text = self.report.legible(line, &text)?;
        let text = self.report.kept(line, CodeText::parse(text))?;
        Some(BlockKind::Code(Code { language: language.flatten(), text }))
    }
}
