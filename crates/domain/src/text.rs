//! Text as people write it: normalised, trimmed, free of what cannot be seen. Every text of the model passes here.

use std::ops::RangeInclusive;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::violation::{Rule, Violation};

/// Text of one line: NFC, tabs as spaces, trimmed; a line break or other control character is refused, the line and
/// paragraph separators of Unicode included.
pub fn one_line(raw: &str) -> Result<String, Violation> {
    clean(raw, |c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
}

/// Text of several lines: NFC, tabs as spaces, trimmed; control characters other than `\n` are refused.
pub fn lines(raw: &str) -> Result<String, Violation> {
    clean(raw, |c| c.is_control() && c != '\n')
}

/// The name of a person or thing: [`one_line`], and also without the invisible and direction-changing
/// characters that make two names look alike (abuse IN-06).
pub fn name(raw: &str) -> Result<String, Violation> {
    let text = one_line(raw)?;
    match text.chars().find(|&c| is_invisible(c)) {
        None => Ok(text),
        Some(c) => Err(Violation::new(
            Rule::InvisibleCharacter,
            format!("contains the invisible character U+{:04X}", u32::from(c)),
        )),
    }
}

/// The text without the characters that [`name`] refuses and nobody sees, for what cannot be asked again, such as a file.
pub fn visible(raw: &str) -> String {
    raw.chars().filter(|&c| !is_invisible(c)).collect()
}

/// A run of text inside a paragraph: like [`lines`], but the spaces at its ends count, because its
/// neighbours continue the sentence.
pub fn run(raw: &str) -> Result<String, Violation> {
    without_controls(raw, |c| c.is_control() && c != '\n')
}

/// Refuses `text` unless its length in Unicode scalar values lies in `range`.
pub fn length(text: &str, range: RangeInclusive<usize>) -> Result<(), Violation> {
    let chars = text.chars().count();
    if chars < *range.start() {
        let (rule, min) = if chars == 0 { (Rule::Required, 1) } else { (Rule::TooShort, *range.start()) };
        return Err(Violation::limited(rule, min, format!("needs at least {min} characters")));
    }
    if chars > *range.end() {
        let max = *range.end();
        return Err(Violation::limited(
            Rule::TooLong,
            max,
            format!("has {chars} characters, at most {max} fit"),
        ));
    }
    Ok(())
}

/// Refuses `text` as missing where all of it is blank to the eye.
pub fn seen(text: &str) -> Result<(), Violation> {
    let blank = |c: char| c.is_whitespace() || c.is_control() || is_unseen(c);
    if text.chars().all(blank) { Err(Violation::required()) } else { Ok(()) }
}

/// The text in NFC. Nearly all text is already, and seeing that costs a tenth of making it so.
pub(crate) fn composed(text: String) -> String {
    if text.chars().all(stands_alone) {
        return text;
    }
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text,
        IsNormalized::No | IsNormalized::Maybe => text.nfc().collect(),
    }
}

/// Whether a character is NFC whatever stands beside it, seen without a table: those before the combining marks, and the
/// dashes, quotation marks and dots of typesetters.
const fn stands_alone(c: char) -> bool {
    matches!(c, '\0'..='\u{2ff}' | '\u{2010}'..='\u{2027}')
}

/// Zero-width characters, byte-order marks, soft hyphens and bidirectional controls (Unicode Standard Annex 9).
pub(crate) const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Whether a character leaves nothing on the page, other than a space.
pub const fn is_unseen(c: char) -> bool {
    is_invisible(c) || is_filler(c)
}

/// Letters, marks and patterns that are blank wherever they stand alone: the joiner of combining marks, the fillers of
/// Hangul, inherent vowels of Khmer, variation selectors and Braille without dots.
const fn is_filler(c: char) -> bool {
    matches!(c, '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{2800}'
        | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{ffa0}' | '\u{e0100}'..='\u{e01ef}')
}

fn clean(raw: &str, forbidden: impl Fn(char) -> bool) -> Result<String, Violation> {
    without_controls(raw, forbidden).map(|text| text.trim().to_owned())
}

fn without_controls(raw: &str, forbidden: impl Fn(char) -> bool) -> Result<String, Violation> {
    if let Some(c) = raw.chars().find(|&c| c != '\t' && forbidden(c)) {
        return Err(Violation::new(
            Rule::ControlCharacter,
            format!("contains the control character U+{:04X}", u32::from(c)),
        ));
    }
    let text = composed(raw.to_owned());
    Ok(if text.contains('\t') { text.replace('\t', " ") } else { text })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(raw in "\\PC{0,40}") {
            if let Ok(once) = lines(&raw) {
                prop_assert_eq!(lines(&once), Ok(once.clone()));
            }
        }

        #[test]
        fn no_control_character_survives(raw in any::<String>()) {
            if let Ok(text) = one_line(&raw) {
                prop_assert!(!text.chars().any(char::is_control));
            }
        }
    }

    #[test]
    fn what_stands_alone_is_composed() {
        for c in ('\0'..=char::MAX).filter(|&c| stands_alone(c)) {
            for text in [format!("{c}"), format!("a{c}e"), format!("{c}{c}")] {
                assert_eq!(text.nfc().collect::<String>(), text, "{c:?}");
            }
        }
    }

    #[test]
    fn a_decomposed_letter_becomes_one_character() {
        assert_eq!(one_line("Sa\u{308}ule").as_deref(), Ok("S\u{e4}ule"));
    }

    #[test]
    fn a_name_with_a_direction_mark_is_refused() {
        assert_eq!(name("Ma\u{202e}ra").unwrap_err().rule, Rule::InvisibleCharacter);
    }
}
