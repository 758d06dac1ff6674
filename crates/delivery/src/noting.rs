//! The door to what is visible, with somebody beside it who writes down what went through: under which names an answer is
//! kept follows from what was asked for it, and no composition can forget one.

use std::collections::{BTreeSet, HashMap};

use domain::article::content::reference::Ref;
use domain::article::content::texts::Headline;
use domain::article::correction::Correction;
use domain::comment::place::Place;
use domain::contributor::Contributor;
use domain::id::{ArticleId, CommentId, ContributorId, FrontId, PhotoId, SectionId, TagId};
use domain::language::Language;
use domain::month::Month;
use domain::paging::From;
use domain::search::place::Place as SearchPlace;
use domain::section::Section;
use domain::slug::Slug;
use domain::surrogate_key::SurrogateKey;
use domain::tag::Tag;
use domain::time::Moment;
use store::changes::{LiveChange, LiveChanges, LiveItem};
use store::error::Error;
use store::fronts::LiveFront;
use store::live::{
    Found, Live, LiveAddress, LiveArticle, LiveComment, LiveFilter, LiveMonth, LiveNews, LivePage, LivePhoto,
    LiveThread, OwnThread, ThreadOrder, Watched,
};
use store::search::LiveSearch;

use crate::notes::Notes;

/// A door with notes.
pub(crate) struct Noting<'a> {
    live: &'a mut dyn Live,
    keys: BTreeSet<SurrogateKey>,
    articles: BTreeSet<ArticleId>,
    /// Whether an instant of anything on the site may change the answer.
    extent: Extent,
}

/// What an answer is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Extent {
    /// Articles that it names.
    Articles,
    /// Whatever is visible.
    Site,
}

impl<'a> Noting<'a> {
    pub(crate) const fn new(live: &'a mut dyn Live) -> Self {
        Self { live, keys: BTreeSet::new(), articles: BTreeSet::new(), extent: Extent::Articles }
    }

    /// Hands over the notes of a read that saw the site as of `now`.
    pub(crate) fn note_in(self, notes: &Notes, now: Moment) -> Result<(), Error> {
        let watched = match self.extent {
            Extent::Articles => Watched::Articles(self.articles.into_iter().collect()),
            Extent::Site => Watched::Everything,
        };
        let until = self.live.next_instant(&watched, now)?;
        notes.add(self.keys, now, until);
        Ok(())
    }

    fn note(&mut self, key: SurrogateKey) {
        self.keys.insert(key);
    }

    /// A list: what is on it may change with any article.
    fn list(&mut self) {
        self.extent = Extent::Site;
        self.note(SurrogateKey::lists());
    }

    /// A reference by a name that may come to mean another.
    fn named(&mut self) {
        self.extent = Extent::Site;
        self.note(SurrogateKey::renames());
    }

    fn article(&mut self, id: ArticleId) {
        self.articles.insert(id);
        self.note(SurrogateKey::article(id));
    }

    fn articles(&mut self, ids: &[ArticleId]) {
        for id in ids {
            self.article(*id);
        }
    }

    fn photos(&mut self, ids: impl IntoIterator<Item = PhotoId>) {
        self.keys.extend(ids.into_iter().map(SurrogateKey::photo));
    }

    fn tags(&mut self, ids: impl IntoIterator<Item = TagId>) {
        self.keys.extend(ids.into_iter().map(SurrogateKey::tag));
    }

    fn contributors<'b>(&mut self, found: impl IntoIterator<Item = &'b Contributor>) {
        for contributor in found {
            self.note(SurrogateKey::contributor(contributor.id));
            self.photos(contributor.portrait);
        }
    }

    fn sections(&mut self, ids: impl IntoIterator<Item = SectionId>) {
        self.keys.extend(ids.into_iter().map(SurrogateKey::section));
    }

    /// The address of an article, and what it leads to.
    fn address<T>(&mut self, name: &Ref<ArticleId>, found: Option<&Found<T>>, id: impl Fn(&T) -> ArticleId) {
        match name {
            Ref::Id(id) => self.article(*id),
            Ref::Slug(slug) => self.note(SurrogateKey::article_address(slug)),
        }
        match found {
            Some(Found::Visible(shown)) => self.article(id(shown)),
            // Whose address it is, or will be, is not told: anything may come to stand there.
            Some(Found::Moved(slug)) => {
                self.extent = Extent::Site;
                self.note(SurrogateKey::article_address(slug));
            }
            Some(Found::Withdrawn { replacement: Some(_), stands_in, .. }) => {
                self.extent = Extent::Site;
                self.articles(stands_in.as_slice());
            }
            // Whether one is to stand in that nobody knows of yet is not told: once readers see it, lists are different.
            Some(Found::Withdrawn { replacement: None, .. }) => self.list(),
            None => self.extent = Extent::Site,
        }
    }
}

/// A feed that is never kept; its parts are noted all the same, as those of lists.
impl LiveChanges for Noting<'_> {
    fn live_changes(&mut self, after: i64, limit: u16, now: Moment) -> Result<Vec<LiveChange>, Error> {
        self.list();
        self.live.live_changes(after, limit, now)
    }

    fn last_live_change(&mut self, now: Moment) -> Result<i64, Error> {
        self.list();
        self.live.last_live_change(now)
    }

    fn last_change(&mut self) -> Result<i64, Error> {
        self.list();
        self.live.last_change()
    }

    fn tags_seen(&mut self, ids: &[TagId], now: Moment) -> Result<Vec<Tag>, Error> {
        self.list();
        self.tags(ids.iter().copied());
        self.live.tags_seen(ids, now)
    }

    fn contributors_seen(&mut self, ids: &[ContributorId], now: Moment) -> Result<Vec<Contributor>, Error> {
        self.list();
        let found = self.live.contributors_seen(ids, now)?;
        self.contributors(&found);
        Ok(found)
    }

    fn fronts_seen(&mut self, ids: &[FrontId]) -> Result<Vec<LiveFront>, Error> {
        self.list();
        self.keys.extend(ids.iter().copied().map(SurrogateKey::front));
        self.live.fronts_seen(ids)
    }

    fn items_seen(&mut self, ids: &[FrontId], now: Moment) -> Result<HashMap<FrontId, Vec<LiveItem>>, Error> {
        self.list();
        self.live.items_seen(ids, now)
    }

    fn photos_seen(&mut self, ids: &[PhotoId], now: Moment) -> Result<HashMap<PhotoId, LivePhoto>, Error> {
        self.list();
        self.photos(ids.iter().copied());
        self.live.photos_seen(ids, now)
    }
}

impl Live for Noting<'_> {
    fn live_article(&mut self, name: &Ref<ArticleId>, now: Moment) -> Result<Option<Found>, Error> {
        let found = self.live.live_article(name, now)?;
        self.address(name, found.as_ref(), |article| article.id);
        Ok(found)
    }

    fn live_articles(
        &mut self,
        filter: &LiveFilter,
        limit: u16,
        now: Moment,
    ) -> Result<Vec<LiveArticle>, Error> {
        let found = self.live.live_articles(filter, limit, now)?;
        match &filter.ids {
            // What such a list can hold is known: these, and nothing else.
            Some(ids) => self.articles(ids),
            None => self.list(),
        }
        self.keys.extend(found.iter().map(|article| SurrogateKey::article(article.id)));
        Ok(found)
    }

    fn count_live_articles(&mut self, filter: &LiveFilter, now: Moment) -> Result<i64, Error> {
        self.list();
        self.live.count_live_articles(filter, now)
    }

    fn published_languages(&mut self) -> Result<Vec<Language>, Error> {
        self.list();
        self.live.published_languages()
    }

    fn search_live(
        &mut self,
        wanted: &LiveSearch,
        limit: u16,
        now: Moment,
    ) -> Result<Vec<(SearchPlace, LiveArticle)>, Error> {
        let found = self.live.search_live(wanted, limit, now)?;
        self.list();
        self.keys.extend(found.iter().map(|(_, article)| SurrogateKey::article(article.id)));
        Ok(found)
    }

    fn live_addresses(
        &mut self,
        ids: &[ArticleId],
        now: Moment,
    ) -> Result<HashMap<ArticleId, LiveAddress>, Error> {
        // Those too that are not visible: once they are, a link leads there.
        self.articles(ids);
        self.live.live_addresses(ids, now)
    }

    fn live_corrections(
        &mut self,
        articles: &[&LiveArticle],
        now: Moment,
    ) -> Result<HashMap<ArticleId, Vec<Correction>>, Error> {
        for article in articles {
            self.article(article.id);
        }
        self.live.live_corrections(articles, now)
    }

    fn live_sections(&mut self, now: Moment) -> Result<(Vec<Section>, Vec<SectionId>), Error> {
        self.list();
        self.named();
        self.live.live_sections(now)
    }

    fn sections_of_live(&mut self, ids: &[SectionId]) -> Result<Vec<Section>, Error> {
        let found = self.live.sections_of_live(ids)?;
        self.sections(ids.iter().copied().chain(found.iter().map(|section| section.id)));
        Ok(found)
    }

    fn live_section_of_slug(&mut self, slug: &Slug) -> Result<Option<SectionId>, Error> {
        let found = self.live.live_section_of_slug(slug)?;
        self.named();
        self.sections(found);
        Ok(found)
    }

    fn live_tags(&mut self, from: Option<&From<Slug>>, limit: u16, now: Moment) -> Result<Vec<Tag>, Error> {
        let found = self.live.live_tags(from, limit, now)?;
        self.list();
        self.tags(found.iter().map(|tag| tag.id));
        Ok(found)
    }

    fn live_tag(&mut self, name: &Ref<TagId>, now: Moment) -> Result<Option<Tag>, Error> {
        let found = self.live.live_tag(name, now)?;
        self.named();
        match &found {
            Some(tag) => self.tags([tag.id]),
            // It will be there once an article has it.
            None => self.list(),
        }
        Ok(found)
    }

    fn tags_of_live(&mut self, ids: &[TagId]) -> Result<HashMap<TagId, Tag>, Error> {
        let found = self.live.tags_of_live(ids)?;
        self.tags(ids.iter().copied().chain(found.values().map(|tag| tag.id)));
        Ok(found)
    }

    fn live_contributors(
        &mut self,
        from: Option<&From<Slug>>,
        limit: u16,
        now: Moment,
    ) -> Result<Vec<Contributor>, Error> {
        let found = self.live.live_contributors(from, limit, now)?;
        self.list();
        self.contributors(&found);
        Ok(found)
    }

    fn live_contributor(
        &mut self,
        name: &Ref<ContributorId>,
        now: Moment,
    ) -> Result<Option<Contributor>, Error> {
        let found = self.live.live_contributor(name, now)?;
        self.named();
        self.contributors(&found);
        if found.is_none() {
            self.list();
        }
        Ok(found)
    }

    fn live_fronts(&mut self, from: Option<&From<Slug>>, limit: u16) -> Result<Vec<LiveFront>, Error> {
        let found = self.live.live_fronts(from, limit)?;
        self.named();
        self.keys.extend(found.iter().map(|front| SurrogateKey::front(front.id)));
        Ok(found)
    }

    fn live_front(&mut self, slug: &Slug) -> Result<Option<LiveFront>, Error> {
        let found = self.live.live_front(slug)?;
        self.named();
        self.keys.extend(found.iter().map(|front| SurrogateKey::front(front.id)));
        Ok(found)
    }

    fn articles_of_front(
        &mut self,
        id: FrontId,
        now: Moment,
    ) -> Result<Vec<(LiveArticle, Option<Headline>)>, Error> {
        let found = self.live.articles_of_front(id, now)?;
        // Not those that are not visible, which nobody is to know of: when one is, its event tells the front.
        self.extent = Extent::Site;
        self.note(SurrogateKey::front(id));
        self.keys.extend(found.iter().map(|(article, _)| SurrogateKey::article(article.id)));
        Ok(found)
    }

    fn live_thread(
        &mut self,
        name: &Ref<ArticleId>,
        now: Moment,
    ) -> Result<Option<Found<LiveThread>>, Error> {
        let found = self.live.live_thread(name, now)?;
        self.address(name, found.as_ref(), |thread| thread.article);
        if let Some(Found::Visible(thread)) = &found {
            self.note(SurrogateKey::thread(thread.article));
        }
        Ok(found)
    }

    fn live_publications(
        &mut self,
        ids: &[ArticleId],
        now: Moment,
    ) -> Result<HashMap<ArticleId, Moment>, Error> {
        self.articles(ids);
        self.live.live_publications(ids, now)
    }

    fn threads_of_live(&mut self, ids: &[ArticleId]) -> Result<HashMap<ArticleId, OwnThread>, Error> {
        // Of an article it is shown whether it takes comments, and not how many it has (ruling 18).
        self.articles(ids);
        self.live.threads_of_live(ids)
    }

    fn comment_counts_of_live(&mut self, ids: &[ArticleId]) -> Result<HashMap<ArticleId, OwnThread>, Error> {
        self.articles(ids);
        self.keys.extend(ids.iter().copied().map(SurrogateKey::thread));
        self.live.comment_counts_of_live(ids)
    }

    fn place_of_live(&mut self, article: ArticleId, id: CommentId) -> Result<Option<Place>, Error> {
        self.note(SurrogateKey::thread(article));
        self.live.place_of_live(article, id)
    }

    fn comments_of_live(
        &mut self,
        article: ArticleId,
        order: ThreadOrder,
        from: Option<&From<Place>>,
        limit: u16,
    ) -> Result<Vec<LiveComment>, Error> {
        self.note(SurrogateKey::thread(article));
        self.live.comments_of_live(article, order, from, limit)
    }

    fn live_photo(&mut self, id: PhotoId, now: Moment) -> Result<Option<(LivePhoto, Option<Moment>)>, Error> {
        // It is there while any article shows it, be it as the portrait of somebody.
        self.list();
        self.photos([id]);
        self.live.live_photo(id, now)
    }

    fn photos_of_live(&mut self, ids: &[PhotoId], now: Moment) -> Result<HashMap<PhotoId, LivePhoto>, Error> {
        self.photos(ids.iter().copied());
        self.live.photos_of_live(ids, now)
    }

    fn live_months(&mut self, now: Moment) -> Result<Vec<LiveMonth>, Error> {
        self.list();
        self.live.live_months(now)
    }

    fn live_pages(
        &mut self,
        month: Month,
        skipped: u32,
        limit: u16,
        now: Moment,
    ) -> Result<Vec<LivePage>, Error> {
        self.list();
        self.live.live_pages(month, skipped, limit, now)
    }

    fn live_news(&mut self, since: Moment, limit: u16, now: Moment) -> Result<Vec<LiveNews>, Error> {
        self.list();
        self.live.live_news(since, limit, now)
    }

    fn credited_of_live(
        &mut self,
        ids: &[ContributorId],
        now: Moment,
    ) -> Result<HashMap<ContributorId, Contributor>, Error> {
        let found = self.live.credited_of_live(ids, now)?;
        if !ids.is_empty() {
            // Each is known of while some article names them, whichever that is.
            self.extent = Extent::Site;
        }
        if found.len() < ids.len() {
            // Nobody is to know of the others, so they are not named: an article that names one changes lists.
            self.list();
        }
        for (id, profile) in &found {
            self.keys.extend([*id, profile.id].map(SurrogateKey::contributor));
        }
        Ok(found)
    }

    fn contributors_of_live(
        &mut self,
        ids: &[ContributorId],
        now: Moment,
    ) -> Result<HashMap<ContributorId, Contributor>, Error> {
        let found = self.live.contributors_of_live(ids, now)?;
        self.keys.extend(ids.iter().copied().map(SurrogateKey::contributor));
        self.contributors(found.values());
        Ok(found)
    }

    fn next_instant(&mut self, of: &Watched, now: Moment) -> Result<Option<Moment>, Error> {
        self.live.next_instant(of, now)
    }
}
