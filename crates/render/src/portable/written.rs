//! Delivered blocks as Portable Text.

use domain::block::quote::Attribution;
use domain::slug::Slug;

use super::shapes::{
    MarkDefinition, PortableArticle, PortableBlock, PortableCell, PortableCode, PortableDivider,
    PortableEmbed, PortableFactBox, PortableGallery, PortableInner, PortableList, PortablePhoto,
    PortableRelated, PortableRow, PortableSpan, PortableStyle, PortableTable, PortableText, PortableUpdate,
};
use crate::body::span::{Link, Mark, Span};
use crate::body::{Block, BlockKind, Heading, List, Quote, SimpleBlock};

/// The body in Portable Text.
pub fn portable_text(blocks: &[Block]) -> Vec<PortableBlock> {
    blocks.iter().flat_map(|block| whole(block.id.as_str().to_owned(), &block.kind)).collect()
}

fn whole(key: String, kind: &BlockKind) -> Vec<PortableBlock> {
    let one = match kind {
        BlockKind::Paragraph(paragraph) => text(key, &paragraph.content),
        BlockKind::Heading(subhead) => heading(key, subhead),
        BlockKind::Quote(words) => quote(key, PortableStyle::Blockquote, words),
        BlockKind::PullQuote(words) => quote(key, PortableStyle::Pullquote, words),
        BlockKind::List(items) => {
            let mut flat = Vec::new();
            list(&mut flat, &key, 1, items);
            return flat.into_iter().map(PortableBlock::Block).collect();
        }
        BlockKind::Photo(block) => {
            let (photo, size) = (block.photo.clone(), block.size);
            return vec![PortableBlock::Photo(Box::new(PortablePhoto { key, photo, size }))];
        }
        BlockKind::Gallery(gallery) => {
            let photos = gallery.photos.clone();
            return vec![PortableBlock::Gallery(PortableGallery { key, photos })];
        }
        BlockKind::Embed(embed) => {
            return vec![PortableBlock::Embed(PortableEmbed {
                key,
                provider: embed.provider(),
                url: embed.url().clone(),
                fallback_text: embed.fallback_text().clone(),
            })];
        }
        BlockKind::FactBox(facts) => {
            let content = simple(&key, &facts.blocks);
            return vec![PortableBlock::FactBox(PortableFactBox {
                key,
                title: facts.title.clone(),
                content,
            })];
        }
        BlockKind::Related(related) => {
            let article = |(article, n): (&_, usize)| {
                let article = crate::body::ArticleRef::clone(article);
                PortableArticle::Article { key: format!("{key}.{n}"), article }
            };
            let articles = related.articles.iter().zip(0..).map(article).collect();
            return vec![PortableBlock::Related(PortableRelated { key, articles })];
        }
        BlockKind::Table(cells) => return vec![PortableBlock::Table(table(key, cells))],
        BlockKind::Code(code) => {
            let (language, code) = (code.language.clone(), code.text.clone());
            return vec![PortableBlock::Code(PortableCode { key, language, code })];
        }
        BlockKind::Divider => return vec![PortableBlock::Divider(PortableDivider { key })],
        BlockKind::Update(update) => {
            let content = simple(&key, &update.blocks);
            let (time, title) = (update.time, update.title.clone());
            return vec![PortableBlock::Update(PortableUpdate { key, time, title, content })];
        }
    };
    vec![PortableBlock::Block(one)]
}

fn simple(key: &str, blocks: &[SimpleBlock]) -> Vec<PortableInner> {
    let mut written = Vec::new();
    for (block, n) in blocks.iter().zip(0..) {
        let key = format!("{key}.{n}");
        match block {
            SimpleBlock::Paragraph(paragraph) => written.push(text(key, &paragraph.content)),
            SimpleBlock::Heading(subhead) => written.push(heading(key, subhead)),
            SimpleBlock::List(items) => list(&mut written, &key, 1, items),
            SimpleBlock::Quote(words) => written.push(quote(key, PortableStyle::Blockquote, words)),
        }
    }
    written.into_iter().map(PortableInner::Block).collect()
}

fn heading(key: String, Heading { level, anchor, content }: &Heading) -> PortableText {
    let style = match level.number() {
        2 => PortableStyle::H2,
        3 => PortableStyle::H3,
        _ => PortableStyle::H4,
    };
    let anchor: Option<Slug> = anchor.clone();
    PortableText { style, anchor, ..text(key, content) }
}

fn quote(key: String, style: PortableStyle, Quote { content, attribution }: &Quote) -> PortableText {
    let attribution: Option<Attribution> = attribution.clone();
    PortableText { style, attribution, ..text(key, content) }
}

/// Items one after another; those of a list below an item follow it, a level deeper.
fn list(flat: &mut Vec<PortableText>, key: &str, level: u8, List { ordered, items }: &List) {
    let kind = if *ordered { PortableList::Number } else { PortableList::Bullet };
    for (item, n) in items.iter().zip(0..) {
        let key = format!("{key}.{n}");
        let written = text(key.clone(), &item.content);
        flat.push(PortableText { list_item: Some(kind), level: Some(level), ..written });
        if let Some(below) = &item.list {
            list(flat, &key, level + 1, below);
        }
    }
}

fn table(key: String, table: &crate::body::Table) -> PortableTable {
    let mut rows = Vec::new();
    for (row, r) in table.rows.iter().zip(0..) {
        let key = format!("{key}.{r}");
        let cell = |(cell, c): (&crate::body::Cell, usize)| {
            let key = format!("{key}.{c}");
            let content = vec![PortableInner::Block(text(format!("{key}.0"), &cell.content))];
            PortableCell::Cell { key, content }
        };
        let cells = row.iter().zip(0..).map(cell).collect();
        rows.push(PortableRow::Row { key, cells });
    }
    PortableTable { key, caption: table.caption.clone(), header_rows: table.header_rows, rows }
}

/// A paragraph, to be made something else by whoever knows better.
fn text(key: String, spans: &[Span]) -> PortableText {
    let mut mark_defs = Vec::new();
    let mut children: Vec<_> = spans
        .iter()
        .zip(0..)
        .map(|(Span { text, marks }, n): (_, usize)| PortableSpan::Span {
            key: format!("{key}.s{n}"),
            text: text.clone(),
            marks: marks.iter().map(|mark| name(mark, &key, &mut mark_defs)).collect(),
        })
        .collect();
    if children.is_empty() {
        children.push(PortableSpan::Span {
            key: format!("{key}.s0"),
            text: String::new(),
            marks: Vec::new(),
        });
    }
    PortableText {
        key,
        style: PortableStyle::Normal,
        list_item: None,
        level: None,
        anchor: None,
        attribution: None,
        children,
        mark_defs,
    }
}

/// The name of a mark, or the key of its definition, which equal marks of one text share.
fn name(mark: &Mark, key: &str, definitions: &mut Vec<MarkDefinition>) -> String {
    let key = |definitions: &Vec<MarkDefinition>| format!("{key}.m{}", definitions.len());
    let plain = match mark {
        Mark::Strong => "strong",
        Mark::Emphasis => "em",
        Mark::Strikethrough => "strike-through",
        Mark::Code => "code",
        Mark::Superscript => "sup",
        Mark::Subscript => "sub",
        Mark::Link(Link { href, article }) => {
            let known = definitions.iter().find_map(|known| match known {
                MarkDefinition::Link { key, href: other, article: to } if other == href && to == article => {
                    Some(key)
                }
                _ => None,
            });
            return known.cloned().unwrap_or_else(|| {
                let key = key(definitions);
                let (href, article) = (href.clone(), article.clone());
                definitions.push(MarkDefinition::Link { key: key.clone(), href, article });
                key
            });
        }
        Mark::Language { tag } => {
            let known = definitions.iter().find_map(|known| match known {
                MarkDefinition::Language { key, tag: other } if other == tag => Some(key),
                _ => None,
            });
            return known.cloned().unwrap_or_else(|| {
                let key = key(definitions);
                definitions.push(MarkDefinition::Language { key: key.clone(), tag: tag.clone() });
                key
            });
        }
    };
    plain.to_owned()
}
