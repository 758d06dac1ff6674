//! Blocks that may stand inside other blocks. Nothing nests in them, so no body nests without end.

use serde::{Deserialize, Serialize};

use super::Paragraph;
use super::heading::Heading;
use super::list::List;
use super::quote::Quote;
use crate::schema::{self, described};
use crate::violation::{Rule, Violation};

/// A block of a fact box or an update: text only, without an id, since it changes with the block around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

/// The blocks inside a block.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<SimpleBlock>", into = "Vec<SimpleBlock>")]
pub struct SimpleBlocks(Vec<SimpleBlock>);

impl SimpleBlocks {
    /// Most of them: past it, it is an article of its own.
    pub const MAX: usize = 50;

    /// Takes over up to [`SimpleBlocks::MAX`] blocks.
    pub fn parse(blocks: Vec<SimpleBlock>) -> Result<Self, Violation> {
        if blocks.len() > Self::MAX {
            return Err(Violation::limited(Rule::TooMany, Self::MAX, "at most 50 blocks fit inside a block"));
        }
        Ok(Self(blocks))
    }

    /// All of them in order.
    pub fn as_slice(&self) -> &[SimpleBlock] {
        &self.0
    }

    pub(super) fn as_mut_slice(&mut self) -> &mut [SimpleBlock] {
        &mut self.0
    }
}

described!(SimpleBlocks: schema::list::<SimpleBlock>("The blocks inside a block.", Self::MAX), with SimpleBlock);

impl TryFrom<Vec<SimpleBlock>> for SimpleBlocks {
    type Error = Violation;

    fn try_from(blocks: Vec<SimpleBlock>) -> Result<Self, Violation> {
        Self::parse(blocks)
    }
}

impl From<SimpleBlocks> for Vec<SimpleBlock> {
    fn from(blocks: SimpleBlocks) -> Self {
        blocks.0
    }
}
