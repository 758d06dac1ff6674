//! Running text while it is read, piece by piece, under the marks that are open.

use domain::span::mark::Mark;
use domain::span::{Span, Spans};

use super::report::{Report, unreadable_character};

/// Pieces of text with their marks.
#[derive(Debug, Default)]
pub(super) struct Running {
    pieces: Vec<(String, Vec<Mark>)>,
    /// Where the first of them stands that can be seen.
    line: Option<usize>,
}

impl Running {
    /// Adds text as it is.
    pub(super) fn push(&mut self, text: &str, marks: &[Mark], line: usize) {
        if self.line.is_none() && !text.trim().is_empty() {
            self.line = Some(line);
        }
        match self.pieces.last_mut() {
            Some((last, under)) if under == marks => last.push_str(text),
            _ => self.pieces.push((text.to_owned(), marks.to_vec())),
        }
    }

    /// Adds text as HTML shows it: white space between words is one space, and none begins a line.
    pub(super) fn flow(&mut self, text: &str, marks: &[Mark], line: usize) {
        let mut collapsed = String::with_capacity(text.len());
        let mut after_space = self.ends_with(&[' ', '\n']);
        for c in text.chars() {
            if !matches!(c, ' ' | '\t' | '\n') {
                collapsed.push(c);
            } else if !after_space {
                collapsed.push(' ');
            }
            after_space = matches!(c, ' ' | '\t' | '\n');
        }
        if !collapsed.is_empty() {
            self.push(&collapsed, marks, line);
        }
    }

    /// Adds other text as it is.
    pub(super) fn append(&mut self, other: Self) {
        let line = other.line.unwrap_or_default();
        for (text, marks) in other.pieces {
            self.push(&text, &marks, line);
        }
    }

    /// Ends the line, where one was begun.
    pub(super) fn end_line(&mut self) {
        if !self.is_blank() && !self.ends_with(&['\n']) {
            self.break_line(&[]);
        }
    }

    /// A line break. The spaces before it nobody sees.
    pub(super) fn break_line(&mut self, marks: &[Mark]) {
        if let Some((last, _)) = self.pieces.last_mut() {
            last.truncate(last.trim_end_matches(' ').len());
        }
        self.push("\n", marks, 0);
    }

    /// Whether there is nothing to see.
    pub(super) const fn is_blank(&self) -> bool {
        self.line.is_none()
    }

    /// The text without its marks.
    pub(super) fn text(&self) -> String {
        self.pieces.iter().map(|(text, _)| text.as_str()).collect()
    }

    /// The text as spans.
    pub(super) fn finish(self, report: &mut Report) -> Option<Spans> {
        let line = self.line.unwrap_or_default();
        let parsed = self.pieces.into_iter().map(|(text, marks)| {
            if text.contains(char::REPLACEMENT_CHARACTER) {
                return Err(unreadable_character(char::REPLACEMENT_CHARACTER));
            }
            Span::parse(&text, marks)
        });
        let spans = report.kept(line, parsed.collect::<Result<Vec<_>, _>>())?;
        report.kept(line, Spans::parse(spans))
    }

    fn ends_with(&self, ends: &[char]) -> bool {
        let last = self.pieces.iter().rev().find_map(|(text, _)| text.chars().next_back());
        last.is_none_or(|last| ends.contains(&last))
    }
}

/// `marks` with one more, which takes the place of one that it excludes.
pub(super) fn with(marks: &[Mark], mark: Mark) -> Vec<Mark> {
    let stays = |other: &&Mark| {
        **other != mark && !matches!((*other, &mark), (Mark::Language { .. }, Mark::Language { .. }))
    };
    let mut all: Vec<_> = marks.iter().filter(stays).cloned().collect();
    all.push(mark);
    all
}
