//! What an amendment of the live article makes of a working copy that went on from it (ruling 3): the same changes where
//! the working copy left things as they were. The order to amend is in `publish`.

mod blocks;

use std::mem;

use crate::article::content::Content;
use crate::article::content::member::Member;
use crate::block::id::BlockId;

/// A working copy after it took over what it could.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakenOver {
    /// What it says now.
    pub content: Content,
    /// The blocks that the amendment changed and the working copy changed otherwise: they stay as they were there.
    pub blocks: Vec<BlockId>,
    /// The members, the body aside, of which the same is true.
    pub members: Vec<Member>,
}

impl Content {
    /// This working copy, once it took over what makes `amended` differ from `live`, from which both went on.
    #[must_use]
    pub fn taking_over(self, live: &Self, amended: &Self) -> TakenOver {
        let mut content = self;
        let mut members = Vec::new();
        // Named in full, so that no new member is forgotten here.
        let Self {
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
            body,
        } = &mut content;
        macro_rules! take_over {
            ($($member:ident: $Member:ident),+ $(,)?) => {$(
                if !taken_over($member, &live.$member, &amended.$member) {
                    members.push(Member::$Member);
                }
            )+};
        }
        take_over! {
            headline: Headline,
            headline_variants: HeadlineVariants,
            slug: Slug,
            kind: Kind,
            kicker: Kicker,
            standfirst: Standfirst,
            summary: Summary,
            language: Language,
            section: Section,
            tags: Tags,
            related: Related,
            canonical_url: CanonicalUrl,
            noindex: Noindex,
            dateline: Dateline,
            byline_override: BylineOverride,
            lead_photo: LeadPhoto,
        }
        // One decision: bylines, and that there are none, contradict each other.
        let mut names = (mem::take(bylines), *no_byline);
        if !taken_over(
            &mut names,
            &(live.bylines.clone(), live.no_byline),
            &(amended.bylines.clone(), amended.no_byline),
        ) {
            members.push(Member::Bylines);
        }
        (*bylines, *no_byline) = names;
        let blocks::TakenOver { body: merged, conflicts } =
            blocks::taken_over(&live.body, &amended.body, mem::take(body));
        *body = merged;
        TakenOver { content, blocks: conflicts, members }
    }
}

/// Makes the change from `live` to `amended` in `working`; false where that was changed otherwise.
fn taken_over<T: Clone + PartialEq>(working: &mut T, live: &T, amended: &T) -> bool {
    if amended == live || amended == working {
        return true;
    }
    let untouched = working == live;
    if untouched {
        working.clone_from(amended);
    }
    untouched
}

#[cfg(test)]
mod tests;
