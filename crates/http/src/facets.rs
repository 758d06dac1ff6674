//! `/v1/sections`, `/v1/tags` and `/v1/contributors`: what readers may know of, because a visible article names it.

use actix_web::http::header::{CACHE_CONTROL, LOCATION};
use actix_web::web::{self, Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use delivery::Delivery;
use delivery::facets::Reference;
use domain::slug::Slug;
use newsroom::error::Error;
use serde::Serialize;
use serde_json::json;

use crate::cached::{LIST_CACHE, cached};
use crate::cursor::names;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::query::Query;
use crate::route::resource;
use crate::settings::Settings;

type Answer = Result<HttpResponse, Problem>;

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(resource("/v1/sections", "GET, HEAD").route(web::get().to(sections)))
        .service(resource("/v1/sections/{slug}", "GET, HEAD").route(web::get().to(section)))
        .service(resource("/v1/tags", "GET, HEAD").route(web::get().to(tags)))
        .service(resource("/v1/tags/{slug}", "GET, HEAD").route(web::get().to(tag)))
        .service(resource("/v1/contributors", "GET, HEAD").route(web::get().to(contributors)))
        .service(resource("/v1/contributors/{slug}", "GET, HEAD").route(web::get().to(contributor)));
}

async fn sections(delivery: Data<Delivery>, request: HttpRequest) -> Answer {
    Query::of(request.query_string()).finish().map_err(Error::Invalid)?;
    cached(&request, LIST_CACHE, &json!({"data": delivery.sections().await?}), None)
}

async fn section(
    delivery: Data<Delivery>,
    settings: Data<Settings>,
    request: HttpRequest,
    path: Path<String>,
) -> Answer {
    let slug = plain(&request, &path)?;
    told(&request, &settings, "sections", delivery.section(slug).await?)
}

async fn tags(delivery: Data<Delivery>, settings: Data<Settings>, request: HttpRequest) -> Answer {
    let Page { after, limit } = Page::read(&settings, &request)?;
    let found = delivery.tags(after, limit + 1).await?;
    page(&settings, &request, "tags", limit, found, |tag| &tag.slug)
}

async fn tag(
    delivery: Data<Delivery>,
    settings: Data<Settings>,
    request: HttpRequest,
    path: Path<String>,
) -> Answer {
    let slug = plain(&request, &path)?;
    told(&request, &settings, "tags", delivery.tag(slug).await?)
}

async fn contributors(delivery: Data<Delivery>, settings: Data<Settings>, request: HttpRequest) -> Answer {
    let Page { after, limit } = Page::read(&settings, &request)?;
    let found = delivery.contributors(after, limit + 1).await?;
    page(&settings, &request, "contributors", limit, found, |contributor| &contributor.slug)
}

async fn contributor(
    delivery: Data<Delivery>,
    settings: Data<Settings>,
    request: HttpRequest,
    path: Path<String>,
) -> Answer {
    let slug = plain(&request, &path)?;
    told(&request, &settings, "contributors", delivery.contributor(slug).await?)
}

/// The slug of a path, for a route that has no parameters.
fn plain(request: &HttpRequest, path: &Path<String>) -> Result<Slug, Problem> {
    Query::of(request.query_string()).finish().map_err(Error::Invalid)?;
    Slug::parse(path).map_err(|_| Problem::new(Code::NotFound))
}

fn told<T: Serialize>(
    request: &HttpRequest,
    settings: &Settings,
    kind: &str,
    reference: Reference<T>,
) -> Answer {
    match reference {
        Reference::Here(thing) => cached(request, LIST_CACHE, &thing, None),
        Reference::Moved(slug) => Ok(HttpResponse::PermanentRedirect()
            .insert_header((LOCATION, format!("{}/v1/{kind}/{slug}", settings.public_url)))
            .insert_header((CACHE_CONTROL, LIST_CACHE))
            .finish()),
        Reference::Nothing => Err(Problem::new(Code::NotFound)),
    }
}

/// Which page of a list by slug is asked for.
struct Page {
    after: Option<Slug>,
    limit: u16,
}

impl Page {
    fn read(settings: &Settings, request: &HttpRequest) -> Result<Self, Problem> {
        let mut query = Query::of(request.query_string());
        let limit = query.limit();
        let cursor = query.take("cursor", |raw| Ok(raw.to_owned()));
        query.finish().map_err(Error::Invalid)?;
        let read = |cursor: String| {
            names::read(&settings.cursor_key, request, &cursor)
                .ok_or_else(|| Problem::new(Code::InvalidCursor))
        };
        Ok(Self { after: cursor.map(read).transpose()?, limit })
    }
}

/// A page of which one more was read than it holds.
fn page<T: Serialize>(
    settings: &Settings,
    request: &HttpRequest,
    kind: &str,
    limit: u16,
    mut found: Vec<T>,
    slug: impl Fn(&T) -> &Slug,
) -> Answer {
    let more = found.len() > usize::from(limit);
    found.truncate(limit.into());
    let last = found.last().filter(|_| more);
    let next = last.map(|last| names::write(&settings.cursor_key, request, slug(last)));
    let link = next.as_ref().map(|cursor| {
        format!("<{}/v1/{kind}?limit={limit}&cursor={cursor}>; rel=\"next\"", settings.public_url)
    });
    let body = json!({"data": found, "page": {"next_cursor": next, "prev_cursor": null, "total": null}});
    cached(request, LIST_CACHE, &body, link)
}
