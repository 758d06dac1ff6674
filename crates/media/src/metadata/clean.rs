//! Text of a file as text of ours: what cannot be shown is left out, what is too long is cut. An editor is refused the
//! same; a file cannot be asked again.

use domain::text;
use domain::violation::Violation;

/// Several lines: each end of a line as `\n`, no other control character, nothing that was lost on the way.
pub(super) fn lines(raw: &str) -> String {
    let unix =
        raw.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n").replace('\t', " ");
    let kept = |c: &char| *c == '\n' || !(c.is_control() || *c == char::REPLACEMENT_CHARACTER);
    unix.chars().filter(kept).collect::<String>().trim().to_owned()
}

/// One line, with single spaces between its words.
pub(super) fn one_line(raw: &str) -> String {
    lines(raw).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The longest beginning that fits, as lines.
pub(super) fn as_lines<T>(raw: &str, most: usize, parse: fn(&str) -> Result<T, Violation>) -> Option<T> {
    fit(&lines(raw), most, parse)
}

/// The longest beginning that fits, as one line.
pub(super) fn as_line<T>(raw: &str, most: usize, parse: fn(&str) -> Result<T, Violation>) -> Option<T> {
    fit(&one_line(raw), most, parse)
}

/// The longest beginning that fits, as a name.
pub(super) fn as_name<T>(raw: &str, most: usize, parse: fn(&str) -> Result<T, Violation>) -> Option<T> {
    fit(&one_line(&text::visible(raw)), most, parse)
}

/// What `parse` takes of at most so many characters, or of a third, since one character may be composed of three.
fn fit<T>(text: &str, most: usize, parse: fn(&str) -> Result<T, Violation>) -> Option<T> {
    [most, most / 3].into_iter().find_map(|most| parse(cut(text, most)).ok())
}

/// The first characters, without a space at their end.
pub(super) fn cut(text: &str, max_chars: usize) -> &str {
    let end = text.char_indices().nth(max_chars).map_or(text.len(), |(end, _)| end);
    text.get(..end).unwrap_or_default().trim_end()
}

#[cfg(test)]
mod tests {
    use domain::photo::credit::CreatorName;

    use super::*;

    #[test]
    fn what_cannot_be_shown_is_left_out() {
        assert_eq!(lines("One\r\nTwo\rThree\0\x1b[1m\u{fffd}\n"), "One\nTwo\nThree[1m");
        assert_eq!(one_line(" One \t\n two\u{2028}three "), "One two three");
    }

    #[test]
    fn what_is_too_long_is_cut_and_what_is_not_seen_is_left_out() {
        let long = "a".repeat(500);
        let name = |raw| as_name(raw, CreatorName::MAX_CHARS, CreatorName::parse).map(String::from);
        assert_eq!(name(&long).as_deref(), Some(&long[..CreatorName::MAX_CHARS]));
        assert_eq!(name("Ana\u{202e} Bo").as_deref(), Some("Ana Bo"));
        assert_eq!(name("\u{200b}"), None);
    }
}
