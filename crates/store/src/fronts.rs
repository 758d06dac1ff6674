//! Fronts: as the newsroom keeps them, and what delivery is told of one.

use domain::article::aggregate::Article;
use domain::front::{FillFrom, Front, FrontName};
use domain::id::{ArticleId, FrontId, SectionId, TagId};
use domain::paging::From;
use domain::policy::right::{DeleteArticles, EditFronts};
use domain::policy::{Granted, House};
use domain::slug::Slug;
use domain::time::Moment;
use domain::version::{Seen, Version};

use crate::error::Error;
use crate::references;

/// What somebody shows who may change fronts.
pub type Editor = Granted<House, EditFronts>;

/// What a list tells of a front.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedFront {
    /// Its identity.
    pub id: FrontId,
    /// How often it was written.
    pub version: Version,
    /// Its address.
    pub slug: Slug,
    /// What readers call it.
    pub name: FrontName,
    /// When it was made.
    pub created_at: Moment,
    /// When it last changed.
    pub updated_at: Moment,
}

/// What delivery is told of a front: not which articles stand on it, since readers do not see all of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveFront {
    /// Its identity.
    pub id: FrontId,
    /// Its address.
    pub slug: Slug,
    /// What readers call it.
    pub name: FrontName,
    /// Where the rest of it comes from.
    pub fill_from: Option<FillFrom>,
}

/// Fronts. [`crate::lock::Rule::References`] is held while one changes.
pub trait Fronts {
    /// One of them.
    fn front(&mut self, id: FrontId) -> Result<Option<Front>, Error>;

    /// Up to `limit` fronts in the order of their slugs; those before one backwards.
    fn fronts(&mut self, from: Option<&From<Slug>>, limit: u16) -> Result<Vec<ListedFront>, Error>;

    /// The front that has or had this slug.
    fn front_of_slug(&mut self, slug: &Slug) -> Result<Option<FrontId>, Error>;

    /// Adds a front.
    fn add_front(&mut self, editor: &Editor, front: &Front) -> Result<(), Error>;

    /// Stores what changed of a front with all its items, and answers the new version. A former slug stays its own.
    fn change_front(&mut self, editor: &Editor, front: &Front, seen: Seen) -> Result<Version, Error>;

    /// Removes a front.
    fn delete_front(&mut self, editor: &Editor, front: &Front, seen: Seen) -> Result<(), Error>;

    /// The fronts on which an article stands.
    fn fronts_with(&mut self, article: ArticleId) -> Result<Vec<FrontId>, Error>;

    /// Takes an article that is to be deleted off all fronts, and answers which these were.
    fn leave_fronts(
        &mut self,
        article: &Granted<Article, DeleteArticles>,
        now: Moment,
    ) -> Result<Vec<FrontId>, Error>;

    /// Fills from `survivor` what was filled from `merged`, and answers which fronts these are.
    fn refill_fronts(
        &mut self,
        editor: &references::Editor,
        merged: TagId,
        survivor: TagId,
        now: Moment,
    ) -> Result<Vec<FrontId>, Error>;

    /// Up to `limit` fronts that are filled from the section.
    fn fronts_of_section(&mut self, id: SectionId, limit: u16) -> Result<Vec<FrontId>, Error>;

    /// Up to `limit` fronts that are filled from the tag.
    fn fronts_of_tag(&mut self, id: TagId, limit: u16) -> Result<Vec<FrontId>, Error>;
}
