//! Sections: made, changed, moved, deleted. They form a tree, which two editors at once cannot break.

use domain::article::content::change::Change;
use domain::article::content::reference::Ref;
use domain::audit::AuditAction;
use domain::event::EventKind;
use domain::id::SectionId;
use domain::policy::right::EditReferences;
use domain::section::tree::Tree;
use domain::section::{Section, SectionDescription, SectionName};
use domain::slug::Slug;
use domain::surrogate_key::SurrogateKey;
use domain::thing::Thing;
use domain::version::{Seen, Version};
use domain::violation::{Rule, Violation};
use serde_json::json;
use store::lock::Rule as Held;
use store::tx::Tx;

use super::{news, slug_or_made};
use crate::cx::{Cx, Deed, Recorded};
use crate::error::{Error, Users};

/// What of a section is to be different.
#[derive(Debug, Clone, Default)]
pub struct SectionPatch {
    /// Cannot be cleared.
    pub name: Change<SectionName>,
    /// Cleared, it is made from the name.
    pub slug: Change<Slug>,
    /// What it is about.
    pub description: Change<SectionDescription>,
    /// The section above it; cleared, it is at the top.
    pub parent: Change<Ref<SectionId>>,
    /// Its place; cleared, the first.
    pub position: Change<u16>,
}

/// The section of an id or slug.
pub fn read(tx: &mut dyn Tx, name: &Ref<SectionId>) -> Result<Section, Error> {
    let id = match name {
        Ref::Id(id) => Some(*id),
        Ref::Slug(slug) => tx.section_of_slug(slug)?,
    };
    let sections = tx.sections()?;
    sections.into_iter().find(|section| Some(section.id) == id).ok_or(Error::NotFound)
}

/// Makes a section.
pub fn create(cx: &mut Cx<'_>, patch: &SectionPatch) -> Result<Recorded<Section>, Error> {
    let editor = cx.house::<EditReferences>()?;
    cx.tx.hold(Held::SectionTree)?;
    let Change::Set(name) = &patch.name else { return Err(Violation::required().at("/name").into()) };
    let slug = slug_or_made(patch.slug.set(), name.as_str())?;
    let section = Section {
        id: SectionId::new(cx.id()),
        version: Version::FIRST,
        slug,
        name: name.clone(),
        description: None,
        parent: None,
        position: 0,
        created_at: cx.now,
        updated_at: cx.now,
    };
    let section = changed(cx.tx, section, patch)?;
    let section = placed(cx, section)?;
    cx.tx.add_section(&editor, &section)?;
    recorded(cx, AuditAction::SectionCreated, EventKind::SectionChanged, section)
}

/// Changes a section.
pub fn change(
    cx: &mut Cx<'_>,
    name: &Ref<SectionId>,
    seen: Seen,
    patch: &SectionPatch,
) -> Result<Recorded<Section>, Error> {
    let editor = cx.house::<EditReferences>()?;
    cx.tx.hold(Held::SectionTree)?;
    let before = read(cx.tx, name)?;
    let section = changed(cx.tx, before, patch)?;
    let mut section = placed(cx, section)?;
    section.updated_at = cx.now;
    section.version = cx.tx.change_section(&editor, &section, seen)?;
    recorded(cx, AuditAction::SectionChanged, EventKind::SectionChanged, section)
}

/// Deletes a section to which nothing belongs and from which no front is filled.
pub fn delete(cx: &mut Cx<'_>, name: &Ref<SectionId>, seen: Seen) -> Result<Recorded<()>, Error> {
    let editor = cx.house::<EditReferences>()?;
    cx.tx.hold(Held::SectionTree)?;
    let section = read(cx.tx, name)?;
    let articles = cx.tx.articles_of_section(section.id, super::MOST_USERS)?;
    let fronts = cx.tx.fronts_of_section(section.id, super::MOST_USERS)?;
    let belong = cx.tx.sections()?.into_iter().filter(|other| other.parent == Some(section.id));
    let sections = belong.map(|other| other.id).take(super::MOST_USERS.into()).collect();
    Users { articles, fronts, sections, ..Users::default() }.none()?;
    cx.tx.delete_section(&editor, &section, seen)?;
    recorded(cx, AuditAction::SectionDeleted, EventKind::SectionDeleted, section).map(|gone| gone.map(|_| ()))
}

fn changed(tx: &mut dyn Tx, section: Section, patch: &SectionPatch) -> Result<Section, Error> {
    let SectionPatch { name, slug, description, parent, position } = patch.clone();
    let required = |pointer: &str| Error::from(Violation::required().at(pointer));
    let name = name.or(Some(section.name)).ok_or_else(|| required("/name"))?;
    let slug = match slug {
        Change::Keep => section.slug,
        Change::Set(slug) => slug,
        Change::Clear => slug_or_made(None, name.as_str())?,
    };
    let parent = match parent {
        Change::Keep => section.parent,
        Change::Clear => None,
        Change::Set(named) => {
            Some(read(tx, &named).map(|section| section.id).map_err(|error| match error {
                Error::NotFound => {
                    Violation::new(Rule::UnknownReference, "names nothing that exists").at("/parent").into()
                }
                other => other,
            })?)
        }
    };
    Ok(Section {
        name,
        slug,
        description: description.or(section.description),
        parent,
        position: position.or_default(section.position),
        ..section
    })
}

/// A section whose place in the tree is allowed; the tree is held until the transaction ends.
fn placed(cx: &mut Cx<'_>, section: Section) -> Result<Section, Error> {
    let tree = Tree::new(cx.tx.sections()?.into_iter().map(|section| (section.id, section.parent)));
    tree.admits(section.id, section.parent).map_err(|violation| violation.at("/parent"))?;
    Ok(section)
}

fn recorded(
    cx: &mut Cx<'_>,
    action: AuditAction,
    kind: EventKind,
    section: Section,
) -> Result<Recorded<Section>, Error> {
    let deed = Deed {
        action,
        subject: Thing::Section(section.id),
        detail: json!({"slug": section.slug, "name": section.name, "parent": section.parent}),
    };
    cx.record(deed, Some(news(kind, SurrogateKey::section(section.id))), section)
}
