//! `/v1/editorial/users` and `/v1/editorial/audit`: administration.

use actix_web::web::{self, Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use domain::audit::AuditEntry;
use domain::id::{AuditId, UserId};
use domain::thing::{Thing, ThingKind};
use domain::user::{Email, PersonName, Role};
use domain::violation::{Faults, Rule, Violation};
use newsroom::Newsroom;
use newsroom::admin::{self, AuditAsked, UserPatch};
use newsroom::error::Error;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::auth::user_out;
use crate::problem::Problem;
use crate::read::body::Body;
use crate::read::conditional::if_match;
use crate::read::members::Members;
use crate::read::query::Query;
use crate::read::request::{SignedIn, asked};
use crate::reply::Reply;
use crate::route::{id, resource};

type Answer = Result<HttpResponse, Problem>;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(resource("/users", "GET, HEAD").route(web::get().to(users)))
        .service(
            resource("/users/{id}", "GET, HEAD, PATCH")
                .route(web::get().to(user))
                .route(web::patch().to(change_user)),
        )
        .service(resource("/audit", "GET, HEAD").route(web::get().to(audit)));
}

/// A page whose cursor is the id of its last item: ids are no secret to those who may read these lists.
fn page(data: Vec<Value>, limit: u16) -> HttpResponse {
    let mut data = data;
    let more = data.len() > usize::from(limit);
    data.truncate(limit.into());
    let next = data.last().filter(|_| more).map(|last| last["id"].clone());
    let body = json!({"data": data, "page": {"next_cursor": next, "prev_cursor": null, "total": null}});
    HttpResponse::Ok().json(body)
}

async fn users(newsroom: Data<Newsroom>, SignedIn(actor): SignedIn, request: HttpRequest) -> Answer {
    let mut query = Query::of(request.query_string());
    let limit = query.limit();
    let after = query.take("cursor", UserId::parse);
    query.finish().map_err(Error::Invalid)?;
    let users = newsroom.read(actor, move |tx, actor, _| admin::users(tx, &actor, after, limit + 1)).await?;
    Ok(page(users.iter().map(user_out).collect(), limit))
}

async fn user(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    request: HttpRequest,
    path: Path<String>,
) -> Answer {
    let id = id(&path, UserId::parse)?;
    let user = newsroom.read(actor, move |tx, actor, _| admin::user(tx, &actor, id)).await?;
    Ok(Reply::of(user.version, user_out(&user)).read(&request))
}

fn change_in(body: Value) -> Result<UserPatch, Faults> {
    let mut members = Members::of(body)?;
    let patch = UserPatch {
        email: members.text("email", Email::parse),
        name: members.text("name", PersonName::parse),
        role: members.text("role", Role::parse),
        disabled: members.flag("disabled"),
    };
    members.finish(Some(patch))
}

async fn change_user(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    request: HttpRequest,
    path: Path<String>,
    mut body: Body,
) -> Answer {
    let change = change_in(body.value.take()).map_err(Error::Invalid)?;
    let (asked, seen) = (asked(&request, actor, &body)?, if_match(&request)?);
    let id = id(&path, UserId::parse)?;
    let written = newsroom
        .write(asked, move |cx| {
            Ok(admin::change_user(cx, id, seen, &change)?
                .map(|user| Reply::of(user.version, user_out(&user))))
        })
        .await?;
    Ok(Reply::written(written))
}

async fn audit(newsroom: Data<Newsroom>, SignedIn(actor): SignedIn, request: HttpRequest) -> Answer {
    let mut query = Query::of(request.query_string());
    let limit = query.limit();
    let asked = AuditAsked {
        by: query.take("actor", UserId::parse),
        subject: query.take("subject", subject),
        after: query.take("cursor", AuditId::parse),
    };
    query.finish().map_err(Error::Invalid)?;
    let entries =
        newsroom.read(actor, move |tx, actor, _| admin::audit(tx, &actor, asked, limit + 1)).await?;
    Ok(page(entries.iter().map(entry_out).collect(), limit))
}

/// `article:0197…`: the kind of a thing and its id.
fn subject(raw: &str) -> Result<Thing, Violation> {
    let malformed = || Violation::new(Rule::BadFormat, "must be a kind and an id, such as article:0197…");
    let (kind, id) = raw.split_once(':').ok_or_else(malformed)?;
    let id = Uuid::try_parse(id).map_err(|_| malformed())?;
    Thing::named(ThingKind::parse(kind)?, Some(id))
}

fn entry_out(entry: &AuditEntry) -> Value {
    let AuditEntry { id, at, actor, address, request, action, subject, detail } = entry;
    json!({
        "id": id,
        "at": at,
        "actor": actor,
        "address": address.map(|address| address.to_string()),
        "request": request,
        "action": action,
        "subject": {"kind": subject.kind(), "id": subject.uuid()},
        "detail": detail,
    })
}
