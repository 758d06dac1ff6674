//! The delivered body: blocks with every member always there, and with the addresses of what they lead to. How the
//! blocks of an article become these is in `resolved`.

pub mod photo;
pub mod span;

mod resolved;
mod schema;

use domain::article::content::texts::Headline;
use domain::block::code::Code;
use domain::block::embed::Embed;
use domain::block::fact_box::BlockTitle;
use domain::block::heading::HeadingLevel;
use domain::block::id::BlockId;
use domain::block::quote::Attribution;
use domain::block::table::TableCaption;
use domain::id::ArticleId;
use domain::slug::Slug;
use domain::time::Moment;
use serde::Serialize;
use utoipa::ToSchema;

use self::photo::{Gallery, Photo, PhotoBlock};
use self::span::Span;

pub use resolved::{Articles, delivered, spans};

/// A block of a delivered body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Block {
    /// Its identity within the article, stable from revision to revision.
    pub id: BlockId,
    /// What it is.
    #[serde(flatten)]
    pub kind: BlockKind,
}

impl Block {
    /// The photos that it shows.
    pub(crate) fn photos(&self) -> &[Photo] {
        match &self.kind {
            BlockKind::Photo(block) => std::slice::from_ref(&block.photo),
            BlockKind::Gallery(gallery) => &gallery.photos,
            BlockKind::Paragraph(_)
            | BlockKind::Heading(_)
            | BlockKind::Quote(_)
            | BlockKind::PullQuote(_)
            | BlockKind::List(_)
            | BlockKind::Embed(_)
            | BlockKind::FactBox(_)
            | BlockKind::Related(_)
            | BlockKind::Table(_)
            | BlockKind::Code(_)
            | BlockKind::Divider
            | BlockKind::Update(_) => &[],
        }
    }
}

/// What a delivered block is; `type` names it.
///
/// What an import could not place is never delivered, and neither is a photo whose rights forbid it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum BlockKind {
    /// Running text.
    Paragraph(Paragraph),
    /// A subhead.
    Heading(Heading),
    /// Somebody's words, at their place in the text.
    Quote(Quote),
    /// Words of the text, set apart to draw the reader in.
    PullQuote(Quote),
    /// A list.
    List(List),
    /// A photo.
    Photo(Box<PhotoBlock>),
    /// Several photos.
    Gallery(Gallery),
    /// Something that a provider elsewhere shows: data, never HTML.
    Embed(Embed),
    /// Facts beside the text.
    FactBox(FactBox),
    /// Other articles of ours.
    Related(Related),
    /// A table.
    Table(Table),
    /// Code, to the letter.
    Code(Code),
    /// A break between parts.
    Divider,
    /// An entry of live coverage.
    Update(Update),
}

/// A block inside a fact box or an update; it changes with the block around it, so it has no id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum SimpleBlock {
    /// Running text.
    Paragraph(Paragraph),
    /// A subhead.
    Heading(Heading),
    /// A list.
    List(List),
    /// Somebody's words.
    Quote(Quote),
}

/// Running text of one paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DeliveredParagraph)]
pub struct Paragraph {
    /// The text.
    pub content: Vec<Span>,
}

/// A subhead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DeliveredHeading)]
pub struct Heading {
    /// How deep.
    pub level: HeadingLevel,
    /// Where an address with `#` leads.
    #[schema(required)]
    pub anchor: Option<Slug>,
    /// The text.
    pub content: Vec<Span>,
}

/// A quotation; its paragraphs are lines of one text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DeliveredQuote)]
pub struct Quote {
    /// The words.
    pub content: Vec<Span>,
    /// Whose they are.
    #[schema(required)]
    pub attribution: Option<Attribution>,
}

/// A list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DeliveredList)]
pub struct List {
    /// Whether its items are numbered.
    #[schema(examples(true))]
    pub ordered: bool,
    /// Its items.
    pub items: Vec<ListItem>,
}

/// An item: text, then perhaps a list below it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DeliveredListItem)]
pub struct ListItem {
    /// The text.
    pub content: Vec<Span>,
    /// The list below it.
    #[schema(required, no_recursion)]
    pub list: Option<List>,
}

/// Facts beside the text, under a title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DeliveredFactBox)]
pub struct FactBox {
    /// What it is about.
    pub title: BlockTitle,
    /// The facts.
    pub blocks: Vec<SimpleBlock>,
}

/// Articles of ours between the paragraphs; those that nobody can open are left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DeliveredRelated)]
pub struct Related {
    /// Which, in the order in which they are shown.
    pub articles: Vec<ArticleRef>,
}

/// Another article in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = ArticleRef)]
pub struct ArticleRef {
    /// Its identity.
    pub id: ArticleId,
    /// Its address within the API.
    pub slug: Slug,
    /// Where people read it.
    #[schema(format = "uri", examples("https://varn.example/reef-recovers"))]
    pub url: String,
    /// Its headline now.
    pub headline: Headline,
}

/// A table: every row has as many cells as the first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DeliveredTable)]
pub struct Table {
    /// What it shows.
    #[schema(required)]
    pub caption: Option<TableCaption>,
    /// How many of the first rows name the columns.
    #[schema(examples(1), maximum = 200)]
    pub header_rows: usize,
    /// All rows, header rows included.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DeliveredCell)]
pub struct Cell {
    /// Its text; empty where there is none.
    pub content: Vec<Span>,
}

/// What was known at one moment of live coverage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = DeliveredUpdate)]
pub struct Update {
    /// When.
    pub time: Moment,
    /// What it says in short.
    #[schema(required)]
    pub title: Option<BlockTitle>,
    /// What it says.
    pub blocks: Vec<SimpleBlock>,
}
