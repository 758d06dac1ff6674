//! The tree of sections: no cycle, and no deeper than a reader finds the way. Pure; the store gives all sections.

use std::collections::HashMap;

use crate::id::SectionId;
use crate::violation::{Rule, Violation};

/// Which section is below which, of all sections of the site.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    parents: HashMap<SectionId, Option<SectionId>>,
}

impl Tree {
    /// Most sections from the top of the tree to its deepest leaf, both counted.
    pub const MAX_DEPTH: usize = 4;

    /// The tree of all sections, each with its parent.
    pub fn new(sections: impl IntoIterator<Item = (SectionId, Option<SectionId>)>) -> Self {
        Self { parents: sections.into_iter().collect() }
    }

    /// The way from the top to `section`, both included; empty for an unknown section.
    pub fn path(&self, section: SectionId) -> Vec<SectionId> {
        let mut path = Vec::new();
        let mut here = Some(section);
        // The bound ends the walk even if the store were to hold a cycle.
        while let Some(id) =
            here.filter(|id| self.parents.contains_key(id) && path.len() <= self.parents.len())
        {
            path.push(id);
            here = self.parents.get(&id).copied().flatten();
        }
        path.reverse();
        path
    }

    /// Whether `section`, which may be new, may hang below `parent` with all that hangs below itself.
    pub fn admits(&self, section: SectionId, parent: Option<SectionId>) -> Result<(), Violation> {
        let above = parent.map(|parent| self.path(parent)).unwrap_or_default();
        if parent.is_some() && above.is_empty() {
            return Err(Violation::new(Rule::UnknownReference, "names no section"));
        }
        if above.contains(&section) {
            return Err(Violation::new(Rule::Inconsistent, "a section cannot be below itself"));
        }
        if above.len() + self.height(section) > Self::MAX_DEPTH {
            return Err(Violation::limited(
                Rule::OutOfRange,
                Self::MAX_DEPTH,
                format!("sections nest at most {} deep", Self::MAX_DEPTH),
            ));
        }
        Ok(())
    }

    /// `section` and all that is below it, in no particular order.
    pub fn below(&self, section: SectionId) -> Vec<SectionId> {
        let within = |id: &SectionId| self.path(*id).contains(&section);
        self.parents.keys().copied().filter(within).collect()
    }

    /// The sections from `section` to the deepest below it, itself counted.
    fn height(&self, section: SectionId) -> usize {
        let depth_of = |id: &SectionId| self.path(*id).iter().rev().position(|&on_path| on_path == section);
        self.parents.keys().filter_map(depth_of).max().unwrap_or(0) + 1
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;

    fn section(n: u8) -> SectionId {
        SectionId::new(Uuid::from_u128(n.into()))
    }

    proptest! {
        #[test]
        fn no_sequence_of_moves_makes_a_cycle_or_a_deep_tree(
            moves in prop::collection::vec((0_u8..12, prop::option::of(0_u8..12)), 0..60),
        ) {
            let mut sections = HashMap::new();
            for (moved, parent) in moves {
                let (moved, parent) = (section(moved), parent.map(section));
                if Tree::new(sections.clone()).admits(moved, parent).is_ok() {
                    sections.insert(moved, parent);
                }
                let tree = Tree::new(sections.clone());
                for &id in sections.keys() {
                    let path = tree.path(id);
                    prop_assert!((1..=Tree::MAX_DEPTH).contains(&path.len()));
                    prop_assert_eq!(path.last(), Some(&id));
                    prop_assert_eq!(sections[&path[0]], None);
                }
            }
        }
    }

    #[test]
    fn a_section_moves_with_all_that_hangs_below_it() {
        let chain =
            |from: u8, to: u8| (from..=to).map(move |n| (section(n), (n > from).then(|| section(n - 1))));
        let tree = Tree::new(chain(1, 3).chain(chain(11, 12)));
        assert_eq!(tree.admits(section(11), Some(section(2))), Ok(()));
        assert_eq!(tree.admits(section(11), Some(section(3))).unwrap_err().rule, Rule::OutOfRange);
        assert_eq!(tree.below(section(11)).len(), 2);
    }

    #[test]
    fn a_section_cannot_hang_below_itself_or_nothing() {
        let tree = Tree::new([(section(1), None), (section(2), Some(section(1)))]);
        assert_eq!(tree.admits(section(1), Some(section(2))).unwrap_err().rule, Rule::Inconsistent);
        assert_eq!(tree.admits(section(1), Some(section(9))).unwrap_err().rule, Rule::UnknownReference);
    }

    #[test]
    fn a_stored_cycle_is_walked_once() {
        let tree = Tree::new([(section(1), Some(section(2))), (section(2), Some(section(1)))]);
        assert!(tree.path(section(1)).len() <= 3);
    }
}
