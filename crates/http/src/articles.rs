//! `/v1/articles`: what readers see. Anonymous, cacheable, and the same for everybody.

use actix_web::HttpRequest;
use actix_web::web::Data;
use delivery::body::{Body, Include, Wanted};
use delivery::view::{Summarized, Whole};
use delivery::{Answer as Led, Asked as ListAsked, Count, Filter, Names, Order};
use domain::article::content::ArticleKind;
use domain::article::content::reference::Ref;
use domain::id::ArticleId;
use domain::language::Language;
use domain::paging::Slice;
use domain::slug::Slug;
use domain::time::Moment;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::Api;
use crate::api::tag::Tag;
use crate::comments::ThreadOut;
use crate::cursor;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::canonical::canonical;
use crate::read::path::At;
use crate::read::query::{Asked, Query, Question};
use crate::read::reading::Reading;
use crate::reply::list::{Page, Place};
use crate::reply::public::{ARTICLE, Found, LIST, Shown, ShownPage};
use crate::settings::Settings;

/// Most slugs, ids or tags in one filter (abuse IN-11).
const MOST_NAMES: usize = 50;

pub(crate) fn operations(api: &mut Api) {
    api.get("/v1/articles", "list_articles", list).told(
        Tag::Delivery,
        "List articles",
        "Summaries of what readers see now, newest first. `section` counts the sections below it, `tag` takes up to 50 \
         of which an article has all; former slugs count as the present ones.",
    );
    api.get("/v1/articles/{name}", "read_article", single)
        .told(
            Tag::Delivery,
            "Read an article",
            "By id or slug: everything that a page needs to show it. `include` fills members that are \
             `null` otherwise: the body as HTML, text or Portable Text, the related articles as lists show them, the \
             comments: what a form must know, with their first page, and the article as search engines read it \
             (JSON-LD). A former slug redirects; what was withdrawn is \
             410 with the reason that readers are told.",
        )
        .refuses(&[Code::Withdrawn]);
}

/// How much of an article is wanted, be it by its address or by a link to its working copy.
impl Question for Wanted {
    fn read(query: &mut Query) -> Self {
        let body = query.word("body", &[("blocks", Body::Blocks), ("none", Body::None)]);
        let include = query.words("include", &Include::NAMES).unwrap_or_default();
        Self { body: body.unwrap_or_default(), include: include.into_iter().collect() }
    }
}

/// A whole article.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = DeliveredArticle)]
pub(crate) struct Delivered {
    #[serde(flatten)]
    article: Whole,
    /// What a form must know, with the first page of the comments, as `/v1/articles/{name}/comments` answers it; `null`
    /// unless `include=comments`, and of a working copy.
    #[schema(required)]
    comment_thread: Option<ThreadOut>,
}

impl Delivered {
    /// An article, with the cursors of its comments.
    pub(crate) fn of(mut article: Whole, settings: &Settings) -> Self {
        let comment_thread = article.thread.take().map(|thread| ThreadOut::first(thread, settings));
        Self { article, comment_thread }
    }
}

async fn single(
    delivery: Reading,
    settings: Data<Settings>,
    request: HttpRequest,
    Asked(wanted): Asked<Wanted>,
    name: At<Ref<ArticleId>>,
) -> Result<Found<Delivered>, Problem> {
    match delivery.article(name.one()?, wanted).await? {
        Led::Article(article) => {
            // With its comments it is as old as they are.
            let lifetime = if article.thread.is_some() { LIST } else { ARTICLE };
            let lifetime = lifetime.until(article.shown_until);
            Ok(Found::Here(Shown::of(lifetime, Delivered::of(*article, &settings))))
        }
        Led::Moved(slug) => {
            let query = Some(canonical(request.query_string())).filter(|query| !query.is_empty());
            let query = query.map(|query| format!("?{query}")).unwrap_or_default();
            Ok(Found::Moved(format!("{}/v1/articles/{slug}{query}", settings.public_url)))
        }
        Led::Withdrawn { at, kind, public_reason, replacement } => {
            Err(Problem::withdrawn(at, kind, &public_reason, replacement))
        }
        Led::Nothing => Err(Problem::new(Code::NotFound)),
    }
}

/// By what lists and searches of articles are narrowed.
pub(crate) fn narrowed(query: &mut Query) -> (Names, Filter) {
    let names = Names {
        section: query.take("section", Slug::parse),
        tags: query.list("tag", MOST_NAMES, Slug::parse).unwrap_or_default(),
        contributor: query.take("contributor", Slug::parse),
    };
    let filter = Filter {
        kind: query.take("kind", ArticleKind::parse),
        language: query.take("language", Language::parse),
        published_after: query.take("published_after", Moment::parse),
        published_before: query.take("published_before", Moment::parse),
        updated_after: query.take("updated_after", Moment::parse),
        slugs: query.list("slug", MOST_NAMES, Slug::parse),
        ids: query.list("id", MOST_NAMES, ArticleId::parse),
        ..Filter::default()
    };
    (names, filter)
}

pub(crate) struct PageAsked {
    asked: ListAsked,
    cursor: Option<String>,
}

impl Question for PageAsked {
    fn read(query: &mut Query) -> Self {
        let orders = [
            ("-published_at", Order::NewestFirst),
            ("published_at", Order::OldestFirst),
            ("-updated_at", Order::LastUpdatedFirst),
        ];
        let (names, filter) = narrowed(query);
        let order = query.word("sort", &orders).unwrap_or_default();
        let filter = Filter { order, ..filter };
        let asked = ListAsked { names, filter, limit: query.limit(), count: query.counted(Count::Exact) };
        Self { asked, cursor: query.cursor() }
    }
}

async fn list(
    delivery: Reading,
    settings: Data<Settings>,
    request: HttpRequest,
    Asked(PageAsked { mut asked, cursor }): Asked<PageAsked>,
) -> Result<ShownPage<Summarized>, Problem> {
    let bound = cursor::question(request.query_string());
    if let Some(cursor) = cursor {
        asked.filter.from = Some(cursor::read(&settings.cursor_key, &bound, &cursor)?);
    }
    let found = delivery.articles(asked).await?;
    let Slice { items, prev, next } = found.slice;
    let cursor = |from| cursor::write(&settings.cursor_key, &bound, from);
    let page = Place { next_cursor: next.map(cursor), prev_cursor: prev.map(cursor), total: found.total };
    let links = page.links(&format!("{}/v1/articles", settings.public_url), &bound);
    let lifetime = LIST.until(found.shown_until);
    Ok(ShownPage(Shown::linked(lifetime, Page { data: items, page }, links)))
}
