//! A front as the newsroom gets it.

use domain::article::content::texts::Headline;
use domain::article::publication::PublicationState;
use domain::front::{FillFrom, Front, FrontItem, FrontLength, FrontName};
use domain::id::{ArticleId, FrontId, SectionId, TagId};
use domain::section::Section;
use domain::slug::Slug;
use domain::tag::Tag;
use domain::time::Moment;
use domain::version::Version;
use newsroom::fronts::{Composed, Placed};
use serde::Serialize;
use utoipa::ToSchema;

use crate::editorial::article_out::{MeaningOut, meaning};

/// A front, as the newsroom keeps it: `items` and `fill_from` in the shape in which they are sent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EditorialFront)]
pub(super) struct FrontOut {
    id: FrontId,
    version: Version,
    slug: Slug,
    name: FrontName,
    /// What editors put on it, in its order.
    items: Vec<ItemOut>,
    /// Where the rest of it comes from; `null` where it ends with its items.
    fill_from: Option<FillOut>,
    /// What the ids mean now.
    resolved: ResolvedOut,
    created_at: Moment,
    updated_at: Moment,
}

/// A front in a list of the newsroom.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = EditorialFrontListing)]
pub(super) struct ListedOut {
    pub(super) id: FrontId,
    pub(super) version: Version,
    pub(super) slug: Slug,
    pub(super) name: FrontName,
    pub(super) created_at: Moment,
    pub(super) updated_at: Moment,
}

/// An article on a front.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FrontItem)]
struct ItemOut {
    article: ArticleId,
    /// What is shown on this front in place of the headline of the article.
    headline: Option<Headline>,
}

/// Where the rest of a front comes from.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = FrontFill)]
struct FillOut {
    /// Only from this section and those below it.
    section: Option<SectionId>,
    /// Only with this tag.
    tag: Option<TagId>,
    up_to: FrontLength,
}

/// What the ids of a front mean now.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ResolvedFront)]
struct ResolvedOut {
    /// The articles of its items, in their order.
    articles: Vec<PlacedOut>,
    section: Option<MeaningOut>,
    tag: Option<MeaningOut>,
}

/// An article that stands on a front, as its working copy is.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PlacedArticle)]
struct PlacedOut {
    id: ArticleId,
    slug: Slug,
    headline: Headline,
    /// Readers see it on the front while it is `live`; `null` while nothing of it was published or scheduled.
    publication: Option<PublicationState>,
}

impl From<Composed> for FrontOut {
    fn from(Composed { front, articles, section, tag }: Composed) -> Self {
        let Front { id, version, slug, name, items, fill_from, created_at, updated_at } = front;
        let item = |FrontItem { article, headline }: &FrontItem| ItemOut {
            article: *article,
            headline: headline.clone(),
        };
        let placed =
            |Placed { id, slug, headline, publication }| PlacedOut { id, slug, headline, publication };
        Self {
            id,
            version,
            slug,
            name,
            items: items.as_slice().iter().map(item).collect(),
            fill_from: fill_from.map(|FillFrom { section, tag, up_to }| FillOut { section, tag, up_to }),
            resolved: ResolvedOut {
                articles: articles.into_iter().map(placed).collect(),
                section: section.map(|Section { id, slug, name, .. }| meaning(id.uuid(), slug, name.into())),
                tag: tag.map(|Tag { id, slug, name, .. }| meaning(id.uuid(), slug, name.into())),
            },
            created_at,
            updated_at,
        }
    }
}
