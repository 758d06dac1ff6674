//! Fronts as readers see them: what editors put in order, as far as it is visible, and the newest behind it.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use domain::article::content::texts::Headline;
use domain::front::FillFrom;
use domain::id::{ArticleId, FrontId};
use domain::paging::{From, Slice};
use domain::section::tree::Tree;
use domain::slug::Slug;
use domain::time::Moment;
use serde::Serialize;
use store::fronts::LiveFront;
use store::live::{Live, LiveArticle, LiveFilter};
use utoipa::ToSchema;

use crate::articles::summary;
use crate::error::Error;
use crate::facets::Reference;
use crate::photos::{self, Photos};
use crate::references::References;
use crate::view::Summarized;
use crate::{Delivery, links};

/// A front by its name.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct NamedFront {
    /// Its identity.
    pub id: FrontId,
    /// Its address.
    pub slug: Slug,
    /// Its name.
    #[schema(examples("Front page"))]
    pub name: String,
}

/// A front.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = Front)]
pub struct Shown {
    /// What it is called.
    #[serde(flatten)]
    pub front: NamedFront,
    /// The articles on it, in its order.
    pub data: Vec<FrontArticle>,
    /// When the first thing on it disappears. A schedule is no end of anything, so nothing tells of it here (ruling 13).
    #[serde(skip)]
    pub shown_until: Option<Moment>,
}

/// An article on a front.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct FrontArticle {
    /// As lists show it.
    #[serde(flatten)]
    pub article: Summarized,
    /// The headline to be shown here: what editors wrote for this front, else that of the article.
    pub front_headline: Headline,
}

impl Delivery {
    /// A page of the fronts, by slug.
    pub async fn fronts(
        &self,
        from: Option<From<Slug>>,
        limit: u16,
    ) -> Result<Slice<NamedFront, Slug>, Error> {
        let now = self.clock.now();
        self.read(now, move |live| {
            let found = live.live_fronts(from.as_ref(), limit.saturating_add(1))?;
            Ok(Slice::cut(found, limit, from.as_ref(), |front| front.slug.clone()).map(named))
        })
        .await
    }

    /// What stands on a front now.
    pub async fn front(&self, slug: Slug) -> Result<Reference<Shown>, Error> {
        let (now, site, media) = (self.clock.now(), Arc::clone(&self.site), Arc::clone(&self.media));
        self.read(now, move |live| {
            let front = match live.live_front(&slug)? {
                None => return Ok(Reference::Nothing),
                Some(front) if front.slug != slug => return Ok(Reference::Moved(front.slug)),
                Some(front) => front,
            };
            let mut found = live.articles_of_front(front.id, now)?;
            if let Some(fill_from) = front.fill_from {
                fill(live, &mut found, fill_from, now, |(article, _)| article.id, |article| (article, None))?;
            }
            let articles = || found.iter().map(|(article, _)| article);
            let linked = articles().flat_map(|article| links::of_summary(&article.content)).collect();
            let pictured = articles().flat_map(|article| photos::of_summary(&article.content));
            let shown = Photos::read(live, pictured, HashMap::new(), &site, &*media, now)?;
            let references = References::read(live, &site, articles(), linked, shown, now)?;
            let shown_until = references.shown_until(articles());
            let fronted = |(article, headline): &(LiveArticle, Option<Headline>)| FrontArticle {
                article: summary(article, &references),
                front_headline: headline.as_ref().unwrap_or(&article.content.headline).clone(),
            };
            let data = found.iter().map(fronted).collect();
            Ok(Reference::Here(Shown { front: named(front), data, shown_until }))
        })
        .await
    }
}

/// Puts the newest articles that are not on a front behind those that are, until it has its length. `id` tells which article
/// has a place, and `place` makes the place of one.
pub(crate) fn fill<T>(
    live: &mut dyn Live,
    found: &mut Vec<T>,
    fill_from: FillFrom,
    now: Moment,
    id: impl Fn(&T) -> ArticleId,
    place: impl Fn(LiveArticle) -> T,
) -> Result<(), Error> {
    let FillFrom { section, tag, up_to } = fill_from;
    let sections = match section {
        Some(id) => {
            let (sections, _) = live.live_sections(now)?;
            let tree = Tree::new(sections.iter().map(|section| (section.id, section.parent)));
            Some(tree.below(id))
        }
        None => None,
    };
    let filter = LiveFilter { sections, tags: tag.into_iter().collect(), ..LiveFilter::default() };
    // As many as the whole has: of these at most those are on it already that it has already.
    let newest = live.live_articles(&filter, up_to.number(), now)?;
    let there: HashSet<_> = found.iter().map(id).collect();
    let room = usize::from(up_to.number()).saturating_sub(found.len());
    let others = newest.into_iter().filter(|article| !there.contains(&article.id)).take(room);
    found.extend(others.map(place));
    Ok(())
}

pub(crate) fn named(front: LiveFront) -> NamedFront {
    let LiveFront { id, slug, name, fill_from: _ } = front;
    NamedFront { id, slug, name: name.into() }
}
