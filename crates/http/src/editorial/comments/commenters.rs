//! `/v1/editorial/commenters`: what is kept of one commenter is told, and forgotten.

use actix_web::HttpRequest;
use actix_web::web::Data;
use domain::comment::email::CommenterEmail;
use domain::id::CommentId;
use domain::policy::Action;
use newsroom::Newsroom;
use newsroom::comments::{By, Forgotten, Remembered, Told};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::comment_out::CommentOut;
use super::queue::{CommenterOut, EditOut};
use crate::api::Api;
use crate::api::tag::Tag;
use crate::problem::Problem;
use crate::read::body::Said;
use crate::read::members::{Input, Members, Room};
use crate::read::request::{SignedIn, origin};
use crate::reply::done::Fresh;

pub(super) fn operations(api: &mut Api) {
    api.post("/v1/editorial/commenters/export", "export_commenter", export)
        .told(
            Tag::Comments,
            "Tell all that is kept of a commenter",
            "By their email address, in any spelling of the same mailbox. It stands in the body and not in the address, which \
             is logged. Up to 200 comments at a time, the oldest first: where `more_after` is not `null`, there are more, which \
             are told if it is given back as `after`. Nothing of the answer is kept for a repeat.",
        )
        .asks(Action::ForgetCommenters);
    api.post("/v1/editorial/commenters/erase", "erase_commenter", erase)
        .told(
            Tag::Comments,
            "Forget a commenter",
            "Names, texts, addresses and hashes are gone for good from all their comments; where readers see replies, an empty \
             place stays above them. Done again, it finds nothing.",
        )
        .asks(Action::ForgetCommenters);
}

/// Whom it is about.
struct Whom(CommenterEmail);

impl Input for Whom {
    const NAME: Option<&'static str> = Some("CommenterNamed");
    const ABOUT: Option<&'static str> = Some("A commenter, by their email address.");
    const ROOM: Room = Room::Small;

    fn read(members: &mut Members) -> Option<Self> {
        members.required("email", CommenterEmail::parse).map(Self)
    }
}

/// Whom it is about, and where what is told begins.
struct ToTell {
    email: CommenterEmail,
    after: Option<CommentId>,
}

impl Input for ToTell {
    const NAME: Option<&'static str> = Some("CommenterExport");
    const ABOUT: Option<&'static str> = Some("A commenter, by their email address.");
    const ROOM: Room = Room::Small;

    fn read(members: &mut Members) -> Option<Self> {
        let email = members.required("email", CommenterEmail::parse);
        let about = "The comment behind which it begins: `more_after` of what was told before.";
        let after = members.about(about).text("after", CommentId::parse).or(None);
        Some(Self { email: email?, after })
    }

    fn example() -> Option<Value> {
        Some(json!({"email": "ines@post.example"}))
    }
}

/// What is kept of a commenter.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RememberedCommenter)]
struct ToldOut {
    /// Their comments, the oldest first.
    data: Vec<RememberedOut>,
    /// The last of these, where there are more behind it; `null` where these are all.
    more_after: Option<CommentId>,
}

/// A comment with all that is kept of it.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = RememberedComment)]
struct RememberedOut {
    /// It.
    comment: CommentOut,
    /// What it said before its writer changed it, oldest first.
    edits: Vec<EditOut>,
    /// Who wrote it.
    commenter: CommenterOut,
}

/// What was forgotten.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ForgottenCommenter)]
struct ForgottenOut {
    /// How many comments.
    #[schema(minimum = 0, examples(30))]
    comments: usize,
}

async fn export(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    Said { said: ToTell { email, after }, .. }: Said<ToTell>,
    request: HttpRequest,
) -> Result<Fresh<ToldOut>, Problem> {
    let by = By::Admin(actor, origin(&request)?);
    let Told { comments, more_after } = newsroom.export_commenter(by, &email, after).await?;
    let out = comments.into_iter().map(|Remembered { comment, private, edits }| RememberedOut {
        comment: comment.into(),
        edits: edits.into_iter().map(EditOut::from).collect(),
        commenter: private.into(),
    });
    Ok(Fresh(ToldOut { data: out.collect(), more_after }))
}

async fn erase(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    Said { said: Whom(email), .. }: Said<Whom>,
    request: HttpRequest,
) -> Result<Fresh<ForgottenOut>, Problem> {
    let by = By::Admin(actor, origin(&request)?);
    let Forgotten { comments } = newsroom.forget_commenter(by, &email).await?;
    Ok(Fresh(ForgottenOut { comments }))
}
