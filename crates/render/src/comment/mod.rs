//! The text of a comment as HTML: paragraphs, line breaks and links, and nothing else.

mod links;

use domain::comment::text::CommentText;

use self::links::{Piece, pieces};
use crate::html::page::Page;

/// What every link of a reader's says: that we do not vouch for it, that search engines give nothing for it, and that
/// the page it opens gets no hold of ours.
const READERS: &str = "ugc nofollow noopener";

/// The text as HTML. Addresses of the web become links that say where they lead; all else is text, to the letter.
pub fn html(text: &CommentText) -> String {
    let mut page = Page::default();
    for paragraph in text.paragraphs() {
        page.element("p", &[], |page| {
            for (i, line) in paragraph.split('\n').enumerate() {
                if i > 0 {
                    page.empty("br");
                }
                pieces(line).for_each(|piece| write(page, &piece));
            }
        });
    }
    page.into_html()
}

fn write(page: &mut Page, piece: &Piece<'_>) {
    match piece {
        Piece::Words(words) => page.text(words),
        Piece::Link { shown, url } => {
            page.element("a", &[("href", url.as_str()), ("rel", READERS)], |page| page.text(shown));
        }
    }
}

#[cfg(test)]
mod tests;
