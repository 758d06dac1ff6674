//! JSON Feed 1.1 (jsonfeed.org/version/1.1). A member that does not apply is absent, as that says.

use domain::language::Language;
use domain::time::Moment;
use domain::web_url::WebUrl;
use serde::Serialize;
use utoipa::ToSchema;

use super::Feed;
use crate::story::{Part, Story};

/// The version of the format.
const VERSION: &str = "https://jsonfeed.org/version/1.1";

/// A feed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = JsonFeedMembers)]
pub struct JsonFeed {
    /// The version of the format.
    #[schema(examples("https://jsonfeed.org/version/1.1"))]
    version: &'static str,
    /// What it is called.
    #[schema(examples("The Varn Courier"))]
    title: String,
    /// The page of the site.
    #[schema(format = "uri", examples("https://varn.example/"))]
    home_page_url: String,
    /// Its own address.
    #[schema(format = "uri", examples("https://api.varn.example/feeds/latest.json"))]
    feed_url: String,
    /// What it is about.
    #[schema(examples("The Varn Courier"))]
    description: String,
    /// Who publishes it.
    authors: Vec<JsonFeedAuthor>,
    /// The language in which the site is written as a rule.
    language: Language,
    /// Its articles, newest first.
    items: Vec<JsonFeedItem>,
}

/// An article in a feed.
#[derive(Debug, Serialize, ToSchema)]
pub struct JsonFeedItem {
    /// Its identity, which it has in every feed.
    #[schema(examples("urn:uuid:01970000-0000-7000-8000-000000000001"))]
    id: String,
    /// Where people read it.
    #[schema(format = "uri", examples("https://varn.example/harbour-talks-resume"))]
    url: String,
    /// Where it first appeared, when that was elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    external_url: Option<WebUrl>,
    /// The headline.
    #[schema(examples("Harbour talks resume"))]
    title: String,
    /// What it says in short.
    #[schema(examples("Both sides return to the table on 9 January."))]
    content_text: String,
    /// Its photo.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false, format = "uri", examples("https://api.varn.example/media/w640.jpg"))]
    image: Option<String>,
    /// The date that it carries.
    date_published: Moment,
    /// The last change that was worth telling.
    date_modified: Moment,
    /// Who wrote it; where nobody is named, the publisher of the feed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(required = false)]
    authors: Vec<JsonFeedAuthor>,
    /// Its section and what it is about.
    #[schema(examples("World"))]
    tags: Vec<String>,
    /// What it is written in.
    language: Language,
}

/// Somebody who wrote an article, or publishes a feed.
#[derive(Debug, Serialize, ToSchema)]
pub struct JsonFeedAuthor {
    /// Their name.
    #[schema(examples("Mara Lind"))]
    name: String,
}

impl JsonFeed {
    /// A feed, to be read at `address`.
    pub(super) fn of(feed: &Feed, address: &str) -> Self {
        let Feed { subject: _, title, description, home, language, publisher, stories } = feed;
        Self {
            version: VERSION,
            title: title.clone(),
            home_page_url: home.clone(),
            feed_url: address.to_owned(),
            description: description.clone(),
            authors: vec![JsonFeedAuthor { name: publisher.as_str().to_owned() }],
            language: language.clone(),
            items: stories.iter().map(item).collect(),
        }
    }
}

fn item(story: &Story) -> JsonFeedItem {
    let author = |name: &str| JsonFeedAuthor { name: name.to_owned() };
    JsonFeedItem {
        id: story.urn(),
        url: story.url.clone(),
        external_url: story.canonical_url.clone(),
        title: story.headline.as_str().to_owned(),
        content_text: story.short.clone(),
        image: story.photo.as_ref().and_then(|photo| photo.widest()).map(|shown| shown.url.clone()),
        date_published: story.published_at,
        date_modified: story.updated_at,
        authors: story.makers(Part::Author).map(|maker| author(maker.name.as_str())).collect(),
        tags: story.categories().map(str::to_owned).collect(),
        language: story.language.clone(),
    }
}
