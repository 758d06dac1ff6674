//! How words are compared in credit lines: whatever their capitals, and only as whole words.

/// What follows `prefix` in `text`, whatever its capitals; `None` where it begins otherwise or goes on within a word.
pub(super) fn after<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for wanted in prefix.chars() {
        if !same(rest.next()?, wanted) {
            return None;
        }
    }
    let rest = rest.as_str();
    let within = |c: char| c.is_alphanumeric();
    let word = prefix.chars().next_back().is_some_and(within) && rest.chars().next().is_some_and(within);
    (!word).then_some(rest)
}

/// What stands before `suffix` in `text`, whatever its capitals; `None` where it ends otherwise or within a word.
pub(super) fn before<'a>(text: &'a str, suffix: &str) -> Option<&'a str> {
    let mut rest = text.chars();
    for wanted in suffix.chars().rev() {
        if !same(rest.next_back()?, wanted) {
            return None;
        }
    }
    let rest = rest.as_str();
    (!rest.chars().next_back().is_some_and(char::is_alphanumeric)).then_some(rest)
}

/// Whether both texts are the same but for capitals.
pub(super) fn equal(one: &str, other: &str) -> bool {
    one.chars().flat_map(char::to_lowercase).eq(other.chars().flat_map(char::to_lowercase))
}

fn same(one: char, other: char) -> bool {
    // Most of what is compared is ASCII, whose capitals need no table.
    if one.is_ascii() && other.is_ascii() {
        return one.eq_ignore_ascii_case(&other);
    }
    one == other || one.to_lowercase().eq(other.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_whole_and_capitals_do_not_count() {
        assert_eq!(after("PHOTO by Mara", "Photo"), Some(" by Mara"));
        assert_eq!(after("Photographers", "Photo"), None);
        assert_eq!(before("AFP PHOTO", "Photo"), Some("AFP "));
        assert_eq!(before("telephoto", "photo"), None);
        assert!(equal("ÅSE HOLM", "Åse Holm"));
    }
}
