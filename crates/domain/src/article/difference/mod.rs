//! What makes one content another: the members, blocks and words that differ. It is for people to read, so it is told in
//! words rather than characters, and its cost has a bound.

mod words;

use std::collections::HashMap;

use serde::Serialize;
use utoipa::ToSchema;

use self::words::Effort;
use crate::article::byline::BylineOverride;
use crate::article::content::Content;
use crate::article::content::member::Member;
use crate::article::content::texts::{Headline, Kicker, Standfirst, Summary};
use crate::block::Block;
use crate::block::id::BlockId;
use crate::block::name::BlockName;
use crate::block::order::steady;
use crate::codes::codes;

/// All that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Difference {
    /// The members that differ, the body aside.
    pub members: Vec<MemberChange>,
    /// The blocks that differ: those that are there now in their order, each removed one behind what it stood behind.
    pub blocks: Vec<BlockChange>,
}

/// A member that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MemberChange {
    /// Which one.
    pub member: Member,
    /// How its text differs; empty for a member that is no text.
    pub words: Vec<Run>,
}

/// A block that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BlockChange {
    /// Which one.
    pub id: BlockId,
    /// What it is, or was.
    #[serde(rename = "type")]
    pub kind: BlockName,
    /// What became of it.
    pub change: BlockFate,
    /// Whether it stands at another place among the blocks that both have.
    pub moved: bool,
    /// How its text differs; a change of marks or pictures alone leaves its text equal.
    pub words: Vec<Run>,
}

codes! {
    /// What became of a block.
    pub enum BlockFate {
        /// It is new.
        Added = "added",
        /// It is gone.
        Removed = "removed",
        /// It says or shows something else.
        Changed = "changed",
        /// It only stands elsewhere.
        Moved = "moved",
    }
}

/// Words that are in both texts, or in one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Run {
    /// In which.
    pub change: RunChange,
    /// The words, with the space and signs between them.
    #[schema(examples("Talks will resume"))]
    pub text: String,
}

codes! {
    /// In which of two texts words are.
    pub enum RunChange {
        /// In both.
        Equal = "equal",
        /// Only in the new one.
        Inserted = "inserted",
        /// Only in the old one.
        Deleted = "deleted",
    }
}

impl Difference {
    /// What makes `after` another than `before`, or than nothing.
    pub fn of(before: Option<&Content>, after: &Content) -> Self {
        let mut effort = Effort::of_one_difference();
        let blank = Content::begun(after.headline.clone(), after.slug.clone(), after.language.clone());
        let mut members = members(before.unwrap_or(&blank), after, &mut effort);
        if before.is_none() {
            let words = words::between("", after.headline.as_str(), &mut effort);
            members.insert(0, MemberChange { member: Member::Headline, words });
        }
        let old = before.map_or(&[][..], |before| before.body.blocks());
        Self { members, blocks: blocks(old, after.body.blocks(), &mut effort) }
    }
}

fn members(before: &Content, after: &Content, effort: &mut Effort) -> Vec<MemberChange> {
    // Named in full, so that no new member is forgotten here.
    let Content {
        headline,
        headline_variants,
        slug,
        kind,
        kicker,
        standfirst,
        summary,
        language,
        section,
        tags,
        related,
        canonical_url,
        noindex,
        dateline,
        bylines,
        byline_override,
        no_byline,
        lead_photo,
        body: _,
    } = after;
    let mut changes = Vec::new();
    macro_rules! text {
        ($member:ident, $Member:ident, $text:expr) => {
            if *$member != before.$member {
                let words = words::between(&$text(&before.$member), &$text($member), effort);
                changes.push(MemberChange { member: Member::$Member, words });
            }
        };
    }
    macro_rules! other {
        ($($member:ident: $Member:ident),+ $(,)?) => {$(
            if *$member != before.$member {
                changes.push(MemberChange { member: Member::$Member, words: Vec::new() });
            }
        )+};
    }
    text!(headline, Headline, |text: &Headline| text.as_str().to_owned());
    text!(kicker, Kicker, |text: &Option<_>| optional(text.as_ref(), Kicker::as_str));
    text!(standfirst, Standfirst, |text: &Standfirst| text.spans().text());
    text!(summary, Summary, |text: &Option<_>| optional(text.as_ref(), Summary::as_str));
    text!(byline_override, BylineOverride, |text: &Option<_>| optional(
        text.as_ref(),
        BylineOverride::as_str
    ));
    other! {
        headline_variants: HeadlineVariants,
        slug: Slug,
        kind: Kind,
        language: Language,
        section: Section,
        tags: Tags,
        related: Related,
        canonical_url: CanonicalUrl,
        noindex: Noindex,
        dateline: Dateline,
        bylines: Bylines,
        no_byline: NoByline,
        lead_photo: LeadPhoto,
    }
    changes
}

fn optional<T>(text: Option<&T>, read: impl FnOnce(&T) -> &str) -> String {
    text.map(read).unwrap_or_default().to_owned()
}

fn blocks(before: &[Block], after: &[Block], effort: &mut Effort) -> Vec<BlockChange> {
    let old: HashMap<_, _> = before.iter().map(|block| (&block.id, block)).collect();
    let new: HashMap<_, _> = after.iter().map(|block| (&block.id, block)).collect();
    let unmoved = steady(before, after);
    let mut change = |before: Option<&Block>, after: Option<&Block>| {
        let block = after.or(before)?;
        let moved = before.is_some() && after.is_some() && !unmoved.contains(&block.id);
        let fate = match (before, after) {
            (None, _) => BlockFate::Added,
            (_, None) => BlockFate::Removed,
            (Some(before), Some(after)) if before.kind != after.kind => BlockFate::Changed,
            (Some(_), Some(_)) if moved => BlockFate::Moved,
            (Some(_), Some(_)) => return None,
        };
        let text = |block: Option<&Block>| block.map(|block| block.kind.plain_text()).unwrap_or_default();
        let words = match fate {
            BlockFate::Moved => Vec::new(),
            _ => words::between(&text(before), &text(after), effort),
        };
        let (id, kind) = (block.id.clone(), block.kind.name());
        Some(BlockChange { id, kind, change: fate, moved, words })
    };
    // What is gone is told behind the last block before it that both have.
    let mut gone: HashMap<Option<&BlockId>, Vec<BlockChange>> = HashMap::new();
    let mut last = None;
    for block in before {
        if new.contains_key(&block.id) {
            last = Some(&block.id);
        } else {
            gone.entry(last).or_default().extend(change(Some(block), None));
        }
    }
    let mut changes = gone.remove(&None).unwrap_or_default();
    for block in after {
        changes.extend(change(old.get(&block.id).copied(), Some(block)));
        changes.extend(gone.remove(&Some(&block.id)).unwrap_or_default());
    }
    changes
}

#[cfg(test)]
mod tests;
