//! `POST /v1/editorial/articles/{id}/amend`: what readers see is changed while a bigger edit stays open.

use actix_web::web::Data;
use domain::article::content::member::Member;
use domain::block::id::BlockId;
use domain::id::ArticleId;
use domain::policy::Action;
use newsroom::Newsroom;
use newsroom::articles::{self, Amend, Amended};
use serde::Serialize;
use utoipa::ToSchema;

use super::article_out::{ArticleOut, tag};
use crate::api::Api;
use crate::api::tag::Tag;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::conditional::IfMatch;
use crate::read::path::At;
use crate::read::request::Write;
use crate::reply::wrote::{Changed, Reply, Wrote};
use crate::settings::Settings;

pub(super) fn operations(api: &mut Api) {
    api.post("/v1/editorial/articles/{id}/amend", "amend_article", amend)
        .told(
            Tag::Publishing,
            "Amend what readers see",
            "Applies `patch` to the live revision and publishes that as a new revision, while the working copy stays \
             open. The same changes are made in the working copy where it left the blocks and members as they were; \
             `conflicts` and `member_conflicts` name the others. A `correction` is told at once, and counts as an \
             update.",
        )
        .asks(Action::PublishArticles)
        .refuses(&[Code::NotPublishable, Code::Conflict, Code::SlugTaken]);
}

/// An article after an amendment of what readers see.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AmendedArticle)]
struct AmendedOut {
    #[serde(flatten)]
    article: ArticleOut,
    /// The blocks that the working copy has otherwise, and that stay so.
    #[schema(max_items = 1000)]
    conflicts: Vec<BlockId>,
    /// The members, the body aside, of which the same is true.
    #[schema(max_items = 19)]
    member_conflicts: Vec<Member>,
}

async fn amend(
    newsroom: Data<Newsroom>,
    settings: Data<Settings>,
    IfMatch(seen): IfMatch,
    Write { asked, said: order }: Write<Amend>,
    article: At<ArticleId>,
) -> Result<Wrote<Changed<AmendedOut>>, Problem> {
    let id = article.one()?;
    let written = newsroom.write(asked, move |cx| {
        let now = cx.now;
        Ok(articles::amend(cx, id, seen, &order)?.map(|Amended { copy, conflicts, member_conflicts }| {
            let tag = tag(&copy.article, now);
            let article = ArticleOut::of(copy, &settings, now);
            Reply::changed(tag, AmendedOut { article, conflicts, member_conflicts })
        }))
    });
    Ok(written.await?.into())
}
