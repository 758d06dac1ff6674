//! `/v1/articles`: what readers see. Anonymous, cacheable, and the same for everybody.

use actix_web::http::header::{CACHE_CONTROL, LOCATION};
use actix_web::web::{self, Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use delivery::body::Body;
use delivery::{Answer as Led, Asked, Count, Delivery, Filter, Names, Order, Page};
use domain::article::content::ArticleKind;
use domain::article::content::reference::Ref;
use domain::id::ArticleId;
use domain::language::Language;
use domain::slug::Slug;
use domain::time::Moment;
use domain::violation::Violation;
use newsroom::error::Error;
use serde_json::json;

use crate::cached::{ARTICLE_CACHE, LIST_CACHE, cached};
use crate::cursor;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::query::{Query, word};
use crate::route::resource;
use crate::settings::Settings;

type Answer = Result<HttpResponse, Problem>;

/// Most slugs, ids or tags in one filter.
const MOST_NAMES: usize = 100;

pub(crate) fn routes(config: &mut ServiceConfig) {
    config
        .service(resource("/v1/articles", "GET, HEAD").route(web::get().to(list)))
        .service(resource("/v1/articles/{name}", "GET, HEAD").route(web::get().to(single)));
}

async fn single(
    delivery: Data<Delivery>,
    settings: Data<Settings>,
    request: HttpRequest,
    path: Path<String>,
) -> Answer {
    let mut query = Query::of(request.query_string());
    let body = query.take("body", |value| word(value, &[("blocks", Body::Blocks), ("none", Body::None)]));
    query.finish().map_err(Error::Invalid)?;
    let name = Ref::parse(&path, ArticleId::parse).map_err(|_| Problem::new(Code::NotFound))?;
    match delivery.article(name, body.unwrap_or_default()).await? {
        Led::Article(article) => cached(&request, ARTICLE_CACHE, &article, None),
        Led::Moved(slug) => {
            let query = Some(request.query_string()).filter(|query| !query.is_empty());
            let query = query.map(|query| format!("?{query}")).unwrap_or_default();
            let location = format!("{}/v1/articles/{slug}{query}", settings.public_url);
            let moved = HttpResponse::PermanentRedirect()
                .insert_header((LOCATION, location))
                .insert_header((CACHE_CONTROL, LIST_CACHE))
                .finish();
            Ok(moved)
        }
        Led::Withdrawn { at, kind, public_reason, replacement } => Err(Problem::new(Code::Withdrawn)
            .with("withdrawn_at", at.to_string())
            .with("kind", kind.name())
            .with("public_reason", public_reason.as_str())
            .with("replacement", replacement.map(String::from))),
        Led::Nothing => Err(Problem::new(Code::NotFound)),
    }
}

async fn list(delivery: Data<Delivery>, settings: Data<Settings>, request: HttpRequest) -> Answer {
    let mut query = Query::of(request.query_string());
    let names = Names {
        section: query.take("section", Slug::parse),
        tags: query.list("tag", MOST_NAMES, Slug::parse).unwrap_or_default(),
        contributor: query.take("contributor", Slug::parse),
    };
    let mut filter = Filter {
        order: query.take("sort", order).unwrap_or_default(),
        kind: query.take("kind", ArticleKind::parse),
        language: query.take("language", Language::parse),
        published_after: query.take("published_after", Moment::parse),
        published_before: query.take("published_before", Moment::parse),
        updated_after: query.take("updated_after", Moment::parse),
        slugs: query.list("slug", MOST_NAMES, Slug::parse),
        ids: query.list("id", MOST_NAMES, ArticleId::parse),
        after: None,
    };
    let count = query.take("count", |value| word(value, &[("exact", Count::Exact)])).unwrap_or_default();
    let limit = query.limit();
    let cursor = query.take("cursor", |raw| Ok(raw.to_owned()));
    query.finish().map_err(Error::Invalid)?;
    let bound = cursor::question(request.query_string());
    if let Some(cursor) = cursor {
        let place = cursor::read(&settings.cursor_key, &bound, &cursor);
        filter.after = Some(place.ok_or_else(|| Problem::new(Code::InvalidCursor))?);
    }
    let Page { articles, more_after, total } =
        delivery.articles(Asked { names, filter, limit, count }).await?;
    let next = more_after.map(|place| cursor::write(&settings.cursor_key, &bound, place));
    let link = next.as_ref().map(|cursor| {
        let rest = if bound.is_empty() { String::new() } else { format!("{bound}&") };
        format!("<{}/v1/articles?{rest}cursor={cursor}>; rel=\"next\"", settings.public_url)
    });
    let page = json!({
        "data": articles,
        "page": {"next_cursor": next, "prev_cursor": null, "total": total},
    });
    cached(&request, LIST_CACHE, &page, link)
}

fn order(raw: &str) -> Result<Order, Violation> {
    let words = [
        ("-published_at", Order::NewestFirst),
        ("published_at", Order::OldestFirst),
        ("-updated_at", Order::LastUpdatedFirst),
    ];
    word(raw, &words)
}
