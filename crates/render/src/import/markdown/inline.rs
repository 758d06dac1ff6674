//! Running text of Markdown.

use std::ops::Range;

use domain::link::Href;
use domain::span::mark::{Link, Mark};
use pulldown_cmark::{Event, LinkType, Tag, TagEnd};

use super::{Reader, Running};

impl Reader<'_> {
    /// Reads running text to the end of the block that has just begun.
    pub(super) fn running(&mut self) -> Running {
        let mut text = Running::default();
        while let Some((event, at)) = self.events.next() {
            match event {
                Event::End(end) if !ends_inline(end) => break,
                event => self.inline(event, &at, &mut text),
            }
        }
        text
    }

    /// Reads a piece of running text.
    pub(super) fn inline(&mut self, event: Event<'_>, at: &Range<usize>, text: &mut Running) {
        let line = self.lines.number(at.start);
        match event {
            Event::Text(words) => text.push(&words, &self.marks, line),
            Event::Code(words) => {
                let marks = [self.marks.as_slice(), &[Mark::Code]].concat();
                text.push(&words, &marks, line);
            }
            Event::SoftBreak => text.push(" ", &self.marks, line),
            Event::HardBreak => text.break_line(&self.marks),
            Event::Start(Tag::Strong) => self.open(Some(Mark::Strong)),
            Event::Start(Tag::Emphasis) => self.open(Some(Mark::Emphasis)),
            Event::Start(Tag::Strikethrough) => self.open(Some(Mark::Strikethrough)),
            Event::Start(Tag::Link { link_type, dest_url, title, .. }) => {
                if !title.is_empty() {
                    self.report.unkept(line, "the title of a link cannot be kept");
                }
                let to_person = link_type == LinkType::Email && !dest_url.starts_with("mailto:");
                let to = if to_person { format!("mailto:{dest_url}") } else { dest_url.to_string() };
                let href = self.report.kept(line, Href::parse(&to));
                self.open(href.map(|href| Mark::Link(Link::Href(href))));
            }
            Event::End(_) => self.close(),
            Event::Start(Tag::Image { .. }) => {
                self.report.unkept(line, "an image cannot be kept: photos are uploaded");
                self.skip();
            }
            Event::Html(_) | Event::InlineHtml(_) => {
                self.report.unkept(line, "HTML cannot be kept in Markdown");
            }
            Event::Start(_) => {
                self.report.unkept(line, "markup of this kind cannot be kept");
                self.skip();
            }
            _ => self.report.unkept(line, "markup of this kind cannot be kept"),
        }
    }

    /// Opens a mark; `None` where it was refused and noted.
    fn open(&mut self, mark: Option<Mark>) {
        let new = mark.filter(|mark| !self.marks.contains(mark));
        self.opened.push(new.is_some());
        self.marks.extend(new);
    }

    /// Closes the mark that was opened last.
    fn close(&mut self) {
        if self.opened.pop() == Some(true) {
            self.marks.pop();
        }
    }
}

/// Whether a tag is of running text.
pub(super) const fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Strong | Tag::Emphasis | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

/// Whether an end is that of a mark.
pub(super) const fn ends_inline(end: TagEnd) -> bool {
    matches!(end, TagEnd::Strong | TagEnd::Emphasis | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}
