//! What an editor says of a front, with the things that it names, and the front that this makes.

use std::collections::BTreeSet;

use domain::article::content::change::Change;
use domain::article::content::reference::Ref;
use domain::article::content::texts::Headline;
use domain::front::{FillFrom, Front, FrontItem, FrontItems, FrontLength, FrontName};
use domain::id::{ArticleId, FrontId, SectionId, TagId};
use domain::slug::Slug;
use domain::version::Version;
use domain::violation::{Faults, Rule, Violation};
use store::lock::Rule as Held;

use crate::cx::Cx;
use crate::error::Error;
use crate::references::{sections, slug_or_made, tags};

/// What of a front is to be different.
#[derive(Debug, Clone, Default)]
pub struct FrontPatch {
    /// Cannot be cleared.
    pub name: Change<FrontName>,
    /// Cleared, it is made from the name.
    pub slug: Change<Slug>,
    /// All that is to stand on it, in order; cleared, nothing.
    pub items: Change<Vec<NamedItem>>,
    /// Where the rest comes from; cleared, it ends with its items.
    pub fill_from: Change<NamedFill>,
}

/// An article that is to stand on a front.
#[derive(Debug, Clone)]
pub struct NamedItem {
    /// Which.
    pub article: Ref<ArticleId>,
    /// What is to be shown in place of its headline.
    pub headline: Option<Headline>,
}

/// Where the rest of a front is to come from.
#[derive(Debug, Clone)]
pub struct NamedFill {
    /// Only from this section and those below it.
    pub section: Option<Ref<SectionId>>,
    /// Only with this tag.
    pub tag: Option<Ref<TagId>>,
    /// How many articles readers are to see, those of the items included.
    pub up_to: FrontLength,
}

/// A new front that is as `patch` says.
pub(super) fn begun(cx: &mut Cx<'_>, patch: &FrontPatch) -> Result<Front, Error> {
    let Change::Set(name) = &patch.name else { return Err(Violation::required().at("/name").into()) };
    let begun = Front {
        id: FrontId::new(cx.id()),
        version: Version::FIRST,
        slug: slug_or_made(patch.slug.set(), name.as_str())?,
        name: name.clone(),
        items: FrontItems::default(),
        fill_from: None,
        created_at: cx.now,
        updated_at: cx.now,
    };
    changed(cx, begun, patch)
}

/// The front that `patch` makes of one.
pub(super) fn changed(cx: &mut Cx<'_>, front: Front, patch: &FrontPatch) -> Result<Front, Error> {
    let FrontPatch { name, slug, items, fill_from } = patch.clone();
    let name = name.or(Some(front.name)).ok_or_else(|| Error::from(Violation::required().at("/name")))?;
    Ok(Front {
        slug: match slug {
            Change::Keep => front.slug,
            Change::Set(slug) => slug,
            Change::Clear => slug_or_made(None, name.as_str())?,
        },
        name,
        items: match items {
            Change::Keep => front.items,
            Change::Clear => FrontItems::default(),
            Change::Set(named) => placed(cx, named)?,
        },
        fill_from: match fill_from {
            Change::Keep => front.fill_from,
            Change::Clear => None,
            Change::Set(named) => Some(filled(cx, named)?),
        },
        ..front
    })
}

/// The items that are named. Their articles are held: who publishes one at the same time has done so, or finds it on the
/// front and has that be composed anew.
fn placed(cx: &mut Cx<'_>, named: Vec<NamedItem>) -> Result<FrontItems, Error> {
    let slugs = named.iter().filter_map(|item| match &item.article {
        Ref::Slug(slug) => Some(slug.clone()),
        Ref::Id(_) => None,
    });
    let of_slugs = cx.tx.articles_of_slugs(&slugs.collect::<Vec<_>>())?;
    let id_of = |name: &Ref<ArticleId>| match name {
        Ref::Id(id) => Some(*id),
        Ref::Slug(slug) => of_slugs.get(slug).copied(),
    };
    let ids: BTreeSet<_> = named.iter().filter_map(|item| id_of(&item.article)).collect();
    let known = cx.tx.hold_articles(&ids.into_iter().collect::<Vec<_>>())?;
    let known: BTreeSet<_> = known.into_iter().collect();
    let (mut faults, mut items) = (Faults::new(), Vec::with_capacity(named.len()));
    for (i, NamedItem { article, headline }) in named.into_iter().enumerate() {
        let known = id_of(&article).filter(|id| known.contains(id)).ok_or_else(unknown);
        let item = known.map(|article| FrontItem { article, headline });
        items.extend(faults.at(format!("/items/{i}/article"), item));
    }
    let items = faults.or(Some(items))?;
    FrontItems::parse(items).map_err(|faults| faults.below("/items").into())
}

fn filled(cx: &mut Cx<'_>, NamedFill { section, tag, up_to }: NamedFill) -> Result<FillFrom, Error> {
    let missing = |pointer: &'static str| {
        move |error: Error| match error {
            Error::NotFound => unknown().at(pointer).into(),
            other => other,
        }
    };
    let section = section.map(|name| {
        // So that nobody deletes it meanwhile; whoever merges or deletes a tag waits for who changes a front anyway.
        cx.tx.hold(Held::SectionTree)?;
        sections::read(cx.tx, &name).map_err(missing("/fill_from/section"))
    });
    let section = section.transpose()?.map(|section| section.id);
    let tag = tag.map(|name| tags::read(cx.tx, &name).map_err(missing("/fill_from/tag")));
    Ok(FillFrom { section, tag: tag.transpose()?.map(|tag| tag.id), up_to })
}

fn unknown() -> Violation {
    Violation::new(Rule::UnknownReference, "names nothing that exists")
}
