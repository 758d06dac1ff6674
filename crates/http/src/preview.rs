//! `GET /v1/preview/{token}`: a working copy in the shape that readers would get, for whoever has the link.

use std::sync::Arc;

use actix_web::body::BoxBody;
use actix_web::http::header::{HeaderName, REFERRER_POLICY};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, Responder};
use delivery::body::Wanted;
use delivery::{Delivery, Draft};
use identity::opaque::{Preview, Secret};
use newsroom::Newsroom;
use newsroom::articles::Previewed;
use newsroom::photos::Print;

use crate::api::Api;
use crate::api::contract::Outcome;
use crate::api::operation::Operation;
use crate::api::tag::Tag;
use crate::articles::Delivered;
use crate::media;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::path::At;
use crate::read::query::Asked;
use crate::reply::success;
use crate::settings::Settings;

/// Asks search engines to leave an answer out.
const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

pub(crate) fn operations(api: &mut Api) {
    api.get("/v1/preview/{token}", "read_preview", read).told(
        Tag::Delivery,
        "Read a working copy by a link",
        "The working copy as readers would get it if it was published now, with `body` and `include` as for an article; it has no comments. \
         A token that is unknown, over or revoked, \
         and one to a withdrawn article or of somebody who may no longer make it, is answered alike: 404. No cache \
         keeps it, and no search engine lists it.",
    );
}

/// A working copy that somebody looks at.
struct Looked(Delivered);

impl Responder for Looked {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Ok()
            .insert_header((ROBOTS, "noindex"))
            .insert_header((REFERRER_POLICY, "no-referrer"))
            .json(self.0)
    }
}

impl Outcome for Looked {
    fn describe(operation: &mut Operation) {
        success::<Delivered>(operation, 200, "What readers would get.", &[]);
    }
}

async fn read(
    newsroom: Data<Newsroom>,
    delivery: Data<Delivery>,
    settings: Data<Settings>,
    Asked(wanted): Asked<Wanted>,
    token: At<String>,
) -> Result<Looked, Problem> {
    let secret = Secret::<Preview>::parse(&token.one()?).ok_or_else(|| Problem::new(Code::NotFound))?;
    let Previewed { id, revision, times, corrections, photos } = newsroom.preview(secret.hash()).await?;
    let now = newsroom.now();
    let draft = Draft {
        id,
        revision: revision.number,
        times,
        content: revision.content,
        corrections,
        photos: photos.into_iter().map(|Print { photo, renditions }| (photo, renditions)).collect(),
        media: Arc::new({
            let settings = settings.clone();
            move |photo, edition, variant| {
                media::signed(&settings, &media::path(photo, edition, variant), now)
            }
        }),
    };
    Ok(Looked(Delivered::of(delivery.preview(draft, wanted).await?, &settings)))
}
