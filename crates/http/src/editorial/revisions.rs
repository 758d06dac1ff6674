//! `/v1/editorial/articles/{id}/revisions`: every save, read and restored.

use actix_web::HttpRequest;
use actix_web::web::Data;
use domain::article::difference::Difference;
use domain::article::revision::RevisionNumber;
use domain::id::ArticleId;
use domain::policy::Action;
use newsroom::Newsroom;
use newsroom::articles;
use serde::Serialize;
use utoipa::ToSchema;

use super::article_out::{ArticleOut, RevisionOut, SavedOut, tag};
use super::articles::Changing;
use super::leaf::Leaf;
use super::orders::Noted;
use crate::api::Api;
use crate::api::tag::Tag;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::conditional::IfMatch;
use crate::read::path::{At, number};
use crate::read::query::{Asked, Query, Question};
use crate::read::request::{SignedIn, Write};
use crate::reply::told::{Told, ToldPage};
use crate::reply::wrote::Reply;
use crate::settings::Settings;

pub(super) fn operations(api: &mut Api) {
    api.get("/v1/editorial/articles/{id}/revisions", "list_revisions", list)
        .told(Tag::Revisions, "List the revisions of an article", "Newest first, with author, time and note.")
        .asks(Action::ReadArticles);
    api.get("/v1/editorial/articles/{id}/revisions/{n}", "read_revision", read)
        .told(Tag::Revisions, "Read a revision", "Its whole content.")
        .asks(Action::ReadArticles);
    api.get("/v1/editorial/articles/{id}/revisions/{n}/diff", "compare_revisions", diff)
        .told(
            Tag::Revisions,
            "Compare a revision with another",
            "With `against`, or with the revision before it; the first one differs from nothing. Names the members and \
             blocks that differ, and the words of their texts. A text so large and so different that comparing its \
             words would take too long is told as replaced.",
        )
        .asks(Action::ReadArticles);
    api.post("/v1/editorial/articles/{id}/revisions/{n}/restore", "restore_revision", restore)
        .told(
            Tag::Revisions,
            "Make a revision the working copy again",
            "Its content is saved as a new revision; nothing is lost, and readers see nothing of it. What was merged since \
             is named as its survivor. Where something that it names is gone, nothing is saved: `errors` lists each with \
             its place in the revision, below `/content`.",
        )
        .asks(Action::EditArticles)
        .refuses(&[Code::SlugTaken]);
}

async fn list(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    Asked(leaf): Asked<Leaf>,
    article: At<ArticleId>,
    settings: Data<Settings>,
    request: HttpRequest,
) -> Result<ToldPage<SavedOut>, Problem> {
    let from = leaf.from(&settings, &request, number)?;
    let limit = leaf.reach();
    let id = article.one()?;
    let found =
        newsroom.read(actor, move |tx, actor, _| articles::revisions(tx, &actor, id, from, limit)).await?;
    let data = found
        .into_iter()
        .map(|saved| SavedOut {
            number: saved.number,
            author: saved.author,
            note: saved.note,
            saved_at: saved.saved_at,
        })
        .collect();
    Ok(leaf.page(&settings, &request, from.as_ref(), data, |saved| saved.number))
}

async fn read(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    _: Asked<()>,
    place: At<(ArticleId, RevisionNumber)>,
) -> Result<Told<RevisionOut>, Problem> {
    let (id, n) = place.both()?;
    let revision = newsroom.read(actor, move |tx, actor, _| articles::revision(tx, &actor, id, n)).await?;
    Ok(Told::of(revision.into()))
}

/// With which revision another is compared.
struct DiffAsked {
    against: Option<RevisionNumber>,
}

impl Question for DiffAsked {
    fn read(query: &mut Query) -> Self {
        Self { against: query.take("against", number) }
    }
}

/// What makes one revision another.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RevisionDiff)]
struct DiffOut {
    revision: RevisionNumber,
    /// What it is compared with; `null` where that is nothing.
    against: Option<RevisionNumber>,
    #[serde(flatten)]
    difference: Difference,
}

async fn diff(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    Asked(DiffAsked { against }): Asked<DiffAsked>,
    place: At<(ArticleId, RevisionNumber)>,
) -> Result<Told<DiffOut>, Problem> {
    let (id, revision) = place.both()?;
    let compared =
        newsroom.read(actor, move |tx, actor, _| articles::diff(tx, &actor, id, revision, against));
    let (against, difference) = compared.await?;
    Ok(Told::of(DiffOut { revision, against, difference }))
}

async fn restore(
    newsroom: Data<Newsroom>,
    settings: Data<Settings>,
    IfMatch(seen): IfMatch,
    Write { asked, said: Noted(note) }: Write<Noted>,
    place: At<(ArticleId, RevisionNumber)>,
) -> Changing {
    let (id, n) = place.both()?;
    let written = newsroom.write(asked, move |cx| {
        let now = cx.now;
        Ok(articles::restore(cx, id, seen, n, note.clone())?
            .map(|copy| Reply::changed(tag(&copy.article, now), ArticleOut::of(copy, &settings, now))))
    });
    Ok(written.await?.into())
}
