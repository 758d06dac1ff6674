//! `/v1/sections`, `/v1/tags` and `/v1/contributors`: what readers may know of, because a visible article names it.

use actix_web::HttpRequest;
use actix_web::http::header::HeaderValue;
use actix_web::web::Data;
use delivery::facets::{PublicContributor, PublicTag, Reference, SectionNode};
use domain::paging::{From, Slice};
use domain::slug::Slug;
use serde::Serialize;

use crate::api::Api;
use crate::api::tag::Tag;
use crate::cursor::{self, question};
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::path::At;
use crate::read::query::{Asked, Query, Question};
use crate::read::reading::Reading;
use crate::reply::list::{All, Page, Place};
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

async fn sections(delivery: Reading, _: Asked<()>) -> Result<Shown<All<SectionNode>>, Problem> {
    Ok(Shown::of(LIST, All { data: delivery.sections().await? }))
}

async fn section(
    delivery: Reading,
    settings: Data<Settings>,
    _: Asked<()>,
    slug: At<Slug>,
) -> Result<Found<SectionNode>, Problem> {
    told(&settings, "sections", delivery.section(slug.one()?).await?)
}

async fn tags(
    delivery: Reading,
    settings: Data<Settings>,
    request: HttpRequest,
    Asked(asked): Asked<PageAsked>,
) -> Result<ShownPage<PublicTag>, Problem> {
    let found = delivery.tags(asked.from(&settings, &request)?, asked.limit).await?;
    Ok(page(&settings, &request, found))
}

async fn tag(
    delivery: Reading,
    settings: Data<Settings>,
    _: Asked<()>,
    slug: At<Slug>,
) -> Result<Found<PublicTag>, Problem> {
    told(&settings, "tags", delivery.tag(slug.one()?).await?)
}

async fn contributors(
    delivery: Reading,
    settings: Data<Settings>,
    request: HttpRequest,
    Asked(asked): Asked<PageAsked>,
) -> Result<ShownPage<PublicContributor>, Problem> {
    let found = delivery.contributors(asked.from(&settings, &request)?, asked.limit).await?;
    Ok(page(&settings, &request, found))
}

async fn contributor(
    delivery: Reading,
    settings: Data<Settings>,
    _: Asked<()>,
    slug: At<Slug>,
) -> Result<Found<PublicContributor>, Problem> {
    told(&settings, "contributors", delivery.contributor(slug.one()?).await?)
}

fn told<T>(settings: &Settings, kind: &str, reference: Reference<T>) -> Result<Found<T>, Problem> {
    match reference {
        Reference::Here(thing) => Ok(Found::Here(Shown::of(LIST, thing))),
        Reference::Moved(slug) => Ok(Found::Moved(format!("{}/v1/{kind}/{slug}", settings.public_url))),
        Reference::Nothing => Err(Problem::new(Code::NotFound)),
    }
}

/// Which page of a list by slug is asked for.
pub(crate) struct PageAsked {
    cursor: Option<String>,
    pub(crate) limit: u16,
}

impl Question for PageAsked {
    fn read(query: &mut Query) -> Self {
        Self { limit: query.limit(), cursor: query.cursor() }
    }
}

impl PageAsked {
    pub(crate) fn from(
        &self,
        settings: &Settings,
        request: &HttpRequest,
    ) -> Result<Option<From<Slug>>, Problem> {
        by_slug(settings, request, self.cursor.as_deref())
    }
}

/// Where the cursor of a list by slug leads.
pub(crate) fn by_slug(
    settings: &Settings,
    request: &HttpRequest,
    cursor: Option<&str>,
) -> Result<Option<From<Slug>>, Problem> {
    cursor.map(|cursor| cursor::read(&settings.cursor_key, &bound(request), cursor)).transpose()
}

/// What a cursor of a list by slug is bound to.
fn bound(request: &HttpRequest) -> String {
    format!("{}?{}", request.path(), question(request.query_string()))
}

/// Where a page of a list by slug stands, and the addresses of the pages beside it.
pub(crate) fn place(
    settings: &Settings,
    request: &HttpRequest,
    (prev, next): (Option<From<Slug>>, Option<From<Slug>>),
    total: Option<i64>,
) -> (Place, Option<HeaderValue>) {
    let bound = bound(request);
    let cursor = |from| cursor::write(&settings.cursor_key, &bound, from);
    let place = Place { next_cursor: next.map(cursor), prev_cursor: prev.map(cursor), total };
    let address = format!("{}{}", settings.public_url, request.path());
    let links = place.links(&address, &question(request.query_string()));
    (place, links)
}

/// A page of a list by slug that readers see.
pub(crate) fn page<T: Serialize>(
    settings: &Settings,
    request: &HttpRequest,
    Slice { items: data, prev, next }: Slice<T, Slug>,
) -> ShownPage<T> {
    let (page, links) = place(settings, request, (prev, next), None);
    ShownPage(Shown::linked(LIST, Page { data, page }, links))
}
