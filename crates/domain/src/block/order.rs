//! Which blocks keep their order from one body to another, and so which were moved.

use std::collections::{HashMap, HashSet};

use super::Block;
use super::id::BlockId;

/// The ids of a longest run of common blocks that stand in the same order in both, gaps aside. The other common blocks
/// were moved.
pub(crate) fn steady<'a>(before: &[Block], after: &'a [Block]) -> HashSet<&'a BlockId> {
    let places: HashMap<_, _> = before.iter().enumerate().map(|(place, block)| (&block.id, place)).collect();
    let common: Vec<_> =
        after.iter().filter_map(|block| Some((&block.id, *places.get(&block.id)?))).collect();
    // The longest increasing subsequence by patience: `piles[n]` ends the best run of length n + 1.
    let mut piles: Vec<usize> = Vec::new();
    let mut under: Vec<Option<usize>> = Vec::with_capacity(common.len());
    for (at, (_, place)) in common.iter().enumerate() {
        let pile = piles.partition_point(|&top| common[top].1 < *place);
        under.push(pile.checked_sub(1).map(|below| piles[below]));
        match piles.get_mut(pile) {
            Some(top) => *top = at,
            None => piles.push(at),
        }
    }
    let mut run = HashSet::new();
    let mut next = piles.last().copied();
    while let Some(at) = next {
        run.insert(common[at].0);
        next = under[at];
    }
    run
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::BlockKind;

    fn blocks(ids: &str) -> Vec<Block> {
        let id = |c: char| BlockId::parse(&c.to_string()).unwrap();
        ids.chars().map(|c| Block { id: id(c), kind: BlockKind::Divider }).collect()
    }

    #[test]
    fn what_is_moved_is_the_least_that_explains_the_order() {
        let steady = |before: &str, after: &str| {
            let after = blocks(after);
            let mut run: Vec<_> = steady(&blocks(before), &after).into_iter().map(BlockId::as_str).collect();
            run.sort_unstable();
            run.concat()
        };
        assert_eq!(steady("abcde", "abcde"), "abcde");
        assert_eq!(steady("abcde", "eabcd"), "abcd");
        assert_eq!(steady("abcde", "bcdea"), "bcde");
        assert_eq!(steady("abcde", "axbye"), "abe");
        assert_eq!(steady("abc", "xyz"), "");
        assert_eq!(steady("", "abc"), "");
    }
}
