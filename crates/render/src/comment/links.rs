//! Where in a line of a comment a link stands: only where its writer wrote a whole address of the web.

use domain::text;
use domain::web_url::WebUrl;

/// A part of a line.
pub(super) enum Piece<'a> {
    /// Words.
    Words(&'a str),
    /// An address, as it is written and as browsers take it.
    Link {
        /// As it is written.
        shown: &'a str,
        /// As browsers take it.
        url: WebUrl,
    },
}

/// The parts of a line, in order and without gaps.
pub(super) fn pieces(line: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = line;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let Some((before, shown, url)) = first_link(rest) else {
            return Some(Piece::Words(std::mem::take(&mut rest)));
        };
        if before > 0 {
            let (words, from_link) = rest.split_at(before);
            rest = from_link;
            return Some(Piece::Words(words));
        }
        rest = &rest[shown.len()..];
        Some(Piece::Link { shown, url })
    })
}

/// The first address: how much stands before it, how it is written, and what it is. What looked like one and is none is
/// not looked into again, so that a line takes time in proportion to its length.
fn first_link(line: &str) -> Option<(usize, &str, WebUrl)> {
    let mut passed = 0;
    loop {
        let colon = passed + line[passed..].find("://")?;
        let behind = colon + "://".len();
        let Some(begin) = begin(&line[passed..colon]).map(|begin| passed + begin) else {
            passed = behind;
            continue;
        };
        let whole = whole(&line[begin..]);
        let written = without_punctuation(whole);
        let url = (written.len() <= WebUrl::MAX_OCTETS).then(|| WebUrl::parse(written).ok()).flatten();
        match url {
            Some(url) => return Some((begin, written, url)),
            None => passed = begin + whole.len(),
        }
    }
}

/// Where in the words before a colon the name of the scheme begins.
fn begin(before: &str) -> Option<usize> {
    ["https", "http"].into_iter().find_map(|scheme| {
        let begin = before.len().checked_sub(scheme.len())?;
        before.get(begin..).filter(|word| word.eq_ignore_ascii_case(scheme))?;
        (!before[..begin].ends_with(char::is_alphanumeric)).then_some(begin)
    })
}

/// What an address may go on to. It ends at a space, at what addresses hold only in disguise, and at what nobody sees, which
/// might turn the direction of what follows.
fn whole(text: &str) -> &str {
    let ends = |c: char| c.is_whitespace() || text::is_unseen(c) || "<>\"'`{}|\\^«»“”„‘’".contains(c);
    &text[..text.find(ends).unwrap_or(text.len())]
}

/// An address without the punctuation behind it that belongs to the sentence, closing brackets that were opened before it
/// included.
fn without_punctuation(whole: &str) -> &str {
    let mut unopened = whole.matches([')', ']']).count().saturating_sub(whole.matches(['(', '[']).count());
    whole.trim_end_matches(|c| match c {
        ')' | ']' if unopened > 0 => {
            unopened -= 1;
            true
        }
        c => ".,;:!?…*_".contains(c),
    })
}
