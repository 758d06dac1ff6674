//! The feed of changes: everything that readers see or saw, in the order in which it last changed. Whoever reads it from its
//! beginning and goes on where they stopped has a copy of what the API gives (ruling 21).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use domain::article::content::texts::Headline;
use domain::block::photo::PhotoUse;
use domain::change::Resource;
use domain::id::{ArticleId, ContributorId, FrontId, PhotoId, SectionId, TagId};
use domain::section::Section;
use domain::site::Site;
use domain::slug::Slug;
use domain::time::Moment;
use serde::Serialize;
use store::changes::{LiveChange, LiveItem};
use store::live::{Live, LiveArticle, LiveFilter};
use utoipa::ToSchema;

use crate::body::Wanted;
use crate::error::Error;
use crate::facets::{Forest, PublicContributor, PublicTag, public_contributor, public_tag};
use crate::fronts::{NamedFront, fill, named};
use crate::photos::{self, Photos, Seen};
use crate::references::References;
use crate::single::composed;
use crate::view::Whole;
use crate::{Delivery, links};

/// A thing that changed, as it is now.
#[derive(Debug)]
pub struct Change {
    /// Its place: numbers rise, and may skip.
    pub seq: i64,
    /// What it is; without itself where readers no longer see it.
    pub thing: Changed,
}

/// What changed.
#[derive(Debug)]
pub enum Changed {
    /// An article, or something that it shows of others.
    Article(ArticleId, Option<Box<Whole>>),
    /// A section.
    Section(SectionId, Option<SectionLeaf>),
    /// A tag.
    Tag(TagId, Option<PublicTag>),
    /// A contributor.
    Contributor(ContributorId, Option<PublicContributor>),
    /// A photo.
    Photo(PhotoId, Option<Box<Seen>>),
    /// A front.
    Front(FrontId, Option<FrontLeaf>),
}

/// A section by itself: the tree follows from `parent_id`, and the order of those below one from `position` and name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct SectionLeaf {
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
    /// The section above it; `null` at the top.
    pub parent_id: Option<SectionId>,
    /// Its place among those below the same one.
    pub position: u16,
}

/// A front by itself: the articles on it are items of their own.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FrontLeaf {
    /// What it is called.
    #[serde(flatten)]
    pub front: NamedFront,
    /// The articles on it that readers see, in its order.
    #[schema(max_items = 100)]
    pub articles: Vec<FrontPlace>,
}

/// A place on a front.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FrontPlace {
    /// The article.
    pub id: ArticleId,
    /// The headline to be shown here: what editors wrote for this front, else that of the article.
    pub front_headline: Headline,
}

/// A part of the feed.
#[derive(Debug)]
pub struct Changes {
    /// What changed, in the order of the last changes.
    pub items: Vec<Change>,
    /// The place to go on from: that of the last item, or where it was gone on from.
    pub place: i64,
    /// Whether that was all that there is.
    pub is_end: bool,
}

impl Delivery {
    /// Up to `limit` of the things that changed behind the place `after`, as readers see them now: the resources are read in the
    /// same snapshot as their places.
    pub async fn changes(&self, after: i64, limit: u16) -> Result<Changes, Error> {
        let (now, site, media) = (self.clock.now(), Arc::clone(&self.site), Arc::clone(&self.media));
        self.read(now, move |live| {
            let mut found = live.live_changes(after, limit.saturating_add(1), now)?;
            let is_end = found.len() <= usize::from(limit);
            found.truncate(limit.into());
            let mut named = Named::default();
            for change in &found {
                named.add(change.resource);
            }
            let mut articles = whole_articles(live, named.articles, &site, &*media, now)?;
            let mut sections = leaves(live, &named.sections, now)?;
            let tags = live.tags_seen(&named.tags, now)?.into_iter();
            let mut tags: HashMap<_, _> = tags.map(|tag| (tag.id, public_tag(tag))).collect();
            let people = live.contributors_seen(&named.contributors, now)?.into_iter();
            let mut people: HashMap<_, _> =
                people.map(|found| (found.id, public_contributor(found))).collect();
            let pictures = live.photos_seen(&named.photos, now)?;
            let pictures = Photos::of(live, pictures, &site, &*media, now)?;
            let mut fronts = front_leaves(live, &named.fronts, now)?;
            let place = found.last().map_or(after, |change| change.seq);
            let item = |change: LiveChange| {
                let thing = match change.resource {
                    Resource::Article(id) => Changed::Article(id, articles.remove(&id).map(Box::new)),
                    Resource::Section(id) => Changed::Section(id, sections.remove(&id)),
                    Resource::Tag(id) => Changed::Tag(id, tags.remove(&id)),
                    Resource::Contributor(id) => Changed::Contributor(id, people.remove(&id)),
                    Resource::Front(id) => Changed::Front(id, fronts.remove(&id)),
                    Resource::Photo(id) => {
                        let photo = pictures.shown(&PhotoUse::of(id));
                        let seen = |photo| Box::new(Seen { photo, shown_until: pictures.shown_until() });
                        Changed::Photo(id, photo.map(seen))
                    }
                };
                Change { seq: change.seq, thing }
            };
            Ok(Changes { items: found.into_iter().map(item).collect(), place, is_end })
        })
        .await
    }

    /// The place behind all that can be told of now.
    pub async fn last_live_change(&self) -> Result<i64, Error> {
        let now = self.clock.now();
        self.read(now, move |live| Ok(live.last_live_change(now)?)).await
    }

    /// The place of the last change; 0 while there is none.
    pub async fn last_change(&self) -> Result<i64, Error> {
        self.read(self.clock.now(), |live| Ok(live.last_change()?)).await
    }
}

/// What a part of the feed names, apart by kind.
#[derive(Debug, Default)]
struct Named {
    articles: Vec<ArticleId>,
    sections: BTreeSet<SectionId>,
    tags: Vec<TagId>,
    contributors: Vec<ContributorId>,
    photos: Vec<PhotoId>,
    fronts: Vec<FrontId>,
}

impl Named {
    fn add(&mut self, resource: Resource) {
        match resource {
            Resource::Article(id) => self.articles.push(id),
            Resource::Section(id) => {
                self.sections.insert(id);
            }
            Resource::Tag(id) => self.tags.push(id),
            Resource::Contributor(id) => self.contributors.push(id),
            Resource::Photo(id) => self.photos.push(id),
            Resource::Front(id) => self.fronts.push(id),
        }
    }
}

/// Those of these articles that readers see, in a number of statements that does not depend on how many they are.
fn whole_articles(
    live: &mut dyn Live,
    ids: Vec<ArticleId>,
    site: &Site,
    media: &photos::Address<'_>,
    now: Moment,
) -> Result<HashMap<ArticleId, Whole>, Error> {
    let most = u16::try_from(ids.len()).unwrap_or(u16::MAX);
    let filter = LiveFilter { ids: Some(ids), ..LiveFilter::default() };
    let found = live.live_articles(&filter, most, now)?;
    let mut corrections = live.live_corrections(&found.iter().collect::<Vec<_>>(), now)?;
    let linked = found.iter().flat_map(|article| links::of_whole(&article.content)).collect();
    let pictured = found.iter().flat_map(|article| photos::of_whole(&article.content));
    let shown = Photos::read(live, pictured, HashMap::new(), site, media, now)?;
    let references = References::read(live, site, found.iter(), linked, shown, now)?;
    let wanted = Wanted::default();
    let whole = found.iter().map(|article| {
        let corrections = corrections.remove(&article.id).unwrap_or_default();
        (article.id, composed(article, &references, corrections, &wanted))
    });
    Ok(whole.collect())
}

/// These fronts with what stands on them. Each that fills itself asks for the newest articles once.
fn front_leaves(
    live: &mut dyn Live,
    ids: &[FrontId],
    now: Moment,
) -> Result<BTreeMap<FrontId, FrontLeaf>, Error> {
    let (fronts, mut items) = (live.fronts_seen(ids)?, live.items_seen(ids, now)?);
    let mut leaves = BTreeMap::new();
    for front in fronts {
        let placed = |item: LiveItem| FrontPlace { id: item.article, front_headline: item.headline };
        let mut articles: Vec<_> = items.remove(&front.id).into_iter().flatten().map(placed).collect();
        if let Some(fill_from) = front.fill_from {
            let place = |article: LiveArticle| FrontPlace {
                id: article.id,
                front_headline: article.content.headline.clone(),
            };
            fill(live, &mut articles, fill_from, now, |place| place.id, place)?;
        }
        leaves.insert(front.id, FrontLeaf { front: named(front), articles });
    }
    Ok(leaves)
}

/// Those of these sections that readers may know of.
fn leaves(
    live: &mut dyn Live,
    ids: &BTreeSet<SectionId>,
    now: Moment,
) -> Result<BTreeMap<SectionId, SectionLeaf>, Error> {
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let known = Forest::read(live, now)?.sections.into_iter();
    let leaf = |section: Section| {
        let Section { id, slug, name, description, parent, position, .. } = section;
        let (name, description) = (name.into(), description.map(Into::into));
        (id, SectionLeaf { id, slug, name, description, parent_id: parent, position })
    };
    Ok(known.filter(|section| ids.contains(&section.id)).map(leaf).collect())
}
