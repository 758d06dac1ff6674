//! `/v1/editorial/comments`: what moderators read and decide.

mod bans;
mod batch;
mod comment_out;
mod commenters;
pub(super) mod policy;
mod queue;
pub(super) mod reply;

use actix_web::web::Data;
use domain::comment::DecisionReason;
use domain::comment::state::Verb as Decide;
use domain::id::CommentId;
use domain::policy::Action;
use newsroom::Newsroom;
use newsroom::comments::{self, Order};

use self::comment_out::CommentOut;
use crate::api::Api;
use crate::api::tag::Tag;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::conditional::IfMatch;
use crate::read::members::{Input, Members};
use crate::read::path::At;
use crate::read::request::Write;
use crate::reply::tag_of;
use crate::reply::wrote::{Changed, Reply, Wrote};

pub(super) fn operations(api: &mut Api) {
    queue::operations(api);
    batch::operations(api);
    decisions(api);
    reply::operations(api);
    bans::operations(api);
    commenters::operations(api);
    policy::operations(api);
}

fn decisions(api: &mut Api) {
    api.post("/v1/editorial/comments/{id}/approve", "approve_comment", approve)
        .told(Tag::Comments, "Show a comment", "Readers see it at once, and can reply to it.")
        .asks(Action::ModerateComments)
        .refuses(&[Code::Conflict]);
    api.post("/v1/editorial/comments/{id}/reject", "reject_comment", reject)
        .told(Tag::Comments, "Do not let a comment through", "The reason stays in the newsroom.")
        .asks(Action::ModerateComments)
        .refuses(&[Code::Conflict]);
    api.post("/v1/editorial/comments/{id}/spam", "mark_comment_as_spam", spam)
        .told(Tag::Comments, "Call a comment spam", "Readers do not see it.")
        .asks(Action::ModerateComments)
        .refuses(&[Code::Conflict]);
    api.post("/v1/editorial/comments/{id}/remove", "remove_comment", remove)
        .told(
            Tag::Comments,
            "Take a comment away",
            "Where readers see replies to it, an empty place stays above them.",
        )
        .asks(Action::ModerateComments)
        .refuses(&[Code::Conflict]);
}

/// Why a moderator decides so.
struct Because(Option<DecisionReason>);

impl Input for Because {
    const NAME: Option<&'static str> = Some("CommentDecision");
    const ABOUT: Option<&'static str> = Some("Why a moderator decides so, for the newsroom.");

    fn read(members: &mut Members) -> Option<Self> {
        Some(Self(members.text("reason", DecisionReason::parse).or(None)))
    }
}

type Decided = Result<Wrote<Changed<CommentOut>>, Problem>;

/// Makes the handler of a decision.
macro_rules! decision {
    ($name:ident: $verb:expr) => {
        async fn $name(
            newsroom: Data<Newsroom>,
            seen: IfMatch,
            because: Write<Because>,
            id: At<CommentId>,
        ) -> Decided {
            decide(&newsroom, seen, because, &id, $verb).await
        }
    };
}

decision!(approve: Decide::Approve);
decision!(reject: Decide::Reject);
decision!(spam: Decide::Spam);
decision!(remove: Decide::Remove);

async fn decide(
    newsroom: &Newsroom,
    IfMatch(seen): IfMatch,
    Write { asked, said: Because(reason) }: Write<Because>,
    id: &At<CommentId>,
    verb: Decide,
) -> Decided {
    let (id, order) = (id.one()?, Order { verb, reason });
    let written = newsroom.write(asked, move |cx| {
        Ok(comments::decide(cx, id, seen, &order)?
            .map(|comment| Reply::changed(tag_of(comment.version), CommentOut::from(comment))))
    });
    Ok(written.await?.into())
}
