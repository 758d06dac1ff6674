//! `GET /v1/editorial/articles` and the revisions of an article.

use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use domain::article::content::reference::Ref;
use domain::article::publication::PublicationState;
use domain::article::revision::RevisionNumber;
use domain::article::stage::Stage;
use domain::id::{ArticleId, ContributorId, SectionId, TagId, UserId};
use domain::text;
use domain::time::Moment;
use newsroom::Newsroom;
use newsroom::articles::{self, Count, Listed, Page, Summary};
use newsroom::error::Error;
use serde_json::{Value, json};

use super::article_out::envelope;
use super::orders;
use crate::cursor;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::body::Body;
use crate::read::conditional::if_match;
use crate::read::query::{Query, word};
use crate::read::request::{SignedIn, asked};
use crate::reply::Reply;
use crate::route::id;
use crate::settings::Settings;

type Answer = Result<HttpResponse, Problem>;

/// Longest words that are looked for in headlines, in characters.
const MOST_WORDS: usize = 200;

pub(super) async fn list(
    newsroom: Data<Newsroom>,
    settings: Data<Settings>,
    SignedIn(actor): SignedIn,
    request: HttpRequest,
) -> Answer {
    let mut query = Query::of(request.query_string());
    let mut listed = Listed {
        stage: query.take("stage", Stage::parse),
        publication: query.take("publication", PublicationState::parse),
        section: query.take("section", |raw| Ref::parse(raw, SectionId::parse)),
        tag: query.take("tag", |raw| Ref::parse(raw, TagId::parse)),
        contributor: query.take("contributor", |raw| Ref::parse(raw, ContributorId::parse)),
        owner: query.take("owner", UserId::parse),
        words: query.take("q", |raw| {
            let words = text::one_line(raw)?;
            text::length(&words, 1..=MOST_WORDS).map(|()| words)
        }),
        updated_after: query.take("updated_after", Moment::parse),
        after: None,
        limit: query.limit(),
        count: query.take("count", |raw| word(raw, &[("exact", Count::Exact)])).unwrap_or_default(),
    };
    query.take("sort", |raw| word(raw, &[("-updated_at", ())]));
    let place = query.take("cursor", |raw| Ok(raw.to_owned()));
    query.finish().map_err(Error::Invalid)?;
    let bound = format!("editorial {}", cursor::question(request.query_string()));
    if let Some(place) = place {
        let read = cursor::read(&settings.cursor_key, &bound, &place);
        listed.after = Some(read.ok_or_else(|| Problem::new(Code::InvalidCursor))?);
    }
    let (page, now) = newsroom
        .read(actor, move |tx, actor, now| Ok((articles::list(tx, &actor, &listed, now)?, now)))
        .await?;
    let Page { articles, more_after, total } = page;
    let data: Vec<_> = articles.iter().map(|summary| told(summary, now)).collect();
    let next = more_after.map(|place| cursor::write(&settings.cursor_key, &bound, place));
    let body = json!({"data": data, "page": {"next_cursor": next, "prev_cursor": null, "total": total}});
    Ok(HttpResponse::Ok().json(body))
}

fn told(summary: &Summary, now: Moment) -> Value {
    let Summary { article, headline, slug, kind, language, section } = summary;
    let mut out = envelope(article, now);
    out["headline"] = json!(headline);
    out["slug"] = json!(slug);
    out["kind"] = json!(kind);
    out["language"] = json!(language);
    out["section"] = json!(section);
    out
}

pub(super) async fn revisions(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    request: HttpRequest,
    path: Path<String>,
) -> Answer {
    let mut query = Query::of(request.query_string());
    let limit = query.limit();
    // The number of a revision is no secret and moves nowhere, so that it is a cursor as it is.
    let before = query.take("cursor", number);
    query.finish().map_err(Error::Invalid)?;
    let id = id(&path, ArticleId::parse)?;
    let mut found = newsroom
        .read(actor, move |tx, actor, _| articles::revisions(tx, &actor, id, before, limit + 1))
        .await?;
    let more = found.len() > usize::from(limit);
    found.truncate(limit.into());
    let next = found.last().filter(|_| more).map(|last| last.number.to_string());
    let data: Vec<_> = found
        .iter()
        .map(|saved| {
            json!({
                "number": saved.number,
                "author": saved.author,
                "note": saved.note,
                "saved_at": saved.saved_at,
            })
        })
        .collect();
    let body = json!({"data": data, "page": {"next_cursor": next, "prev_cursor": null, "total": null}});
    Ok(HttpResponse::Ok().json(body))
}

pub(super) async fn revision(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    path: Path<(String, String)>,
) -> Answer {
    let (id, n) = place(&path)?;
    let revision = newsroom.read(actor, move |tx, actor, _| articles::revision(tx, &actor, id, n)).await?;
    Ok(HttpResponse::Ok().json(json!({
        "number": revision.number,
        "author": revision.author,
        "note": revision.note,
        "saved_at": revision.saved_at,
        "content": revision.content,
    })))
}

pub(super) async fn restore(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    request: HttpRequest,
    path: Path<(String, String)>,
    mut body: Body,
) -> Answer {
    let note = orders::note(body.value.take()).map_err(Error::Invalid)?;
    let (asked, seen) = (asked(&request, actor, &body)?, if_match(&request)?);
    let (id, n) = place(&path)?;
    let written = newsroom
        .write(asked, move |cx| {
            let now = cx.now;
            articles::restore(cx, id, seen, n, note.clone())?
                .try_map(|copy| Ok(Reply::of(copy.article.version, super::articles::told(&copy, now)?)))
        })
        .await?;
    Ok(Reply::written(written))
}

fn place(path: &Path<(String, String)>) -> Result<(ArticleId, RevisionNumber), Problem> {
    let (id, n) = (&path.0, &path.1);
    let place = ArticleId::parse(id).and_then(|id| Ok((id, number(n)?)));
    place.map_err(|_| Problem::new(Code::NotFound))
}

/// The number of a revision in its one spelling.
fn number(raw: &str) -> Result<RevisionNumber, domain::violation::Violation> {
    let plain = raw.parse().ok().filter(|n: &u32| n.to_string() == raw);
    RevisionNumber::parse(plain.unwrap_or_default())
}
