//! Text as words, in any script.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::is_unseen;

/// Longest form, in Unicode scalar values; more of a word counts for nothing. Longer than the compounds of German news, and
/// short enough to be a term of any database.
pub(super) const MAX_CHARS: usize = 40;

/// A word where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Word {
    /// Its octets in the text.
    pub(super) at: Range<usize>,
    /// It in lower case, compatibility forms (full width, ligatures) as their letters.
    pub(super) form: String,
}

/// The words of a text in order: runs of letters and digits with their marks. In scripts that set no spaces between words,
/// and in Hangul, which glues particles to them, each character is one. What stands between words parts them, whatever it
/// is; an apostrophe too, and the `s` of an English genitive behind it is dropped.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut words = Words { text, found: Vec::new(), open: None, after_apostrophe: false };
    // Most of most texts is ASCII, which has nothing unseen, no marks and no forms of another letter.
    for (i, c) in text.char_indices().filter(|&(_, c)| c.is_ascii() || !is_unseen(c)) {
        words.read(i, c);
    }
    words.end();
    words.found
}

struct Words<'a> {
    text: &'a str,
    found: Vec<Word>,
    open: Option<Open>,
    after_apostrophe: bool,
}

/// The word that is being read.
struct Open {
    at: Range<usize>,
    takes: Takes,
    behind_apostrophe: bool,
}

/// What a word still takes.
#[derive(PartialEq, Eq)]
enum Takes {
    /// Letters, digits and marks.
    Letters,
    /// Marks alone: its character is a word.
    Marks,
}

impl Words<'_> {
    fn read(&mut self, i: usize, c: char) {
        let next = i + c.len_utf8();
        if !c.is_ascii() && is_combining_mark(c) {
            if let Some(open) = &mut self.open {
                open.at.end = next;
            }
        } else if c.is_alphanumeric() && !is_apostrophe(c) {
            let alone = stands_alone(c);
            match &mut self.open {
                Some(open) if open.takes == Takes::Letters && !alone => open.at.end = next,
                _ => self.begin(i..next, if alone { Takes::Marks } else { Takes::Letters }),
            }
        } else {
            self.after_apostrophe = is_apostrophe(c) && self.open.is_some();
            self.end();
        }
    }

    fn begin(&mut self, at: Range<usize>, takes: Takes) {
        self.end();
        let behind_apostrophe = std::mem::take(&mut self.after_apostrophe);
        self.open = Some(Open { at, takes, behind_apostrophe });
    }

    fn end(&mut self) {
        let Some(Open { at, takes: _, behind_apostrophe }) = self.open.take() else { return };
        let form = form(&self.text[at.clone()]);
        if !(form.is_empty() || behind_apostrophe && form == "s") {
            self.found.push(Word { at, form });
        }
    }
}

/// A word in lower case, with nothing that is not of it.
fn form(raw: &str) -> String {
    if raw.is_ascii() {
        return raw[..raw.len().min(MAX_CHARS)].to_ascii_lowercase();
    }
    let seen = raw.chars().filter(|&c| !is_unseen(c));
    let lower = seen.nfkc().flat_map(char::to_lowercase);
    lower.filter(|&c| c.is_alphanumeric() || is_combining_mark(c)).take(MAX_CHARS).collect()
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{ff07}')
}

/// Whether a character is a word: those of Thai, Lao, Myanmar, Khmer, kana, Han and Hangul.
pub(super) const fn stands_alone(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1100}'..='\u{11ff}' | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3130}'..='\u{318f}' | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forms(text: &str) -> Vec<String> {
        words(text).into_iter().map(|word| word.form).collect()
    }

    #[test]
    fn words_are_found_in_any_script() {
        assert_eq!(
            forms("Varn’s “sea-gates” (3.5 m) HOLD: don't"),
            ["varn", "sea", "gates", "3", "5", "m", "hold", "don", "t"]
        );
        assert_eq!(forms("L'eau d’Évian"), ["l", "eau", "d", "évian"]);
        assert_eq!(forms("Выборы в Киеве"), ["выборы", "в", "киеве"]);
        assert_eq!(forms("東京都、JR東"), ["東", "京", "都", "jr", "東"]);
        assert_eq!(forms("서울에서 뉴스"), ["서", "울", "에", "서", "뉴", "스"]);
        assert_eq!(forms("नमस्ते दुनिया"), ["नमस्ते", "दुनिया"]);
        assert_eq!(forms("ＶＡＲＮ ha\u{ad}fen ﬁsh cafe\u{301}"), ["varn", "hafen", "fish", "café"]);
        assert_eq!(forms("* - : ( ) \" ' s"), ["s"]);
        assert_eq!(forms(""), [""; 0]);
    }

    #[test]
    fn a_word_is_found_where_it_stands() {
        let text = "Die »Häfen« sind zu.";
        let found: Vec<_> = words(text).into_iter().map(|word| &text[word.at]).collect();
        assert_eq!(found, ["Die", "Häfen", "sind", "zu"]);
    }

    #[test]
    fn more_of_a_word_than_fits_counts_for_nothing() {
        assert_eq!(forms(&"ﷺ".repeat(100))[0].chars().count(), MAX_CHARS);
    }
}
