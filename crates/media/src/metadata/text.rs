//! Octets as text: the character sets that metadata is written in, and what of the octets is filling.

/// What a block says of the character set of its texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Charset {
    /// UTF-8.
    Utf8,
    /// Nothing that can be relied on.
    Untold,
}

/// The text, without the spaces around it and the zeros that some programs end it with.
///
/// Valid UTF-8 is taken as such, since text with an accent in another set hardly ever is. So is UTF-8 that was cut within
/// its last character, without it: where the block says UTF-8, or another character of the text shows it. All else is
/// Latin-1, with the quotation marks and dashes of Windows: what most wrote, whatever they called it.
pub(super) fn decoded(octets: &[u8], charset: Charset) -> String {
    let end = octets.iter().rposition(|&octet| octet != 0).map_or(0, |last| last + 1);
    let octets = octets.get(..end).unwrap_or_default();
    let error = match std::str::from_utf8(octets) {
        Ok(text) => return text.trim().to_owned(),
        Err(error) => error,
    };
    let valid = octets
        .get(..error.valid_up_to())
        .and_then(|valid| std::str::from_utf8(valid).ok())
        .unwrap_or_default();
    let cut = error.error_len().is_none();
    if cut && (charset == Charset::Utf8 || !valid.is_ascii()) {
        valid.trim().to_owned()
    } else {
        octets.iter().map(|&octet| windows_1252(octet)).collect::<String>().trim().to_owned()
    }
}

/// Where Windows differs from Latin-1, whose octets are the first 256 characters of Unicode.
const WINDOWS_1252: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', //
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
];

fn windows_1252(octet: u8) -> char {
    let differs = octet.checked_sub(0x80).and_then(|index| WINDOWS_1252.get(usize::from(index)));
    differs.copied().unwrap_or(char::from(octet))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_utf_8_is_taken_as_such_and_the_rest_as_what_windows_wrote() {
        assert_eq!(decoded("Réka — œuvre".as_bytes(), Charset::Untold), "Réka — œuvre");
        assert_eq!(decoded(b"R\xe9ka \x97 \x9cuvre", Charset::Untold), "Réka — œuvre");
        assert_eq!(decoded(b"R\xe9ka", Charset::Utf8), "Réka");
    }

    #[test]
    fn a_last_character_cut_in_half_is_left_out_where_the_text_is_utf_8() {
        assert_eq!(decoded(b"R\xc3\xa9k\xc3", Charset::Untold), "Rék");
        assert_eq!(decoded(b"Rek\xc3", Charset::Utf8), "Rek");
        assert_eq!(decoded(b"caf\xe9", Charset::Untold), "café");
    }

    #[test]
    fn filling_is_not_text() {
        assert_eq!(decoded(b"EPA\0\0", Charset::Utf8), "EPA");
        assert_eq!(decoded(b"\0\0", Charset::Untold), "");
    }
}
