//! Contributors: made, changed, merged, deleted.

use domain::actor::Actor;
use domain::article::checks::CheckCode;
use domain::article::checks::photos::of_portrait;
use domain::article::content::change::Change;
use domain::article::content::reference::Ref;
use domain::audit::AuditAction;
use domain::contributor::{
    Contact, ContactNotes, Contributor, ContributorBio, ContributorKind, ContributorName, ContributorTitle,
    ProfileLinks,
};
use domain::event::EventKind;
use domain::id::{ContributorId, PhotoId};
use domain::paging::Slice;
use domain::policy::grant_house;
use domain::policy::right::{EditReferences, ReadContributorContacts, ReadReferences};
use domain::slug::Slug;
use domain::surrogate_key::SurrogateKey;
use domain::thing::Thing;
use domain::user::Email;
use domain::version::{Seen, Version};
use domain::violation::{Rule, Violation};
use serde_json::json;
use store::lock::Rule as Held;
use store::references::ContributorFilter;
use store::tx::Tx;

use super::{Asked, Page, news, slug_or_made};
use crate::articles::Count;
use crate::cx::{Cx, Deed, News, Recorded};
use crate::error::{Error, Users};

/// What of a contributor is to be different.
#[derive(Debug, Clone, Default)]
pub struct ContributorPatch {
    /// Cannot be cleared.
    pub name: Change<ContributorName>,
    /// Cleared, it is the name.
    pub sort_name: Change<ContributorName>,
    /// Cleared, it is made from the name.
    pub slug: Change<Slug>,
    /// Cleared, a person.
    pub kind: Change<ContributorKind>,
    /// Their position.
    pub title: Change<ContributorTitle>,
    /// For whom they work.
    pub affiliation: Change<ContributorTitle>,
    /// Who they are.
    pub bio: Change<ContributorBio>,
    /// Their picture.
    pub portrait: Change<PhotoId>,
    /// Their own pages.
    pub links: Change<ProfileLinks>,
    /// Whether they still contribute.
    pub active: Change<bool>,
    /// Their address, private.
    pub email: Change<Email>,
    /// What is noted about them, private.
    pub notes: Change<ContactNotes>,
}

/// A contributor, with how to reach them where the actor may know.
pub type Known = (Contributor, Option<Contact>);

/// The contributor of an id or slug; a merged one is their survivor.
pub fn read(tx: &mut dyn Tx, actor: &Actor, name: &Ref<ContributorId>) -> Result<Known, Error> {
    let (contributor, contact) = stored(tx, name)?;
    Ok((contributor, visible(actor, contact)))
}

/// A page of the contributors, with how to reach them where the actor may know.
pub fn list(tx: &mut dyn Tx, actor: &Actor, asked: Asked<ContributorKind>) -> Result<Page<Known>, Error> {
    grant_house::<ReadReferences>(actor)?;
    let Asked { kind, begins, from, limit, count } = asked;
    let filter = ContributorFilter { kind, begins, from };
    let found = tx.contributors(&filter, limit.saturating_add(1))?;
    let total = match count {
        Count::Exact => Some(tx.count_contributors(&filter)?),
        Count::No => None,
    };
    let slice = Slice::cut(found, limit, filter.from.as_ref(), |(found, _)| found.slug.clone());
    Ok(Page { slice: slice.map(|(found, contact)| (found, visible(actor, contact))), total })
}

/// Makes a contributor.
pub fn create(cx: &mut Cx<'_>, patch: &ContributorPatch) -> Result<Recorded<Known>, Error> {
    let editor = cx.house::<EditReferences>()?;
    let Change::Set(name) = &patch.name else { return Err(Violation::required().at("/name").into()) };
    let begun = Contributor {
        id: ContributorId::new(cx.id()),
        version: Version::FIRST,
        kind: ContributorKind::Person,
        slug: slug_or_made(patch.slug.set(), name.as_str())?,
        name: name.clone(),
        sort_name: name.clone(),
        title: None,
        affiliation: None,
        bio: None,
        portrait: None,
        links: ProfileLinks::default(),
        active: true,
        user: None,
        created_at: cx.now,
        updated_at: cx.now,
    };
    let (contributor, contact) = changed(begun, Contact::default(), patch)?;
    may_portray(cx, patch)?;
    cx.tx.add_contributor(&editor, &contributor, &contact)?;
    let news = news_of(EventKind::ContributorChanged, &contributor);
    recorded(cx, AuditAction::ContributorCreated, news, contributor, contact)
}

/// Changes a contributor.
pub fn change(
    cx: &mut Cx<'_>,
    name: &Ref<ContributorId>,
    seen: Seen,
    patch: &ContributorPatch,
) -> Result<Recorded<Known>, Error> {
    let editor = cx.house::<EditReferences>()?;
    cx.tx.hold(Held::References)?;
    let (before, contact) = stored(cx.tx, name)?;
    let news = news_of(EventKind::ContributorChanged, &before);
    let (mut contributor, contact) = changed(before, contact, patch)?;
    may_portray(cx, patch)?;
    contributor.updated_at = cx.now;
    contributor.version = cx.tx.change_contributor(&editor, &contributor, &contact, seen)?;
    recorded(cx, AuditAction::ContributorChanged, news, contributor, contact)
}

/// Deletes a contributor whom no byline and no credit names.
pub fn delete(cx: &mut Cx<'_>, name: &Ref<ContributorId>, seen: Seen) -> Result<Recorded<()>, Error> {
    let editor = cx.house::<EditReferences>()?;
    cx.tx.hold(Held::References)?;
    let (contributor, contact) = stored(cx.tx, name)?;
    let articles = cx.tx.articles_of_contributor(contributor.id, super::MOST_USERS)?;
    let photos = cx.tx.photos_of_contributor(contributor.id, super::MOST_USERS)?;
    Users { articles, photos, ..Users::default() }.none()?;
    cx.tx.delete_contributor(&editor, &contributor, seen)?;
    let news = news_of(EventKind::ContributorDeleted, &contributor);
    recorded(cx, AuditAction::ContributorDeleted, news, contributor, contact).map(|gone| gone.map(|_| ()))
}

/// Makes a contributor another one, and answers that: their addresses redirect there, and bylines name them.
pub fn merge(
    cx: &mut Cx<'_>,
    name: &Ref<ContributorId>,
    seen: Seen,
    into: &Ref<ContributorId>,
) -> Result<Recorded<Known>, Error> {
    let editor = cx.house::<EditReferences>()?;
    cx.tx.hold(Held::References)?;
    let (merged, _) = stored(cx.tx, name)?;
    if !seen.covers(merged.version) {
        return Err(Error::Stale(merged.version));
    }
    let (survivor, contact) = stored(cx.tx, into).map_err(|error| match error {
        Error::NotFound => {
            Violation::new(Rule::UnknownReference, "names nothing that exists").at("/into").into()
        }
        other => other,
    })?;
    if survivor.id == merged.id {
        let itself = Violation::new(Rule::Inconsistent, "a contributor cannot become themselves");
        return Err(itself.at("/into").into());
    }
    cx.tx.merge_contributor(&editor, merged.id, survivor.id)?;
    let deed = Deed {
        action: AuditAction::ContributorMerged,
        subject: Thing::Contributor(merged.id),
        detail: json!({"slug": merged.slug, "into": survivor.id}),
    };
    let mut news = news_of(EventKind::ContributorChanged, &merged);
    news.keys.push(SurrogateKey::contributor(survivor.id));
    let contact = visible(&cx.actor, contact);
    cx.record(deed, Some(news), (survivor, contact))
}

/// Refuses a portrait that is no photo, or that readers may not get. It is held, so that nobody deletes or changes it
/// meanwhile.
fn may_portray(cx: &mut Cx<'_>, patch: &ContributorPatch) -> Result<(), Error> {
    let Some(id) = patch.portrait.set() else { return Ok(()) };
    let refused = |rule, detail: &str| Err(Violation::new(rule, detail).at("/portrait").into());
    // Held for a moment, and read as those that articles show: anybody may use any photo.
    let held = cx.tx.hold_photo(*id)?.is_some();
    let photo = if held { cx.tx.photos_of(&[*id])?.remove(id) } else { None };
    let Some(photo) = photo else {
        return refused(Rule::UnknownReference, "names nothing that exists");
    };
    match of_portrait(&photo, cx.now, cx.site.territory).first() {
        None => Ok(()),
        Some(CheckCode::PhotoExcluded) => {
            refused(Rule::Inconsistent, "may not be shown in the territory of the site")
        }
        Some(_) => refused(Rule::Inconsistent, "is a photo without a credit or without alternative text"),
    }
}

fn stored(tx: &mut dyn Tx, name: &Ref<ContributorId>) -> Result<(Contributor, Contact), Error> {
    let id = match name {
        Ref::Id(id) => Some(*id),
        Ref::Slug(slug) => tx.contributor_of_slug(slug)?,
    };
    tx.contributor(id.ok_or(Error::NotFound)?)?.ok_or(Error::NotFound)
}

fn visible(actor: &Actor, contact: Contact) -> Option<Contact> {
    grant_house::<ReadContributorContacts>(actor).is_ok().then_some(contact)
}

fn changed(
    contributor: Contributor,
    contact: Contact,
    patch: &ContributorPatch,
) -> Result<(Contributor, Contact), Error> {
    let ContributorPatch {
        name,
        sort_name,
        slug,
        kind,
        title,
        affiliation,
        bio,
        portrait,
        links,
        active,
        email,
        notes,
    } = patch.clone();
    let required = || Error::from(Violation::required().at("/name"));
    let name = name.or(Some(contributor.name)).ok_or_else(required)?;
    let contributor = Contributor {
        slug: match slug {
            Change::Keep => contributor.slug,
            Change::Set(slug) => slug,
            Change::Clear => slug_or_made(None, name.as_str())?,
        },
        sort_name: sort_name.or(Some(contributor.sort_name)).unwrap_or_else(|| name.clone()),
        name,
        kind: kind.or(Some(contributor.kind)).unwrap_or(ContributorKind::Person),
        title: title.or(contributor.title),
        affiliation: affiliation.or(contributor.affiliation),
        bio: bio.or(contributor.bio),
        portrait: portrait.or(contributor.portrait),
        links: links.or_default(contributor.links),
        active: active.or(Some(contributor.active)).unwrap_or(true),
        ..contributor
    };
    Ok((contributor, Contact { email: email.or(contact.email), notes: notes.or(contact.notes) }))
}

/// What of the site may be different once a contributor is another than `before`, whose portrait goes perhaps. The one that
/// they have then is named by the outbox.
fn news_of(kind: EventKind, before: &Contributor) -> News {
    let mut news = news(kind, SurrogateKey::contributor(before.id));
    news.keys.extend(before.portrait.map(SurrogateKey::photo));
    news
}

/// The audit entry names no address and no note: who may read the log may not read those.
fn recorded(
    cx: &mut Cx<'_>,
    action: AuditAction,
    news: News,
    contributor: Contributor,
    contact: Contact,
) -> Result<Recorded<Known>, Error> {
    let deed = Deed {
        action,
        subject: Thing::Contributor(contributor.id),
        detail: json!({"slug": contributor.slug, "name": contributor.name.as_str()}),
    };
    let contact = visible(&cx.actor, contact);
    cx.record(deed, Some(news), (contributor, contact))
}
