//! `PUT /v1/editorial/articles/{id}/photo-uses/{spot}`: the picture desk's own right (ruling 9).

use actix_web::web::Data;
use domain::block::id::BlockId;
use domain::block::photo::PhotoUse;
use domain::id::ArticleId;
use domain::policy::Action;
use domain::violation::Violation;
use newsroom::Newsroom;
use newsroom::photos::{self, Spot};

use crate::api::Api;
use crate::api::operation::Verb;
use crate::api::tag::Tag;
use crate::editorial::article_out::{ArticleOut, tag};
use crate::problem::Problem;
use crate::read::conditional::IfMatch;
use crate::read::path::{At, Segment};
use crate::read::request::Write;
use crate::reply::wrote::{Changed, Reply, Wrote};
use crate::settings::Settings;

/// The word for the place at the head.
const LEAD: &str = "lead";

pub(super) fn operations(api: &mut Api) {
    api.on(Verb::Put, "/v1/editorial/articles/{id}/photo-uses/{spot}", "place_photo", place)
        .told(
            Tag::Photos,
            "Place a photo in an article",
            "At its head, as `lead`, or in the place of the photo of a photo block, by the id of the block. The picture desk may do it whoever owns the article.",
        )
        .asks(Action::PlacePhotos);
}

impl Segment for Spot {
    fn parse(raw: &str) -> Result<Self, Violation> {
        if raw == LEAD { Ok(Self::Lead) } else { BlockId::parse(raw).map(Self::Block) }
    }
}

async fn place(
    newsroom: Data<Newsroom>,
    settings: Data<Settings>,
    IfMatch(seen): IfMatch,
    Write { asked, said }: Write<PhotoUse>,
    names: At<(ArticleId, Spot)>,
) -> Result<Wrote<Changed<ArticleOut>>, Problem> {
    let (id, spot) = names.both()?;
    let written = newsroom.write(asked, move |cx| {
        let now = cx.now;
        Ok(photos::place(cx, id, &spot, seen, &said)?.map(|copy| {
            let etag = tag(&copy.article, now);
            Reply::changed(etag, ArticleOut::of(copy, &settings, now))
        }))
    });
    Ok(written.await?.into())
}
