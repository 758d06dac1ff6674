//! The blocks of a body: a closed set, each kind in its own file. What a whole body must keep to is in `article::content`.

pub mod code;
pub mod embed;
pub mod fact_box;
pub mod gallery;
pub mod heading;
pub mod id;
pub mod list;
pub mod name;
pub(crate) mod order;
pub mod photo;
pub mod plain_text;
pub mod quote;
pub mod related;
pub mod simple;
pub mod table;
pub mod unsupported;
pub mod update;

mod reading;
mod schema;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use self::code::Code;
use self::embed::Embed;
use self::fact_box::FactBox;
use self::gallery::Gallery;
use self::heading::Heading;
use self::id::BlockId;
use self::list::List;
use self::name::BlockName;
use self::photo::PhotoBlock;
use self::quote::Quote;
use self::related::Related;
use self::simple::SimpleBlock;
use self::table::Table;
use self::unsupported::Unsupported;
use self::update::Update;
use crate::span::Spans;

/// A block of a body. As an editor sends it, it may still lack its id: see [`NewBlock`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block<Id = BlockId> {
    /// Its identity within the article, stable from revision to revision.
    pub id: Id,
    /// What it is.
    #[serde(flatten)]
    pub kind: BlockKind,
}

/// A block as an editor sends it.
pub type NewBlock = Block<Option<BlockId>>;

/// What a block is; `type` names it in JSON.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    Photo(PhotoBlock),
    /// Several photos.
    Gallery(Gallery),
    /// Something that a provider elsewhere shows.
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
    /// What an import could not hold otherwise: shown to editors, never delivered.
    Unsupported(Unsupported),
}

/// Running text of one paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Paragraph {
    /// The text.
    pub content: Spans,
}

impl BlockKind {
    /// Which kind it is, without what it says.
    pub const fn name(&self) -> BlockName {
        match self {
            Self::Paragraph(_) => BlockName::Paragraph,
            Self::Heading(_) => BlockName::Heading,
            Self::Quote(_) => BlockName::Quote,
            Self::PullQuote(_) => BlockName::PullQuote,
            Self::List(_) => BlockName::List,
            Self::Photo(_) => BlockName::Photo,
            Self::Gallery(_) => BlockName::Gallery,
            Self::Embed(_) => BlockName::Embed,
            Self::FactBox(_) => BlockName::FactBox,
            Self::Related(_) => BlockName::Related,
            Self::Table(_) => BlockName::Table,
            Self::Code(_) => BlockName::Code,
            Self::Divider => BlockName::Divider,
            Self::Update(_) => BlockName::Update,
            Self::Unsupported(_) => BlockName::Unsupported,
        }
    }

    /// The headings in it: itself, or those of the simple blocks inside it.
    pub(crate) fn headings(&self) -> Vec<&Heading> {
        let inside = match self {
            Self::Heading(heading) => return vec![heading],
            Self::FactBox(FactBox { blocks, .. }) | Self::Update(Update { blocks, .. }) => blocks,
            _ => return Vec::new(),
        };
        inside
            .as_slice()
            .iter()
            .filter_map(|block| match block {
                SimpleBlock::Heading(heading) => Some(heading),
                _ => None,
            })
            .collect()
    }

    /// The same, to be changed.
    pub(crate) fn headings_mut(&mut self) -> Vec<&mut Heading> {
        let inside = match self {
            Self::Heading(heading) => return vec![heading],
            Self::FactBox(FactBox { blocks, .. }) | Self::Update(Update { blocks, .. }) => blocks,
            _ => return Vec::new(),
        };
        inside
            .as_mut_slice()
            .iter_mut()
            .filter_map(|block| match block {
                SimpleBlock::Heading(heading) => Some(heading),
                _ => None,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests;
