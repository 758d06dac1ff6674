//! Tags: made, changed, merged, deleted.

use domain::actor::Actor;
use domain::article::content::change::Change;
use domain::article::content::reference::Ref;
use domain::audit::AuditAction;
use domain::event::EventKind;
use domain::id::TagId;
use domain::paging::Slice;
use domain::policy::grant_house;
use domain::policy::right::{EditReferences, ReadReferences};
use domain::slug::Slug;
use domain::surrogate_key::SurrogateKey;
use domain::tag::{SameAs, Tag, TagDescription, TagKind, TagName};
use domain::thing::Thing;
use domain::version::{Seen, Version};
use domain::violation::{Rule, Violation};
use serde_json::json;
use store::lock::Rule as Held;
use store::references::TagFilter;
use store::tx::Tx;

use super::{Asked, Page, news, slug_or_made};
use crate::articles::Count;
use crate::cx::{Cx, Deed, Recorded};
use crate::error::{Error, Users};
use crate::fronts;

/// What of a tag is to be different.
#[derive(Debug, Clone, Default)]
pub struct TagPatch {
    /// Cannot be cleared.
    pub name: Change<TagName>,
    /// Cleared, it is made from the name.
    pub slug: Change<Slug>,
    /// Cleared, it is a topic.
    pub kind: Change<TagKind>,
    /// What it stands for.
    pub description: Change<TagDescription>,
    /// The same thing elsewhere.
    pub same_as: Change<SameAs>,
}

/// The tag of an id or slug; a merged one is its survivor.
pub fn read(tx: &mut dyn Tx, name: &Ref<TagId>) -> Result<Tag, Error> {
    let id = match name {
        Ref::Id(id) => Some(*id),
        Ref::Slug(slug) => tx.tag_of_slug(slug)?,
    };
    tx.tag(id.ok_or(Error::NotFound)?)?.ok_or(Error::NotFound)
}

/// A page of the tags.
pub fn list(tx: &mut dyn Tx, actor: &Actor, asked: Asked<TagKind>) -> Result<Page<Tag>, Error> {
    grant_house::<ReadReferences>(actor)?;
    let Asked { kind, begins, from, limit, count } = asked;
    let filter = TagFilter { kind, begins, from };
    let found = tx.tags(&filter, limit.saturating_add(1))?;
    let total = match count {
        Count::Exact => Some(tx.count_tags(&filter)?),
        Count::No => None,
    };
    Ok(Page { slice: Slice::cut(found, limit, filter.from.as_ref(), |tag| tag.slug.clone()), total })
}

/// Makes a tag.
pub fn create(cx: &mut Cx<'_>, patch: &TagPatch) -> Result<Recorded<Tag>, Error> {
    let editor = cx.house::<EditReferences>()?;
    let Change::Set(name) = &patch.name else { return Err(Violation::required().at("/name").into()) };
    let begun = Tag {
        id: TagId::new(cx.id()),
        version: Version::FIRST,
        kind: TagKind::Topic,
        slug: slug_or_made(patch.slug.set(), name.as_str())?,
        name: name.clone(),
        description: None,
        same_as: SameAs::default(),
        created_at: cx.now,
        updated_at: cx.now,
    };
    let tag = changed(begun, patch)?;
    cx.tx.add_tag(&editor, &tag)?;
    recorded(cx, AuditAction::TagCreated, EventKind::TagChanged, tag)
}

/// Changes a tag.
pub fn change(
    cx: &mut Cx<'_>,
    name: &Ref<TagId>,
    seen: Seen,
    patch: &TagPatch,
) -> Result<Recorded<Tag>, Error> {
    let editor = cx.house::<EditReferences>()?;
    cx.tx.hold(Held::References)?;
    let mut tag = changed(read(cx.tx, name)?, patch)?;
    tag.updated_at = cx.now;
    tag.version = cx.tx.change_tag(&editor, &tag, seen)?;
    recorded(cx, AuditAction::TagChanged, EventKind::TagChanged, tag)
}

/// Deletes a tag that no article has and from which no front is filled.
pub fn delete(cx: &mut Cx<'_>, name: &Ref<TagId>, seen: Seen) -> Result<Recorded<()>, Error> {
    let editor = cx.house::<EditReferences>()?;
    cx.tx.hold(Held::References)?;
    let tag = read(cx.tx, name)?;
    let articles = cx.tx.articles_of_tag(tag.id, super::MOST_USERS)?;
    let fronts = cx.tx.fronts_of_tag(tag.id, super::MOST_USERS)?;
    Users { articles, fronts, ..Users::default() }.none()?;
    cx.tx.delete_tag(&editor, &tag, seen)?;
    recorded(cx, AuditAction::TagDeleted, EventKind::TagDeleted, tag).map(|gone| gone.map(|_| ()))
}

/// Makes a tag another one, and answers that: its addresses redirect there, its articles have it, and fronts that were
/// filled from the one are filled from the other.
pub fn merge(
    cx: &mut Cx<'_>,
    name: &Ref<TagId>,
    seen: Seen,
    into: &Ref<TagId>,
) -> Result<Recorded<Tag>, Error> {
    let editor = cx.house::<EditReferences>()?;
    cx.tx.hold(Held::References)?;
    let merged = read(cx.tx, name)?;
    if !seen.covers(merged.version) {
        return Err(Error::Stale(merged.version));
    }
    let survivor = read(cx.tx, into).map_err(|error| match error {
        Error::NotFound => {
            Violation::new(Rule::UnknownReference, "names nothing that exists").at("/into").into()
        }
        other => other,
    })?;
    if survivor.id == merged.id {
        return Err(Violation::new(Rule::Inconsistent, "a tag cannot become itself").at("/into").into());
    }
    let refilled = cx.tx.refill_fronts(&editor, merged.id, survivor.id, cx.now)?;
    cx.tx.merge_tag(&editor, merged.id, survivor.id)?;
    refilled.into_iter().try_for_each(|front| fronts::refilled(cx, front, survivor.id))?;
    let deed = Deed {
        action: AuditAction::TagMerged,
        subject: Thing::Tag(merged.id),
        detail: json!({"slug": merged.slug, "into": survivor.id}),
    };
    let mut news = news(EventKind::TagChanged, SurrogateKey::tag(merged.id));
    news.keys.push(SurrogateKey::tag(survivor.id));
    cx.record(deed, Some(news), survivor)
}

fn changed(tag: Tag, patch: &TagPatch) -> Result<Tag, Error> {
    let TagPatch { name, slug, kind, description, same_as } = patch.clone();
    let name = name.or(Some(tag.name)).ok_or_else(|| Error::from(Violation::required().at("/name")))?;
    let slug = match slug {
        Change::Keep => tag.slug,
        Change::Set(slug) => slug,
        Change::Clear => slug_or_made(None, name.as_str())?,
    };
    Ok(Tag {
        slug,
        name,
        kind: match kind {
            Change::Keep => tag.kind,
            Change::Set(kind) => kind,
            Change::Clear => TagKind::Topic,
        },
        description: description.or(tag.description),
        same_as: same_as.or_default(tag.same_as),
        ..tag
    })
}

fn recorded(cx: &mut Cx<'_>, action: AuditAction, kind: EventKind, tag: Tag) -> Result<Recorded<Tag>, Error> {
    let deed =
        Deed { action, subject: Thing::Tag(tag.id), detail: json!({"slug": tag.slug, "name": tag.name}) };
    cx.record(deed, Some(news(kind, SurrogateKey::tag(tag.id))), tag)
}
