//! Markdown as blocks: `CommonMark` with tables and strikethrough. HTML in it is a fault, as are images, headings of levels
//! other than 2 to 4, titles of links, and lists that begin elsewhere than at 1. A last paragraph of a quote that begins
//! with a dash (—) says whose words they are.

mod inline;
mod lines;

use std::ops::Range;

use domain::block::code::{Code, CodeLanguage, CodeText};
use domain::block::heading::{Heading, HeadingLevel};
use domain::block::list::{List, ListItem, ListOrder};
use domain::block::quote::Quote;
use domain::block::table::{Cell, Table};
use domain::block::{BlockKind, NewBlock, Paragraph};
use domain::span::mark::Mark;
use domain::violation::Faults;
use pulldown_cmark::{CodeBlockKind, Event, OffsetIter, Options, Parser, Tag};

use self::lines::Lines;
use super::report::Report;
use super::running::Running;
use super::{attribution, new};

/// Reads a source; `pointer` is where it stands in what the editor sent.
pub fn blocks(source: &str, pointer: &'static str) -> Result<Vec<NewBlock>, Faults> {
    let mut report = Report::of(pointer);
    let Some(source) = report.readable(source) else { return report.finish(Vec::new()) };
    let lines = Lines::of(&source);
    if let Some(line) = lines.too_deep() {
        report.unkept(line, "is nested too deep to be kept");
        return report.finish(Vec::new());
    }
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH;
    let events = Parser::new_ext(&source, options).into_offset_iter();
    let mut reader = Reader { events, lines: &lines, report, marks: Vec::new(), opened: Vec::new() };
    let mut blocks = Vec::new();
    while let Some((event, at)) = reader.events.next() {
        blocks.extend(reader.block(event, &at).map(new));
        if reader.report.is_full() {
            break;
        }
    }
    reader.report.finish(blocks)
}

struct Reader<'a> {
    events: OffsetIter<'a>,
    lines: &'a Lines,
    report: Report,
    /// The marks that are open, each once.
    marks: Vec<Mark>,
    /// For each of them that was opened in the source, whether it was not open before.
    opened: Vec<bool>,
}

impl Reader<'_> {
    fn block(&mut self, event: Event<'_>, at: &Range<usize>) -> Option<BlockKind> {
        let line = self.lines.number(at.start);
        match event {
            Event::Start(Tag::Paragraph) => {
                let content = self.running().finish(&mut self.report)?;
                (!content.is_empty()).then_some(BlockKind::Paragraph(Paragraph { content }))
            }
            Event::Start(Tag::Heading { level, .. }) => {
                let text = self.running();
                if text.is_blank() {
                    return None;
                }
                let level = match level as u64 {
                    1 => {
                        let why = "a heading of level 1 cannot be kept: the headline is a field of its own";
                        self.report.unkept(line, why);
                        return None;
                    }
                    level => self.report.kept(line, HeadingLevel::parse(level))?,
                };
                let content = text.finish(&mut self.report)?;
                Some(BlockKind::Heading(Heading { level, anchor: None, content }))
            }
            Event::Start(Tag::BlockQuote(_)) => self.quote(line),
            Event::Start(Tag::CodeBlock(kind)) => self.code(&kind, line),
            Event::Start(Tag::List(start)) => self.list(start, line, 1).map(BlockKind::List),
            Event::Start(Tag::Table(_)) => self.table(line),
            Event::Rule => Some(BlockKind::Divider),
            Event::Start(tag) => {
                self.unkept(&tag, line);
                None
            }
            _ => None,
        }
    }

    /// Notes a block that cannot be kept, and goes to its end.
    fn unkept(&mut self, tag: &Tag<'_>, line: usize) {
        let what = match tag {
            Tag::HtmlBlock => "HTML cannot be kept in Markdown",
            _ => "a block of this kind cannot be kept here",
        };
        self.report.unkept(line, what);
        self.skip();
    }

    /// Goes to the end of what has just begun.
    fn skip(&mut self) {
        let mut depth = 1;
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                return;
            }
        }
    }

    /// The paragraphs of a quote are lines of one text.
    fn quote(&mut self, line: usize) -> Option<BlockKind> {
        let mut paragraphs = Vec::new();
        while let Some((event, at)) = self.events.next() {
            match event {
                Event::End(_) => break,
                Event::Start(Tag::Paragraph) => paragraphs.push(self.running()),
                Event::Start(tag) => self.unkept(&tag, self.lines.number(at.start)),
                _ => self.report.unkept(self.lines.number(at.start), "a rule cannot be kept in a quote"),
            }
        }
        let by = paragraphs.pop_if(|last| last.text().trim_start().starts_with(attribution::DASH));
        let attribution = match by {
            Some(by) => {
                let by = by.text();
                let by = self.report.legible(line, &by)?;
                Some(self.report.kept(line, attribution::of_line(by, None))?)
            }
            None => None,
        };
        let mut words = Running::default();
        for paragraph in paragraphs {
            words.end_line();
            words.append(paragraph);
        }
        if words.is_blank() && attribution.is_none() {
            return None;
        }
        Some(BlockKind::Quote(Quote { content: words.finish(&mut self.report)?, attribution }))
    }

    /// The line end before the closing fence belongs to the fence.
    fn code(&mut self, kind: &CodeBlockKind<'_>, line: usize) -> Option<BlockKind> {
        let mut text = String::new();
        for (event, _) in self.events.by_ref() {
            match event {
                Event::Text(raw) => text.push_str(&raw),
                _ => break,
            }
        }
        let name = match kind {
            CodeBlockKind::Fenced(name) => name.split_whitespace().next(),
            CodeBlockKind::Indented => None,
        };
        let language = name.map(|name| self.report.kept(line, CodeLanguage::parse(name)));
        let text = text.strip_suffix('\n').unwrap_or(&text);
        let text = self.report.kept(line, CodeText::parse(text))?;
        Some(BlockKind::Code(Code { language: language.flatten(), text }))
    }

    fn list(&mut self, start: Option<u64>, line: usize, depth: usize) -> Option<List> {
        if start.is_some_and(|start| start != 1) {
            self.report.unkept(line, "a list that does not begin at 1 cannot be kept");
        }
        if depth > List::MAX_DEPTH {
            self.report.unkept(line, "lists nest at most 3 deep");
            self.skip();
            return None;
        }
        let mut items = Vec::new();
        // Nothing but items is directly inside a list.
        while let Some((Event::Start(_), at)) = self.events.next() {
            items.extend(self.item(self.lines.number(at.start), depth));
        }
        let order = if start.is_some() { ListOrder::Ordered } else { ListOrder::Unordered };
        self.report.kept(line, List::parse(order, items))
    }

    fn item(&mut self, line: usize, depth: usize) -> Option<ListItem> {
        let (mut text, mut below) = (Running::default(), None);
        while let Some((event, at)) = self.events.next() {
            let here = self.lines.number(at.start);
            match event {
                Event::Start(Tag::List(start)) => {
                    if below.is_some() {
                        self.report.unkept(here, "a second list in one item cannot be kept");
                    }
                    below = self.list(start, here, depth + 1);
                }
                Event::Start(Tag::Paragraph) => {
                    text.end_line();
                    let paragraph = self.running();
                    if below.is_some() {
                        self.report.unkept(here, "text behind the list of an item cannot be kept");
                    }
                    text.append(paragraph);
                }
                Event::Start(tag) if !inline::is_inline(&tag) => self.unkept(&tag, here),
                Event::End(end) if !inline::ends_inline(end) => break,
                Event::Rule => self.report.unkept(here, "a rule cannot be kept in a list"),
                event => self.inline(event, &at, &mut text),
            }
        }
        let content = text.finish(&mut self.report)?;
        if content.is_empty() && below.is_none() {
            self.report.unkept(line, "an item without text cannot be kept");
        }
        Some(ListItem { content, list: below })
    }

    fn table(&mut self, line: usize) -> Option<BlockKind> {
        let mut rows = Vec::new();
        // A head, then rows; in each nothing but cells.
        while let Some((Event::Start(_), _)) = self.events.next() {
            let mut row = Vec::new();
            while let Some((Event::Start(_), _)) = self.events.next() {
                row.extend(self.running().finish(&mut self.report).map(|content| Cell { content }));
            }
            rows.push(row);
        }
        let parsed = Table::parse(None, 1, rows).map_err(|fault| fault.violation);
        self.report.kept(line, parsed).map(BlockKind::Table)
    }
}

#[cfg(test)]
mod tests;
