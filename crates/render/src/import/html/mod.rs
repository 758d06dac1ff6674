//! HTML as blocks. Kept are paragraphs, headings of levels 2 to 4, lists, quotes with their attribution, code, tables,
//! rules, links and the marks of running text. `div`, `section`, `article`, `main`, `span` and `time` are unwrapped.
//! A heading of level 1 is a fault: that is the headline, which is a field of its own.

mod allowed;
mod blocks;
mod gate;
mod phrases;
mod quotes;
mod table;
pub(crate) mod tree;

use domain::block::NewBlock;
use domain::violation::Faults;

use super::report::Report;

/// Reads a fragment or a document; `pointer` is where it stands in what the editor sent.
pub fn blocks(source: &str, pointer: &'static str) -> Result<Vec<NewBlock>, Faults> {
    let mut report = Report::of(pointer);
    let Some(source) = report.readable(source) else { return report.finish(Vec::new()) };
    let Some(tree) = gate::parse(&source, &mut report) else { return report.finish(Vec::new()) };
    let blocks = blocks::read(&tree, &mut report);
    report.finish(blocks)
}

/// The tree of a source, whatever is in it.
#[cfg(test)]
pub(crate) fn parsed(source: &str) -> tree::Grown {
    gate::parse(source, &mut Report::of("")).unwrap()
}

#[cfg(test)]
mod tests;
