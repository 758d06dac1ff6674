//! Parts of articles that a search found, as HTML: what was looked for is marked, and all else is text.

use domain::search::meeting::Piece;

use crate::html::page::Page;

/// Pieces as HTML, of which `mark` is the only element.
pub fn marked(pieces: &[Piece]) -> String {
    let mut page = Page::default();
    for piece in pieces {
        match piece {
            Piece::Plain(text) => page.text(text),
            Piece::Sought(text) => page.element("mark", &[], |page| page.text(text)),
        }
    }
    page.into_html()
}

#[cfg(test)]
mod tests {
    use super::*;

    // abuse: OUT-01
    #[test]
    fn nothing_but_marks_is_markup() {
        let pieces = [
            Piece::Plain("</mark><b>\"".into()),
            Piece::Sought("<script>".into()),
            Piece::Plain(" & '".into()),
        ];
        assert_eq!(marked(&pieces), "&lt;/mark&gt;&lt;b&gt;&quot;<mark>&lt;script&gt;</mark> &amp; &#39;");
    }
}
