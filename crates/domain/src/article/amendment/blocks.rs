//! The same block changes in another body: what was changed, removed, moved or added there is so here too, where the
//! block is untouched. All else is a conflict, and stays.

use std::collections::{HashMap, HashSet};

use crate::article::content::body::Body;
use crate::block::id::BlockId;
use crate::block::order::steady;
use crate::block::{Block, BlockKind};

/// A body after it took over what it could.
pub(super) struct TakenOver {
    pub(super) body: Body,
    /// The blocks that could not be taken over, in the order of the amended body, removed ones first.
    pub(super) conflicts: Vec<BlockId>,
}

/// `working` with what makes `amended` differ from `live`.
pub(super) fn taken_over(live: &Body, amended: &Body, working: Body) -> TakenOver {
    if live == amended || *amended == working {
        return TakenOver { body: working, conflicts: Vec::new() };
    }
    let mut merge = Merge::new(live.blocks(), amended.blocks(), working.blocks());
    merge.remove();
    merge.change();
    merge.place();
    let Merge { result, conflicts, changes, .. } = merge;
    match Body::parse(result) {
        Ok(body) => TakenOver { body, conflicts },
        // Together they are too much for one body: then nothing is taken over.
        Err(_) => TakenOver { conflicts: changes, body: working },
    }
}

type Kinds<'a> = HashMap<&'a BlockId, &'a BlockKind>;

struct Merge<'a> {
    live: &'a [Block],
    amended: &'a [Block],
    working: &'a [Block],
    before: Kinds<'a>,
    ordered: Kinds<'a>,
    found: Kinds<'a>,
    result: Vec<Block>,
    conflicts: Vec<BlockId>,
    /// All that the amendment did something to.
    changes: Vec<BlockId>,
}

impl<'a> Merge<'a> {
    fn new(live: &'a [Block], amended: &'a [Block], working: &'a [Block]) -> Self {
        let kinds =
            |blocks: &'a [Block]| blocks.iter().map(|Block { id, kind }| (id, kind)).collect::<Kinds<'a>>();
        Self {
            live,
            amended,
            working,
            before: kinds(live),
            ordered: kinds(amended),
            found: kinds(working),
            result: working.to_vec(),
            conflicts: Vec::new(),
            changes: Vec::new(),
        }
    }

    /// Whether the working copy says in this block what was live.
    fn untouched(&self, id: &BlockId) -> bool {
        self.found.get(id).is_some_and(|kind| self.before.get(id) == Some(kind))
    }

    fn remove(&mut self) {
        for Block { id, .. } in self.live.iter().filter(|block| !self.ordered.contains_key(&block.id)) {
            self.changes.push(id.clone());
            if self.untouched(id) {
                self.result.retain(|block| block.id != *id);
            } else if self.found.contains_key(id) {
                self.conflicts.push(id.clone());
            }
        }
    }

    fn change(&mut self) {
        for Block { id, kind } in self.amended {
            if self.before.get(id).is_none_or(|before| *before == kind) {
                continue;
            }
            self.changes.push(id.clone());
            if self.found.get(id).is_some_and(|found| *found == kind) {
                continue;
            }
            if self.untouched(id) && self.names_are_free(id, kind) {
                if let Some(block) = self.result.iter_mut().find(|block| block.id == *id) {
                    block.kind = kind.clone();
                }
            } else {
                self.conflicts.push(id.clone());
            }
        }
    }

    /// Puts what was moved or added behind the block that it stands behind in the amended body.
    fn place(&mut self) {
        let kept_order = steady(self.live, self.amended);
        let unmoved = steady(self.live, self.working);
        let mut lifted = HashMap::new();
        for Block { id, .. } in self.amended {
            if !self.before.contains_key(id) || kept_order.contains(id) || self.conflicts.contains(id) {
                continue;
            }
            if !self.changes.contains(id) {
                self.changes.push(id.clone());
            }
            if unmoved.contains(id) {
                if let Some(at) = self.result.iter().position(|block| block.id == *id) {
                    lifted.insert(id, self.result.remove(at));
                }
            } else if !self.found.contains_key(id)
                || predecessor(self.amended, id) != predecessor(self.working, id)
            {
                self.conflicts.push(id.clone());
            }
        }
        let mut placed: HashSet<_> = self.result.iter().map(|block| block.id.clone()).collect();
        let mut behind: Option<&BlockId> = None;
        for Block { id, kind } in self.amended {
            let arriving =
                if self.before.contains_key(id) { lifted.remove(id) } else { self.added(id, kind) };
            if let Some(block) = arriving {
                let last = behind.and_then(|last| self.result.iter().position(|block| block.id == *last));
                self.result.insert(last.map_or(0, |last| last + 1), block);
                placed.insert(id.clone());
            }
            if placed.contains(id) {
                behind = Some(id);
            }
        }
    }

    /// A block that the amendment added, if it is still to be added here.
    fn added(&mut self, id: &BlockId, kind: &BlockKind) -> Option<Block> {
        self.changes.push(id.clone());
        match self.found.get(id) {
            Some(found) if *found == kind => None,
            None if self.names_are_free(id, kind) => Some(Block { id: id.clone(), kind: kind.clone() }),
            None | Some(_) => {
                self.conflicts.push(id.clone());
                None
            }
        }
    }

    /// Whether no other block here has an anchor of `kind`.
    fn names_are_free(&self, id: &BlockId, kind: &BlockKind) -> bool {
        let anchors: Vec<_> =
            kind.headings().into_iter().filter_map(|heading| heading.anchor.as_ref()).collect();
        let others = self.result.iter().filter(|block| block.id != *id);
        let mut taken = others.flat_map(|block| block.kind.headings());
        anchors.is_empty()
            || !taken.any(|heading| heading.anchor.as_ref().is_some_and(|anchor| anchors.contains(&anchor)))
    }
}

fn predecessor<'a>(blocks: &'a [Block], id: &BlockId) -> Option<&'a BlockId> {
    let at = blocks.iter().position(|block| block.id == *id)?;
    blocks.get(at.checked_sub(1)?).map(|block| &block.id)
}
