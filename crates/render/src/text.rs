//! A delivered body as plain text: parts with an empty line between them, and nothing that is not worth reading aloud.

use domain::block::quote::Attribution;

use crate::body::span::Span;
use crate::body::{ArticleRef, Block, BlockKind, List, ListItem, Quote, SimpleBlock, Table};

/// What a level of a list is indented by.
const INDENT: &str = "  ";

/// The body as text.
pub fn text(blocks: &[Block]) -> String {
    let mut parts = Vec::new();
    for block in blocks {
        whole(&mut parts, &block.kind);
    }
    parts.join("\n\n")
}

fn whole(parts: &mut Vec<String>, kind: &BlockKind) {
    match kind {
        BlockKind::Paragraph(text) => parts.push(words(&text.content)),
        BlockKind::Heading(heading) => parts.push(words(&heading.content)),
        BlockKind::Quote(words) | BlockKind::PullQuote(words) => parts.push(quote(words)),
        BlockKind::List(items) => parts.push(list(items, "")),
        BlockKind::Photo(block) => parts.push(block.photo.caption_text.clone()),
        BlockKind::Gallery(gallery) => {
            parts.extend(gallery.photos.iter().map(|photo| photo.caption_text.clone()));
        }
        BlockKind::Embed(embed) => parts.push(format!("{}: {}", embed.fallback_text().as_str(), embed.url())),
        BlockKind::FactBox(facts) => {
            parts.push(facts.title.as_str().to_owned());
            simple(parts, &facts.blocks);
        }
        BlockKind::Related(related) => {
            let line = |article: &ArticleRef| format!("{}: {}", article.headline.as_str(), article.url);
            parts.push(related.articles.iter().map(line).collect::<Vec<_>>().join("\n"));
        }
        BlockKind::Table(cells) => parts.push(table(cells)),
        BlockKind::Code(code) => parts.push(code.text.as_str().to_owned()),
        BlockKind::Divider => parts.push("* * *".to_owned()),
        BlockKind::Update(update) => {
            parts.push(update.time.to_string());
            parts.extend(update.title.as_ref().map(|title| title.as_str().to_owned()));
            simple(parts, &update.blocks);
        }
    }
}

fn simple(parts: &mut Vec<String>, blocks: &[SimpleBlock]) {
    parts.extend(blocks.iter().map(|block| match block {
        SimpleBlock::Paragraph(text) => words(&text.content),
        SimpleBlock::Heading(heading) => words(&heading.content),
        SimpleBlock::List(items) => list(items, ""),
        SimpleBlock::Quote(words) => quote(words),
    }));
}

fn words(spans: &[Span]) -> String {
    spans.iter().map(|span| span.text.as_str()).collect()
}

fn quote(Quote { content, attribution }: &Quote) -> String {
    let mut lines = vec![words(content)];
    if let Some(Attribution { name, title, source_url: _ }) = attribution {
        let title = title.as_ref().map(|title| format!(", {}", title.as_str())).unwrap_or_default();
        lines.push(format!("— {}{title}", name.as_str()));
    }
    lines.retain(|line| !line.is_empty());
    lines.join("\n")
}

/// The depth is that of the block model.
fn list(List { ordered, items }: &List, indent: &str) -> String {
    let mut lines = Vec::new();
    for (ListItem { content, list: below }, number) in items.iter().zip(1..) {
        let mark = if *ordered { format!("{number}.") } else { "-".to_owned() };
        lines.push(format!("{indent}{mark} {}", words(content)));
        lines.extend(below.as_ref().map(|below| list(below, &format!("{indent}{INDENT}"))));
    }
    lines.join("\n")
}

/// A line per row, with tabs between the cells, as spreadsheets paste it.
fn table(Table { caption, header_rows: _, rows }: &Table) -> String {
    let cells = rows.iter().map(|row| {
        row.iter().map(|cell| words(&cell.content).replace('\n', " ")).collect::<Vec<_>>().join("\t")
    });
    caption.iter().map(|caption| caption.as_str().to_owned()).chain(cells).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::text;
    use crate::samples::{OPEN, delivered_of};

    #[test]
    fn every_kind_of_block_can_be_read_as_text() {
        let plain = |text: &str| json!([{"text": text, "marks": []}]);
        let list = json!({"ordered": false, "items": [{"content": plain("inner")}]});
        let by = json!({"name": "Ivo Grane", "title": "harbour minister", "source_url": null});
        let body = json!([
            {"id": "a", "type": "heading", "level": 2, "anchor": "a", "content": plain("A rare chance")},
            {"id": "b", "type": "paragraph", "content": [{"text": "“Ålhavn”, ", "marks": []}, {"text": "said\nŁukasz.", "marks": [{"type": "strong"}]}]},
            {"id": "c", "type": "quote", "content": plain("Well."), "attribution": by},
            {"id": "d", "type": "list", "ordered": true, "items": [{"content": plain("One"), "list": list}, {"content": plain("Two")}]},
            {"id": "e", "type": "table", "caption": "Tides", "header_rows": 1, "rows": [[{"content": plain("Year")}, {"content": plain("High")}]]},
            {"id": "f", "type": "embed", "provider": "vimeo", "url": "https://vimeo.com/1", "fallback_text": "A film"},
            {"id": "g", "type": "divider"},
            {"id": "h", "type": "fact_box", "title": "The gates", "blocks": [{"type": "paragraph", "content": plain("Eleven.")}]},
            {"id": "i", "type": "related", "articles": [OPEN]},
            {"id": "j", "type": "code", "language": null, "text": "  SELECT 1;"},
            {"id": "k", "type": "update", "time": "2026-01-01T12:00:00.000Z", "title": "High water", "blocks": []},
        ]);
        let expected = [
            "A rare chance",
            "“Ålhavn”, said\nŁukasz.",
            "Well.\n— Ivo Grane, harbour minister",
            "1. One\n  - inner\n2. Two",
            "Tides\nYear\tHigh",
            "A film: https://vimeo.com/1",
            "* * *",
            "The gates",
            "Eleven.",
            "Reef <recovers> & grows: https://varn.example/reef-recovers?a=1&b=2",
            "  SELECT 1;",
            "2026-01-01T12:00:00.000Z",
            "High water",
        ];
        assert_eq!(text(&delivered_of(&body)), expected.join("\n\n"));
    }
}
