//! `/v1/editorial/commenters`: what is kept of one commenter is told, and forgotten.

use actix_web::HttpRequest;
use actix_web::web::Data;
use domain::comment::email::CommenterEmail;
use domain::policy::Action;
use newsroom::Newsroom;
use newsroom::comments::{By, Forgotten, Remembered};
use serde::Serialize;
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
use crate::reply::list::All;

pub(super) fn operations(api: &mut Api) {
    api.post("/v1/editorial/commenters/export", "export_commenter", export)
        .told(
            Tag::Comments,
            "Tell all that is kept of a commenter",
            "By their email address, in any spelling of the same mailbox. It stands in the body and not in the address, which \
             is logged. Nothing of the answer is kept for a repeat.",
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
    Said { said: Whom(email), .. }: Said<Whom>,
    request: HttpRequest,
) -> Result<Fresh<All<RememberedOut>>, Problem> {
    let by = By::Admin(actor, origin(&request)?);
    let told = newsroom.export_commenter(by, &email).await?;
    let out = told.into_iter().map(|Remembered { comment, private, edits }| RememberedOut {
        comment: comment.into(),
        edits: edits.into_iter().map(EditOut::from).collect(),
        commenter: private.into(),
    });
    Ok(Fresh(All { data: out.collect() }))
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
