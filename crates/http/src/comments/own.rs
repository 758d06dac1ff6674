//! `/v1/articles/{name}/comments/{cid}`: a commenter changes a comment of their own, by the token that came with it.

use actix_web::dev::Payload;
use actix_web::http::header::AUTHORIZATION;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpRequest};
use domain::article::content::reference::Ref;
use domain::comment::state::CommentState;
use domain::comment::text::CommentText;
use domain::id::{ArticleId, CommentId};
use domain::time::Moment;
use identity::opaque::{CommentEdit, Secret, SecretHash};
use newsroom::Newsroom;
use newsroom::comments::{Proof, Submitted, change_own, withdraw_own};
use newsroom::error::Error;
use serde::Serialize;
use utoipa::ToSchema;

use crate::api::Api;
use crate::api::contract::Part;
use crate::api::operation::{Access, Operation, Verb};
use crate::api::tag::Tag;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::conditional::one;
use crate::read::members::{Input, Members, Room};
use crate::read::path::At;
use crate::read::request::Handed;
use crate::reply::wrote::{Gone, Kept, Reply, Wrote};

const ONE: &str = "/v1/articles/{name}/comments/{cid}";

pub(super) fn operations(api: &mut Api) {
    api.on(Verb::Patch, ONE, "change_own_comment", change)
        .told(
            Tag::Comments,
            "Change one's own comment",
            "With the `edit_token` as Bearer, which is good for this one comment until `editable_until`. The text is judged \
             as a new one is; what a moderator has approved waits for one again. A token of another comment, or too late, is \
             answered as a comment that is not there; who tries many has to wait.",
        )
        .refuses(&[Code::Withdrawn, Code::CommentsClosed, Code::DuplicateComment, Code::RateLimited]);
    api.on(Verb::Delete, ONE, "withdraw_own_comment", withdraw)
        .told(
            Tag::Comments,
            "Take one's own comment away",
            "With the `edit_token` as Bearer. It is gone at once and for good; where readers see replies to it, an empty \
             place stays above them.",
        )
        .refuses(&[Code::Withdrawn, Code::RateLimited]);
}

/// What lets its holder change one comment, as `Authorization: Bearer`.
pub(crate) struct EditToken(SecretHash);

impl FromRequest for EditToken {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        std::future::ready(edit_token(request))
    }
}

fn edit_token(request: &HttpRequest) -> Result<EditToken, Problem> {
    let header =
        one(request.headers(), &AUTHORIZATION)?.ok_or_else(|| Problem::new(Code::Unauthenticated))?;
    let secret = header
        .split_once(' ')
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .and_then(|(_, token)| Secret::<CommentEdit>::parse(token));
    let secret = secret.ok_or_else(|| Problem::new(Code::Unauthenticated).of_token())?;
    Ok(EditToken(secret.hash()))
}

impl Part for EditToken {
    fn describe(operation: &mut Operation) {
        operation.refuses(&[Code::Unauthenticated, Code::MalformedRequest]);
    }

    fn access() -> Access {
        Access::Holder
    }
}

/// A comment's text, changed.
struct ChangedText(CommentText);

impl Input for ChangedText {
    const NAME: Option<&'static str> = Some("CommentChange");
    const ABOUT: Option<&'static str> = Some("What a comment says from now on.");
    const ROOM: Room = Room::Letter;

    fn read(members: &mut Members) -> Option<Self> {
        members.required("body", CommentText::parse).map(Self)
    }
}

/// What became of a comment that was changed.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ChangedComment)]
struct ChangedOut {
    /// Its identity.
    id: CommentId,
    /// `visible`, or `pending` while a moderator has not seen it.
    state: CommentState,
    /// Until when it can be changed.
    editable_until: Moment,
}

async fn change(
    newsroom: Data<Newsroom>,
    EditToken(secret): EditToken,
    Handed { asked, said: ChangedText(text) }: Handed<ChangedText>,
    path: At<(Ref<ArticleId>, CommentId)>,
) -> Result<Wrote<Kept<ChangedOut>>, Problem> {
    let (article, id) = path.both()?;
    let proof = Proof { id, secret };
    let written = newsroom.write_for_writer(asked, move |cx| {
        let Submitted { id, state, editable_until } = change_own(cx, &article, &proof, &text)?;
        Ok::<_, Error>(Reply::kept(ChangedOut { id, state, editable_until }))
    });
    Ok(written.await?.into())
}

async fn withdraw(
    newsroom: Data<Newsroom>,
    EditToken(secret): EditToken,
    Handed { asked, said: () }: Handed<()>,
    path: At<(Ref<ArticleId>, CommentId)>,
) -> Result<Wrote<Gone>, Problem> {
    let (article, id) = path.both()?;
    let proof = Proof { id, secret };
    let written = newsroom
        .write_for_writer(asked, move |cx| withdraw_own(cx, &article, &proof).map(|()| Reply::gone()));
    Ok(written.await?.into())
}
