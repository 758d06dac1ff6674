//! All that a page of articles refers to, read at once for the whole page.

use std::collections::{BTreeSet, HashMap};

use domain::article::byline::{Byline, BylineRole};
use domain::comment::settings::ThreadPolicy;
use domain::contributor::{Contributor, ContributorKind};
use domain::id::{ArticleId, ContributorId, SectionId, TagId};
use domain::section::Section;
use domain::section::tree::Tree;
use domain::site::Site;
use domain::tag::Tag;
use domain::time::Moment;
use render::story::{Being, Topic};
use store::live::{Live, LiveArticle, OwnThread};

use crate::error::Error;
use crate::links::Links;
use crate::photos::Photos;
use crate::view::{Comments, Named, Profile, SectionPlace};

/// What articles refer to.
pub(crate) struct References<'a> {
    sections: HashMap<SectionId, Section>,
    tree: Tree,
    tags: HashMap<TagId, Tag>,
    contributors: HashMap<ContributorId, Contributor>,
    threads: HashMap<ArticleId, OwnThread>,
    now: Moment,
    pub(crate) links: Links<'a>,
}

impl<'a> References<'a> {
    /// Reads them, in a number of statements that does not depend on how many articles there are. `linked` are those to
    /// which what is shown of `articles` leads.
    pub(crate) fn read<'b>(
        live: &mut dyn Live,
        site: &'a Site,
        articles: impl Iterator<Item = &'b LiveArticle> + Clone,
        linked: BTreeSet<ArticleId>,
        photos: Photos<'a>,
        now: Moment,
    ) -> Result<Self, Error> {
        let ids: Vec<_> = articles.clone().map(|article| article.id).collect();
        let contents = articles.map(|article| &article.content);
        let tags: BTreeSet<_> =
            contents.clone().flat_map(|content| content.tags.as_slice()).copied().collect();
        let within: BTreeSet<_> = contents.clone().filter_map(|content| content.section).collect();
        let bylines = contents.flat_map(|content| content.bylines.as_slice());
        let contributors: BTreeSet<_> = bylines.filter_map(|byline| byline.contributor).collect();
        let sections = live.sections_of_live(&within.into_iter().collect::<Vec<_>>())?;
        let tree = Tree::new(sections.iter().map(|section| (section.id, section.parent)));
        Ok(Self {
            sections: sections.into_iter().map(|section| (section.id, section)).collect(),
            tree,
            tags: live.tags_of_live(&tags.into_iter().collect::<Vec<_>>())?,
            contributors: live.contributors_of_live(&contributors.into_iter().collect::<Vec<_>>(), now)?,
            threads: live.threads_of_live(&ids)?,
            now,
            links: Links {
                addresses: live.live_addresses(&linked.into_iter().collect::<Vec<_>>(), now)?,
                site,
                photos,
            },
        })
    }

    /// When the first of `articles`, or of what they lead to, disappears, or takes no more comments.
    pub(crate) fn shown_until<'b>(&self, articles: impl Iterator<Item = &'b LiveArticle>) -> Option<Moment> {
        let ends = articles.flat_map(|article| {
            let closing = self.thread(article.id, article.times.published_at).open_until(self.now);
            [article.expires_at, closing].into_iter().flatten()
        });
        ends.chain(self.links.addresses.values().filter_map(|address| address.expires_at))
            .chain(self.links.photos.shown_until())
            .min()
    }

    /// What is its own of the thread of an article.
    pub(crate) fn own_thread(&self, id: ArticleId) -> OwnThread {
        self.threads.get(&id).cloned().unwrap_or_default()
    }

    /// What holds for the comments of an article.
    fn thread(&self, id: ArticleId, published_at: Moment) -> ThreadPolicy {
        let own = self.threads.get(&id).map(|thread| thread.policy.clone()).unwrap_or_default();
        ThreadPolicy::of(&self.links.site.comments, &own, published_at)
    }

    /// What others are told of that.
    pub(crate) fn comments(&self, article: &LiveArticle) -> Comments {
        let policy = self.thread(article.id, article.times.published_at);
        Comments {
            enabled: policy.is_shown(),
            accepting: policy.closed(self.now).is_none(),
            closes_at: policy.closes_at.filter(|_| policy.is_shown()),
        }
    }

    pub(crate) fn section(&self, id: SectionId) -> Option<SectionPlace> {
        let named =
            |section: &Section| Named { slug: section.slug.clone(), name: section.name.as_str().to_owned() };
        let path: Vec<_> =
            self.tree.path(id).iter().filter_map(|id| self.sections.get(id)).map(named).collect();
        let section = self.sections.get(&id)?;
        Some(SectionPlace { slug: section.slug.clone(), name: section.name.as_str().to_owned(), path })
    }

    /// Tags in their order, those that a merge has made one as one.
    fn told_tags<'b>(&'b self, ids: &'b [TagId]) -> impl Iterator<Item = &'b Tag> {
        let mut told = BTreeSet::new();
        ids.iter().filter_map(|id| self.tags.get(id)).filter(move |tag| told.insert(tag.id))
    }

    /// Tags by name and address.
    pub(crate) fn tags(&self, ids: &[TagId]) -> Vec<Named> {
        let named = |tag: &Tag| Named { slug: tag.slug.clone(), name: tag.name.as_str().to_owned() };
        self.told_tags(ids).map(named).collect()
    }

    /// The same with what kinds of things they are.
    pub(crate) fn topics(&self, ids: &[TagId]) -> Vec<Topic> {
        let topic = |tag: &Tag| Topic {
            slug: tag.slug.clone(),
            name: tag.name.as_str().to_owned(),
            kind: tag.kind,
            same_as: tag.same_as.as_slice().first().cloned(),
        };
        self.told_tags(ids).map(topic).collect()
    }

    /// What somebody is who made an article.
    pub(crate) fn being(&self, byline: &Byline) -> Being {
        let profile = byline.contributor.and_then(|id| self.contributors.get(&id));
        match (profile.map(|profile| profile.kind), byline.role) {
            (Some(ContributorKind::Organization | ContributorKind::Desk), _) | (None, BylineRole::Agency) => {
                Being::Organization
            }
            (Some(ContributorKind::Person) | None, _) => Being::Person,
        }
    }

    pub(crate) fn profile(&self, id: ContributorId) -> Option<Profile> {
        let Contributor { id, slug, name, title, portrait, .. } = self.contributors.get(&id)?;
        Some(Profile {
            id: *id,
            slug: slug.clone(),
            name: name.as_str().to_owned(),
            title: title.as_ref().map(|title| title.as_str().to_owned()),
            photo: *portrait,
        })
    }
}
