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

/// The first address: how much stands before it, how it is written, and what it is.
fn first_link(line: &str) -> Option<(usize, &str, WebUrl)> {
    line.match_indices("://").find_map(|(at, _)| {
        let begin = ["https", "http"].into_iter().find_map(|scheme| {
            let begin = at.checked_sub(scheme.len())?;
            line.get(begin..at).filter(|word| word.eq_ignore_ascii_case(scheme))?;
            (!line[..begin].ends_with(char::is_alphanumeric)).then_some(begin)
        })?;
        let written = address(&line[begin..]);
        let url = (written.len() <= WebUrl::MAX_OCTETS).then(|| WebUrl::parse(written).ok())??;
        Some((begin, written, url))
    })
}

/// An address at the beginning of a text. It ends at a space, at what addresses hold only in disguise, at what nobody sees
/// (which might turn the direction of what follows), and before punctuation that belongs to the sentence.
fn address(text: &str) -> &str {
    let ends = |c: char| c.is_whitespace() || text::is_unseen(c) || "<>\"'`{}|\\^«»“”„‘’".contains(c);
    let mut address = &text[..text.find(ends).unwrap_or(text.len())];
    loop {
        let shorter = address.trim_end_matches(['.', ',', ';', ':', '!', '?', '…', '*', '_']);
        let shorter = match shorter.strip_suffix([')', ']']) {
            Some(inner) if shorter.matches([')', ']']).count() > shorter.matches(['(', '[']).count() => inner,
            _ => shorter,
        };
        if shorter.len() == address.len() {
            return address;
        }
        address = shorter;
    }
}
