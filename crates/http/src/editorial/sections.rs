//! `/v1/editorial/sections`.

use actix_web::web::{self, Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use domain::article::content::reference::Ref;
use domain::id::SectionId;
use domain::section::{Section, SectionDescription, SectionName};
use domain::slug::Slug;
use domain::violation::Faults;
use newsroom::Newsroom;
use newsroom::error::Error;
use newsroom::references::sections::{self, SectionPatch};
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
        .service(
            resource("/sections", "GET, HEAD, POST").route(web::get().to(list)).route(web::post().to(create)),
        )
        .service(
            resource("/sections/{name}", "GET, HEAD, PATCH, DELETE")
                .route(web::get().to(read))
                .route(web::patch().to(change))
                .route(web::delete().to(delete)),
        );
}

fn change_in(body: Value) -> Result<SectionPatch, Faults> {
    let mut members = Members::of(body)?;
    let patch = SectionPatch {
        name: members.text("name", SectionName::parse),
        slug: members.text("slug", Slug::parse),
        description: members.text("description", SectionDescription::parse),
        parent: members.text("parent", |raw| Ref::parse(raw, SectionId::parse)),
        position: members.value("position"),
    };
    members.finish(Some(patch))
}

async fn list(newsroom: Data<Newsroom>, SignedIn(actor): SignedIn) -> Answer {
    let sections = newsroom.read(actor, |tx, _, _| Ok(tx.sections()?)).await?;
    let data: Vec<_> = sections.iter().map(out).collect();
    Ok(HttpResponse::Ok().json(json!({"data": data})))
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
            Ok(sections::create(cx, &change)?.map(|section| {
                let location = format!("{}/v1/editorial/sections/{}", settings.public_url, section.id);
                Reply::made(section.version, location, out(&section))
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
    let name = reference(&path, SectionId::parse)?;
    let section = newsroom.read(actor, move |tx, _, _| sections::read(tx, &name)).await?;
    Ok(Reply::of(section.version, out(&section)).read(&request))
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
    let name = reference(&path, SectionId::parse)?;
    let written = newsroom
        .write(asked, move |cx| {
            Ok(sections::change(cx, &name, seen, &change)?
                .map(|section| Reply::of(section.version, out(&section))))
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
    let name = reference(&path, SectionId::parse)?;
    let written = newsroom
        .write(asked, move |cx| Ok(sections::delete(cx, &name, seen)?.map(|()| Reply::gone())))
        .await?;
    Ok(Reply::written(written))
}

fn out(section: &Section) -> Value {
    let Section { id, version, slug, name, description, parent, position, created_at, updated_at } = section;
    json!({
        "id": id,
        "version": version.number(),
        "slug": slug,
        "name": name,
        "description": description,
        "parent": parent,
        "position": position,
        "created_at": created_at,
        "updated_at": updated_at,
    })
}
