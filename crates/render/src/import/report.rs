//! What an import finds wrong, told by line of the source.

use std::borrow::Cow;

use domain::article::content::body::Body;
use domain::violation::{Faults, Rule, Violation};

/// The faults of one source.
#[derive(Debug)]
pub(super) struct Report {
    /// The JSON pointer of the source in what the editor sent.
    pointer: &'static str,
    faults: Faults,
}

impl Report {
    /// Longest name of the source's own that is told again.
    const NAME_CHARS: usize = 40;

    pub(super) fn of(pointer: &'static str) -> Self {
        Self { pointer, faults: Faults::new() }
    }

    /// Notes what blocks cannot hold.
    pub(super) fn unkept(&mut self, line: usize, what: &str) {
        self.broken(line, Violation::new(Rule::UnsupportedMarkup, what));
    }

    /// Notes a rule of the blocks that the source breaks.
    pub(super) fn broken(&mut self, line: usize, violation: Violation) {
        let Violation { rule, detail, limit } = violation;
        let placed = Violation { rule, detail: format!("line {line}: {detail}"), limit };
        self.faults.push(placed.at(self.pointer));
    }

    /// The value of `parsed`, or `None` after noting its violation.
    pub(super) fn kept<T>(&mut self, line: usize, parsed: Result<T, Violation>) -> Option<T> {
        parsed.map_err(|violation| self.broken(line, violation)).ok()
    }

    /// A text that is no running text, or `None` after noting that something in it could not be read.
    pub(super) fn legible<'a>(&mut self, line: usize, text: &'a str) -> Option<&'a str> {
        let lost = text.contains(char::REPLACEMENT_CHARACTER);
        let read = if lost { Err(unreadable_character(char::REPLACEMENT_CHARACTER)) } else { Ok(text) };
        self.kept(line, read)
    }

    /// Whether enough is wrong for the rest not to be read.
    pub(super) fn is_full(&self) -> bool {
        self.faults.iter().count() >= Faults::MAX
    }

    /// `value`, if nothing was found wrong.
    pub(super) fn finish<T>(self, value: T) -> Result<T, Faults> {
        self.faults.or(Some(value))
    }

    /// The source with one kind of line end, or a fault for its size or for the first character that no text may hold.
    pub(super) fn readable<'a>(&mut self, source: &'a str) -> Option<Cow<'a, str>> {
        if source.len() > Body::MAX_OCTETS {
            let long = Violation::limited(Rule::TooLong, Body::MAX_OCTETS, "at most 1 MiB fits");
            self.faults.push(long.at(self.pointer));
            return None;
        }
        let source = if source.contains('\r') {
            Cow::Owned(source.replace("\r\n", "\n").replace('\r', "\n"))
        } else {
            Cow::Borrowed(source)
        };
        let unreadable = |&(_, c): &(usize, char)| {
            (c.is_control() && c != '\n' && c != '\t') || c == char::REPLACEMENT_CHARACTER
        };
        if let Some((at, c)) = source.char_indices().find(unreadable) {
            let line = 1 + source[..at].matches('\n').count();
            self.broken(line, unreadable_character(c));
            return None;
        }
        Some(source)
    }
}

/// A control character; or the one that stands for what somebody could not read, so that text was lost on the way.
pub(super) fn unreadable_character(c: char) -> Violation {
    Violation::new(Rule::ControlCharacter, format!("contains the character U+{:04X}", u32::from(c)))
}

/// A name of the source, short enough to be told again.
pub(super) fn short(name: &str) -> String {
    name.chars().take(Report::NAME_CHARS).collect()
}
