//! The shapes of Portable Text. How our blocks become these is in `written`.

use domain::block::code::{CodeLanguage, CodeText};
use domain::block::embed::{FallbackText, Provider};
use domain::block::fact_box::BlockTitle;
use domain::block::photo::PhotoSize;
use domain::block::quote::Attribution;
use domain::block::table::TableCaption;
use domain::language::Language;
use domain::slug::Slug;
use domain::time::Moment;
use domain::web_url::WebUrl;
use serde::Serialize;
use utoipa::ToSchema;

use crate::body::ArticleRef;
use crate::body::photo::Photo;
use crate::body::span::LinkedArticle;

/// A part of a body in Portable Text; `_type` names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "_type", rename_all = "snake_case")]
pub enum PortableBlock {
    /// Running text: a paragraph, heading or quote, or an item of a list.
    Block(PortableText),
    /// A photo.
    Photo(Box<PortablePhoto>),
    /// Several photos.
    Gallery(PortableGallery),
    /// Something that a provider elsewhere shows.
    Embed(PortableEmbed),
    /// Facts beside the text.
    FactBox(PortableFactBox),
    /// Other articles of ours.
    Related(PortableRelated),
    /// A table.
    Table(PortableTable),
    /// Code, to the letter.
    Code(PortableCode),
    /// A break between parts.
    Divider(PortableDivider),
    /// An entry of live coverage.
    Update(PortableUpdate),
}

/// Running text inside another block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "_type", rename_all = "snake_case")]
pub enum PortableInner {
    /// The only kind of block that stands inside others.
    Block(PortableText),
}

/// Running text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "camelCase")]
pub struct PortableText {
    /// Unique in the body.
    #[serde(rename = "_key")]
    #[schema(examples("b7"))]
    pub key: String,
    /// What it is.
    pub style: PortableStyle,
    /// Of what list it is an item.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub list_item: Option<PortableList>,
    /// How deep the list is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, minimum = 1, maximum = 3, examples(1))]
    pub level: Option<u8>,
    /// Where an address with `#` leads: of headings.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub anchor: Option<Slug>,
    /// Whose words they are: of quotes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub attribution: Option<Attribution>,
    /// The text; at least one span.
    pub children: Vec<PortableSpan>,
    /// What the marks of the spans mean that are no names.
    pub mark_defs: Vec<MarkDefinition>,
}

/// What running text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum PortableStyle {
    /// A paragraph, or an item of a list.
    Normal,
    /// A heading of level 2.
    H2,
    /// A heading of level 3.
    H3,
    /// A heading of level 4.
    H4,
    /// Somebody's words.
    Blockquote,
    /// Words of the text, set apart to draw the reader in.
    Pullquote,
}

/// A kind of list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum PortableList {
    /// With bullets.
    Bullet,
    /// Numbered.
    Number,
}

/// Text under one set of marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "_type", rename_all = "snake_case")]
pub enum PortableSpan {
    /// The only kind of text.
    Span {
        /// Unique in the body.
        #[serde(rename = "_key")]
        #[schema(examples("b7.s0"))]
        key: String,
        /// The text; a line break in it is a line break.
        #[schema(examples("Talks will resume."))]
        text: String,
        /// `strong`, `em`, `strike-through`, `code`, `sup`, `sub`, or the key of a definition.
        #[schema(examples("strong"))]
        marks: Vec<String>,
    },
}

/// What a mark means.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "_type", rename_all = "snake_case")]
pub enum MarkDefinition {
    /// A link.
    Link {
        /// By which spans name it.
        #[serde(rename = "_key")]
        #[schema(examples("b7.m0"))]
        key: String,
        /// The absolute address.
        #[schema(format = "uri", examples("https://varn.example/reef-recovers"))]
        href: String,
        /// The article of ours to which it leads.
        #[schema(required)]
        article: Option<LinkedArticle>,
    },
    /// In another language than the text around it.
    Language {
        /// By which spans name it.
        #[serde(rename = "_key")]
        #[schema(examples("b7.m1"))]
        key: String,
        /// Which.
        tag: Language,
    },
}

/// A photo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PortablePhoto {
    /// Unique in the body.
    #[serde(rename = "_key")]
    #[schema(examples("b7"))]
    pub key: String,
    /// It.
    pub photo: Photo,
    /// How much room it takes.
    pub size: PhotoSize,
}

/// Several photos that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PortableGallery {
    /// Unique in the body.
    #[serde(rename = "_key")]
    #[schema(examples("b7"))]
    pub key: String,
    /// In the order in which they are shown.
    pub photos: Vec<Photo>,
}

/// Something that a provider elsewhere shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PortableEmbed {
    /// Unique in the body.
    #[serde(rename = "_key")]
    #[schema(examples("b7"))]
    pub key: String,
    /// Who shows it.
    pub provider: Provider,
    /// Where it is.
    pub url: WebUrl,
    /// What stands for it where it cannot be shown.
    pub fallback_text: FallbackText,
}

/// Facts beside the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PortableFactBox {
    /// Unique in the body.
    #[serde(rename = "_key")]
    #[schema(examples("b7"))]
    pub key: String,
    /// What it is about.
    pub title: BlockTitle,
    /// The facts.
    pub content: Vec<PortableInner>,
}

/// Other articles of ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PortableRelated {
    /// Unique in the body.
    #[serde(rename = "_key")]
    #[schema(examples("b7"))]
    pub key: String,
    /// Which.
    pub articles: Vec<PortableArticle>,
}

/// Another article in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "_type", rename_all = "snake_case")]
pub enum PortableArticle {
    /// The only kind of thing that is related.
    Article {
        /// Unique in the body.
        #[serde(rename = "_key")]
        key: String,
        /// What is told of it.
        #[serde(flatten)]
        article: ArticleRef,
    },
}

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PortableTable {
    /// Unique in the body.
    #[serde(rename = "_key")]
    #[schema(examples("b7"))]
    pub key: String,
    /// What it shows.
    #[schema(required)]
    pub caption: Option<TableCaption>,
    /// How many of the first rows name the columns.
    #[schema(examples(1))]
    pub header_rows: usize,
    /// All rows.
    pub rows: Vec<PortableRow>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "_type", rename_all = "snake_case")]
pub enum PortableRow {
    /// The only kind of row.
    Row {
        /// Unique in the body.
        #[serde(rename = "_key")]
        #[schema(examples("b7.0"))]
        key: String,
        /// Its cells.
        cells: Vec<PortableCell>,
    },
}

/// A cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(tag = "_type", rename_all = "snake_case")]
pub enum PortableCell {
    /// The only kind of cell.
    Cell {
        /// Unique in the body.
        #[serde(rename = "_key")]
        #[schema(examples("b7.0.0"))]
        key: String,
        /// Its text: one block.
        content: Vec<PortableInner>,
    },
}

/// Code, to the letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PortableCode {
    /// Unique in the body.
    #[serde(rename = "_key")]
    #[schema(examples("b7"))]
    pub key: String,
    /// The language that it is written in.
    #[schema(required)]
    pub language: Option<CodeLanguage>,
    /// The code.
    pub code: CodeText,
}

/// A break between parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PortableDivider {
    /// Unique in the body.
    #[serde(rename = "_key")]
    #[schema(examples("b7"))]
    pub key: String,
}

/// An entry of live coverage.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PortableUpdate {
    /// Unique in the body.
    #[serde(rename = "_key")]
    #[schema(examples("b7"))]
    pub key: String,
    /// When.
    pub time: Moment,
    /// What it says in short.
    #[schema(required)]
    pub title: Option<BlockTitle>,
    /// What it says.
    pub content: Vec<PortableInner>,
}
