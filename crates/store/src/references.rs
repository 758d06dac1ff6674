//! Sections, tags and contributors, their slugs past and present, and who uses them.

use domain::article::content::names::{Known, Names};
use domain::contributor::{Contact, Contributor, ContributorKind};
use domain::id::{ArticleId, ContributorId, PhotoId, SectionId, TagId};
use domain::paging::From;
use domain::policy::right::EditReferences;
use domain::policy::{Granted, House};
use domain::section::Section;
use domain::slug::Slug;
use domain::tag::{Tag, TagKind};
use domain::version::{Seen, Version};

use crate::error::Error;

/// What somebody shows who may change references.
pub type Editor = Granted<House, EditReferences>;

/// Which tags are asked for, by slug.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TagFilter {
    /// Only of this kind.
    pub kind: Option<TagKind>,
    /// Only with a name that begins so, in any case.
    pub begins: Option<String>,
    /// Only what lies there.
    pub from: Option<From<Slug>>,
}

/// Which contributors are asked for, by slug.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ContributorFilter {
    /// Only of this kind.
    pub kind: Option<ContributorKind>,
    /// Only with a name that begins so, in any case.
    pub begins: Option<String>,
    /// Only what lies there.
    pub from: Option<From<Slug>>,
}

/// Sections. [`crate::lock::Rule::SectionTree`] is held while their tree changes.
pub trait Sections {
    /// All of them, by id.
    fn sections(&mut self) -> Result<Vec<Section>, Error>;

    /// One of them.
    fn section(&mut self, id: SectionId) -> Result<Option<Section>, Error>;

    /// The section that has or had this slug.
    fn section_of_slug(&mut self, slug: &Slug) -> Result<Option<SectionId>, Error>;

    /// Adds a section.
    fn add_section(&mut self, editor: &Editor, section: &Section) -> Result<(), Error>;

    /// Stores what changed of a section, and answers the new version. A former slug stays its own.
    fn change_section(&mut self, editor: &Editor, section: &Section, seen: Seen) -> Result<Version, Error>;

    /// Removes a section; [`Error::Referenced`] while a section or an article belongs to it.
    fn delete_section(&mut self, editor: &Editor, section: &Section, seen: Seen) -> Result<(), Error>;

    /// Up to `limit` articles whose working copy or publication belongs to the section.
    fn articles_of_section(&mut self, id: SectionId, limit: u16) -> Result<Vec<ArticleId>, Error>;
}

/// Tags.
pub trait Tags {
    /// The tag of this id; a merged one is its survivor.
    fn tag(&mut self, id: TagId) -> Result<Option<Tag>, Error>;

    /// These tags, in no order; merged ones are their survivors.
    fn tags_of(&mut self, ids: &[TagId]) -> Result<Vec<Tag>, Error>;

    /// Up to `limit` tags in the order of their slugs; those before one backwards.
    fn tags(&mut self, filter: &TagFilter, limit: u16) -> Result<Vec<Tag>, Error>;

    /// How many tags the filter has, from its first on.
    fn count_tags(&mut self, filter: &TagFilter) -> Result<i64, Error>;

    /// The tag that has or had this slug.
    fn tag_of_slug(&mut self, slug: &Slug) -> Result<Option<TagId>, Error>;

    /// Adds a tag.
    fn add_tag(&mut self, editor: &Editor, tag: &Tag) -> Result<(), Error>;

    /// Stores what changed of a tag, and answers the new version.
    fn change_tag(&mut self, editor: &Editor, tag: &Tag, seen: Seen) -> Result<Version, Error>;

    /// Removes a tag; [`Error::Referenced`] while an article has it.
    fn delete_tag(&mut self, editor: &Editor, tag: &Tag, seen: Seen) -> Result<(), Error>;

    /// Makes one tag another: its slugs, and the articles that have it, become the survivor's.
    fn merge_tag(&mut self, editor: &Editor, merged: TagId, survivor: TagId) -> Result<(), Error>;

    /// Up to `limit` articles whose working copy or publication has the tag.
    fn articles_of_tag(&mut self, id: TagId, limit: u16) -> Result<Vec<ArticleId>, Error>;
}

/// Contributors.
pub trait Contributors {
    /// The contributor of this id with how to reach them; a merged one is their survivor.
    fn contributor(&mut self, id: ContributorId) -> Result<Option<(Contributor, Contact)>, Error>;

    /// These contributors, in no order; merged ones are their survivors.
    fn contributors_of(&mut self, ids: &[ContributorId]) -> Result<Vec<Contributor>, Error>;

    /// How many contributors the filter has, from its first on.
    fn count_contributors(&mut self, filter: &ContributorFilter) -> Result<i64, Error>;

    /// Up to `limit` contributors in the order of their slugs; those before one backwards.
    fn contributors(
        &mut self,
        filter: &ContributorFilter,
        limit: u16,
    ) -> Result<Vec<(Contributor, Contact)>, Error>;

    /// The contributor who has or had this slug.
    fn contributor_of_slug(&mut self, slug: &Slug) -> Result<Option<ContributorId>, Error>;

    /// Adds a contributor.
    fn add_contributor(
        &mut self,
        editor: &Editor,
        contributor: &Contributor,
        contact: &Contact,
    ) -> Result<(), Error>;

    /// Stores what changed of a contributor, and answers the new version.
    fn change_contributor(
        &mut self,
        editor: &Editor,
        contributor: &Contributor,
        contact: &Contact,
        seen: Seen,
    ) -> Result<Version, Error>;

    /// Removes a contributor; [`Error::Referenced`] while a byline names them.
    fn delete_contributor(
        &mut self,
        editor: &Editor,
        contributor: &Contributor,
        seen: Seen,
    ) -> Result<(), Error>;

    /// Makes one contributor another: their slugs, and the articles that name them, become the survivor's.
    fn merge_contributor(
        &mut self,
        editor: &Editor,
        merged: ContributorId,
        survivor: ContributorId,
    ) -> Result<(), Error>;

    /// Up to `limit` articles whose working copy or publication names the contributor.
    fn articles_of_contributor(&mut self, id: ContributorId, limit: u16) -> Result<Vec<ArticleId>, Error>;

    /// Up to `limit` contributors whose portrait this photo is.
    fn contributors_with_portrait(&mut self, id: PhotoId, limit: u16) -> Result<Vec<ContributorId>, Error>;
}

/// Looks up what editors name.
pub trait References: Sections + Tags + Contributors {
    /// What of `names` exists, in a constant number of statements.
    fn known(&mut self, names: &Names) -> Result<Known, Error>;
}
