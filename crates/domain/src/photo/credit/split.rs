//! A credit line in pieces, cut at its separators outside inner brackets. What the pieces mean is in `names`.

use super::words;

/// A piece of a credit line, without the separator before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece<'a> {
    /// What stands before it.
    pub joint: Joint,
    /// It, trimmed; perhaps empty.
    pub text: &'a str,
}

/// What stands before a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joint {
    /// Nothing: it is the first.
    Start,
    /// "/" or "|".
    Slash,
    /// "via".
    Via,
    /// "for".
    For,
    /// ",", ";" or a dash between spaces.
    Comma,
}

/// The pieces of `line`, in one pass.
pub(super) fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let (mut joint, mut start, mut depth) = (Joint::Start, 0, 0_usize);
    let mut at = 0;
    while let Some(c) = line[at..].chars().next() {
        match c {
            _ if opens(c) => depth += 1,
            _ if closes(c) => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            _ => {
                if let Some((next, length)) = separator(&line[at..], c) {
                    pieces.push(Piece { joint, text: line[start..at].trim() });
                    (joint, start) = (next, at + length);
                    at = start;
                    continue;
                }
            }
        }
        at += c.len_utf8();
    }
    pieces.push(Piece { joint, text: line[start..].trim() });
    // ", via" and "/ for" are one separator: the word says more than the sign.
    let mut joined: Vec<Piece<'_>> = Vec::with_capacity(pieces.len());
    for piece in pieces {
        match joined.last() {
            Some(before) if before.text.is_empty() && before.joint != Joint::Start => {
                joined.pop();
            }
            _ => {}
        }
        joined.push(piece);
    }
    joined
}

/// The separator with which `rest` begins, and its length in octets.
fn separator(rest: &str, first: char) -> Option<(Joint, usize)> {
    let length = first.len_utf8();
    match first {
        '/' | '／' | '|' | '｜' => Some((Joint::Slash, length)),
        ',' | '，' | '、' | ';' if !rest[length..].starts_with(|c: char| c.is_ascii_digit()) => {
            Some((Joint::Comma, length))
        }
        _ if first.is_whitespace() => {
            let word = rest[length..].split(char::is_whitespace).next()?;
            let joint = match word {
                "-" | "–" | "—" => Joint::Comma,
                _ if words::equal(word, "via") => Joint::Via,
                _ if words::equal(word, "for") => Joint::For,
                _ => return None,
            };
            Some((joint, length + word.len()))
        }
        _ => None,
    }
}

/// Whether `c` opens a bracket.
pub(super) const fn opens(c: char) -> bool {
    matches!(c, '(' | '[' | '（' | '［' | '【')
}

/// Whether `c` closes a bracket.
pub(super) const fn closes(c: char) -> bool {
    matches!(c, ')' | ']' | '）' | '］' | '】')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(line: &str) -> Vec<(Joint, &str)> {
        pieces(line).into_iter().map(|Piece { joint, text }| (joint, text)).collect()
    }

    #[test]
    fn a_chain_is_cut_at_its_separators() {
        assert_eq!(
            texts("MARA LIND-HOLM/EPA-EFE, File via AP"),
            [
                (Joint::Start, "MARA LIND-HOLM"),
                (Joint::Slash, "EPA-EFE"),
                (Joint::Comma, "File"),
                (Joint::Via, "AP")
            ]
        );
        assert_eq!(texts("Mara Lind, via AP"), [(Joint::Start, "Mara Lind"), (Joint::Via, "AP")]);
        assert_eq!(texts("Mara Lind (A/B)/AP"), [(Joint::Start, "Mara Lind (A/B)"), (Joint::Slash, "AP")]);
    }
}
