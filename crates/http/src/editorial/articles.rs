//! `/v1/editorial/articles`: working copies, and what is done with them.

use actix_web::web::{self, Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use domain::article::content::change::Change;
use domain::article::embargo::Embargo;
use domain::article::publish::Publish;
use domain::article::withdrawal::Withdrawal;
use domain::id::{ArticleId, CorrectionId};
use domain::time::Moment;
use domain::version::Seen;
use newsroom::Newsroom;
use newsroom::articles::{self, NewCorrection, WorkingCopy};
use newsroom::asked::Asked;
use newsroom::cx::{Cx, Recorded};
use newsroom::error::Error;
use serde_json::json;

use super::article_out::{correction, working_copy};
use super::content_in::ContentIn;
use super::{lists, orders};
use crate::problem::Problem;
use crate::problem::check;
use crate::read::body::Body;
use crate::read::conditional::if_match;
use crate::read::request::{SignedIn, asked};
use crate::reply::Reply;
use crate::route::{id, resource};
use crate::settings::Settings;

type Answer = Result<HttpResponse, Problem>;

pub(super) fn routes(config: &mut ServiceConfig) {
    let action = |name: &str| resource(&format!("/articles/{{id}}/{name}"), "POST");
    config
        .service(
            resource("/articles", "GET, HEAD, POST")
                .route(web::get().to(lists::list))
                .route(web::post().to(create)),
        )
        .service(resource("/articles/{id}/revisions", "GET, HEAD").route(web::get().to(lists::revisions)))
        .service(resource("/articles/{id}/revisions/{n}", "GET, HEAD").route(web::get().to(lists::revision)))
        .service(action("revisions/{n}/restore").route(web::post().to(lists::restore)))
        .service(
            resource("/articles/{id}", "GET, HEAD, PATCH, DELETE")
                .route(web::get().to(read))
                .route(web::patch().to(edit))
                .route(web::delete().to(delete)),
        )
        .service(resource("/articles/{id}/checks", "GET, HEAD").route(web::get().to(checks)))
        .service(action("submit").route(web::post().to(submit)))
        .service(action("return").route(web::post().to(return_to_writers)))
        .service(action("approve").route(web::post().to(approve)))
        .service(action("publish").route(web::post().to(publish)))
        .service(action("unschedule").route(web::post().to(unschedule)))
        .service(action("unpublish").route(web::post().to(unpublish)))
        .service(action("withdraw").route(web::post().to(withdraw)))
        .service(action("reinstate").route(web::post().to(reinstate)))
        .service(
            resource("/articles/{id}/embargo", "PUT, DELETE")
                .route(web::put().to(embargo))
                .route(web::delete().to(lift_embargo)),
        )
        .service(
            resource("/articles/{id}/corrections", "GET, HEAD, POST")
                .route(web::get().to(corrections))
                .route(web::post().to(correct)),
        )
        .service(action("corrections/{cid}/supersede").route(web::post().to(supersede)));
}

async fn create(
    newsroom: Data<Newsroom>,
    settings: Data<Settings>,
    SignedIn(actor): SignedIn,
    request: HttpRequest,
    body: Body,
) -> Answer {
    let asked = asked(&request, actor, &body)?;
    let ContentIn { patch, note } = ContentIn::read(body.value).map_err(Error::Invalid)?;
    let written = newsroom
        .write(asked, move |cx| {
            let language = match &patch.language {
                Change::Set(language) => language,
                Change::Keep | Change::Clear => &settings.language,
            };
            let now = cx.now;
            let made = articles::create(cx, language, &patch, note.clone())?;
            made.try_map(|copy| {
                let location = format!("{}/v1/editorial/articles/{}", settings.public_url, copy.article.id);
                Ok(Reply::made(copy.article.version, location, told(&copy, now)?))
            })
        })
        .await?;
    Ok(Reply::written(written))
}

async fn read(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    request: HttpRequest,
    path: Path<String>,
) -> Answer {
    let id = id(&path, ArticleId::parse)?;
    let reply = newsroom
        .read(actor, move |tx, actor, now| {
            let copy = articles::working_copy(tx, &actor, id, now)?;
            Ok(Reply::of(copy.article.version, told(&copy, now)?))
        })
        .await?;
    Ok(reply.read(&request))
}

async fn checks(newsroom: Data<Newsroom>, SignedIn(actor): SignedIn, path: Path<String>) -> Answer {
    let id = id(&path, ArticleId::parse)?;
    let found = newsroom
        .read(actor, move |tx, actor, now| {
            let copy = articles::working_copy(tx, &actor, id, now)?;
            articles::checks(tx, &copy.article, &copy.revision.content, now)
        })
        .await?;
    let publishable = !found.iter().any(domain::article::checks::Check::is_error);
    let checks: Vec<_> = found.iter().map(check).collect();
    Ok(HttpResponse::Ok().json(json!({"publishable": publishable, "checks": checks})))
}

async fn edit(
    newsroom: Data<Newsroom>,
    signed_in: SignedIn,
    request: HttpRequest,
    path: Path<String>,
    mut body: Body,
) -> Answer {
    let sent = ContentIn::read(body.value.take()).map_err(Error::Invalid)?;
    change(newsroom, signed_in, request, path, body, move |cx, id, seen| {
        articles::edit(cx, id, seen, &sent.patch, sent.note.clone())
    })
    .await
}

async fn delete(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    request: HttpRequest,
    path: Path<String>,
    mut body: Body,
) -> Answer {
    orders::nothing(body.value.take()).map_err(Error::Invalid)?;
    let (asked, seen) = (asked(&request, actor, &body)?, if_match(&request)?);
    let id = id(&path, ArticleId::parse)?;
    let written = newsroom
        .write(asked, move |cx| articles::delete(cx, id, seen).map(|gone| gone.map(|()| Reply::gone())))
        .await?;
    Ok(Reply::written(written))
}

/// Makes the handler of an action: what it takes, and the use case.
macro_rules! action {
    ($name:ident: $take:path, |$cx:ident, $id:ident, $seen:ident, $order:ident: $Order:ty, $newsroom:ident| $work:expr) => {
        async fn $name(
            newsroom: Data<Newsroom>,
            signed_in: SignedIn,
            request: HttpRequest,
            path: Path<String>,
            mut body: Body,
        ) -> Answer {
            let order: $Order = $take(body.value.take()).map_err(Error::Invalid)?;
            let room = newsroom.clone();
            change(newsroom, signed_in, request, path, body, move |$cx, $id, $seen| {
                let ($order, $newsroom) = (&order, &room);
                $work
            })
            .await
        }
    };
}

action!(publish: orders::publish, |cx, id, seen, order: Publish, room| {
    articles::publish(cx, room.site(), id, seen, *order, None)
});
action!(withdraw: orders::withdraw, |cx, id, seen, order: Withdrawal, _room| {
    articles::withdraw(cx, id, seen, order)
});
action!(unschedule: orders::nothing, |cx, id, seen, _order: (), _room| articles::unschedule(cx, id, seen));
action!(unpublish: orders::nothing, |cx, id, seen, _order: (), _room| articles::unpublish(cx, id, seen));
action!(reinstate: orders::nothing, |cx, id, seen, _order: (), _room| articles::reinstate(cx, id, seen));
action!(submit: orders::note, |cx, id, seen, note: Option<domain::article::revision::RevisionNote>, _room| {
    articles::submit(cx, id, seen, note.as_ref())
});
action!(approve: orders::note, |cx, id, seen, note: Option<domain::article::revision::RevisionNote>, _room| {
    articles::approve(cx, id, seen, note.as_ref())
});
action!(return_to_writers: orders::note, |cx, id, seen, note: Option<domain::article::revision::RevisionNote>, _room| {
    articles::return_to_writers(cx, id, seen, note.as_ref())
});

action!(embargo: orders::embargo, |cx, id, seen, embargo: Embargo, _room| {
    articles::embargo(cx, id, seen, embargo)
});
action!(lift_embargo: orders::nothing, |cx, id, seen, _order: (), _room| articles::lift_embargo(cx, id, seen));

async fn corrections(newsroom: Data<Newsroom>, SignedIn(actor): SignedIn, path: Path<String>) -> Answer {
    let id = id(&path, ArticleId::parse)?;
    let posted = newsroom.read(actor, move |tx, actor, _| articles::corrections(tx, &actor, id)).await?;
    let data: Vec<_> = posted.iter().map(correction).collect();
    Ok(HttpResponse::Ok().json(json!({"data": data})))
}

async fn correct(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    request: HttpRequest,
    path: Path<String>,
    mut body: Body,
) -> Answer {
    let new = orders::correction(body.value.take()).map_err(Error::Invalid)?;
    let (asked, seen) = (asked(&request, actor, &body)?, if_match(&request)?);
    let id = id(&path, ArticleId::parse)?;
    posted(&newsroom, asked, id, seen, new, None).await
}

async fn supersede(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    request: HttpRequest,
    path: Path<(String, String)>,
    mut body: Body,
) -> Answer {
    let new = orders::correction(body.value.take()).map_err(Error::Invalid)?;
    let (asked, seen) = (asked(&request, actor, &body)?, if_match(&request)?);
    let (id, old) = path.into_inner();
    let (id, old) = ArticleId::parse(&id)
        .and_then(|id| Ok((id, CorrectionId::parse(&old)?)))
        .map_err(|_| Error::NotFound)?;
    posted(&newsroom, asked, id, seen, new, Some(old)).await
}

/// Posts a correction, and answers it with the article's new version.
async fn posted(
    newsroom: &Newsroom,
    asked: Asked,
    id: ArticleId,
    seen: Seen,
    new: NewCorrection,
    supersedes: Option<CorrectionId>,
) -> Answer {
    let written = newsroom
        .write(asked, move |cx| {
            Ok(articles::correct(cx, id, seen, &new, supersedes)?
                .map(|(copy, posted)| Reply::added(copy.article.version, correction(&posted))))
        })
        .await?;
    Ok(Reply::written(written))
}

/// A write on an article that exists, whose answer is the working copy after it.
async fn change(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    request: HttpRequest,
    path: Path<String>,
    body: Body,
    work: impl Fn(&mut Cx<'_>, ArticleId, Seen) -> Result<Recorded<WorkingCopy>, Error> + Send + Sync + 'static,
) -> Answer {
    let (asked, seen) = (asked(&request, actor, &body)?, if_match(&request)?);
    let id = id(&path, ArticleId::parse)?;
    let written = newsroom
        .write(asked, move |cx| {
            let now = cx.now;
            work(cx, id, seen)?.try_map(|copy| Ok(Reply::of(copy.article.version, told(&copy, now)?)))
        })
        .await?;
    Ok(Reply::written(written))
}

pub(super) fn told(copy: &WorkingCopy, now: Moment) -> Result<serde_json::Value, Error> {
    working_copy(copy, now).map_err(|cause| Error::Defect(cause.to_string()))
}
