//! `/v1/editorial/tags`.

use actix_web::web::{self, Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use domain::article::content::reference::Ref;
use domain::id::TagId;
use domain::slug::Slug;
use domain::tag::{Tag, TagDescription, TagKind, TagName};
use domain::violation::Faults;
use newsroom::Newsroom;
use newsroom::error::Error;
use newsroom::references::tags::{self, TagPatch};
use serde_json::{Value, json};

use super::orders;
use crate::problem::Problem;
use crate::read::body::Body;
use crate::read::conditional::if_match;
use crate::read::members::Members;
use crate::read::request::{SignedIn, asked};
use crate::reply::Reply;
use crate::route::{reference, resource};
use crate::settings::Settings;

type Answer = Result<HttpResponse, Problem>;

pub(super) fn routes(config: &mut ServiceConfig) {
    config
        .service(resource("/tags", "POST").route(web::post().to(create)))
        .service(
            resource("/tags/{name}", "GET, HEAD, PATCH, DELETE")
                .route(web::get().to(read))
                .route(web::patch().to(change))
                .route(web::delete().to(delete)),
        )
        .service(resource("/tags/{name}/merge", "POST").route(web::post().to(merge)));
}

fn change_in(body: Value) -> Result<TagPatch, Faults> {
    let mut members = Members::of(body)?;
    let patch = TagPatch {
        name: members.text("name", TagName::parse),
        slug: members.text("slug", Slug::parse),
        kind: members.text("kind", TagKind::parse),
        description: members.text("description", TagDescription::parse),
        same_as: members.value("same_as"),
    };
    members.finish(Some(patch))
}

async fn create(
    newsroom: Data<Newsroom>,
    settings: Data<Settings>,
    SignedIn(actor): SignedIn,
    request: HttpRequest,
    mut body: Body,
) -> Answer {
    let change = change_in(body.value.take()).map_err(Error::Invalid)?;
    let written = newsroom
        .write(asked(&request, actor, &body)?, move |cx| {
            Ok(tags::create(cx, &change)?.map(|tag| {
                let location = format!("{}/v1/editorial/tags/{}", settings.public_url, tag.id);
                Reply::made(tag.version, location, out(&tag))
            }))
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
    let name = reference(&path, TagId::parse)?;
    let tag = newsroom.read(actor, move |tx, _, _| tags::read(tx, &name)).await?;
    Ok(Reply::of(tag.version, out(&tag)).read(&request))
}

async fn change(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    request: HttpRequest,
    path: Path<String>,
    mut body: Body,
) -> Answer {
    let change = change_in(body.value.take()).map_err(Error::Invalid)?;
    let (asked, seen) = (asked(&request, actor, &body)?, if_match(&request)?);
    let name = reference(&path, TagId::parse)?;
    let written = newsroom
        .write(asked, move |cx| {
            Ok(tags::change(cx, &name, seen, &change)?.map(|tag| Reply::of(tag.version, out(&tag))))
        })
        .await?;
    Ok(Reply::written(written))
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
    let name = reference(&path, TagId::parse)?;
    let written =
        newsroom.write(asked, move |cx| Ok(tags::delete(cx, &name, seen)?.map(|()| Reply::gone()))).await?;
    Ok(Reply::written(written))
}

async fn merge(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    request: HttpRequest,
    path: Path<String>,
    mut body: Body,
) -> Answer {
    let mut members = Members::of(body.value.take()).map_err(Error::Invalid)?;
    let into = members.required("into", |raw| Ref::parse(raw, TagId::parse));
    let into = members.finish(into).map_err(Error::Invalid)?;
    let (asked, seen) = (asked(&request, actor, &body)?, if_match(&request)?);
    let name = reference(&path, TagId::parse)?;
    let written = newsroom
        .write(asked, move |cx| {
            Ok(tags::merge(cx, &name, seen, &into)?.map(|tag| Reply::of(tag.version, out(&tag))))
        })
        .await?;
    Ok(Reply::written(written))
}

fn out(tag: &Tag) -> Value {
    let Tag { id, version, kind, slug, name, description, same_as, created_at, updated_at } = tag;
    json!({
        "id": id,
        "version": version.number(),
        "kind": kind,
        "slug": slug,
        "name": name,
        "description": description,
        "same_as": same_as,
        "created_at": created_at,
        "updated_at": updated_at,
    })
}
