//! `/v1/search`: looking for words in what readers see.

use actix_web::HttpRequest;
use actix_web::web::Data;
use delivery::search::{Asked as SearchAsked, FoundArticle, Page as Found};
use domain::paging::Slice;
use domain::search::text::SearchText;

use crate::api::Api;
use crate::api::tag::Tag;
use crate::articles::narrowed;
use crate::cursor::{self, question};
use crate::problem::Problem;
use crate::read::query::{Asked, Query, Question};
use crate::read::reading::Reading;
use crate::reply::list::{Page, Place};
use crate::reply::public::{LIST, Shown, ShownPage};
use crate::settings::Settings;

pub(crate) fn operations(api: &mut Api) {
    api.get("/v1/search", "search_articles", search).told(
        Tag::Delivery,
        "Search articles",
        "Articles that have all of the words in headline, standfirst, body, captions, credits and bylines, in any of their \
         forms, with the filters of lists. First come those whose headline has all of them, then the others, the newest \
         first among both. Words in quotation marks, and those without a space between them, must stand side by side. \
         No sign commands anything. A page may have fewer articles than `limit` and still have a next one.",
    );
}

pub(crate) struct PageAsked {
    asked: SearchAsked,
    cursor: Option<String>,
}

impl Question for PageAsked {
    fn read(query: &mut Query) -> Self {
        let text = query.required("q", SearchText::parse);
        let (names, filter) = narrowed(query);
        let asked = SearchAsked { text, names, filter, limit: query.limit(), from: None };
        Self { asked, cursor: query.cursor() }
    }
}

async fn search(
    delivery: Reading,
    settings: Data<Settings>,
    request: HttpRequest,
    Asked(PageAsked { mut asked, cursor }): Asked<PageAsked>,
) -> Result<ShownPage<FoundArticle>, Problem> {
    let bound = question(request.query_string());
    if let Some(cursor) = cursor {
        asked.from = Some(cursor::read(&settings.cursor_key, &bound, &cursor)?);
    }
    let Found { slice: Slice { items, prev, next }, shown_until } = delivery.search(asked).await?;
    let cursor = |from| cursor::write(&settings.cursor_key, &bound, from);
    let page = Place { next_cursor: next.map(cursor), prev_cursor: prev.map(cursor), total: None };
    let links = page.links(&format!("{}/v1/search", settings.public_url), &bound);
    let lifetime = LIST.until(shown_until);
    Ok(ShownPage(Shown::linked(lifetime, Page { data: items, page }, links)))
}
