//! Articles as the newsroom works on them: their history, their publication and their corrections.

use std::collections::HashMap;

use domain::article::aggregate::Article;
use domain::article::content::texts::Headline;
use domain::article::content::{ArticleKind, Content};
use domain::article::correction::Correction;
use domain::article::publication::PublicationState;
use domain::article::revision::{Revision, RevisionNote, RevisionNumber};
use domain::article::stage::Stage;
use domain::id::{ArticleId, ContributorId, CorrectionId, FrontId, SectionId, TagId, UserId};
use domain::language::Language;
use domain::paging::From;
use domain::policy::right::{CorrectArticles, CreateArticles, DeleteArticles, PublishArticles};
use domain::policy::{Allowed, Granted, Guarded};
use domain::slug::Slug;
use domain::time::Moment;
use domain::version::{Seen, Version};

use crate::error::Error;

/// What a list tells of the working copy of an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Glance {
    /// Its headline.
    pub headline: Headline,
    /// Its slug.
    pub slug: Slug,
    /// What it is.
    pub kind: ArticleKind,
    /// Its language.
    pub language: Language,
    /// Where it belongs.
    pub section: Option<SectionId>,
}

/// What a list tells of a revision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Its place.
    pub number: RevisionNumber,
    /// Who saved it.
    pub author: UserId,
    /// What they noted.
    pub note: Option<RevisionNote>,
    /// When.
    pub saved_at: Moment,
}

/// An amendment of what readers see.
#[derive(Debug, Clone, Copy)]
pub struct Amendment<'a> {
    /// What they see from now on.
    pub revision: &'a Revision,
    /// The working copy until now and from now on, where it follows; that may be the amendment itself.
    pub working: Option<(&'a Revision, &'a Revision)>,
}

/// What of an article stands or will stand before readers, and where it ever did. What an embargo without an end hides
/// is none of it, nor is the working copy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Appearance {
    /// What they see and will see, in the order of time.
    pub contents: Vec<Content>,
    /// The slugs at which they ever found it or are to find it.
    pub slugs: Vec<Slug>,
    /// The fronts on which it stands, whether or not they see it there.
    pub fronts: Vec<FrontId>,
}

/// Which articles are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ArticleFilter {
    /// Only at this stage.
    pub stage: Option<Stage>,
    /// Only in this state at `now`.
    pub publication: Option<(PublicationState, Moment)>,
    /// Only of these sections.
    pub sections: Option<Vec<SectionId>>,
    /// Only with this tag.
    pub tag: Option<TagId>,
    /// Only by this contributor.
    pub contributor: Option<ContributorId>,
    /// Only of this owner.
    pub owner: Option<UserId>,
    /// Only what this user owns or writes.
    pub own_of: Option<UserId>,
    /// Only these.
    pub ids: Option<Vec<ArticleId>>,
    /// Only with these words in the headline, in any case.
    pub words: Option<String>,
    /// Only changed after this instant.
    pub updated_after: Option<Moment>,
    /// Only what lies there in that order.
    pub from: Option<From<(Moment, ArticleId)>>,
    /// In which order.
    pub order: Order,
}

/// The order of a list of working copies. Those of one instant are ordered by id.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// Those that changed last first.
    #[default]
    LastChangedFirst,
    /// Those that have not changed for longest first.
    LongestUnchangedFirst,
}

/// Articles of the newsroom. Whoever writes shows that they were granted the article.
pub trait Articles {
    /// Begins an article with its first revision.
    fn begin_article(
        &mut self,
        article: &Granted<Article, CreateArticles>,
        revision: &Revision,
    ) -> Result<(), Error>;

    /// The article of this id, as it was stored: not settled.
    fn article(&mut self, id: ArticleId) -> Result<Option<Guarded<Article>>, Error>;

    /// The same, held until the transaction ends.
    fn hold_article(&mut self, id: ArticleId) -> Result<Option<Guarded<Article>>, Error>;

    /// Holds these articles until the transaction ends, and answers which of them exist.
    fn hold_articles(&mut self, ids: &[ArticleId]) -> Result<Vec<ArticleId>, Error>;

    /// The articles of a filter in its order; those before an article backwards.
    fn articles(
        &mut self,
        filter: &ArticleFilter,
        limit: u16,
    ) -> Result<Vec<(Guarded<Article>, Glance)>, Error>;

    /// How many articles the filter has, from its first on.
    fn count_articles(&mut self, filter: &ArticleFilter) -> Result<i64, Error>;

    /// Stores a revision that becomes the working copy, and reserves its slug. `before` is the working copy until now.
    fn save_working_copy(
        &mut self,
        article: &Allowed<Article>,
        seen: Seen,
        before: &Revision,
        revision: &Revision,
    ) -> Result<Version, Error>;

    /// Stores an amendment of what readers see, and what it made of the working copy. `now` is the present, which is behind
    /// the last change of the article where a clock was set back.
    fn save_amendment(
        &mut self,
        article: &Allowed<Article>,
        seen: Seen,
        amendment: &Amendment<'_>,
        now: Moment,
    ) -> Result<Version, Error>;

    /// Stores what changed of the article itself, but for what readers see.
    fn save_article(&mut self, article: &Allowed<Article>, seen: Seen) -> Result<Version, Error>;

    /// Stores the article with what readers see of it and when; `now` as above.
    fn save_publication(
        &mut self,
        article: &Allowed<Article>,
        seen: Seen,
        now: Moment,
    ) -> Result<Version, Error>;

    /// Up to `limit` articles that were withdrawn and for which this one stands in.
    fn articles_replaced_by(&mut self, id: ArticleId, limit: u16) -> Result<Vec<ArticleId>, Error>;

    /// Removes an article of which nothing was ever published; [`Error::Referenced`] while it stands in for another.
    fn delete_article(&mut self, article: &Granted<Article, DeleteArticles>, seen: Seen)
    -> Result<(), Error>;

    /// A revision.
    fn revision(&mut self, id: ArticleId, number: RevisionNumber) -> Result<Option<Revision>, Error>;

    /// Up to `limit` revisions, newest first; those before one backwards.
    fn revisions(
        &mut self,
        id: ArticleId,
        from: Option<From<RevisionNumber>>,
        limit: u16,
    ) -> Result<Vec<Saved>, Error>;

    /// The article that has or had this slug.
    fn article_of_slug(&mut self, slug: &Slug) -> Result<Option<ArticleId>, Error>;

    /// The articles that have or had these slugs.
    fn articles_of_slugs(&mut self, slugs: &[Slug]) -> Result<HashMap<Slug, ArticleId>, Error>;

    /// Which of these articles exist.
    fn known_articles(&mut self, ids: &[ArticleId]) -> Result<Vec<ArticleId>, Error>;

    /// Which of these articles readers see at `now`.
    fn visible_articles(&mut self, ids: &[ArticleId], now: Moment) -> Result<Vec<ArticleId>, Error>;

    /// How an article appears to readers, as it is stored.
    fn appearance(&mut self, id: ArticleId) -> Result<Appearance, Error>;

    /// The same of several, in a number of statements that does not depend on how many they are. One that does not appear at
    /// all is left out.
    fn appearances(&mut self, ids: &[ArticleId]) -> Result<HashMap<ArticleId, Appearance>, Error>;

    /// Adds a correction.
    fn add_correction(
        &mut self,
        article: &Granted<Article, CorrectArticles>,
        correction: &Correction,
    ) -> Result<(), Error>;

    /// Removes the corrections that wait at `now` for what is scheduled, which a new order replaces.
    fn drop_waiting_corrections(
        &mut self,
        article: &Granted<Article, PublishArticles>,
        now: Moment,
    ) -> Result<(), Error>;

    /// Says that `by` takes the place of a correction that nothing replaced before.
    fn supersede_correction(
        &mut self,
        article: &Granted<Article, CorrectArticles>,
        correction: CorrectionId,
        by: CorrectionId,
    ) -> Result<(), Error>;

    /// The corrections of an article, oldest first, superseded ones and those that wait for a revision too.
    fn corrections(&mut self, id: ArticleId) -> Result<Vec<Correction>, Error>;
}
