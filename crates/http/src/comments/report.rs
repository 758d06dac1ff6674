//! `POST /v1/articles/{name}/comments/{cid}/reports`: a reader tells the moderators of a comment.

use actix_web::web::Data;
use domain::article::content::reference::Ref;
use domain::comment::ReportReason;
use domain::id::{ArticleId, CommentId};
use newsroom::Newsroom;
use newsroom::comments;

use crate::api::Api;
use crate::api::tag::Tag;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::members::{Input, Members, Room};
use crate::read::path::At;
use crate::read::request::Handed;
use crate::reply::wrote::{Gone, Reply, Wrote};

pub(super) fn operations(api: &mut Api) {
    api.post("/v1/articles/{name}/comments/{cid}/reports", "report_comment", report)
        .told(
            Tag::Comments,
            "Report a comment",
            "By anybody, from any page. Enough readers bring a comment back into the queue, out of sight of others; whoever \
             reports one again is not counted again.",
        )
        .refuses(&[Code::Withdrawn]);
}

/// Why a reader reports a comment.
struct Because(Option<ReportReason>);

impl Input for Because {
    const NAME: Option<&'static str> = Some("CommentReport");
    const ABOUT: Option<&'static str> = Some("Why a reader reports a comment.");
    const ROOM: Room = Room::Small;

    fn read(members: &mut Members) -> Option<Self> {
        Some(Self(members.text("reason", ReportReason::parse).or(None)))
    }
}

async fn report(
    newsroom: Data<Newsroom>,
    Handed { asked, said: Because(reason) }: Handed<Because>,
    path: At<(Ref<ArticleId>, CommentId)>,
) -> Result<Wrote<Gone>, Problem> {
    let (article, id) = path.both()?;
    let written = newsroom.write_for_reader(asked, move |cx| {
        comments::report(cx, &article, id, reason.as_ref()).map(|()| Reply::gone())
    });
    Ok(written.await?.into())
}
