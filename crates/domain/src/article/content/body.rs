//! The body of an article: its blocks with their ids, within limits. The blocks themselves are in `block`.

use std::collections::HashSet;
use std::{io, iter};

use serde::{Deserialize, Serialize};

use super::names::block_pointer;
use crate::block::id::BlockId;
use crate::block::{Block, BlockKind, NewBlock};
use crate::schema::{self, described};
use crate::slug::Slug;
use crate::violation::{Faults, Rule, Violation};

/// The blocks of an article in order; each has an id of its own, and each heading an anchor of its own.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Vec<Block>")]
pub struct Body(Vec<Block>);

impl Body {
    /// Most blocks: the longest live coverage that one page can show.
    pub const MAX_BLOCKS: usize = 500;

    /// Largest body, in octets of its JSON: as much as one request may carry.
    pub const MAX_OCTETS: usize = 1024 * 1024;

    /// Anchor of a heading in whose text there is nothing that an address may hold.
    const PLAIN_ANCHOR: &str = "part";

    /// Asked for ids that the body has already, the source of ids is not asked for ever.
    const MAX_TRIES: usize = 16;

    /// Takes over blocks that have their ids.
    pub fn parse(blocks: Vec<Block>) -> Result<Self, Violation> {
        if blocks.len() > Self::MAX_BLOCKS {
            return Err(Violation::limited(Rule::TooMany, Self::MAX_BLOCKS, "at most 500 blocks fit"));
        }
        let mut ids = HashSet::new();
        if !blocks.iter().all(|block| ids.insert(&block.id)) {
            return Err(Violation::new(Rule::Duplicate, "gives two blocks the same id"));
        }
        if octets(&blocks) > Self::MAX_OCTETS {
            return Err(Violation::limited(Rule::TooLong, Self::MAX_OCTETS, "at most 1 MiB of JSON fits"));
        }
        Ok(Self(blocks))
    }

    /// Makes a body of what an editor sent. A block without id takes that of the equal block of `previous` (ruling 10),
    /// else one of `fresh`; a heading without anchor gets one from its text. Pointers of faults begin at `/body`.
    pub fn assemble(
        mut blocks: Vec<NewBlock>,
        previous: &Self,
        mut fresh: impl FnMut() -> BlockId,
    ) -> Result<Self, Faults> {
        let mut faults = Faults::new();
        if blocks.len() > Self::MAX_BLOCKS {
            let many = Violation::limited(Rule::TooMany, Self::MAX_BLOCKS, "at most 500 blocks fit");
            return Err(many.at("/body").into());
        }
        name_anchors(&mut blocks, &mut faults);
        let mut taken = HashSet::new();
        for (i, id) in blocks.iter().enumerate().filter_map(|(i, block)| Some((i, block.id.as_ref()?))) {
            if !taken.insert(id.clone()) {
                let twice = Violation::new(Rule::Duplicate, "stands at an earlier block already");
                faults.push(twice.at(format!("{}/id", block_pointer(i))));
            }
        }
        let mut settled = Vec::with_capacity(blocks.len());
        for (i, Block { id, kind }) in blocks.into_iter().enumerate() {
            let id = id.or_else(|| {
                let id = previous.equal_block(&kind, &taken).cloned().or_else(|| {
                    iter::repeat_with(&mut fresh).take(Self::MAX_TRIES).find(|id| !taken.contains(id))
                })?;
                taken.insert(id.clone());
                Some(id)
            });
            let id = id.ok_or_else(|| Violation::new(Rule::Duplicate, "got no id of its own"));
            let id = faults.at(format!("{}/id", block_pointer(i)), id);
            settled.extend(id.map(|id| Block { id, kind }));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        Self::parse(settled).map_err(|violation| violation.at("/body").into())
    }

    /// All blocks in order.
    pub fn blocks(&self) -> &[Block] {
        &self.0
    }

    /// The block of an id.
    pub fn block(&self, id: &BlockId) -> Option<&Block> {
        self.0.iter().find(|block| block.id == *id)
    }

    /// The id of the first block that equals `kind` and is not taken.
    fn equal_block(&self, kind: &BlockKind, taken: &HashSet<BlockId>) -> Option<&BlockId> {
        self.0.iter().find(|block| block.kind == *kind && !taken.contains(&block.id)).map(|block| &block.id)
    }
}

/// Gives every heading without anchor one that no other has. Two that were given alike are faults.
fn name_anchors(blocks: &mut [NewBlock], faults: &mut Faults) {
    let mut taken = HashSet::new();
    for (i, block) in blocks.iter_mut().enumerate() {
        let given = block.kind.headings_mut().into_iter().filter_map(|heading| heading.anchor.clone());
        for anchor in given {
            if !taken.insert(anchor) {
                let twice = Violation::new(Rule::Duplicate, "has the anchor of another heading");
                faults.push(twice.at(format!("{}/anchor", block_pointer(i))));
            }
        }
    }
    let headings = blocks.iter_mut().flat_map(|block| block.kind.headings_mut());
    for heading in headings.filter(|heading| heading.anchor.is_none()) {
        let name = Slug::from_text(&heading.content.text()).or_else(|| Slug::from_text(Body::PLAIN_ANCHOR));
        let mut names =
            name.iter().cloned().chain(name.iter().flat_map(|name| (2..).map(|n| name.numbered(n))));
        heading.anchor = names.find(|name| !taken.contains(name));
        taken.extend(heading.anchor.clone());
    }
}

described!(Body: schema::list::<Block>("The text of an article; at most 1 MiB of JSON.", Self::MAX_BLOCKS), with Block);

impl TryFrom<Vec<Block>> for Body {
    type Error = Violation;

    fn try_from(blocks: Vec<Block>) -> Result<Self, Violation> {
        Self::parse(blocks)
    }
}

/// How long the JSON of these blocks is. It is counted as it is written, and kept nowhere.
fn octets(blocks: &[Block]) -> usize {
    struct Count(usize);

    impl io::Write for Count {
        fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
            self.0 += octets.len();
            Ok(octets.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    let mut count = Count(0);
    // What counts takes everything, and no block fails to be written.
    serde_json::to_writer(&mut count, blocks).map_or(0, |()| count.0)
}
