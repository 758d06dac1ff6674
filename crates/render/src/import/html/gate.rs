//! What passes from the tokenizer to the tree: every start tag is judged here, and the parser stops where a source
//! would cost more than it can be worth. The parser's own work grows with depth times length, so depth has a limit.

use std::cell::{Cell, RefCell};

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{LocalName, QualName, TokenizerResult, ns};

use super::allowed;
use super::tree::{Grown, NodeId, Tree};
use crate::import::report::{Report, short};

/// Deepest nesting of elements: far deeper than what pages of other systems wrap around their text.
const MOST_DEPTH: usize = 100;

/// Most nodes, elements and texts together: a body of the longest tables, and as much again around them.
const MOST_NODES: usize = 50_000;

/// Most attributes of an element. The tokenizer compares each with all before it.
const MOST_ATTRIBUTES: usize = 50;

/// How much of the source is given to the tokenizer at once, in octets.
const PORTION: usize = 4096;

/// Most portions in which nothing is told: a longer tag or comment is no text of a writer.
const MOST_SILENCE: usize = 4;

/// Parses a source; `None` where it had to stop.
pub(super) fn parse(source: &str, report: &mut Report) -> Option<Grown> {
    let gate = Gate::new(std::mem::replace(report, Report::of("")));
    let tokenizer = Tokenizer::new(gate, TokenizerOpts { discard_bom: false, ..TokenizerOpts::default() });
    let queue = BufferQueue::default();
    let mut silent = 0;
    for portion in portions(source) {
        tokenizer.sink.told.set(false);
        queue.push_back(StrTendril::from(portion));
        // A script and a declared charset make it stop for what we do not do.
        while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
        silent = if tokenizer.sink.told.get() { 0 } else { silent + 1 };
        if silent > MOST_SILENCE {
            tokenizer.sink.stop("a tag or comment of more than 16 KiB cannot be kept");
        }
        if tokenizer.sink.stopped.get() {
            break;
        }
    }
    if !tokenizer.sink.stopped.get() {
        tokenizer.end();
    }
    let Gate { builder, report: found, stopped, .. } = tokenizer.sink;
    *report = found.into_inner();
    let tree = builder.sink.finish();
    if !stopped.get() && tree.depth() > 2 * MOST_DEPTH {
        report.unkept(1, "elements are nested too deep to be kept");
        return None;
    }
    (!stopped.get()).then_some(tree)
}

fn portions(mut source: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        let end = source.floor_char_boundary(PORTION);
        let (portion, rest) = source.split_at(end);
        source = rest;
        (!portion.is_empty()).then_some(portion)
    })
}

struct Gate {
    builder: TreeBuilder<NodeId, Tree>,
    report: RefCell<Report>,
    /// Whether the tokenizer has told anything of this portion.
    told: Cell<bool>,
    stopped: Cell<bool>,
    line: Cell<usize>,
}

impl Gate {
    fn new(report: Report) -> Self {
        let tree = Tree::new();
        let body = QualName::new(None, ns!(html), LocalName::from("body"));
        let context = html5ever::interface::create_element(&tree, body, Vec::new());
        let builder = TreeBuilder::new_for_fragment(tree, context, None, TreeBuilderOpts::default());
        let (told, stopped, line) = (Cell::new(false), Cell::new(false), Cell::new(1));
        Self { builder, report: RefCell::new(report), told, stopped, line }
    }

    /// Ends the reading with a fault.
    fn stop(&self, why: &str) {
        self.report.borrow_mut().unkept(self.line.get(), why);
        self.stopped.set(true);
    }

    fn judge(&self, tag: &Tag) {
        let line = self.line.get();
        let name = short(&tag.name);
        if tag.attrs.len() > MOST_ATTRIBUTES {
            return self.stop(&format!("<{name}> has too many attributes to be kept"));
        }
        let mut report = self.report.borrow_mut();
        if let Some(why) = allowed::element(&tag.name) {
            report.unkept(line, &format!("<{name}> {why}"));
        }
        for attribute in &tag.attrs {
            let (given, value) = (&*attribute.name.local, &*attribute.value);
            if !allowed::attribute(&tag.name, given, value) {
                report.unkept(line, &format!("the attribute `{}` of <{name}> cannot be kept", short(given)));
            }
        }
        if report.is_full() {
            self.stopped.set(true);
        }
    }
}

impl TokenSink for Gate {
    type Handle = NodeId;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<NodeId> {
        if self.stopped.get() {
            return TokenSinkResult::Continue;
        }
        self.line.set(usize::try_from(line).unwrap_or(usize::MAX));
        match &token {
            Token::ParseError(_) => return TokenSinkResult::Continue,
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => self.judge(tag),
            _ => {}
        }
        self.told.set(true);
        let tree = &self.builder.sink;
        if tree.deepest() > MOST_DEPTH {
            self.stop("elements are nested too deep to be kept");
        } else if tree.len() > MOST_NODES {
            self.stop("there are more elements than can be kept");
        }
        if self.stopped.get() {
            return TokenSinkResult::Continue;
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}
