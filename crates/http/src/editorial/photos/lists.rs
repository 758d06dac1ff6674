//! `GET /v1/editorial/photos` and the uses of one.

use actix_web::HttpRequest;
use actix_web::web::Data;
use domain::id::{ArticleId, PhotoId};
use domain::paging::From;
use domain::photo::search::{Lack, PhotoFilter, Used, UsedIn};
use domain::photo::taken::TakenAt;
use domain::policy::Action;
use domain::text;
use domain::time::Moment;
use domain::violation::Violation;
use newsroom::Newsroom;
use newsroom::articles::Count;
use newsroom::photos;
use serde::Serialize;
use utoipa::ToSchema;

use super::photo_out::PhotoOut;
use crate::api::Api;
use crate::api::tag::Tag;
use crate::cursor;
use crate::problem::Problem;
use crate::read::path::At;
use crate::read::query::{Asked, Query, Question};
use crate::read::request::SignedIn;
use crate::reply::list::{Page, Place};
use crate::reply::told::ToldPage;
use crate::settings::Settings;

/// Longest words and names that are looked for, in characters.
const MOST_WORDS: usize = 200;

pub(super) fn operations(api: &mut Api) {
    api.get(super::ALL, "list_photos", list)
        .told(
            Tag::Photos,
            "List photos",
            "The newest first. `q` looks in captions, names, places and keywords; `creator` and `agency` are whole names of the credit, in any case.",
        )
        .asks(Action::ReadPhotos);
    api.get("/v1/editorial/photos/{id}/uses", "list_photo_uses", uses)
        .told(Tag::Photos, "List the articles that use a photo", "By id, with where each of them uses it.")
        .asks(Action::ReadPhotos);
}

struct ListAsked {
    asked: photos::Asked,
    cursor: Option<String>,
}

impl Question for ListAsked {
    fn read(query: &mut Query) -> Self {
        let used = [("true", Used::Somewhere), ("false", Used::Nowhere)];
        let lacks = [("caption", Lack::Caption), ("alt", Lack::Alt), ("credit", Lack::Credit)];
        let filter = PhotoFilter {
            words: query.words_sought("q", MOST_WORDS, words),
            creator: query.words_sought("creator", MOST_WORDS, words),
            organization: query.words_sought("agency", MOST_WORDS, words),
            taken_from: query.take("taken_after", TakenAt::parse).map(|at| at.first_day()),
            taken_until: query.take("taken_before", TakenAt::parse).map(|at| at.on().to_owned()),
            used: query.word("used", &used),
            lacking: query.words("missing", &lacks).unwrap_or_default(),
            rights_end_before: query.take("rights_end_before", Moment::parse),
            from: None,
        };
        let asked = photos::Asked { filter, limit: query.limit(), count: query.counted(Count::Exact) };
        Self { asked, cursor: query.cursor() }
    }
}

fn words(raw: &str) -> Result<String, Violation> {
    let words = text::one_line(raw)?;
    text::length(&words, 1..=MOST_WORDS).map(|()| words)
}

async fn list(
    newsroom: Data<Newsroom>,
    settings: Data<Settings>,
    SignedIn(actor): SignedIn,
    Asked(ListAsked { mut asked, cursor }): Asked<ListAsked>,
    request: HttpRequest,
) -> Result<ToldPage<PhotoOut>, Problem> {
    let question = cursor::question(request.query_string());
    let bound = format!("photos {question}");
    asked.filter.from = place(&settings, &bound, cursor.as_deref(), PhotoId::parse)?;
    let (found, now) =
        newsroom.read(actor, move |tx, actor, now| Ok((photos::list(tx, &actor, &asked)?, now))).await?;
    let slice = found.slice.map(|print| PhotoOut::of(print, &settings, now));
    let cursor =
        |from: From<PhotoId>| cursor::write(&settings.cursor_key, &bound, from.map(|id| id.to_string()));
    let page = Place {
        next_cursor: slice.next.map(cursor),
        prev_cursor: slice.prev.map(cursor),
        total: found.total,
    };
    let links = page.links(&format!("{}{}", settings.public_url, super::ALL), &question);
    Ok(ToldPage { page: Page { data: slice.items, page }, links })
}

/// Where a cursor leads.
fn place<Id>(
    settings: &Settings,
    bound: &str,
    cursor: Option<&str>,
    parse: fn(&str) -> Result<Id, Violation>,
) -> Result<Option<From<Id>>, Problem> {
    cursor.map(|cursor| cursor::read_named(&settings.cursor_key, bound, cursor, parse)).transpose()
}

/// An article that uses a photo.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PhotoUsage)]
struct UsageOut {
    article: ArticleId,
    /// Whether its working copy does.
    #[schema(examples(true))]
    in_working_copy: bool,
    /// Whether what readers see or will see of it does.
    #[schema(examples(false))]
    in_publication: bool,
}

struct UsesAsked {
    limit: u16,
    cursor: Option<String>,
}

impl Question for UsesAsked {
    fn read(query: &mut Query) -> Self {
        Self { limit: query.limit(), cursor: query.cursor() }
    }
}

async fn uses(
    newsroom: Data<Newsroom>,
    settings: Data<Settings>,
    SignedIn(actor): SignedIn,
    Asked(UsesAsked { limit, cursor }): Asked<UsesAsked>,
    request: HttpRequest,
    id: At<PhotoId>,
) -> Result<ToldPage<UsageOut>, Problem> {
    let question = cursor::question(request.query_string());
    let bound = format!("{} {question}", request.path());
    let from = place(&settings, &bound, cursor.as_deref(), ArticleId::parse)?;
    let id = id.one()?;
    let slice = newsroom.read(actor, move |tx, actor, _| photos::uses(tx, &actor, id, from, limit)).await?;
    let slice = slice.map(|(article, places)| UsageOut {
        article,
        in_working_copy: places.contains(&UsedIn::WorkingCopy),
        in_publication: places.contains(&UsedIn::Publication),
    });
    let cursor =
        |from: From<ArticleId>| cursor::write(&settings.cursor_key, &bound, from.map(|id| id.to_string()));
    let (next_cursor, prev_cursor) = (slice.next.map(cursor), slice.prev.map(cursor));
    let page = Place { next_cursor, prev_cursor, total: None };
    let links = page.links(&format!("{}{}", settings.public_url, request.path()), &question);
    Ok(ToldPage { page: Page { data: slice.items, page }, links })
}
