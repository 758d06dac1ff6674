//! Blocks out of the JSON of an editor. Blocks of the store are read by serde, since nobody is told their faults.

use serde_json::Value;

use super::code::Code;
use super::embed::Embed;
use super::fact_box::FactBox;
use super::gallery::Gallery;
use super::heading::{Heading, HeadingLevel};
use super::list::{List, ListItem, ListOrder};
use super::name::{BlockName, SimpleName};
use super::photo::{PhotoBlock, photo_use};
use super::quote::{Attribution, Quote};
use super::related::{Related, RelatedArticles};
use super::simple::{SimpleBlock, SimpleBlocks};
use super::table::{Cell, Table};
use super::unsupported::Unsupported;
use super::update::Update;
use super::{BlockKind, NewBlock, Paragraph};
use crate::json::{FromJson, Object, here, list, wrong_type};
use crate::violation::Faults;

impl FromJson for NewBlock {
    fn from_json(json: Value) -> Result<Self, Faults> {
        let mut object = Object::of(json)?;
        let id = object.optional("id");
        let Some(name) = object.required("type") else { return Err(object.abandon()) };
        let kind = kind(name, &mut object);
        object.finish(kind.map(|kind| Self { id, kind }))
    }
}

fn kind(name: BlockName, object: &mut Object) -> Option<BlockKind> {
    Some(match name {
        BlockName::Paragraph => BlockKind::Paragraph(paragraph(object)?),
        BlockName::Heading => BlockKind::Heading(heading(object)?),
        BlockName::Quote => BlockKind::Quote(quote(object)?),
        BlockName::PullQuote => BlockKind::PullQuote(quote(object)?),
        BlockName::List => BlockKind::List(items(object)?),
        BlockName::Photo => BlockKind::Photo(photo(object)?),
        BlockName::Gallery => BlockKind::Gallery(gallery(object)?),
        BlockName::Embed => BlockKind::Embed(embed(object)?),
        BlockName::FactBox => BlockKind::FactBox(fact_box(object)?),
        BlockName::Related => BlockKind::Related(Related { articles: object.required("articles")? }),
        BlockName::Table => BlockKind::Table(table(object)?),
        BlockName::Code => BlockKind::Code(code(object)?),
        BlockName::Divider => BlockKind::Divider,
        BlockName::Update => BlockKind::Update(update(object)?),
        BlockName::Unsupported => BlockKind::Unsupported(unsupported(object)?),
    })
}

impl FromJson for SimpleBlock {
    fn from_json(json: Value) -> Result<Self, Faults> {
        let mut object = Object::of(json)?;
        let Some(name) = object.required("type") else { return Err(object.abandon()) };
        let block = match name {
            SimpleName::Paragraph => paragraph(&mut object).map(Self::Paragraph),
            SimpleName::Heading => heading(&mut object).map(Self::Heading),
            SimpleName::List => items(&mut object).map(Self::List),
            SimpleName::Quote => quote(&mut object).map(Self::Quote),
        };
        object.finish(block)
    }
}

impl FromJson for SimpleBlocks {
    fn from_json(json: Value) -> Result<Self, Faults> {
        Self::parse(list(json, Self::MAX)?).map_err(here)
    }
}

fn paragraph(object: &mut Object) -> Option<Paragraph> {
    Some(Paragraph { content: object.required("content")? })
}

fn heading(object: &mut Object) -> Option<Heading> {
    let level = object.required("level");
    let anchor = object.optional("anchor");
    let content = object.required("content");
    Some(Heading { level: level?, anchor, content: content? })
}

impl FromJson for HeadingLevel {
    fn from_json(json: Value) -> Result<Self, Faults> {
        if !(json.is_u64() || json.is_i64()) {
            return Err(here(wrong_type("a whole number")));
        }
        // What is below zero is as little a level as zero is.
        Self::parse(json.as_u64().unwrap_or(0)).map_err(here)
    }
}

fn quote(object: &mut Object) -> Option<Quote> {
    let content = object.required("content");
    let attribution = object.optional("attribution");
    Some(Quote { content: content?, attribution })
}

impl FromJson for Attribution {
    fn from_json(json: Value) -> Result<Self, Faults> {
        let mut object = Object::of(json)?;
        let name = object.required("name");
        let title = object.optional("title");
        let source_url = object.optional("source_url");
        object.finish(name.map(|name| Self { name, title, source_url }))
    }
}

fn items(object: &mut Object) -> Option<List> {
    let order = object.required::<ListOrder>("ordered");
    let items = object.list("items", List::MAX_ITEMS);
    object.at("/items", List::parse(order?, items?))
}

impl FromJson for ListOrder {
    fn from_json(json: Value) -> Result<Self, Faults> {
        bool::from_json(json).map(|ordered| if ordered { Self::Ordered } else { Self::Unordered })
    }
}

impl FromJson for List {
    fn from_json(json: Value) -> Result<Self, Faults> {
        let mut object = Object::of(json)?;
        let list = items(&mut object);
        object.finish(list)
    }
}

impl FromJson for ListItem {
    fn from_json(json: Value) -> Result<Self, Faults> {
        let mut object = Object::of(json)?;
        let content = object.required("content");
        let list = object.optional("list");
        object.finish(content.map(|content| Self { content, list }))
    }
}

fn photo(object: &mut Object) -> Option<PhotoBlock> {
    let photo = photo_use(object);
    let size = object.required("size");
    Some(PhotoBlock { photo: photo?, size: size? })
}

fn gallery(object: &mut Object) -> Option<Gallery> {
    let photos = object.list("photos", Gallery::MAX)?;
    object.at("/photos", Gallery::parse(photos))
}

fn embed(object: &mut Object) -> Option<Embed> {
    let provider = object.required("provider");
    let url = object.required("url");
    let fallback_text = object.required("fallback_text");
    object.at("/url", Embed::parse(provider?, url?, fallback_text?))
}

fn fact_box(object: &mut Object) -> Option<FactBox> {
    let title = object.required("title");
    let blocks = object.required("blocks");
    Some(FactBox { title: title?, blocks: blocks? })
}

impl FromJson for RelatedArticles {
    fn from_json(json: Value) -> Result<Self, Faults> {
        Self::parse(list(json, Self::MAX)?).map_err(here)
    }
}

fn table(object: &mut Object) -> Option<Table> {
    let caption = object.optional("caption");
    let header_rows = object.required::<u16>("header_rows");
    let rows = object.list::<Row>("rows", Table::MAX_ROWS);
    let rows = rows?.into_iter().map(|Row(cells)| cells).collect();
    object.placed(Table::parse(caption, header_rows?.into(), rows))
}

/// The cells of one row.
struct Row(Vec<Cell>);

impl FromJson for Row {
    fn from_json(json: Value) -> Result<Self, Faults> {
        list(json, Table::MAX_COLUMNS).map(Self)
    }
}

impl FromJson for Cell {
    fn from_json(json: Value) -> Result<Self, Faults> {
        let mut object = Object::of(json)?;
        let content = object.required("content");
        object.finish(content.map(|content| Self { content }))
    }
}

fn code(object: &mut Object) -> Option<Code> {
    let language = object.optional("language");
    let text = object.required("text");
    Some(Code { language, text: text? })
}

fn update(object: &mut Object) -> Option<Update> {
    let time = object.required("time");
    let title = object.optional("title");
    let blocks = object.required("blocks");
    Some(Update { time: time?, title, blocks: blocks? })
}

fn unsupported(object: &mut Object) -> Option<Unsupported> {
    let source = object.required("source");
    let text = object.optional("text");
    Some(Unsupported { source: source?, text })
}

#[cfg(test)]
mod tests;
