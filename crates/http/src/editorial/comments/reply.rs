//! What the newsroom says below a comment, and which it recommends.

use actix_web::web::Data;
use domain::comment::text::CommentText;
use domain::id::CommentId;
use domain::policy::Action;
use newsroom::Newsroom;
use newsroom::comments::{self, Recommended};

use super::Decided;
use super::comment_out::CommentOut;
use crate::api::Api;
use crate::api::operation::Verb;
use crate::api::tag::Tag;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::conditional::IfMatch;
use crate::read::members::{Input, Members};
use crate::read::path::At;
use crate::read::request::Write;
use crate::reply::tag_of;
use crate::reply::wrote::{Added, Reply, Wrote};

pub(super) fn operations(api: &mut Api) {
    api.post("/v1/editorial/comments/{id}/replies", "reply_to_comment", reply)
        .told(
            Tag::Comments,
            "Reply for the newsroom",
            "Under one's own name, marked as the newsroom's; readers see it at once, also where the thread takes no more of \
             theirs. Its tag is its own.",
        )
        .asks(Action::ReplyToComments)
        .refuses(&[Code::Conflict]);
    api.on(Verb::Put, "/v1/editorial/comments/{id}/feature", "feature_comment", feature)
        .told(Tag::Comments, "Recommend a comment", "One that readers see; `featured` tells them.")
        .asks(Action::ModerateComments)
        .refuses(&[Code::Conflict]);
    api.on(Verb::Delete, "/v1/editorial/comments/{id}/feature", "unfeature_comment", unfeature)
        .told(Tag::Comments, "Recommend a comment no longer", "It stays where it is.")
        .asks(Action::ModerateComments)
        .refuses(&[Code::Conflict]);
}

/// What the newsroom replies.
pub(in crate::editorial) struct ReplyIn(pub(in crate::editorial) CommentText);

impl Input for ReplyIn {
    const NAME: Option<&'static str> = Some("CommentReply");
    const ABOUT: Option<&'static str> = Some("What the newsroom replies to a comment.");

    fn read(members: &mut Members) -> Option<Self> {
        members.required("body", CommentText::parse).map(Self)
    }
}

async fn reply(
    newsroom: Data<Newsroom>,
    Write { asked, said: ReplyIn(text) }: Write<ReplyIn>,
    id: At<CommentId>,
) -> Result<Wrote<Added<CommentOut>>, Problem> {
    let id = id.one()?;
    let written = newsroom.write(asked, move |cx| {
        Ok(comments::reply(cx, id, &text)?
            .map(|comment| Reply::added(tag_of(comment.version), CommentOut::from(comment))))
    });
    Ok(written.await?.into())
}

async fn feature(newsroom: Data<Newsroom>, seen: IfMatch, order: Write<()>, id: At<CommentId>) -> Decided {
    recommend(&newsroom, seen, order, &id, Recommended::Yes).await
}

async fn unfeature(newsroom: Data<Newsroom>, seen: IfMatch, order: Write<()>, id: At<CommentId>) -> Decided {
    recommend(&newsroom, seen, order, &id, Recommended::No).await
}

async fn recommend(
    newsroom: &Newsroom,
    IfMatch(seen): IfMatch,
    Write { asked, said: () }: Write<()>,
    id: &At<CommentId>,
    recommended: Recommended,
) -> Decided {
    let id = id.one()?;
    let written = newsroom.write(asked, move |cx| {
        Ok(comments::recommend(cx, id, seen, recommended)?
            .map(|comment| Reply::changed(tag_of(comment.version), CommentOut::from(comment))))
    });
    Ok(written.await?.into())
}
