//! Tables of HTML: rows of equal length, of which the first may name the columns.

use domain::block::BlockKind;
use domain::block::table::{Cell, Table, TableCaption};
use domain::span::mark::Mark;

use super::phrases;
use super::tree::{Element, Grown, Node, NodeId};
use crate::import::report::Report;
use crate::import::running::Running;

pub(super) fn table(tree: &Grown, id: NodeId, marks: &[Mark], report: &mut Report) -> Option<BlockKind> {
    let mut reader = Reader { tree, marks, report, caption: None, header_rows: 0, rows: Vec::new() };
    reader.inside(id);
    let Reader { caption, header_rows, rows, .. } = reader;
    let parsed = Table::parse(caption, header_rows, rows).map_err(|fault| fault.violation);
    report.kept(tree.line(id), parsed).map(BlockKind::Table)
}

struct Reader<'a> {
    tree: &'a Grown,
    marks: &'a [Mark],
    report: &'a mut Report,
    caption: Option<TableCaption>,
    header_rows: usize,
    rows: Vec<Vec<Cell>>,
}

impl Reader<'_> {
    fn inside(&mut self, id: NodeId) {
        let tree = self.tree;
        for &child in tree.children(id) {
            match tree.element(child).map(Element::name) {
                Some("caption") => self.caption(child),
                Some("thead" | "tbody") => self.inside(child),
                Some("tr") => self.row(child),
                // What the parser leaves in a table besides is white space and columns.
                _ => {}
            }
        }
    }

    /// A caption is plain text, so a mark in it cannot be kept.
    fn caption(&mut self, id: NodeId) {
        let mut text = Running::default();
        phrases::inside(self.tree, id, &[], &mut text, self.report);
        let line = self.tree.line(id);
        if self.tree.below(id).skip(1).any(|below| matches!(self.tree.node(below), Node::Element(_))) {
            self.report.unkept(line, "markup in the caption of a table cannot be kept");
        }
        let text = text.text();
        let text = self.report.legible(line, &text);
        self.caption = text.and_then(|text| self.report.kept(line, TableCaption::parse(text)));
    }

    /// A row of nothing but `th` names the columns, as long as none came that does not.
    fn row(&mut self, id: NodeId) {
        let tree = self.tree;
        let cells = || tree.children(id).iter().filter(|&&cell| tree.element(cell).is_some());
        let named = cells().all(|&cell| tree.element(cell).is_some_and(|element| element.name() == "th"));
        if named && self.header_rows == self.rows.len() {
            self.header_rows += 1;
        }
        let row: Vec<_> = cells().filter_map(|&cell| self.cell(cell)).collect();
        self.rows.push(row);
    }

    fn cell(&mut self, id: NodeId) -> Option<Cell> {
        let tree = self.tree;
        let marks = phrases::in_language(tree.element(id)?, self.marks, tree.line(id), self.report);
        let mut text = Running::default();
        phrases::inside(tree, id, &marks, &mut text, self.report);
        Some(Cell { content: text.finish(self.report)? })
    }
}
