//! Blocks as plain text, to be counted and compared. What readers get as text is the render crate's.

use super::BlockKind;
use super::list::{List, ListItem};
use super::photo::PhotoUse;
use super::quote::Quote;
use super::simple::{SimpleBlock, SimpleBlocks};
use crate::span::Spans;

impl BlockKind {
    /// Everything in it that can be read, a line per part. Empty where it has no words.
    pub fn plain_text(&self) -> String {
        let mut lines = Vec::new();
        match self {
            Self::Paragraph(paragraph) => lines.push(paragraph.content.text()),
            Self::Heading(heading) => lines.push(heading.content.text()),
            Self::Quote(quote) | Self::PullQuote(quote) => push_quote(&mut lines, quote),
            Self::List(list) => push_list(&mut lines, list),
            Self::Photo(photo) => push_photo(&mut lines, &photo.photo),
            Self::Gallery(gallery) => gallery.photos().iter().for_each(|photo| push_photo(&mut lines, photo)),
            Self::Embed(embed) => lines.push(embed.fallback_text().as_str().to_owned()),
            Self::FactBox(fact_box) => {
                lines.push(fact_box.title.as_str().to_owned());
                push_simple(&mut lines, &fact_box.blocks);
            }
            Self::Table(table) => {
                lines.extend(table.caption().map(|caption| caption.as_str().to_owned()));
                for row in table.rows() {
                    lines.extend(row.iter().map(|cell| cell.content.text()));
                }
            }
            Self::Code(code) => lines.push(code.text.as_str().to_owned()),
            Self::Update(update) => {
                lines.extend(update.title.as_ref().map(|title| title.as_str().to_owned()));
                push_simple(&mut lines, &update.blocks);
            }
            Self::Unsupported(unsupported) => {
                lines.extend(unsupported.text.as_ref().map(|text| text.as_str().to_owned()));
            }
            Self::Related(_) | Self::Divider => {}
        }
        lines.retain(|line| !line.is_empty());
        lines.join("\n")
    }

    /// Every running text in it, in the order of reading, with the JSON pointer of its list of spans below the block.
    pub fn texts(&self) -> Vec<(String, &Spans)> {
        let mut texts = Vec::new();
        match self {
            Self::Paragraph(paragraph) => texts.push(("/content".to_owned(), &paragraph.content)),
            Self::Heading(heading) => texts.push(("/content".to_owned(), &heading.content)),
            Self::Quote(quote) | Self::PullQuote(quote) => {
                texts.push(("/content".to_owned(), &quote.content));
            }
            Self::List(list) => list_texts(&mut texts, "", list),
            Self::FactBox(fact_box) => simple_texts(&mut texts, &fact_box.blocks),
            Self::Update(update) => simple_texts(&mut texts, &update.blocks),
            Self::Table(table) => {
                for (r, row) in table.rows().iter().enumerate() {
                    let cells = row.iter().enumerate();
                    texts.extend(cells.map(|(c, cell)| (format!("/rows/{r}/{c}/content"), &cell.content)));
                }
            }
            _ => {}
        }
        texts
    }
}

fn push_quote(lines: &mut Vec<String>, quote: &Quote) {
    lines.push(quote.content.text());
    if let Some(attribution) = &quote.attribution {
        lines.push(attribution.name.as_str().to_owned());
        lines.extend(attribution.title.as_ref().map(|title| title.as_str().to_owned()));
    }
}

fn push_list(lines: &mut Vec<String>, list: &List) {
    for ListItem { content, list } in list.items() {
        lines.push(content.text());
        if let Some(list) = list {
            push_list(lines, list);
        }
    }
}

fn push_photo(lines: &mut Vec<String>, photo: &PhotoUse) {
    lines.extend(photo.caption.as_ref().map(|caption| caption.as_str().to_owned()));
}

fn push_simple(lines: &mut Vec<String>, blocks: &SimpleBlocks) {
    for block in blocks.as_slice() {
        match block {
            SimpleBlock::Paragraph(paragraph) => lines.push(paragraph.content.text()),
            SimpleBlock::Heading(heading) => lines.push(heading.content.text()),
            SimpleBlock::List(list) => push_list(lines, list),
            SimpleBlock::Quote(quote) => push_quote(lines, quote),
        }
    }
}

fn list_texts<'a>(texts: &mut Vec<(String, &'a Spans)>, at: &str, list: &'a List) {
    for (i, item) in list.items().iter().enumerate() {
        texts.push((format!("{at}/items/{i}/content"), &item.content));
        if let Some(inner) = &item.list {
            list_texts(texts, &format!("{at}/items/{i}/list"), inner);
        }
    }
}

fn simple_texts<'a>(texts: &mut Vec<(String, &'a Spans)>, blocks: &'a SimpleBlocks) {
    for (i, block) in blocks.as_slice().iter().enumerate() {
        let at = format!("/blocks/{i}");
        match block {
            SimpleBlock::Paragraph(paragraph) => texts.push((format!("{at}/content"), &paragraph.content)),
            SimpleBlock::Heading(heading) => texts.push((format!("{at}/content"), &heading.content)),
            SimpleBlock::Quote(quote) => texts.push((format!("{at}/content"), &quote.content)),
            SimpleBlock::List(list) => list_texts(texts, &at, list),
        }
    }
}
