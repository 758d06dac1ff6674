//! `/v1/editorial/contributors`.

use actix_web::web::{self, Data, Path, ServiceConfig};
use actix_web::{HttpRequest, HttpResponse};
use domain::article::content::reference::Ref;
use domain::contributor::{
    Contact, ContactNotes, Contributor, ContributorBio, ContributorKind, ContributorName, ContributorTitle,
};
use domain::id::ContributorId;
use domain::slug::Slug;
use domain::user::Email;
use domain::violation::Faults;
use newsroom::Newsroom;
use newsroom::error::Error;
use newsroom::references::contributors::{self, ContributorPatch, Known};
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
        .service(resource("/contributors", "POST").route(web::post().to(create)))
        .service(
            resource("/contributors/{name}", "GET, HEAD, PATCH, DELETE")
                .route(web::get().to(read))
                .route(web::patch().to(change))
                .route(web::delete().to(delete)),
        )
        .service(resource("/contributors/{name}/merge", "POST").route(web::post().to(merge)));
}

fn change_in(body: Value) -> Result<ContributorPatch, Faults> {
    let mut members = Members::of(body)?;
    let patch = ContributorPatch {
        name: members.text("name", ContributorName::parse),
        sort_name: members.text("sort_name", ContributorName::parse),
        slug: members.text("slug", Slug::parse),
        kind: members.text("kind", ContributorKind::parse),
        title: members.text("title", ContributorTitle::parse),
        affiliation: members.text("affiliation", ContributorTitle::parse),
        bio: members.text("bio", ContributorBio::parse),
        links: members.value("links"),
        active: members.flag("active"),
        email: members.text("email", Email::parse),
        notes: members.text("notes", ContactNotes::parse),
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
            Ok(contributors::create(cx, &change)?.map(|known| {
                let location = format!("{}/v1/editorial/contributors/{}", settings.public_url, known.0.id);
                Reply::made(known.0.version, location, out(&known))
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
    let name = reference(&path, ContributorId::parse)?;
    let known = newsroom.read(actor, move |tx, actor, _| contributors::read(tx, &actor, &name)).await?;
    Ok(Reply::of(known.0.version, out(&known)).read(&request))
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
    let name = reference(&path, ContributorId::parse)?;
    let written = newsroom
        .write(asked, move |cx| {
            Ok(contributors::change(cx, &name, seen, &change)?
                .map(|known| Reply::of(known.0.version, out(&known))))
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
    let name = reference(&path, ContributorId::parse)?;
    let written = newsroom
        .write(asked, move |cx| Ok(contributors::delete(cx, &name, seen)?.map(|()| Reply::gone())))
        .await?;
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
    let into = members.required("into", |raw| Ref::parse(raw, ContributorId::parse));
    let into = members.finish(into).map_err(Error::Invalid)?;
    let (asked, seen) = (asked(&request, actor, &body)?, if_match(&request)?);
    let name = reference(&path, ContributorId::parse)?;
    let written = newsroom
        .write(asked, move |cx| {
            Ok(contributors::merge(cx, &name, seen, &into)?
                .map(|known| Reply::of(known.0.version, out(&known))))
        })
        .await?;
    Ok(Reply::written(written))
}

/// A contributor, with how to reach them where the actor may know; else that is `null`.
fn out((contributor, contact): &Known) -> Value {
    let Contributor {
        id,
        version,
        kind,
        slug,
        name,
        sort_name,
        title,
        affiliation,
        bio,
        portrait,
        links,
        active,
        user,
        created_at,
        updated_at,
    } = contributor;
    let Contact { email, notes } = contact.clone().unwrap_or_default();
    json!({
        "id": id,
        "version": version.number(),
        "kind": kind,
        "slug": slug,
        "name": name,
        "sort_name": sort_name,
        "title": title,
        "affiliation": affiliation,
        "bio": bio,
        "portrait": portrait,
        "links": links,
        "active": active,
        "user": user,
        "email": email,
        "notes": notes,
        "created_at": created_at,
        "updated_at": updated_at,
    })
}
