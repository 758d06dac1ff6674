//! `/v1/editorial/articles/{id}/preview-tokens`: links to a working copy, made, listed and revoked.

use actix_web::HttpRequest;
use actix_web::web::Data;
use domain::article::content::change::Change;
use domain::id::{ArticleId, PreviewTokenId, UserId};
use domain::policy::Action;
use domain::preview::{Lasts, PreviewToken};
use domain::time::Moment;
use domain::violation::{Rule, Violation};
use identity::opaque::Preview;
use newsroom::{Newsroom, articles};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::leaf::Leaf;
use crate::api::Api;
use crate::api::operation::Verb;
use crate::api::tag::Tag;
use crate::problem::Problem;
use crate::read::members::{Input, Members};
use crate::read::path::At;
use crate::read::query::Asked;
use crate::read::request::{SignedIn, Write};
use crate::reply::told::ToldPage;
use crate::reply::wrote::{Gone, Reply, Revealed, Wrote, drawn};
use crate::settings::Settings;

pub(super) fn operations(api: &mut Api) {
    api.post("/v1/editorial/articles/{id}/preview-tokens", "create_preview_token", create)
        .told(
            Tag::Publishing,
            "Make a link to a working copy",
            "`GET /v1/preview/{token}` shows the working copy to whoever has the token, for 7 days or as said, at most \
             30. The token is shown this once: a repeat by `Idempotency-Key` has `null` there.",
        )
        .asks(Action::PreviewArticles);
    api.get("/v1/editorial/articles/{id}/preview-tokens", "list_preview_tokens", list)
        .told(
            Tag::Publishing,
            "List the links to a working copy",
            "Newest first, over ones and revoked ones too; without their tokens, which nobody has any more.",
        )
        .asks(Action::PreviewArticles);
    api.on(Verb::Delete, "/v1/editorial/articles/{id}/preview-tokens/{tid}", "revoke_preview_token", revoke)
        .told(Tag::Publishing, "Revoke a link to a working copy", "It shows nothing from now on.")
        .asks(Action::PreviewArticles);
}

/// A link to a working copy.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = PreviewToken)]
struct PreviewTokenOut {
    id: PreviewTokenId,
    /// What opens it; shown once, when it is made, and `null` ever after.
    #[schema(
        max_length = 68,
        examples("mhp_9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
    )]
    token: Option<String>,
    created_by: UserId,
    created_at: Moment,
    expires_at: Moment,
    revoked_at: Option<Moment>,
}

impl From<PreviewToken> for PreviewTokenOut {
    fn from(token: PreviewToken) -> Self {
        let PreviewToken { id, article: _, created_by, created_at, expires_at, revoked_at } = token;
        Self { id, token: None, created_by, created_at, expires_at, revoked_at }
    }
}

struct LastsIn(Lasts);

impl Input for LastsIn {
    const NAME: Option<&'static str> = Some("PreviewTokenOrder");
    const ABOUT: Option<&'static str> = Some("How long a link is to last; a week where nothing is said.");

    fn read(members: &mut Members) -> Option<Self> {
        let until = members.text("expires_at", Moment::parse);
        let seconds = members
            .about("For how many seconds the link is good.")
            .seconds("ttl_s", PreviewToken::LONGEST_LIFE);
        Some(Self(match (until, seconds) {
            (Change::Set(_), Change::Set(_)) => {
                members.fault("ttl_s", Violation::new(Rule::Inconsistent, "says again what expires_at says"));
                return None;
            }
            (Change::Set(end), _) => Lasts::Until(end),
            (_, Change::Set(seconds)) => Lasts::Seconds(seconds),
            (Change::Keep | Change::Clear, Change::Keep | Change::Clear) => Lasts::Usually,
        }))
    }

    fn example() -> Option<Value> {
        Some(json!({"ttl_s": 86400}))
    }
}

async fn create(
    newsroom: Data<Newsroom>,
    Write { asked, said: LastsIn(lasts) }: Write<LastsIn>,
    article: At<ArticleId>,
) -> Result<Wrote<Revealed<PreviewTokenOut>>, Problem> {
    let id = article.one()?;
    let secret = drawn::<Preview>()?;
    let hash = secret.hash();
    let written = newsroom
        .write(asked, move |cx| Ok(articles::make_preview(cx, id, lasts, hash)?.map(PreviewTokenOut::from)));
    Ok(Wrote::revealing(written.await?, |made| made.token = Some(secret.reveal().to_owned())))
}

async fn list(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    Asked(leaf): Asked<Leaf>,
    article: At<ArticleId>,
    settings: Data<Settings>,
    request: HttpRequest,
) -> Result<ToldPage<PreviewTokenOut>, Problem> {
    let from = leaf.from(&settings, &request, PreviewTokenId::parse)?;
    let limit = leaf.reach();
    let id = article.one()?;
    let found =
        newsroom.read(actor, move |tx, actor, _| articles::previews(tx, &actor, id, from, limit)).await?;
    let data = found.into_iter().map(PreviewTokenOut::from).collect();
    Ok(leaf.page(&settings, &request, from.as_ref(), data, |token| token.id))
}

async fn revoke(
    newsroom: Data<Newsroom>,
    Write { asked, said: () }: Write<()>,
    place: At<(ArticleId, PreviewTokenId)>,
) -> Result<Wrote<Gone>, Problem> {
    let (id, token) = place.both()?;
    let written =
        newsroom.write(asked, move |cx| Ok(articles::revoke_preview(cx, id, token)?.map(|()| Reply::gone())));
    Ok(written.await?.into())
}
