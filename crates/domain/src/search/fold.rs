//! Words without what readers leave out when they look for them: accents, and letters that their keyboards do not have.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::canonical_combining_class;

/// A word in lower case without accents: `elections` of `élections`, `strasse` of `straße`. Marks without which a letter is
/// another sound stay: those of kana and of the scripts of India.
pub(super) fn folded(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let mut bare = String::with_capacity(word.len());
    for c in word.nfd().filter(|&c| !is_accent(c)) {
        match c {
            'ß' => bare.push_str("ss"),
            'æ' => bare.push_str("ae"),
            'œ' => bare.push_str("oe"),
            'þ' => bare.push_str("th"),
            'ø' => bare.push('o'),
            'ł' => bare.push('l'),
            'đ' | 'ð' => bare.push('d'),
            'ħ' => bare.push('h'),
            'ı' => bare.push('i'),
            'ς' => bare.push('σ'),
            c => bare.push(c),
        }
    }
    bare.nfc().collect()
}

/// Marks by where they stand on a letter (Unicode Standard, 4.3): above, below and across it, and the points of Hebrew and
/// Arabic.
fn is_accent(c: char) -> bool {
    matches!(canonical_combining_class(c), 1 | 10..=36 | 200..=240)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_are_left_out_and_sounds_stay() {
        for (word, expected) in [
            ("élections", "elections"),
            ("häfen", "hafen"),
            ("straße", "strasse"),
            ("łódź", "lodz"),
            ("smørrebrød", "smorrebrod"),
            ("ёлка", "елка"),
            ("νέος", "νεοσ"),
            ("مُحَمَّد", "محمد"),
            ("が", "が"),
            ("नमस्ते", "नमस्ते"),
        ] {
            assert_eq!(folded(word), expected);
        }
    }
}
