//! References as ids, or as faults where nothing is known by that name.

use super::names::{ById, Known};
use super::patch::NewByline;
use super::reference::Ref;
use super::tags::Tags;
use crate::article::byline::{Byline, Bylines};
use crate::id::{SectionId, TagId};
use crate::violation::{Faults, Rule, Violation};

fn unknown() -> Violation {
    Violation::new(Rule::UnknownReference, "names nothing that exists")
}

/// The section by id.
pub(super) fn section(named: &Ref<SectionId>, known: &Known, faults: &mut Faults) -> Option<SectionId> {
    faults.at("/section", known.sections.get(named).copied().ok_or_else(unknown))
}

/// Tags by id. The same name twice is a duplicate; different names of one tag, as a merge makes them, are one.
pub(super) fn tags(named: &[Ref<TagId>], known: &Known, faults: &mut Faults) -> Option<Tags> {
    let mut tags: Vec<TagId> = Vec::with_capacity(named.len());
    for (i, tag) in named.iter().enumerate() {
        let found = known.tags.get(tag).copied().ok_or_else(unknown);
        let Some(found) = faults.at(format!("/tags/{i}"), found) else { continue };
        if !tags.contains(&found) || named[..i].contains(tag) {
            tags.push(found);
        }
    }
    faults.at("/tags", Tags::parse(tags))
}

/// Bylines with ids, and with the names of the profiles where none was given.
pub(super) fn bylines(entries: Vec<NewByline>, known: &Known, faults: &mut Faults) -> Option<Bylines> {
    let mut bylines = Vec::with_capacity(entries.len());
    for (i, entry) in entries.into_iter().enumerate() {
        let NewByline { role, contributor, name, affiliation, location } = entry;
        let profile = match &contributor {
            None => None,
            Some(named) => {
                let found = known.contributors.get(named).ok_or_else(unknown);
                let Some(profile) = faults.at(format!("/bylines/{i}/contributor"), found) else { continue };
                Some(profile)
            }
        };
        let name =
            name.or_else(|| profile.map(|profile| profile.name.clone())).ok_or_else(Violation::required);
        let Some(name) = faults.at(format!("/bylines/{i}/name"), name) else { continue };
        let contributor = profile.map(|profile| profile.id);
        bylines.push(Byline { role, contributor, name, affiliation, location });
    }
    faults.at("/bylines", Bylines::parse(bylines))
}

/// Notes what is named by id and is not known: articles and photos.
pub(super) fn articles_and_photos<Id>(named: &ById<'_, Id>, known: &Known, faults: &mut Faults) {
    for pointer in named.unknown(known) {
        faults.push(unknown().at(pointer));
    }
}
