//! What two comments have in common that say the same.

use super::fold;
use super::text::CommentText;

/// The text without what is changed to say the same again: case, spaces, punctuation, accents, look-alikes, characters
/// that nobody sees. The store keeps a hash of it. Of a text without letters and digits (👍👍) it is what can be seen.
pub fn normal_form(text: &CommentText) -> String {
    let words = fold::words(text.as_str()).concat();
    if words.is_empty() {
        let seen = |c: &char| !c.is_whitespace() && !crate::text::is_unseen(*c);
        text.as_str().chars().filter(seen).collect()
    } else {
        words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(raw: &str) -> String {
        normal_form(&CommentText::parse(raw).unwrap())
    }

    // abuse: CM-06
    #[test]
    fn saying_the_same_again_is_seen_through_changes_that_change_nothing() {
        for again in [
            "cheap watches at my shop",
            "CHEAP  WATCHES\n\nat my shop!!!",
            "che\u{200b}ap wat\u{2060}ches at my\u{a0}shop",
            "Ｃheap wаtches, at my shop \u{202e}",
            "c-h-e-a-p watches at my shop",
        ] {
            assert_eq!(form(again), form("Cheap watches at my shop."), "{again}");
        }
        assert_ne!(form("Cheap watches at my shop"), form("Cheap watches at your shop"));
        assert_eq!(form("👍 👍"), form("👍\u{200b}👍"));
        assert_ne!(form("👍"), form("👎"));
    }
}
