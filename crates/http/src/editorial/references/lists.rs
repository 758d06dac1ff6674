//! The lists of tags and contributors, as the newsroom keeps them.

use actix_web::HttpRequest;
use actix_web::web::Data;
use domain::contributor::ContributorKind;
use domain::policy::Action;
use domain::tag::TagKind;
use domain::text;
use newsroom::Newsroom;
use newsroom::articles::Count;
use newsroom::references::{self, Asked as ListAsked, contributors, tags};
use serde::Serialize;

use super::contributors::{ContributorOut, Known};
use super::tags::TagOut;
use crate::api::Api;
use crate::api::tag::Tag;
use crate::facets::{by_slug, place};
use crate::problem::Problem;
use crate::read::query::{Asked, Query, Question};
use crate::read::request::SignedIn;
use crate::reply::list::Page;
use crate::reply::told::ToldPage;
use crate::settings::Settings;

/// Longest beginning of a name that is looked for, in characters: no name is longer.
const MOST_CHARS: usize = 200;

pub(super) fn operations(api: &mut Api) {
    api.get("/v1/editorial/tags", "list_editorial_tags", list_tags)
        .told(
            Tag::References,
            "List tags",
            "All of them, by slug, whether or not an article has them. `q` is how a name begins, in any case.",
        )
        .asks(Action::ReadReferences);
    api.get("/v1/editorial/contributors", "list_editorial_contributors", list_contributors)
        .told(
            Tag::References,
            "List contributors",
            "All of them, by slug, whether or not an article names them. `q` is how a name begins, in any case.",
        )
        .asks(Action::ReadReferences);
}

/// A page that is asked for, with its place still as a cursor.
struct PageAsked<K> {
    asked: ListAsked<K>,
    cursor: Option<String>,
}

fn asked<K>(query: &mut Query, kind: Option<K>) -> PageAsked<K> {
    let begins = query.words_sought("q", MOST_CHARS, |raw| {
        let words = text::one_line(raw)?;
        text::length(&words, 1..=MOST_CHARS).map(|()| words)
    });
    let (limit, count) = (query.limit(), query.counted(Count::Exact));
    let asked = ListAsked { kind, begins, from: None, limit, count };
    PageAsked { asked, cursor: query.cursor() }
}

impl Question for PageAsked<TagKind> {
    fn read(query: &mut Query) -> Self {
        let kind = query.take("kind", TagKind::parse);
        asked(query, kind)
    }
}

impl Question for PageAsked<ContributorKind> {
    fn read(query: &mut Query) -> Self {
        let kind = query.take("kind", ContributorKind::parse);
        asked(query, kind)
    }
}

async fn list_tags(
    newsroom: Data<Newsroom>,
    settings: Data<Settings>,
    SignedIn(actor): SignedIn,
    Asked(PageAsked { mut asked, cursor }): Asked<PageAsked<TagKind>>,
    request: HttpRequest,
) -> Result<ToldPage<TagOut>, Problem> {
    asked.from = by_slug(&settings, &request, cursor.as_deref())?;
    let found = newsroom.read(actor, move |tx, actor, _| tags::list(tx, &actor, asked)).await?;
    Ok(page(&settings, &request, found, TagOut::from))
}

async fn list_contributors(
    newsroom: Data<Newsroom>,
    settings: Data<Settings>,
    SignedIn(actor): SignedIn,
    Asked(PageAsked { mut asked, cursor }): Asked<PageAsked<ContributorKind>>,
    request: HttpRequest,
) -> Result<ToldPage<ContributorOut>, Problem> {
    asked.from = by_slug(&settings, &request, cursor.as_deref())?;
    let found = newsroom.read(actor, move |tx, actor, _| contributors::list(tx, &actor, asked)).await?;
    Ok(page(&settings, &request, found, |known| Known(known).into()))
}

fn page<T, O: Serialize>(
    settings: &Settings,
    request: &HttpRequest,
    found: references::Page<T>,
    out: impl FnMut(T) -> O,
) -> ToldPage<O> {
    let references::Page { slice, total } = found;
    let slice = slice.map(out);
    let (page, links) = place(settings, request, (slice.prev, slice.next), total);
    ToldPage { page: Page { data: slice.items, page }, links }
}
