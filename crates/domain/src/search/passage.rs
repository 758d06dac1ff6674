//! Texts and parts of them with the words marked that were looked for.

use std::ops::Range;

use super::meeting::{Hit, Piece, distinct};
use super::words::Word;

/// About how long a passage is, in octets: two lines of a list of results in Latin letters, fewer signs in others.
const LENGTH: usize = 240;

/// How much of that stands before the first word that was looked for.
const BEFORE: usize = 60;

/// What stands for the text that was left out.
const LEFT_OUT: &str = "…";

/// All of a text.
pub(super) fn whole(text: &str, hits: &[Hit]) -> Vec<Piece> {
    marked(text, 0..text.len(), hits)
}

/// The part of a text in which most of what was looked for stands, cut between words.
pub(super) fn around(text: &str, words: &[Word], hits: &[Hit]) -> Vec<Piece> {
    let near = |from: usize| {
        hits[from..].iter().take_while(move |hit| hit.at.end <= hits[from].at.start + LENGTH - BEFORE)
    };
    let most = |from: &usize| distinct(near(*from));
    // The first of the best, since the last maximum is taken.
    let Some(first) = (0..hits.len()).rev().max_by_key(most) else { return Vec::new() };
    let whole = text.len() <= LENGTH;
    let earliest = hits[first].at.start.saturating_sub(BEFORE);
    let start = if whole || earliest == 0 {
        0
    } else {
        words.iter().map(|word| word.at.start).find(|at| *at >= earliest).unwrap_or(hits[first].at.start)
    };
    let latest = start + LENGTH;
    let end = if whole || text.len() <= latest {
        text.len()
    } else {
        let last =
            words.iter().map(|word| word.at.end).take_while(|at| *at <= latest).last().unwrap_or_default();
        last.max(hits[first].at.end)
    };
    let mut pieces = marked(text, start..end, hits);
    if start > 0 {
        pieces.insert(0, Piece::Plain(LEFT_OUT.to_owned()));
    }
    if end < text.len() {
        pieces.push(Piece::Plain(LEFT_OUT.to_owned()));
    }
    pieces
}

/// The part `within` of a text. Hits that touch are one.
fn marked(text: &str, within: Range<usize>, hits: &[Hit]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut at = within.start;
    let inside = |hit: &&Hit| hit.at.start >= within.start && hit.at.end <= within.end;
    let mut left = hits.iter().filter(inside).map(|hit| hit.at.clone()).peekable();
    while let Some(mut found) = left.next() {
        while let Some(next) = left.next_if(|next| next.start < found.end) {
            found.end = found.end.max(next.end);
        }
        if at < found.start {
            pieces.push(Piece::Plain(text[at..found.start].to_owned()));
        }
        at = found.end;
        pieces.push(Piece::Sought(text[found].to_owned()));
    }
    if at < within.end {
        pieces.push(Piece::Plain(text[at..within.end].to_owned()));
    }
    pieces
}
