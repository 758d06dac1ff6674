//! `/v1/editorial/articles/{id}/corrections`: what readers are told of mistakes.

use actix_web::web::Data;
use domain::id::{ArticleId, CorrectionId};
use domain::policy::Action;
use domain::version::Seen;
use newsroom::Newsroom;
use newsroom::articles::{self, NewCorrection};

use super::article_out::{CorrectionOut, tag};
use crate::api::Api;
use crate::api::tag::Tag;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::conditional::IfMatch;
use crate::read::path::At;
use crate::read::query::Asked;
use crate::read::request::{SignedIn, Write};
use crate::reply::list::All;
use crate::reply::told::Told;
use crate::reply::wrote::{Added, Reply, Wrote};

type Adding = Result<Wrote<Added<CorrectionOut>>, Problem>;

pub(super) fn operations(api: &mut Api) {
    api.get("/v1/editorial/articles/{id}/corrections", "list_corrections", list)
        .told(Tag::Publishing, "List the corrections of an article", "Oldest first, superseded ones too.")
        .asks(Action::ReadArticles);
    api.post("/v1/editorial/articles/{id}/corrections", "create_correction", correct)
        .told(
            Tag::Publishing,
            "Post a correction",
            "Readers see it at once, with its time; the working copy is not published by it. `ETag` is the article's.",
        )
        .asks(Action::CorrectArticles)
        .refuses(&[Code::Conflict]);
    api.post("/v1/editorial/articles/{id}/corrections/{cid}/supersede", "supersede_correction", supersede)
        .told(
            Tag::Publishing,
            "Replace a correction",
            "Corrections are never edited away: the new one takes the place of the old one, which stays on record.",
        )
        .asks(Action::CorrectArticles)
        .refuses(&[Code::Conflict]);
}

async fn list(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    _: Asked<()>,
    article: At<ArticleId>,
) -> Result<Told<All<CorrectionOut>>, Problem> {
    let id = article.one()?;
    let posted = newsroom.read(actor, move |tx, actor, _| articles::corrections(tx, &actor, id)).await?;
    Ok(Told::of(All { data: posted.into_iter().map(Into::into).collect() }))
}

async fn correct(
    newsroom: Data<Newsroom>,
    IfMatch(seen): IfMatch,
    new: Write<NewCorrection>,
    article: At<ArticleId>,
) -> Adding {
    let id = article.one()?;
    post(&newsroom, new, seen, id, None).await
}

async fn supersede(
    newsroom: Data<Newsroom>,
    IfMatch(seen): IfMatch,
    new: Write<NewCorrection>,
    place: At<(ArticleId, CorrectionId)>,
) -> Adding {
    let (id, old) = place.both()?;
    post(&newsroom, new, seen, id, Some(old)).await
}

async fn post(
    newsroom: &Newsroom,
    Write { asked, said: new }: Write<NewCorrection>,
    seen: Seen,
    id: ArticleId,
    supersedes: Option<CorrectionId>,
) -> Adding {
    let written = newsroom.write(asked, move |cx| {
        let now = cx.now;
        Ok(articles::correct(cx, id, seen, &new, supersedes)?
            .map(|(copy, posted)| Reply::added(tag(&copy.article, now), CorrectionOut::from(posted))))
    });
    Ok(written.await?.into())
}
