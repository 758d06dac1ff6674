//! Running text as HTML: marks as elements that nest, those of neighbours shared.

use super::ELSEWHERE;
use super::page::Page;
use crate::body::span::{Link, Mark, Span};

/// Writes spans. Marks open from the widest in, and one that goes on in the next span stays open, so that a link over
/// words of which one is strong is one link.
pub(super) fn running(page: &mut Page, spans: &[Span]) {
    let mut open: Vec<&Mark> = Vec::new();
    for span in spans {
        let mut marks: Vec<&Mark> = span.marks.iter().collect();
        marks.sort_by_key(|mark| width(mark));
        let kept = open.iter().zip(&marks).take_while(|(open, mark)| open == mark).count();
        close(page, &mut open, kept);
        for mark in marks.drain(kept..) {
            start(page, mark);
            open.push(mark);
        }
        lines(page, &span.text);
    }
    close(page, &mut open, 0);
}

fn close(page: &mut Page, open: &mut Vec<&Mark>, kept: usize) {
    for mark in open.drain(kept..).rev() {
        page.close(element(mark));
    }
}

fn start(page: &mut Page, mark: &Mark) {
    let name = element(mark);
    match mark {
        Mark::Link(Link { href, article: Some(_) }) => page.open(name, &[("href", href)]),
        Mark::Link(Link { href, article: None }) => page.open(name, &[("href", href), ("rel", ELSEWHERE)]),
        Mark::Language { tag } => page.open(name, &[("lang", tag.as_str())]),
        _ => page.open(name, &[]),
    }
}

const fn element(mark: &Mark) -> &'static str {
    match mark {
        Mark::Link(_) => "a",
        Mark::Language { .. } => "span",
        Mark::Strong => "strong",
        Mark::Emphasis => "em",
        Mark::Strikethrough => "s",
        Mark::Superscript => "sup",
        Mark::Subscript => "sub",
        Mark::Code => "code",
    }
}

/// What is likely to cover more words stands outside.
const fn width(mark: &Mark) -> u8 {
    match mark {
        Mark::Link(_) => 0,
        Mark::Language { .. } => 1,
        Mark::Strong => 2,
        Mark::Emphasis => 3,
        Mark::Strikethrough => 4,
        Mark::Superscript => 5,
        Mark::Subscript => 6,
        Mark::Code => 7,
    }
}

fn lines(page: &mut Page, text: &str) {
    for (i, line) in text.split('\n').enumerate() {
        if i > 0 {
            page.empty("br");
        }
        page.text(line);
    }
}
