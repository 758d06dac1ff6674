//! Running text with marks, in one normal form. What a block does with it is not here.

pub mod mark;

mod reading;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::schema::{Array, Object};

use self::mark::Mark;
use crate::schema::{self, described};
use crate::text;
use crate::violation::{Rule, Violation};

/// Text under one set of marks, which are sorted, unique, with at most one link and one language.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "RawSpan")]
pub struct Span {
    text: String,
    marks: Vec<Mark>,
}

impl Span {
    /// Cleans the text (see [`text::run`]) and orders the marks; the same mark twice is once.
    pub fn parse(raw: &str, marks: Vec<Mark>) -> Result<Self, Violation> {
        Ok(Self { text: words(raw)?, marks: ordered(marks)? })
    }

    /// The text; its spaces at both ends count.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The marks in their order.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }
}

/// The text of a span, cleaned.
fn words(raw: &str) -> Result<String, Violation> {
    let text = text::run(raw)?;
    text::length(&text, 0..=Spans::MAX_CHARS)?;
    Ok(text)
}

/// The marks of a span in their order, each once.
fn ordered(mut marks: Vec<Mark>) -> Result<Vec<Mark>, Violation> {
    marks.sort();
    marks.dedup();
    if marks.windows(2).any(|pair| pair[0].excludes(&pair[1])) {
        return Err(Violation::new(Rule::Inconsistent, "has two links or two languages for one text"));
    }
    Ok(marks)
}

described!(Span: schema::object::<RawSpan>(), with Mark);

/// A stretch of text under one set of marks.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RawSpan {
    #[schema(schema_with = text_schema)]
    text: String,
    #[serde(default)]
    #[schema(schema_with = marks_schema)]
    marks: Vec<Mark>,
}

fn text_schema() -> Object {
    schema::text("The text; its spaces at both ends count.", 0, Spans::MAX_CHARS, "The sea gates held.")
        .build()
}

fn marks_schema() -> Array {
    schema::list::<Mark>("What is said about it; at most one link and one language.", Mark::MOST).build()
}

impl TryFrom<RawSpan> for Span {
    type Error = Violation;

    fn try_from(RawSpan { text, marks }: RawSpan) -> Result<Self, Violation> {
        Self::parse(&text, marks)
    }
}

/// The text of one paragraph, heading, item or cell: no empty span, no two equal neighbours, no white space at its ends.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "Vec<Span>")]
pub struct Spans(Vec<Span>);

impl Spans {
    /// Most spans: more marks than any paragraph that was read by a person.
    pub const MAX: usize = 500;

    /// Longest text, in Unicode scalar values over all spans: several printed pages in one paragraph.
    pub const MAX_CHARS: usize = 10_000;

    /// Brings spans into the normal form. Too many or too long after that is refused.
    pub fn parse(spans: Vec<Span>) -> Result<Self, Violation> {
        let spans = trimmed(composed(merged(spans)));
        if spans.len() > Self::MAX {
            return Err(Violation::limited(Rule::TooMany, Self::MAX, "at most 500 spans fit in one text"));
        }
        let chars: usize = spans.iter().map(|span| span.text.chars().count()).sum();
        if chars > Self::MAX_CHARS {
            let detail = format!("has {chars} characters, at most {} fit", Self::MAX_CHARS);
            return Err(Violation::limited(Rule::TooLong, Self::MAX_CHARS, detail));
        }
        Ok(Self(spans))
    }

    /// All spans in order.
    pub fn as_slice(&self) -> &[Span] {
        &self.0
    }

    /// Whether there is no text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text without its marks.
    pub fn text(&self) -> String {
        self.0.iter().map(Span::text).collect()
    }
}

described!(Spans: schema::list::<Span>(
    &format!("Running text, at most {} characters over all spans. Told without empty spans, with equal neighbours as one.", Self::MAX_CHARS),
    Self::MAX,
), with Span);

/// Neighbours with equal marks as one.
fn merged(spans: Vec<Span>) -> Vec<Span> {
    let mut merged: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans.into_iter().filter(|span| !span.text.is_empty()) {
        match merged.last_mut() {
            Some(last) if last.marks == span.marks => last.text.push_str(&span.text),
            _ => merged.push(span),
        }
    }
    merged
}

/// NFC once more: a letter and its accent may have met only now.
fn composed(mut spans: Vec<Span>) -> Vec<Span> {
    for span in &mut spans {
        span.text = text::composed(std::mem::take(&mut span.text));
    }
    spans
}

fn trimmed(mut spans: Vec<Span>) -> Vec<Span> {
    while let Some(last) = spans.last_mut() {
        last.text.truncate(last.text.trim_end().len());
        if !last.text.is_empty() {
            break;
        }
        spans.pop();
    }
    let blank = spans.iter().take_while(|span| span.text.trim_start().is_empty()).count();
    spans.drain(..blank);
    if let Some(first) = spans.first_mut() {
        first.text.drain(..first.text.len() - first.text.trim_start().len());
    }
    spans
}

impl TryFrom<Vec<Span>> for Spans {
    type Error = Violation;

    fn try_from(spans: Vec<Span>) -> Result<Self, Violation> {
        Self::parse(spans)
    }
}

#[cfg(test)]
mod tests;
