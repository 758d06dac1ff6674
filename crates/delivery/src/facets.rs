//! The sections, tags and contributors of what readers see. One that no visible article belongs to is nothing.

use std::collections::BTreeSet;

use domain::article::content::reference::Ref;
use domain::contributor::{Contributor, ContributorKind, ProfileLinks};
use domain::id::{ContributorId, PhotoId, SectionId, TagId};
use domain::paging::{From, Slice};
use domain::section::Section;
use domain::section::tree::Tree;
use domain::slug::Slug;
use domain::tag::{SameAs, Tag, TagKind};
use serde::Serialize;
use store::live::Live;
use utoipa::ToSchema;

use crate::Delivery;
use crate::error::Error;

/// A section with those below it.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Section)]
pub struct SectionNode {
    /// Its identity.
    pub id: SectionId,
    /// Its address.
    pub slug: Slug,
    /// Its name.
    #[schema(examples("World"))]
    pub name: String,
    /// What it is about.
    #[schema(examples("What happens beyond Varn."))]
    pub description: Option<String>,
    /// Those below it, in their order.
    #[schema(no_recursion)]
    pub sections: Vec<SectionNode>,
}

/// A tag.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Tag)]
pub struct PublicTag {
    /// Its identity.
    pub id: TagId,
    /// Its address.
    pub slug: Slug,
    /// Its name.
    #[schema(examples("Ports"))]
    pub name: String,
    /// What it stands for.
    pub kind: TagKind,
    /// The same in words.
    #[schema(examples("Ships, quays and those who work there."))]
    pub description: Option<String>,
    /// The same thing elsewhere.
    pub same_as: SameAs,
}

/// A contributor. How to reach them is not for readers.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Contributor)]
pub struct PublicContributor {
    /// Their identity.
    pub id: ContributorId,
    /// Their address.
    pub slug: Slug,
    /// Their name.
    #[schema(examples("Mara Lind"))]
    pub name: String,
    /// What they are.
    pub kind: ContributorKind,
    /// Their position.
    #[schema(examples("Port correspondent"))]
    pub title: Option<String>,
    /// For whom they work.
    #[schema(examples("Varn Courier"))]
    pub affiliation: Option<String>,
    /// Who they are.
    #[schema(examples("Mara Lind has written about the harbour since 2009."))]
    pub bio: Option<String>,
    /// Their picture, to be read at `/v1/photos/{id}`; `null` while they have none that may be shown.
    pub photo: Option<PhotoId>,
    /// Their own pages.
    pub links: ProfileLinks,
    /// Whether they still contribute.
    pub active: bool,
}

/// What the address of a reference leads to.
#[derive(Debug)]
pub enum Reference<T> {
    /// To a thing.
    Here(T),
    /// To one that has another slug now.
    Moved(Slug),
    /// To nothing that readers may know of.
    Nothing,
}

impl Delivery {
    /// The tree of the sections in or below which an article is visible.
    pub async fn sections(&self) -> Result<Vec<SectionNode>, Error> {
        let now = self.clock.now();
        self.read(now, move |live| Ok(Forest::read(live, now)?.below(None))).await
    }

    /// One section with those below it.
    pub async fn section(&self, slug: Slug) -> Result<Reference<SectionNode>, Error> {
        let now = self.clock.now();
        self.read(now, move |live| {
            let Some(id) = live.live_section_of_slug(&slug)? else { return Ok(Reference::Nothing) };
            let forest = Forest::read(live, now)?;
            let Some(section) = forest.sections.iter().find(|section| section.id == id) else {
                return Ok(Reference::Nothing);
            };
            Ok(if section.slug == slug {
                Reference::Here(forest.node(section))
            } else {
                Reference::Moved(section.slug.clone())
            })
        })
        .await
    }

    /// A page of the tags, by slug.
    pub async fn tags(&self, from: Option<From<Slug>>, limit: u16) -> Result<Slice<PublicTag, Slug>, Error> {
        let now = self.clock.now();
        self.read(now, move |live| {
            let found = live.live_tags(from.as_ref(), limit.saturating_add(1), now)?;
            Ok(Slice::cut(found, limit, from.as_ref(), |tag| tag.slug.clone()).map(public_tag))
        })
        .await
    }

    /// One tag.
    pub async fn tag(&self, slug: Slug) -> Result<Reference<PublicTag>, Error> {
        let now = self.clock.now();
        self.read(now, move |live| {
            Ok(match live.live_tag(&Ref::Slug(slug.clone()), now)? {
                None => Reference::Nothing,
                Some(tag) if tag.slug != slug => Reference::Moved(tag.slug),
                Some(tag) => Reference::Here(public_tag(tag)),
            })
        })
        .await
    }

    /// A page of the contributors, by slug.
    pub async fn contributors(
        &self,
        from: Option<From<Slug>>,
        limit: u16,
    ) -> Result<Slice<PublicContributor, Slug>, Error> {
        let now = self.clock.now();
        self.read(now, move |live| {
            let found = live.live_contributors(from.as_ref(), limit.saturating_add(1), now)?;
            let slice = Slice::cut(found, limit, from.as_ref(), |found| found.slug.clone());
            Ok(slice.map(public_contributor))
        })
        .await
    }

    /// One contributor.
    pub async fn contributor(&self, slug: Slug) -> Result<Reference<PublicContributor>, Error> {
        let now = self.clock.now();
        self.read(now, move |live| {
            Ok(match live.live_contributor(&Ref::Slug(slug.clone()), now)? {
                None => Reference::Nothing,
                Some(found) if found.slug != slug => Reference::Moved(found.slug),
                Some(found) => Reference::Here(public_contributor(found)),
            })
        })
        .await
    }
}

/// The sections that readers may know of.
pub(crate) struct Forest {
    pub(crate) sections: Vec<Section>,
}

impl Forest {
    pub(crate) fn read(live: &mut dyn Live, now: domain::time::Moment) -> Result<Self, Error> {
        let (mut sections, used) = live.live_sections(now)?;
        let tree = Tree::new(sections.iter().map(|section| (section.id, section.parent)));
        let known: BTreeSet<_> = used.into_iter().flat_map(|id| tree.path(id)).collect();
        sections.retain(|section| known.contains(&section.id));
        sections.sort_by(|a, b| (a.position, a.name.as_str()).cmp(&(b.position, b.name.as_str())));
        Ok(Self { sections })
    }

    /// The depth is that of the tree, which has a limit.
    fn below(&self, parent: Option<SectionId>) -> Vec<SectionNode> {
        self.sections
            .iter()
            .filter(|section| section.parent == parent)
            .map(|section| self.node(section))
            .collect()
    }

    fn node(&self, section: &Section) -> SectionNode {
        let Section {
            id,
            version: _,
            slug,
            name,
            description,
            parent: _,
            position: _,
            created_at: _,
            updated_at: _,
        } = section;
        SectionNode {
            id: *id,
            slug: slug.clone(),
            name: name.as_str().to_owned(),
            description: description.as_ref().map(|text| text.as_str().to_owned()),
            sections: self.below(Some(*id)),
        }
    }
}

pub(crate) fn public_tag(tag: Tag) -> PublicTag {
    let Tag { id, version: _, kind, slug, name, description, same_as, created_at: _, updated_at: _ } = tag;
    PublicTag { id, slug, name: name.into(), kind, description: description.map(Into::into), same_as }
}

pub(crate) fn public_contributor(contributor: Contributor) -> PublicContributor {
    let Contributor {
        id,
        version: _,
        kind,
        slug,
        name,
        sort_name: _,
        title,
        affiliation,
        bio,
        portrait,
        links,
        active,
        user: _,
        created_at: _,
        updated_at: _,
    } = contributor;
    PublicContributor {
        id,
        slug,
        name: name.into(),
        kind,
        title: title.map(Into::into),
        affiliation: affiliation.map(Into::into),
        bio: bio.map(Into::into),
        photo: portrait,
        links,
        active,
    }
}
