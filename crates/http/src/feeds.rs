//! `/feeds/…`: the newest articles, for feed readers.

use actix_web::body::BoxBody;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, Responder};
use delivery::Delivery;
use delivery::facets::Reference;
use delivery::feeds::{Channel, InJson, Shown};
use domain::feed::FeedFormat;
use domain::slug::Slug;
use serde_json::{Value, json};

use crate::api::Api;
use crate::api::contract::Outcome;
use crate::api::operation::{Header, Operation, Success};
use crate::api::shape;
use crate::api::tag::Tag;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::path::At;
use crate::read::query::Asked;
use crate::read::reading::Reading;
use crate::reply::public::{LIST, moved};
use crate::reply::written::Written;
use crate::reply::{conditionally, success_as};
use crate::settings::Settings;

pub(crate) fn operations(api: &mut Api) {
    api.get("/feeds/latest.{format}", "read_feed", latest).told(
        Tag::Delivery,
        "Read the feed of all articles",
        "The 50 newest articles: RSS 2.0 with Media RSS and `dc:creator`, Atom, or JSON Feed 1.1. An entry keeps its \
         `urn:uuid` in every feed and through every change.",
    );
    api.get("/feeds/sections/{slug}.{format}", "read_section_feed", section).told(
        Tag::Delivery,
        "Read the feed of a section",
        "The 50 newest articles of a section and those below it. A former slug redirects.",
    );
    api.get("/feeds/tags/{slug}.{format}", "read_tag_feed", tag).told(
        Tag::Delivery,
        "Read the feed of a tag",
        "The 50 newest articles with a tag. A former slug redirects.",
    );
    api.get("/feeds/contributors/{slug}.{format}", "read_contributor_feed", contributor).told(
        Tag::Delivery,
        "Read the feed of a contributor",
        "The 50 newest articles by somebody. A former slug redirects.",
    );
}

async fn latest(
    delivery: Reading,
    settings: Data<Settings>,
    _: Asked<()>,
    format: At<FeedFormat>,
) -> Result<Fed, Problem> {
    fed(&delivery, &settings, Channel::Latest, format.one()?).await
}

async fn section(
    delivery: Reading,
    settings: Data<Settings>,
    _: Asked<()>,
    names: At<(Slug, FeedFormat)>,
) -> Result<Fed, Problem> {
    let (slug, format) = names.both()?;
    fed(&delivery, &settings, Channel::Section(slug), format).await
}

async fn tag(
    delivery: Reading,
    settings: Data<Settings>,
    _: Asked<()>,
    names: At<(Slug, FeedFormat)>,
) -> Result<Fed, Problem> {
    let (slug, format) = names.both()?;
    fed(&delivery, &settings, Channel::Tag(slug), format).await
}

async fn contributor(
    delivery: Reading,
    settings: Data<Settings>,
    _: Asked<()>,
    names: At<(Slug, FeedFormat)>,
) -> Result<Fed, Problem> {
    let (slug, format) = names.both()?;
    fed(&delivery, &settings, Channel::Contributor(slug), format).await
}

/// What the address of a feed leads to.
enum Fed {
    /// To a feed.
    Here(Written),
    /// To the feed of what has another slug now.
    Moved(String),
}

async fn fed(
    delivery: &Delivery,
    settings: &Settings,
    channel: Channel,
    format: FeedFormat,
) -> Result<Fed, Problem> {
    let address = |channel: &Channel| format!("{}{}", settings.public_url, path(channel, format));
    match delivery.feed(channel.clone(), format, address(&channel)).await? {
        Reference::Here(Shown { octets, updated_at, shown_until }) => Ok(Fed::Here(Written {
            lifetime: LIST.until(shown_until),
            media_type: format.media_type(),
            octets,
            updated_at,
        })),
        Reference::Moved(slug) => Ok(Fed::Moved(address(&channel.named(slug)))),
        Reference::Nothing => Err(Problem::new(Code::NotFound)),
    }
}

/// The path of a feed.
fn path(channel: &Channel, format: FeedFormat) -> String {
    let format = format.name();
    match channel {
        Channel::Latest => format!("/feeds/latest.{format}"),
        Channel::Section(slug) => format!("/feeds/sections/{slug}.{format}"),
        Channel::Tag(slug) => format!("/feeds/tags/{slug}.{format}"),
        Channel::Contributor(slug) => format!("/feeds/contributors/{slug}.{format}"),
    }
}

impl Responder for Fed {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        match self {
            Self::Here(written) => written.answer(),
            Self::Moved(location) => moved(location),
        }
    }
}

impl Outcome for Fed {
    fn describe(operation: &mut Operation) {
        for &format in FeedFormat::ALL {
            let schema = match format {
                FeedFormat::Rss | FeedFormat::Atom => xml(format),
                FeedFormat::Json => shape::reference::<InJson>(&mut operation.given),
            };
            operation.successes.push(Success {
                status: 200,
                description: "What readers see now, in the format of the address.",
                content: Some((format.media_type(), schema)),
                headers: Written::HEADERS.into_iter().chain([Header::LastModified]).collect(),
            });
        }
        conditionally(operation, &[Header::LastModified]);
        // The feed of the site keeps its address.
        if operation.path.contains("{slug}") {
            let headers = [Header::Location, Header::CacheControl];
            success_as(operation, 308, "It has another address now.", None, &headers);
        }
    }
}

fn xml(format: FeedFormat) -> Value {
    let example = match format {
        FeedFormat::Rss => {
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\"><channel><title>The Varn Courier</title></channel></rss>"
        }
        FeedFormat::Atom | FeedFormat::Json => {
            "<?xml version=\"1.0\" encoding=\"utf-8\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><title>The Varn Courier</title></feed>"
        }
    };
    json!({"type": "string", "contentMediaType": format.media_type(), "maxLength": 8_388_608, "description": "A feed.", "example": example})
}
