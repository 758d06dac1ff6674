//! `GET /v1/editorial/articles`: what the newsroom works on.

use actix_web::HttpRequest;
use actix_web::web::Data;
use domain::article::content::reference::Ref;
use domain::article::publication::PublicationState;
use domain::article::stage::Stage;
use domain::id::{ContributorId, SectionId, TagId, UserId};
use domain::paging::Slice;
use domain::policy::Action;
use domain::text;
use domain::time::Moment;
use newsroom::Newsroom;
use newsroom::articles::{self, Count, Listed, Order};

use super::article_out::ListedOut;
use crate::api::Api;
use crate::api::tag::Tag;
use crate::cursor;
use crate::problem::Problem;
use crate::read::query::{Asked, Query, Question};
use crate::read::request::SignedIn;
use crate::reply::list::{Page, Place};
use crate::reply::told::ToldPage;
use crate::settings::Settings;

/// Longest words that are looked for in headlines, in characters.
const MOST_WORDS: usize = 200;

/// The orders of the list by their names.
const ORDERS: [(&str, Order); 2] =
    [("-updated_at", Order::LastChangedFirst), ("updated_at", Order::LongestUnchangedFirst)];

pub(super) fn operations(api: &mut Api) {
    api.get("/v1/editorial/articles", "list_editorial_articles", list)
        .told(
            Tag::Articles,
            "List working copies",
            "Those that changed last first, or with `sort=updated_at` those that waited longest. `section` counts the sections below it; `q` looks for words in headlines.",
        )
        .asks(Action::ReadArticles);
}

struct ListAsked {
    listed: Listed,
    cursor: Option<String>,
}

impl Question for ListAsked {
    fn read(query: &mut Query) -> Self {
        let listed = Listed {
            stage: query.take("stage", Stage::parse),
            publication: query.take("publication", PublicationState::parse),
            section: query.name("section", |raw| Ref::parse(raw, SectionId::parse)),
            tag: query.name("tag", |raw| Ref::parse(raw, TagId::parse)),
            contributor: query.name("contributor", |raw| Ref::parse(raw, ContributorId::parse)),
            owner: query.take("owner", UserId::parse),
            words: query.words_sought("q", MOST_WORDS, |raw| {
                let words = text::one_line(raw)?;
                text::length(&words, 1..=MOST_WORDS).map(|()| words)
            }),
            updated_after: query.take("updated_after", Moment::parse),
            from: None,
            order: query.word("sort", &ORDERS).unwrap_or_default(),
            limit: query.limit(),
            count: query.counted(Count::Exact),
        };
        Self { listed, cursor: query.cursor() }
    }
}

async fn list(
    newsroom: Data<Newsroom>,
    settings: Data<Settings>,
    SignedIn(actor): SignedIn,
    Asked(ListAsked { mut listed, cursor }): Asked<ListAsked>,
    request: HttpRequest,
) -> Result<ToldPage<ListedOut>, Problem> {
    let question = cursor::question(request.query_string());
    let bound = format!("editorial {question}");
    if let Some(place) = cursor {
        listed.from = Some(cursor::read(&settings.cursor_key, &bound, &place)?);
    }
    let (found, now) = newsroom
        .read(actor, move |tx, actor, now| Ok((articles::list(tx, &actor, &listed, now)?, now)))
        .await?;
    let Slice { items: data, prev, next } = found.slice.map(|summary| ListedOut::of(summary, now));
    let cursor = |from| cursor::write(&settings.cursor_key, &bound, from);
    let page = Place { next_cursor: next.map(cursor), prev_cursor: prev.map(cursor), total: found.total };
    let links = page.links(&format!("{}/v1/editorial/articles", settings.public_url), &question);
    Ok(ToldPage { page: Page { data, page }, links })
}
