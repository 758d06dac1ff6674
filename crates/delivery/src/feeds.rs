//! Feeds of the newest articles, of the site and of one of its parts.

use std::collections::HashMap;
use std::sync::Arc;

use domain::article::content::reference::Ref;
use domain::feed::FeedFormat;
use domain::id::SectionId;
use domain::section::tree::Tree;
use domain::slug::Slug;
use domain::time::Moment;
use render::feed::json::JsonFeed;
use render::feed::{Feed, Subject};
use serde::Serialize;
use store::live::{Live, LiveFilter};
use utoipa::ToSchema;

use crate::Delivery;
use crate::error::Error;
use crate::facets::{Forest, Reference};
use crate::links;
use crate::photos::{self, Photos};
use crate::references::References;
use crate::story::story;

/// Articles of a feed: a day of a daily, so that a reader who asks once a day misses nothing.
pub const STORIES: u16 = 50;

/// Which articles a feed has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Channel {
    /// All.
    Latest,
    /// Those of a section and the ones below it.
    Section(Slug),
    /// Those with a tag.
    Tag(Slug),
    /// Those by a contributor.
    Contributor(Slug),
}

impl Channel {
    /// The same kind of channel under another slug.
    #[must_use]
    pub fn named(&self, slug: Slug) -> Self {
        match self {
            Self::Latest => Self::Latest,
            Self::Section(_) => Self::Section(slug),
            Self::Tag(_) => Self::Tag(slug),
            Self::Contributor(_) => Self::Contributor(slug),
        }
    }
}

/// A feed as it is now.
#[derive(Debug)]
pub struct Shown {
    /// Its octets.
    pub octets: Vec<u8>,
    /// The last change of an article on it; `None` while there is none.
    pub updated_at: Option<Moment>,
    /// When the first thing on it disappears.
    pub shown_until: Option<Moment>,
}

/// What a feed in JSON looks like.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JsonFeed)]
pub struct InJson {
    /// It.
    #[serde(flatten)]
    feed: JsonFeed,
}

/// What a channel is about.
struct About {
    subject: Subject,
    name: Option<String>,
    description: Option<String>,
    filter: LiveFilter,
}

impl Delivery {
    /// The newest articles of a channel, to be read at `address`.
    pub async fn feed(
        &self,
        channel: Channel,
        format: FeedFormat,
        address: String,
    ) -> Result<Reference<Shown>, Error> {
        let (now, site) = (self.clock.now(), Arc::clone(&self.site));
        let media = Arc::clone(&self.media);
        self.read(now, move |live| {
            let about = match about(live, channel, now)? {
                Reference::Here(about) => about,
                Reference::Moved(slug) => return Ok(Reference::Moved(slug)),
                Reference::Nothing => return Ok(Reference::Nothing),
            };
            let found = live.live_articles(&about.filter, STORIES, now)?;
            let linked = found.iter().flat_map(|article| links::of_summary(&article.content)).collect();
            let pictured = found.iter().flat_map(|article| photos::of_summary(&article.content));
            let shown = Photos::read(live, pictured, HashMap::new(), &site, &*media, now)?;
            let references = References::read(live, &site, found.iter(), linked, shown, now)?;
            let About { subject, name, description, filter: _ } = about;
            let title = match name {
                Some(name) => format!("{name} – {}", site.name.as_str()),
                None => site.name.as_str().to_owned(),
            };
            let feed = Feed {
                subject,
                description: description.unwrap_or_else(|| title.clone()),
                title,
                home: site.article_url.home(),
                language: site.languages.usual().clone(),
                publisher: site.publisher.clone(),
                stories: found.iter().map(|article| story(article, &references)).collect(),
            };
            let octets = feed.write(format, &address);
            Ok(Reference::Here(Shown {
                octets: octets.map_err(|cause| Error::Defect(cause.to_string()))?,
                updated_at: feed.updated_at(),
                shown_until: references.shown_until(found.iter()),
            }))
        })
        .await
    }
}

/// What a channel is about; of a part of the site in which no article is visible, nobody is told.
fn about(live: &mut dyn Live, channel: Channel, now: Moment) -> Result<Reference<About>, Error> {
    let everything = LiveFilter::default();
    Ok(match channel {
        Channel::Latest => Reference::Here(About {
            subject: Subject::Site,
            name: None,
            description: None,
            filter: everything,
        }),
        Channel::Section(slug) => match live.live_section_of_slug(&slug)? {
            Some(id) => section(live, id, &slug, now)?,
            None => Reference::Nothing,
        },
        Channel::Tag(slug) => match live.live_tag(&Ref::Slug(slug.clone()), now)? {
            Some(tag) if tag.slug == slug => Reference::Here(About {
                subject: Subject::Tag(tag.id),
                name: Some(tag.name.into()),
                description: tag.description.map(Into::into),
                filter: LiveFilter { tags: vec![tag.id], ..everything },
            }),
            Some(tag) => Reference::Moved(tag.slug),
            None => Reference::Nothing,
        },
        Channel::Contributor(slug) => match live.live_contributor(&Ref::Slug(slug.clone()), now)? {
            Some(found) if found.slug == slug => Reference::Here(About {
                subject: Subject::Contributor(found.id),
                name: Some(found.name.into()),
                description: found.bio.map(Into::into),
                filter: LiveFilter { contributor: Some(found.id), ..everything },
            }),
            Some(found) => Reference::Moved(found.slug),
            None => Reference::Nothing,
        },
    })
}

fn section(live: &mut dyn Live, id: SectionId, slug: &Slug, now: Moment) -> Result<Reference<About>, Error> {
    let forest = Forest::read(live, now)?;
    let Some(section) = forest.sections.iter().find(|section| section.id == id) else {
        return Ok(Reference::Nothing);
    };
    if section.slug != *slug {
        return Ok(Reference::Moved(section.slug.clone()));
    }
    // Those below it in which no article is visible add nothing.
    let tree = Tree::new(forest.sections.iter().map(|section| (section.id, section.parent)));
    let within = tree.below(id);
    let (name, description) = (section.name.as_str().to_owned(), section.description.clone());
    Ok(Reference::Here(About {
        subject: Subject::Section(id),
        name: Some(name),
        description: description.map(Into::into),
        filter: LiveFilter { sections: Some(within), ..LiveFilter::default() },
    }))
}
