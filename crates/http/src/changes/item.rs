//! An item of the feed of changes.

use delivery::changes::{Change, Changed, FrontLeaf, SectionLeaf};
use delivery::facets::{PublicContributor, PublicTag};
use delivery::photos::Seen;
use domain::id::{ArticleId, ContributorId, FrontId, PhotoId, SectionId, TagId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::articles::Delivered;
use crate::settings::Settings;

/// A thing that changed, as it is now. What it was before is of no use any more: whoever keeps a copy puts this in its place,
/// and drops what is gone.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Change)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(crate) enum Item {
    /// An article, or something that it shows of others, changed.
    Article {
        /// Its place: numbers rise, and may skip.
        #[schema(minimum = 1, examples(4711))]
        seq: i64,
        /// Which one.
        id: ArticleId,
        /// Whether readers no longer see it.
        gone: bool,
        /// The article as `/v1/articles/{id}` gives it; `null` where it is gone.
        #[schema(required)]
        resource: Option<Box<Delivered>>,
    },
    /// A section changed.
    Section {
        /// Its place: numbers rise, and may skip.
        #[schema(minimum = 1, examples(4711))]
        seq: i64,
        /// Which one.
        id: SectionId,
        /// Whether readers no longer see it.
        gone: bool,
        /// The section by itself; `null` where it is gone.
        #[schema(required)]
        resource: Option<SectionLeaf>,
    },
    /// A tag changed.
    Tag {
        /// Its place: numbers rise, and may skip.
        #[schema(minimum = 1, examples(4711))]
        seq: i64,
        /// Which one.
        id: TagId,
        /// Whether readers no longer see it.
        gone: bool,
        /// The tag as `/v1/tags/{slug}` gives it; `null` where it is gone.
        #[schema(required)]
        resource: Option<PublicTag>,
    },
    /// A contributor changed.
    Contributor {
        /// Its place: numbers rise, and may skip.
        #[schema(minimum = 1, examples(4711))]
        seq: i64,
        /// Which one.
        id: ContributorId,
        /// Whether readers no longer see them.
        gone: bool,
        /// The contributor as `/v1/contributors/{slug}` gives them; `null` where they are gone.
        #[schema(required)]
        resource: Option<PublicContributor>,
    },
    /// A photo changed.
    Photo {
        /// Its place: numbers rise, and may skip.
        #[schema(minimum = 1, examples(4711))]
        seq: i64,
        /// Which one.
        id: PhotoId,
        /// Whether readers no longer see it.
        gone: bool,
        /// The photo as `/v1/photos/{id}` gives it; `null` where it is gone.
        #[schema(required)]
        resource: Option<Box<Seen>>,
    },
    /// A front, or something that it shows of its articles, changed.
    Front {
        /// Its place: numbers rise, and may skip.
        #[schema(minimum = 1, examples(4711))]
        seq: i64,
        /// Which one.
        id: FrontId,
        /// Whether there is no such front any more.
        gone: bool,
        /// The front with the articles on it by their ids; `null` where it is gone.
        #[schema(required)]
        resource: Option<FrontLeaf>,
    },
}

impl Item {
    /// A thing that changed, as its own operation answers it.
    pub(super) fn of(Change { seq, thing }: Change, settings: &Settings) -> Self {
        match thing {
            Changed::Article(id, article) => {
                let resource = article.map(|article| Box::new(Delivered::of(*article, settings)));
                Self::Article { seq, id, gone: resource.is_none(), resource }
            }
            Changed::Section(id, resource) => Self::Section { seq, id, gone: resource.is_none(), resource },
            Changed::Tag(id, resource) => Self::Tag { seq, id, gone: resource.is_none(), resource },
            Changed::Contributor(id, resource) => {
                Self::Contributor { seq, id, gone: resource.is_none(), resource }
            }
            Changed::Front(id, resource) => Self::Front { seq, id, gone: resource.is_none(), resource },
            Changed::Photo(id, resource) => Self::Photo { seq, id, gone: resource.is_none(), resource },
        }
    }
}
