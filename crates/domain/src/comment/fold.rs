//! Words as they look to a reader in a hurry: without case, accents and what cannot be seen, look-alikes as one letter.
//! It is for comparing and never shown.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text::is_unseen;

/// The words of a text, folded. A word is a run of letters and digits; in scripts that set no spaces, one character.
///
/// Folded means, within reason: compatibility forms (full width, mathematical, circled) as their letters, no accents, lower
/// case, the Cyrillic and Greek letters that look like Latin ones as those, and the digits and signs that stand for letters
/// (`c4$h`) as those. What only looks alike in some typefaces (`rn` and `m`, `l` and `I`) stays apart, since honest words
/// differ by it.
pub(super) fn words(text: &str) -> Vec<String> {
    let shown: Vec<char> = text.nfkd().filter(|&c| !is_unseen(c) && !is_combining_mark(c)).collect();
    let mut words = Vec::new();
    let mut word = String::new();
    for (i, &c) in shown.iter().enumerate() {
        let within = || !word.is_empty() && shown.get(i + 1).is_some_and(|next| next.is_alphanumeric());
        if stands_alone(c) {
            end(&mut words, &mut word);
            words.push(c.to_string());
        } else if c.is_alphanumeric() || (matches!(c, '@' | '$' | '€') && within()) {
            c.to_lowercase().for_each(|c| push_alike(&mut word, c));
        } else {
            end(&mut words, &mut word);
        }
    }
    end(&mut words, &mut word);
    words
}

fn end(words: &mut Vec<String>, word: &mut String) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

/// Characters of scripts that are written without spaces between words: Thai, Lao, Myanmar, Khmer, kana and Han.
const fn stands_alone(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3134f}')
}

/// Adds the letter that `c`, in lower case, looks like or stands for.
fn push_alike(word: &mut String, c: char) {
    let alike = match c {
        'а' | 'α' | 'ɑ' | '4' | '@' => "a",
        'в' | 'β' | '8' => "b",
        'с' => "c",
        'ԁ' | 'đ' | 'ð' => "d",
        'е' | 'ε' | '3' | '€' => "e",
        'ɡ' | '9' => "g",
        'һ' | 'н' | 'η' | 'ħ' => "h",
        'і' | 'ι' | 'ı' | '1' => "i",
        'ј' => "j",
        'к' | 'κ' => "k",
        'ӏ' | 'ł' => "l",
        'м' | 'μ' => "m",
        'ŋ' => "n",
        'о' | 'ο' | 'ø' | '0' => "o",
        'р' | 'ρ' => "p",
        'ԛ' => "q",
        'ѕ' | '5' | '$' => "s",
        'т' | 'τ' | 'ŧ' | '7' => "t",
        'ν' => "v",
        'ԝ' => "w",
        'х' | 'χ' => "x",
        'у' | 'υ' | 'γ' => "y",
        'ζ' => "z",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        c => return word.push(c),
    };
    word.push_str(alike);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_word_looks_the_same_in_any_dress() {
        for raw in [
            "casino",
            "CASINO",
            "cásïnô",
            "c4$1n0",
            "саsіnо",
            "ｃａｓｉｎｏ",
            "𝐜𝐚𝐬𝐢𝐧𝐨",
            "ⓒⓐⓢⓘⓝⓞ",
            "ca\u{200b}si\u{ad}no",
        ] {
            assert_eq!(words(raw), ["casino"], "{raw}");
        }
        assert_eq!(words("Straße – Æther, Łukasz"), ["strasse", "aether", "lukasz"]);
        assert_eq!(words("海は@kai $5 l@ke"), ["海", "は", "kai", "s", "lake"]);
        assert_ne!(words("fail"), words("fall"));
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(raw in "\\PC{0,40}") {
            let once = words(&raw);
            prop_assert_eq!(words(&once.join(" ")), once);
        }
    }
}
