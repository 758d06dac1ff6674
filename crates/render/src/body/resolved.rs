//! The blocks of an article as delivered blocks: links get the addresses that hold now, and what readers cannot open is
//! left out without a trace.

use domain::block::list::{self, ListOrder};
use domain::block::photo::PhotoUse;
use domain::block::simple::{self, SimpleBlocks};
use domain::block::{self, heading, quote, table};
use domain::id::ArticleId;
use domain::span::mark::{self, Link as Target};
use domain::span::{self, Spans};

use super::photo::{Gallery, Photo, PhotoBlock};
use super::span::{Link, LinkedArticle, Mark, Span};
use super::{
    ArticleRef, Block, BlockKind, Cell, FactBox, Heading, List, ListItem, Paragraph, Quote, Related,
    SimpleBlock, Table, Update,
};

/// What readers can open of our own articles. Whoever delivers a body tells it.
pub trait Articles {
    /// The article of an id, with the address where people read it; `None` where they cannot.
    fn linked(&self, id: ArticleId) -> Option<(LinkedArticle, String)>;

    /// A photo as one use shows it; `None` where readers do not see it.
    fn photo(&self, used: &PhotoUse) -> Option<Photo>;

    /// The same article as a list of related ones shows it.
    fn related(&self, id: ArticleId) -> Option<ArticleRef>;
}

/// The blocks that readers get.
pub fn delivered(blocks: &[block::Block], articles: &dyn Articles) -> Vec<Block> {
    let shown =
        |block: &block::Block| Some(Block { id: block.id.clone(), kind: kind(&block.kind, articles)? });
    blocks.iter().filter_map(shown).collect()
}

/// `None` for what is not delivered.
fn kind(kind: &block::BlockKind, articles: &dyn Articles) -> Option<BlockKind> {
    use block::BlockKind as Stored;
    Some(match kind {
        Stored::Paragraph(text) => BlockKind::Paragraph(paragraph(text, articles)),
        Stored::Heading(subhead) => BlockKind::Heading(heading(subhead, articles)),
        Stored::Quote(words) => BlockKind::Quote(quote(words, articles)),
        Stored::PullQuote(words) => BlockKind::PullQuote(quote(words, articles)),
        Stored::List(items) => BlockKind::List(list(items, articles)),
        Stored::Embed(embed) => BlockKind::Embed(embed.clone()),
        Stored::FactBox(facts) => BlockKind::FactBox(FactBox {
            title: facts.title.clone(),
            blocks: simple(&facts.blocks, articles),
        }),
        Stored::Related(related) => {
            let open = related.articles.as_slice().iter().filter_map(|&id| articles.related(id));
            let open: Vec<_> = open.collect();
            // A block of nothing would tell that something is hidden.
            if open.is_empty() {
                return None;
            }
            BlockKind::Related(Related { articles: open })
        }
        Stored::Table(cells) => BlockKind::Table(table(cells, articles)),
        Stored::Code(code) => BlockKind::Code(code.clone()),
        Stored::Divider => BlockKind::Divider,
        Stored::Update(update) => BlockKind::Update(Update {
            time: update.time,
            title: update.title.clone(),
            blocks: simple(&update.blocks, articles),
        }),
        Stored::Photo(block) => {
            let photo = articles.photo(&block.photo)?;
            BlockKind::Photo(Box::new(PhotoBlock { photo, size: block.size }))
        }
        Stored::Gallery(gallery) => {
            let photos: Vec<_> = gallery.photos().iter().filter_map(|used| articles.photo(used)).collect();
            if photos.is_empty() {
                return None;
            }
            BlockKind::Gallery(Gallery { photos })
        }
        // What an import could not place is for editors.
        Stored::Unsupported(_) => return None,
    })
}

fn paragraph(text: &block::Paragraph, articles: &dyn Articles) -> Paragraph {
    Paragraph { content: spans(&text.content, articles) }
}

fn heading(subhead: &heading::Heading, articles: &dyn Articles) -> Heading {
    let heading::Heading { level, anchor, content } = subhead;
    Heading { level: *level, anchor: anchor.clone(), content: spans(content, articles) }
}

fn quote(words: &quote::Quote, articles: &dyn Articles) -> Quote {
    let quote::Quote { content, attribution } = words;
    Quote { content: spans(content, articles), attribution: attribution.clone() }
}

/// The depth is that of the block model.
fn list(items: &list::List, articles: &dyn Articles) -> List {
    let item = |item: &list::ListItem| ListItem {
        content: spans(&item.content, articles),
        list: item.list.as_ref().map(|below| list(below, articles)),
    };
    List { ordered: items.order() == ListOrder::Ordered, items: items.items().iter().map(item).collect() }
}

fn simple(blocks: &SimpleBlocks, articles: &dyn Articles) -> Vec<SimpleBlock> {
    let shown = |block: &simple::SimpleBlock| match block {
        simple::SimpleBlock::Paragraph(text) => SimpleBlock::Paragraph(paragraph(text, articles)),
        simple::SimpleBlock::Heading(subhead) => SimpleBlock::Heading(heading(subhead, articles)),
        simple::SimpleBlock::List(items) => SimpleBlock::List(list(items, articles)),
        simple::SimpleBlock::Quote(words) => SimpleBlock::Quote(quote(words, articles)),
    };
    blocks.as_slice().iter().map(shown).collect()
}

fn table(cells: &table::Table, articles: &dyn Articles) -> Table {
    let row = |row: &Vec<table::Cell>| {
        row.iter().map(|cell| Cell { content: spans(&cell.content, articles) }).collect()
    };
    Table {
        caption: cells.caption().cloned(),
        header_rows: cells.header_rows(),
        rows: cells.rows().iter().map(row).collect(),
    }
}

/// Running text with its links resolved. A link to what readers cannot open is text, and one with the text around it.
pub fn spans(text: &Spans, articles: &dyn Articles) -> Vec<Span> {
    let mut delivered: Vec<Span> = Vec::with_capacity(text.as_slice().len());
    for span in text.as_slice() {
        let marks = marks(span, articles);
        match delivered.last_mut() {
            Some(last) if last.marks == marks => last.text.push_str(span.text()),
            _ => delivered.push(Span { text: span.text().to_owned(), marks }),
        }
    }
    delivered
}

fn marks(span: &span::Span, articles: &dyn Articles) -> Vec<Mark> {
    let resolved = |mark: &mark::Mark| {
        Some(match mark {
            mark::Mark::Strong => Mark::Strong,
            mark::Mark::Emphasis => Mark::Emphasis,
            mark::Mark::Strikethrough => Mark::Strikethrough,
            mark::Mark::Code => Mark::Code,
            mark::Mark::Superscript => Mark::Superscript,
            mark::Mark::Subscript => Mark::Subscript,
            mark::Mark::Link(Target::Href(href)) => {
                Mark::Link(Link { href: href.as_str().to_owned(), article: None })
            }
            mark::Mark::Link(Target::Article(id)) => {
                let (article, href) = articles.linked(*id)?;
                Mark::Link(Link { href, article: Some(article) })
            }
            mark::Mark::Language { tag } => Mark::Language { tag: tag.clone() },
        })
    };
    span.marks().iter().filter_map(resolved).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use crate::samples::{OPEN, delivered_of};

    const HIDDEN: &str = "01970000-0000-7000-8000-000000000002";

    fn told(blocks: &Value) -> Value {
        serde_json::to_value(delivered_of(blocks)).unwrap()
    }

    fn linking(article: &str) -> Value {
        let link = json!({"type": "link", "article": article});
        let spans = json!([{"text": "See ", "marks": []}, {"text": "there", "marks": [link]}, {"text": ".", "marks": []}]);
        json!([{"id": "a", "type": "paragraph", "content": spans}])
    }

    #[test]
    fn a_link_to_an_article_of_ours_has_its_address_of_now() {
        let link = &told(&linking(OPEN))[0]["content"][1]["marks"][0];
        let article = json!({"id": OPEN, "slug": "reef-recovers"});
        let href = "https://varn.example/reef-recovers?a=1&b=2";
        assert_eq!(*link, json!({"type": "link", "href": href, "article": article}));
    }

    // abuse: AZ-05
    #[test]
    fn a_link_to_what_nobody_can_open_leaves_no_trace() {
        let content = json!([{"text": "See there.", "marks": []}]);
        assert_eq!(told(&linking(HIDDEN)), json!([{"id": "a", "type": "paragraph", "content": content}]));
        let related = json!([{"id": "a", "type": "related", "articles": [HIDDEN, OPEN]}]);
        let shown = told(&related);
        assert_eq!(shown[0]["articles"].as_array().unwrap().len(), 1);
        assert_eq!(shown[0]["articles"][0]["slug"], "reef-recovers");
        assert_eq!(told(&json!([{"id": "a", "type": "related", "articles": [HIDDEN]}])), json!([]));
    }

    #[test]
    fn every_member_is_there_and_what_has_no_form_yet_is_not_delivered() {
        let item = json!({"content": [{"text": "One", "marks": [{"type": "link", "href": "https://varn.example/"}]}]});
        let body = json!([
            {"id": "a", "type": "list", "ordered": true, "items": [item]},
            {"id": "b", "type": "unsupported", "source": "core/poll", "text": "Yes or no?"},
            {"id": "c", "type": "photo", "photo": HIDDEN, "size": "wide"},
        ]);
        let link = json!({"type": "link", "href": "https://varn.example/", "article": null});
        let item = json!({"content": [{"text": "One", "marks": [link]}], "list": null});
        assert_eq!(told(&body), json!([{"id": "a", "type": "list", "ordered": true, "items": [item]}]));
    }
}
