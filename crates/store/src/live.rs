//! What readers may see: the only door that delivery has, and the visibility rule is behind it (ruling 15).

use std::collections::HashMap;
use std::sync::Arc;

use domain::article::content::reading::Reading;
use domain::article::content::reference::Ref;
use domain::article::content::texts::Headline;
use domain::article::content::{ArticleKind, Content};
use domain::article::correction::Correction;
use domain::article::publication::Times;
use domain::article::revision::RevisionNumber;
use domain::article::withdrawal::{WithdrawalKind, WithdrawalReason};
use domain::comment::name::CommenterName;
use domain::comment::place::Place;
use domain::comment::settings::ThreadOverride;
use domain::comment::text::CommentText;
use domain::contributor::Contributor;
use domain::id::{ArticleId, CommentId, ContributorId, FrontId, PhotoId, SectionId, TagId};
use domain::language::Language;
use domain::month::Month;
use domain::paging::From;
use domain::photo::Photo;
use domain::photo::file::Rendition;
use domain::search::place::Place as SearchPlace;
use domain::section::Section;
use domain::slug::Slug;
use domain::tag::Tag;
use domain::time::Moment;

use crate::Store;
use crate::changes::LiveChanges;
use crate::error::{Error, Failure};
use crate::fronts::LiveFront;
use crate::search::LiveSearch;

/// An article as readers see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveArticle {
    /// Its identity.
    pub id: ArticleId,
    /// Its address.
    pub slug: Slug,
    /// Which revision they see.
    pub revision: RevisionNumber,
    /// The times that they are told.
    pub times: Times,
    /// When they no longer see any of it.
    pub expires_at: Option<Moment>,
    /// What it says.
    pub content: Arc<Content>,
    /// How long it is.
    pub reading: Reading,
}

/// A photo as readers may see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LivePhoto {
    /// It, of which what is the newsroom's alone stays there.
    pub photo: Photo,
    /// Its renditions, by variant.
    pub renditions: Vec<Rendition>,
}

/// What others show of an article that is visible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveAddress {
    /// Its address.
    pub slug: Slug,
    /// Its headline.
    pub headline: Headline,
    /// When readers no longer see any of it.
    pub expires_at: Option<Moment>,
}

/// The thread of an article that is visible.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveThread {
    /// The article.
    pub article: ArticleId,
    /// Its address.
    pub slug: Slug,
    /// The date that it carries.
    pub published_at: Moment,
    /// When readers no longer see any of it.
    pub expires_at: Option<Moment>,
    /// What is its own.
    pub own: OwnThread,
}

/// The visible articles of a month that search engines shall find.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LiveMonth {
    /// The month of their publication.
    pub month: Month,
    /// How many there are.
    pub pages: u32,
    /// The last change of one of them.
    pub updated_at: Moment,
    /// When readers no longer see the first of them.
    pub expires_at: Option<Moment>,
}

/// A visible article that search engines shall find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LivePage {
    /// Its identity.
    pub id: ArticleId,
    /// Its address.
    pub slug: Slug,
    /// Its last change that was worth telling.
    pub updated_at: Moment,
    /// When readers no longer see any of it.
    pub expires_at: Option<Moment>,
}

/// A visible article of late that search engines shall find.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveNews {
    /// Its identity.
    pub id: ArticleId,
    /// Its address.
    pub slug: Slug,
    /// Its headline.
    pub headline: Headline,
    /// What it is written in.
    pub language: Language,
    /// The date that it carries.
    pub published_at: Moment,
    /// When readers no longer see any of it.
    pub expires_at: Option<Moment>,
}

/// What is a thread's own; an article of which nobody said or wrote anything has it too.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnThread {
    /// Where the article differs from the site.
    pub policy: ThreadOverride,
    /// How many comments readers see.
    pub visible: u64,
}

/// A comment as readers see it, or the place of one that they do not see, above others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LiveComment {
    /// Where it stands.
    pub place: Place,
    /// What it says; `None` where readers do not see it.
    pub said: Option<Said>,
    /// When it came in.
    pub created_at: Moment,
}

/// What a comment says, and who says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The name of the commenter.
    pub name: CommenterName,
    /// Whether that is somebody of the newsroom.
    pub by_staff: bool,
    /// The text.
    pub text: CommentText,
    /// Whether the newsroom recommends it.
    pub is_featured: bool,
    /// When its writer last changed it.
    pub edited_at: Option<Moment>,
}

/// The order of a thread: replies always stand behind what they reply to, in the order of time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum ThreadOrder {
    /// The conversation that began first, first.
    #[default]
    OldestFirst,
    /// The conversation that began last, first.
    NewestFirst,
}

/// What an address of an article leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found<T = Box<LiveArticle>> {
    /// To an article.
    Visible(T),
    /// To an article that has another slug now.
    Moved(Slug),
    /// To one that was withdrawn.
    Withdrawn {
        /// When.
        at: Moment,
        /// The kind of reason.
        kind: WithdrawalKind,
        /// What readers are told.
        public_reason: WithdrawalReason,
        /// The slug of the article that stands in for it, while readers see that.
        replacement: Option<Slug>,
        /// That article, whether or not they do.
        stands_in: Option<ArticleId>,
    },
}

/// The order of a list of articles. Articles of one instant are ordered by id.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Order {
    /// The date of publication, newest first.
    #[default]
    NewestFirst,
    /// The date of publication, oldest first.
    OldestFirst,
    /// The last change that was worth telling, newest first.
    LastUpdatedFirst,
}

/// Which articles are asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LiveFilter {
    /// Only of these sections.
    pub sections: Option<Vec<SectionId>>,
    /// Only with all of these tags.
    pub tags: Vec<TagId>,
    /// Only by this contributor.
    pub contributor: Option<ContributorId>,
    /// Only of this kind.
    pub kind: Option<ArticleKind>,
    /// Only in this language.
    pub language: Option<Language>,
    /// Only published after this instant.
    pub published_after: Option<Moment>,
    /// Only published before this instant.
    pub published_before: Option<Moment>,
    /// Only updated after this instant.
    pub updated_after: Option<Moment>,
    /// Only these.
    pub ids: Option<Vec<ArticleId>>,
    /// Only those that have or had one of these slugs.
    pub slugs: Option<Vec<Slug>>,
    /// In which order.
    pub order: Order,
    /// Only what lies there in that order.
    pub from: Option<From<(Moment, ArticleId)>>,
}

/// Everything that delivery can ask. What is not visible at `now` is as if it were not there.
pub trait Live: LiveChanges {
    /// What an address leads to.
    fn live_article(&mut self, name: &Ref<ArticleId>, now: Moment) -> Result<Option<Found>, Error>;

    /// The articles of a filter; those before an article backwards.
    fn live_articles(
        &mut self,
        filter: &LiveFilter,
        limit: u16,
        now: Moment,
    ) -> Result<Vec<LiveArticle>, Error>;

    /// How many articles the filter has, from its first on.
    fn count_live_articles(&mut self, filter: &LiveFilter, now: Moment) -> Result<i64, Error>;

    /// The languages of what is or was published, each once: nothing that a search may find is in another.
    fn published_languages(&mut self) -> Result<Vec<Language>, Error>;

    /// Up to `limit` articles in which the words are found; those before a place backwards.
    fn search_live(
        &mut self,
        wanted: &LiveSearch,
        limit: u16,
        now: Moment,
    ) -> Result<Vec<(SearchPlace, LiveArticle)>, Error>;

    /// The addresses of those of these articles that are visible.
    fn live_addresses(
        &mut self,
        ids: &[ArticleId],
        now: Moment,
    ) -> Result<HashMap<ArticleId, LiveAddress>, Error>;

    /// The corrections of these articles of which readers are told, oldest first; articles without are left out.
    fn live_corrections(
        &mut self,
        articles: &[&LiveArticle],
        now: Moment,
    ) -> Result<HashMap<ArticleId, Vec<Correction>>, Error>;

    /// All sections, and the ids of those that a visible article belongs to.
    fn live_sections(&mut self, now: Moment) -> Result<(Vec<Section>, Vec<SectionId>), Error>;

    /// The sections with these ids, which a visible article names, and all above them.
    fn sections_of_live(&mut self, ids: &[SectionId]) -> Result<Vec<Section>, Error>;

    /// The section that has or had this slug, whether or not an article is visible in it.
    fn live_section_of_slug(&mut self, slug: &Slug) -> Result<Option<SectionId>, Error>;

    /// Up to `limit` tags that a visible article has, by slug; those before one backwards.
    fn live_tags(&mut self, from: Option<&From<Slug>>, limit: u16, now: Moment) -> Result<Vec<Tag>, Error>;

    /// The tag of this id, or that has or had this slug, if a visible article has it.
    fn live_tag(&mut self, name: &Ref<TagId>, now: Moment) -> Result<Option<Tag>, Error>;

    /// The tags with these ids, which a visible article names.
    fn tags_of_live(&mut self, ids: &[TagId]) -> Result<HashMap<TagId, Tag>, Error>;

    /// Up to `limit` contributors whom a visible article names, by slug; those before one backwards.
    fn live_contributors(
        &mut self,
        from: Option<&From<Slug>>,
        limit: u16,
        now: Moment,
    ) -> Result<Vec<Contributor>, Error>;

    /// The contributor of this id, or who has or had this slug, if a visible article names them.
    fn live_contributor(
        &mut self,
        name: &Ref<ContributorId>,
        now: Moment,
    ) -> Result<Option<Contributor>, Error>;

    /// Up to `limit` fronts by slug; those before one backwards.
    fn live_fronts(&mut self, from: Option<&From<Slug>>, limit: u16) -> Result<Vec<LiveFront>, Error>;

    /// The front that has or had this slug.
    fn live_front(&mut self, slug: &Slug) -> Result<Option<LiveFront>, Error>;

    /// Those of the articles on a front that are visible, in its order, each with what it shows in place of the headline.
    fn articles_of_front(
        &mut self,
        id: FrontId,
        now: Moment,
    ) -> Result<Vec<(LiveArticle, Option<Headline>)>, Error>;

    /// The thread of the article that this address leads to, be it a former one.
    fn live_thread(&mut self, name: &Ref<ArticleId>, now: Moment)
    -> Result<Option<Found<LiveThread>>, Error>;

    /// The dates that those of these articles carry that are visible.
    fn live_publications(
        &mut self,
        ids: &[ArticleId],
        now: Moment,
    ) -> Result<HashMap<ArticleId, Moment>, Error>;

    /// What is their own of the threads of these articles, which are visible; those that have nothing are left out.
    fn threads_of_live(&mut self, ids: &[ArticleId]) -> Result<HashMap<ArticleId, OwnThread>, Error>;

    /// The same, for how many comments readers see.
    fn comment_counts_of_live(&mut self, ids: &[ArticleId]) -> Result<HashMap<ArticleId, OwnThread>, Error>;

    /// Where a comment stands in the thread of an article, if readers see it.
    fn place_of_live(&mut self, article: ArticleId, id: CommentId) -> Result<Option<Place>, Error>;

    /// The comments of an article that is visible; those before a place backwards.
    fn comments_of_live(
        &mut self,
        article: ArticleId,
        order: ThreadOrder,
        from: Option<&From<Place>>,
        limit: u16,
    ) -> Result<Vec<LiveComment>, Error>;

    /// The photo of this id, if a visible article shows it and its rights stand; with the instant from which readers do not
    /// see it, where one is known: the end of its rights, or of the last article that shows it, where each has a planned end.
    fn live_photo(&mut self, id: PhotoId, now: Moment) -> Result<Option<(LivePhoto, Option<Moment>)>, Error>;

    /// Those of the photos with these ids, which a visible article names, whose rights stand.
    fn photos_of_live(&mut self, ids: &[PhotoId], now: Moment) -> Result<HashMap<PhotoId, LivePhoto>, Error>;

    /// The months of the articles that search engines shall find, in their order.
    fn live_months(&mut self, now: Moment) -> Result<Vec<LiveMonth>, Error>;

    /// The articles of a month that search engines shall find, by id: up to `limit` behind the first `skipped`.
    fn live_pages(
        &mut self,
        month: Month,
        skipped: u32,
        limit: u16,
        now: Moment,
    ) -> Result<Vec<LivePage>, Error>;

    /// Up to `limit` articles published after `since` that search engines shall find, newest first.
    fn live_news(&mut self, since: Moment, limit: u16, now: Moment) -> Result<Vec<LiveNews>, Error>;

    /// Those of the contributors with these ids, whom credits of photos name, whom a visible article names too.
    fn credited_of_live(
        &mut self,
        ids: &[ContributorId],
        now: Moment,
    ) -> Result<HashMap<ContributorId, Contributor>, Error>;

    /// The contributors with these ids, whom a visible article names.
    fn contributors_of_live(
        &mut self,
        ids: &[ContributorId],
        now: Moment,
    ) -> Result<HashMap<ContributorId, Contributor>, Error>;

    /// The next instant after `now` at which the clock alone changes what readers see of this.
    fn next_instant(&mut self, of: &Watched, now: Moment) -> Result<Option<Moment>, Error>;
}

/// Of what it is asked when the clock alone changes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Watched {
    /// Of the whole site.
    Everything,
    /// Of these articles, and of every photo: few photos have an instant, and a portrait that is hidden is not known.
    Articles(Vec<ArticleId>),
}

/// A store of which only the live part can be reached.
#[derive(Debug, Clone)]
pub struct LiveStore(Arc<Store>);

impl LiveStore {
    /// The live part of `store`.
    pub const fn of(store: Arc<Store>) -> Self {
        Self(store)
    }

    /// Reads in one snapshot.
    pub async fn read<T, E>(
        &self,
        work: impl FnOnce(&mut dyn Live) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: Failure,
    {
        self.0.read(move |tx| work(tx)).await
    }
}
