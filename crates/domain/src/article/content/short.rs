//! What an article says in short, for feeds, search engines and partners.

use unicode_segmentation::UnicodeSegmentation;

use super::Content;
use super::texts::Summary;
use crate::block::BlockKind;

impl Content {
    /// Its summary, else its standfirst, else the beginning of its first paragraph, up to [`Summary::MAX_CHARS`]; empty
    /// where it has none of them.
    pub fn in_short(&self) -> String {
        if let Some(summary) = &self.summary {
            return summary.as_str().to_owned();
        }
        let standfirst = self.standfirst.spans().text();
        if !standfirst.trim().is_empty() {
            return standfirst;
        }
        let mut paragraphs = self.body.blocks().iter().filter_map(|block| match &block.kind {
            BlockKind::Paragraph(paragraph) => Some(paragraph.content.text()),
            _ => None,
        });
        let first = paragraphs.find(|text| !text.trim().is_empty());
        first.map(|text| beginning(&text, Summary::MAX_CHARS)).unwrap_or_default()
    }
}

/// As many whole words as fit into `most` characters, with an ellipsis where that is not all.
fn beginning(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let (mut end, mut chars) = (0, 1);
    for (at, word) in text.split_word_bound_indices() {
        chars += word.chars().count();
        if chars > most {
            break;
        }
        end = at + word.len();
    }
    // One word that is longer than all is cut.
    let kept: String = if end == 0 { text.chars().take(most - 1).collect() } else { text[..end].to_owned() };
    format!("{}…", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::article::content::texts::Headline;
    use crate::language::Language;
    use crate::slug::Slug;

    #[test]
    fn a_text_ends_at_a_word_and_says_so() {
        assert_eq!(beginning("The tide came in.", 17), "The tide came in.");
        assert_eq!(beginning("The tide came in.", 16), "The tide came…");
        assert_eq!(beginning("The tide came in.", 9), "The tide…");
        assert_eq!(beginning("Floodgates", 6), "Flood…");
    }

    #[test]
    fn what_an_article_says_in_short_is_what_its_editors_wrote_for_that() {
        let headline = Headline::parse("Sea gates hold").unwrap();
        let begun = Content::begun(headline, Slug::parse("gates").unwrap(), Language::parse("en").unwrap());
        let spans = |text: &str| json!([{"text": text, "marks": []}]);
        let mut told = serde_json::to_value(begun).unwrap();
        let short = |told: &Value| serde_json::from_value::<Content>(told.clone()).unwrap().in_short();
        assert_eq!(short(&told), "");
        told["body"] = json!([
            {"id": "a", "type": "divider"},
            {"id": "b", "type": "paragraph", "content": spans("The tide came in.")},
        ]);
        assert_eq!(short(&told), "The tide came in.");
        told["standfirst"] = spans("At some length.");
        assert_eq!(short(&told), "At some length.");
        told["summary"] = json!("In short.");
        assert_eq!(short(&told), "In short.");
    }
}
