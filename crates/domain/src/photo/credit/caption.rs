//! Takes the credit off the end of a caption, so that it shows exactly once, and the notices that are for editors.
//!
//! ```text
//! caption      = text [notice] *( credit-group ) [notice]
//! credit-group = "(" credit ")" / "[" credit "]" / credit without brackets, after a sentence
//! ```
//!
//! The last group that names a creator wins; the others are its duplicates and go too. Whatever else is in the caption
//! stays as it is. No part of a caption is looked at more often than a constant number of times.

use super::line::{self, After, Confidence, Known, Line, Standing};
use super::notice::{self, Notice};
use super::split::{closes, opens};
use super::{Credit, RawCredit};

/// Longest credit without brackets, in Unicode scalar values: what stands before it is prose.
const MAX_BARE_CHARS: usize = 250;

/// A caption, and what stood at its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parted {
    /// It without what was taken; perhaps empty.
    pub caption: String,
    /// Who made the photo and who passed it on.
    pub credit: Option<Credit>,
    /// What the caption tells editors.
    pub notices: Vec<Notice>,
    /// How far the credit is to be trusted.
    pub confidence: Confidence,
}

/// Takes credit and notices off `caption`. Doing it again changes nothing.
pub fn part(caption: &str, known: Known<'_>) -> Parted {
    let mut off = Off { rest: caption.trim_end(), stop: false, groups: Vec::new(), notices: Vec::new() };
    while off.group(known) || off.notices(known) || off.bare(known) {}
    off.finish()
}

/// What has been taken off so far, last first.
struct Off<'a> {
    rest: &'a str,
    /// Whether a full stop after a bracket ends the sentence before it.
    stop: bool,
    groups: Vec<(&'a str, Line)>,
    notices: Vec<Notice>,
}

impl<'a> Off<'a> {
    /// Takes a bracket that is a credit or holds notices only.
    fn group(&mut self, known: Known<'_>) -> bool {
        let end = self.rest.trim_end_matches(|c: char| c.is_whitespace() || ".,;".contains(c));
        let Some((before, inner)) = bracket(end) else { return false };
        let stop = self.rest[end.len()..].starts_with('.');
        let after = if ends_sentence(before) { After::Sentence } else { After::Words };
        match Line::of(inner, known) {
            Some(line)
                if line.is_credit(Standing::Bracketed(after), known) && line.credit(inner).is_some() =>
            {
                self.credit(&end[before.len()..], line);
            }
            _ => {
                let (rest, mut notices) = notice::take_all(inner);
                if notices.is_empty() || !rest.trim().is_empty() {
                    return false;
                }
                self.notices.append(&mut notices);
            }
        }
        self.stop |= stop;
        self.cut(before);
        true
    }

    /// Takes the notices at the end, if a boundary or a credit stands before them.
    fn notices(&mut self, known: Known<'_>) -> bool {
        let (before, mut notices) = notice::take_all(self.rest);
        let end = before.trim_end();
        let boundary = ends_sentence(before)
            || end.ends_with([',', ';', ':', '-', '–', '—', '/', '|', ']', '）', '】'])
            || bare(end, known).is_some();
        if notices.is_empty() || !boundary {
            return false;
        }
        self.notices.append(&mut notices);
        self.cut(before);
        true
    }

    /// Takes a credit without brackets.
    fn bare(&mut self, known: Known<'_>) -> bool {
        let Some((at, line)) = bare(self.rest, known) else { return false };
        self.credit(self.rest[at..].trim(), line);
        self.cut(&self.rest[..at]);
        true
    }

    fn credit(&mut self, text: &'a str, mut line: Line) {
        self.notices.extend(line.notices.drain(..).rev());
        self.groups.push((text, line));
    }

    /// Goes on with `rest`, without the dash or stroke that led to what was taken.
    fn cut(&mut self, rest: &'a str) {
        self.rest = rest.trim_end();
        for lead in ['-', '–', '—', '|', '/', '•'] {
            if let Some(before) = self.rest.strip_suffix(lead)
                && (before.is_empty() || before.ends_with(char::is_whitespace))
            {
                return self.cut(before);
            }
        }
    }

    fn finish(self) -> Parted {
        let mut caption = self.rest.to_owned();
        if self.stop && !caption.is_empty() && !ends_sentence(self.rest) {
            caption.push('.');
        }
        let notices: Vec<_> =
            notice::file_lead(&caption).into_iter().chain(self.notices.into_iter().rev()).collect();
        let file = notices.iter().any(Notice::is_file);
        let (credit, confidence) = winner(&self.groups).unzip();
        let credit = credit.map(|credit| if file { line::as_file(credit) } else { credit });
        Parted { caption, credit, notices, confidence: confidence.unwrap_or(Confidence::High) }
    }
}

/// The credit of the last group that names a creator; `groups` begin with the last. It keeps the text of all.
fn winner(groups: &[(&str, Line)]) -> Option<(Credit, Confidence)> {
    let (text, line) = groups.iter().find(|(_, line)| line.names_a_creator()).or(groups.first())?;
    let whole: Vec<_> = groups.iter().rev().map(|(text, _)| *text).collect();
    let whole = whole.join(" ");
    let alone = groups.len() == 1 || whole.chars().nth(RawCredit::MAX_CHARS).is_some();
    let raw = if alone { without_brackets(text) } else { &whole };
    Some((line.credit(raw)?, line.confidence()))
}

/// Where a credit without brackets begins that goes to the end of `text`, and that credit: the shortest after the end of
/// a sentence, else one that begins with an agency in capitals.
fn bare(text: &str, known: Known<'_>) -> Option<(usize, Line)> {
    let mut starts = Vec::new();
    let mut word = false;
    for (at, c) in text.char_indices().rev().take(MAX_BARE_CHARS) {
        if c.is_whitespace() && word {
            starts.push(at + c.len_utf8());
        }
        word = !c.is_whitespace();
        if at == 0 && word {
            starts.push(0);
        }
    }
    let after = |after: After| {
        starts.iter().find_map(|&at| {
            let (before, candidate) = text.split_at(at);
            if sentence_before(before) != after || !line::may_begin(candidate, after, known) {
                return None;
            }
            let line = Line::of(candidate, known)?;
            (line.is_credit(Standing::Bare(after), known) && line.credit(candidate).is_some())
                .then_some((at, line))
        })
    };
    after(After::Sentence).or_else(|| after(After::Words))
}

/// What a credit without brackets comes after: a dash ends a sentence too, the stop of an initial does not.
fn sentence_before(before: &str) -> After {
    let end = before.trim_end();
    let last = end.rsplit(char::is_whitespace).next().unwrap_or(end);
    let initial = last.strip_suffix('.').is_some_and(|word| {
        word.chars().count() == 1 && word.chars().all(char::is_uppercase)
            || ["St", "Dr", "Mr", "Ms"].contains(&word)
    });
    if (ends_sentence(before) && !initial) || end.ends_with(['-', '–', '—', '|', '/']) {
        After::Sentence
    } else {
        After::Words
    }
}

/// The bracket at the end of `text`: what stands before it, and what is in it.
fn bracket(text: &str) -> Option<(&str, &str)> {
    let last = text.chars().next_back().filter(|&c| closes(c))?;
    let mut depth = 0_usize;
    for (at, c) in text.char_indices().rev().take(RawCredit::MAX_CHARS) {
        if closes(c) {
            depth += 1;
        } else if opens(c) {
            depth -= 1;
        }
        if depth == 0 {
            return Some((&text[..at], &text[at + c.len_utf8()..text.len() - last.len_utf8()]));
        }
    }
    None
}

fn without_brackets(group: &str) -> &str {
    bracket(group).filter(|(before, _)| before.is_empty()).map_or(group, |(_, inner)| inner)
}

/// Whether `text` is empty, or a sentence or a line ends with it.
fn ends_sentence(text: &str) -> bool {
    let end = text.trim_end();
    end.is_empty()
        || text[end.len()..].contains('\n')
        || end.ends_with(['.', '!', '?', '…', '"', '”', '’', '»', ')', '。', '！', '？', '」'])
}
