//! `/v1/sections`, `/v1/tags` and `/v1/contributors`: what readers may know of, because a visible article names it.

use actix_web::HttpRequest;
use actix_web::web::Data;
use delivery::Delivery;
use delivery::facets::{PublicContributor, PublicTag, Reference, SectionNode};
use domain::slug::Slug;
use serde::Serialize;

use crate::api::Api;
use crate::api::tag::Tag;
use crate::cursor::names;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::path::At;
use crate::read::query::{Asked, Query, Question};
use crate::reply::list::{All, Page};
use crate::reply::public::{Found, LIST, Shown, ShownPage};
use crate::settings::Settings;

pub(crate) fn operations(api: &mut Api) {
    api.get("/v1/sections", "list_sections", sections).told(
        Tag::Delivery,
        "Read the tree of sections",
        "Those in or below which readers see an article, in the order of the site.",
    );
    api.get("/v1/sections/{slug}", "read_section", section).told(
        Tag::Delivery,
        "Read a section",
        "With those below it. A former slug redirects.",
    );
    api.get("/v1/tags", "list_tags", tags).told(
        Tag::Delivery,
        "List tags",
        "Those of articles that readers see, by slug.",
    );
    api.get("/v1/tags/{slug}", "read_tag", tag).told(
        Tag::Delivery,
        "Read a tag",
        "A former slug, and that of a merged tag, redirects.",
    );
    api.get("/v1/contributors", "list_contributors", contributors).told(
        Tag::Delivery,
        "List contributors",
        "Those whom articles that readers see name, by slug.",
    );
    api.get("/v1/contributors/{slug}", "read_contributor", contributor).told(
        Tag::Delivery,
        "Read a contributor",
        "A former slug, and that of a merged contributor, redirects.",
    );
}

async fn sections(delivery: Data<Delivery>, _: Asked<()>) -> Result<Shown<All<SectionNode>>, Problem> {
    Ok(Shown { lifetime: LIST, body: All { data: delivery.sections().await? } })
}

async fn section(
    delivery: Data<Delivery>,
    settings: Data<Settings>,
    _: Asked<()>,
    slug: At<Slug>,
) -> Result<Found<SectionNode>, Problem> {
    told(&settings, "sections", delivery.section(slug.one()?).await?)
}

async fn tags(
    delivery: Data<Delivery>,
    settings: Data<Settings>,
    request: HttpRequest,
    Asked(asked): Asked<PageAsked>,
) -> Result<ShownPage<PublicTag>, Problem> {
    let found = delivery.tags(asked.after(&settings, &request)?, asked.limit + 1).await?;
    Ok(page(&settings, &request, asked.limit, found, |tag| &tag.slug))
}

async fn tag(
    delivery: Data<Delivery>,
    settings: Data<Settings>,
    _: Asked<()>,
    slug: At<Slug>,
) -> Result<Found<PublicTag>, Problem> {
    told(&settings, "tags", delivery.tag(slug.one()?).await?)
}

async fn contributors(
    delivery: Data<Delivery>,
    settings: Data<Settings>,
    request: HttpRequest,
    Asked(asked): Asked<PageAsked>,
) -> Result<ShownPage<PublicContributor>, Problem> {
    let found = delivery.contributors(asked.after(&settings, &request)?, asked.limit + 1).await?;
    Ok(page(&settings, &request, asked.limit, found, |contributor| &contributor.slug))
}

async fn contributor(
    delivery: Data<Delivery>,
    settings: Data<Settings>,
    _: Asked<()>,
    slug: At<Slug>,
) -> Result<Found<PublicContributor>, Problem> {
    told(&settings, "contributors", delivery.contributor(slug.one()?).await?)
}

fn told<T>(settings: &Settings, kind: &str, reference: Reference<T>) -> Result<Found<T>, Problem> {
    match reference {
        Reference::Here(thing) => Ok(Found::Here(Shown { lifetime: LIST, body: thing })),
        Reference::Moved(slug) => Ok(Found::Moved(format!("{}/v1/{kind}/{slug}", settings.public_url))),
        Reference::Nothing => Err(Problem::new(Code::NotFound)),
    }
}

/// Which page of a list by slug is asked for.
struct PageAsked {
    cursor: Option<String>,
    limit: u16,
}

impl Question for PageAsked {
    fn read(query: &mut Query) -> Self {
        Self { limit: query.limit(), cursor: query.cursor() }
    }
}

impl PageAsked {
    fn after(&self, settings: &Settings, request: &HttpRequest) -> Result<Option<Slug>, Problem> {
        let read = |cursor: &String| {
            names::read(&settings.cursor_key, request, cursor)
                .ok_or_else(|| Problem::new(Code::InvalidCursor))
        };
        self.cursor.as_ref().map(read).transpose()
    }
}

/// A page of which one more was read than it holds.
fn page<T: Serialize>(
    settings: &Settings,
    request: &HttpRequest,
    limit: u16,
    found: Vec<T>,
    slug: impl Fn(&T) -> &Slug,
) -> ShownPage<T> {
    let page = Page::behind(found, limit, |last| names::write(&settings.cursor_key, request, slug(last)));
    let address = format!("{}{}", settings.public_url, request.path());
    let links = page.page.links(&address, &format!("limit={limit}"));
    ShownPage { shown: Shown { lifetime: LIST, body: page }, links }
}
