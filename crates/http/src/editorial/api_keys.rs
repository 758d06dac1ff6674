//! `/v1/editorial/api-keys`: with what programs act for the newsroom.

use actix_web::HttpRequest;
use actix_web::web::Data;
use domain::api_key::{ApiKey, ApiKeyName, ApiKeyState};
use domain::id::{ApiKeyId, UserId};
use domain::json::FromJson;
use domain::policy::Action;
use domain::scope::Scopes;
use domain::time::Moment;
use domain::user::Role;
use identity::api_key;
use newsroom::Newsroom;
use newsroom::admin::{self, ApiKeyPatch, NewApiKey};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::leaf::Leaf;
use crate::api::Api;
use crate::api::operation::Verb;
use crate::api::shape;
use crate::api::tag::Tag;
use crate::problem::Problem;
use crate::read::conditional::IfMatch;
use crate::read::members::{Input, Members};
use crate::read::path::At;
use crate::read::query::Asked;
use crate::read::request::{SignedIn, Write};
use crate::reply::tag_of;
use crate::reply::told::{Told, ToldPage};
use crate::reply::wrote::{Changed, Gone, Reply, Revealed, Wrote, drew};
use crate::settings::Settings;

pub(super) fn operations(api: &mut Api) {
    api.get("/v1/editorial/api-keys", "list_api_keys", list)
        .told(
            Tag::Administration,
            "List API keys",
            "Newest first, whatever became of them; without the keys themselves, which only those have who made them.",
        )
        .asks(Action::ManageApiKeys);
    api.post("/v1/editorial/api-keys", "create_api_key", create)
        .told(
            Tag::Administration,
            "Make an API key",
            "With it a program acts as you, in this role and as far as its scopes go: for 90 days or as said, at most 366. \
             Nobody gives more rights than they have. The key is shown this once: a repeat by `Idempotency-Key` has `null` \
             there. It is sent as `Authorization: Bearer mh_…`.",
        )
        .asks(Action::ManageApiKeys);
    api.get("/v1/editorial/api-keys/{id}", "read_api_key", read)
        .told(
            Tag::Administration,
            "Read an API key",
            "What it may do, until when, and when it was last used.",
        )
        .asks(Action::ManageApiKeys);
    api.on(Verb::Patch, "/v1/editorial/api-keys/{id}", "change_api_key", change)
        .told(
            Tag::Administration,
            "Change an API key",
            "Its name, its scopes and its end count from its next request on. One that was taken back is not there.",
        )
        .asks(Action::ManageApiKeys);
    api.on(Verb::Delete, "/v1/editorial/api-keys/{id}", "revoke_api_key", revoke)
        .told(Tag::Administration, "Take an API key back", "It counts no more, at once and on every node.")
        .asks(Action::ManageApiKeys);
}

/// An API key.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ApiKey)]
struct ApiKeyOut {
    id: ApiKeyId,
    /// The key itself; shown once, when it is made, and `null` ever after.
    #[schema(
        max_length = 75,
        examples("mh_9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a0829d3c1b7")
    )]
    key: Option<String>,
    name: ApiKeyName,
    /// Who made it, and as whom it acts.
    owner: UserId,
    role: Role,
    scopes: Scopes,
    /// What has become of it.
    state: ApiKeyState,
    created_at: Moment,
    expires_at: Moment,
    /// When it was last used, to the minute.
    last_used_at: Option<Moment>,
    revoked_at: Option<Moment>,
}

impl ApiKeyOut {
    fn of(key: ApiKey, now: Moment) -> Self {
        let state = key.state(now);
        let ApiKey {
            id,
            version: _,
            name,
            owner,
            role,
            scopes,
            created_at,
            expires_at,
            last_used_at,
            revoked_at,
        } = key;
        Self {
            id,
            key: None,
            name,
            owner,
            role,
            scopes,
            state,
            created_at,
            expires_at,
            last_used_at,
            revoked_at,
        }
    }
}

impl Input for NewApiKey {
    const NAME: Option<&'static str> = Some("NewApiKey");
    const ABOUT: Option<&'static str> = Some("An API key to be made.");

    fn read(members: &mut Members) -> Option<Self> {
        let name = members.required("name", ApiKeyName::parse);
        let role =
            members.about("As what it acts; in your own role unless told.").lasting_text("role", Role::parse);
        let scopes = members.required_by("scopes", shape::reference::<Scopes>, |value| {
            Scopes::from_json(value).map_err(|faults| faults.below("/scopes"))
        });
        let expires_at = members
            .about("Until when it counts: for 90 days unless told, at most 366.")
            .lasting_text("expires_at", Moment::parse);
        Some(Self { name: name?, role: role.or(None), scopes: scopes?, expires_at: expires_at.or(None) })
    }

    fn example() -> Option<Value> {
        Some(json!({"name": "Import from the wire", "role": "editor", "scopes": ["read", "write"]}))
    }
}

impl Input for ApiKeyPatch {
    const NAME: Option<&'static str> = Some("ApiKeyPatch");
    const ABOUT: Option<&'static str> =
        Some("What of an API key is to be different; what is left out stays.");

    fn read(members: &mut Members) -> Option<Self> {
        Some(Self {
            name: members.lasting_text("name", ApiKeyName::parse),
            scopes: members.value("scopes"),
            expires_at: members
                .about("Until when it counts: at most 366 days from now.")
                .lasting_text("expires_at", Moment::parse),
        })
    }

    fn example() -> Option<Value> {
        Some(json!({"name": "Import from the wire", "scopes": ["read"]}))
    }
}

async fn list(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    Asked(leaf): Asked<Leaf>,
    settings: Data<Settings>,
    request: HttpRequest,
) -> Result<ToldPage<ApiKeyOut>, Problem> {
    let from = leaf.from(&settings, &request, ApiKeyId::parse)?;
    let limit = leaf.reach();
    let data = newsroom
        .read(actor, move |tx, actor, now| {
            let found = admin::api_keys(tx, &actor, from, limit)?;
            Ok(found.into_iter().map(|key| ApiKeyOut::of(key, now)).collect())
        })
        .await?;
    Ok(leaf.page(&settings, &request, from.as_ref(), data, |key| key.id))
}

async fn create(
    newsroom: Data<Newsroom>,
    Write { asked, said: new }: Write<NewApiKey>,
) -> Result<Wrote<Revealed<ApiKeyOut>>, Problem> {
    let secret = drew(api_key::ApiKey::draw())?;
    let hash = secret.hash();
    let written = newsroom.write(asked, move |cx| {
        let now = cx.now;
        Ok(admin::make_api_key(cx, &new, hash)?.map(|key| ApiKeyOut::of(key, now)))
    });
    Ok(Wrote::revealing(written.await?, |made| made.key = Some(secret.reveal().to_owned())))
}

async fn read(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    _: Asked<()>,
    key: At<ApiKeyId>,
) -> Result<Told<ApiKeyOut>, Problem> {
    let id = key.one()?;
    let (version, key) = newsroom
        .read(actor, move |tx, actor, now| {
            let key = admin::api_key(tx, &actor, id)?;
            Ok((key.version, ApiKeyOut::of(key, now)))
        })
        .await?;
    // Its use is noted without a new version of it.
    Ok(Told::of_version(&tag_of(version), key)?)
}

async fn change(
    newsroom: Data<Newsroom>,
    IfMatch(seen): IfMatch,
    Write { asked, said: patch }: Write<ApiKeyPatch>,
    key: At<ApiKeyId>,
) -> Result<Wrote<Changed<ApiKeyOut>>, Problem> {
    let id = key.one()?;
    let written = newsroom.write(asked, move |cx| {
        let now = cx.now;
        let changed = admin::change_api_key(cx, id, seen, &patch)?;
        Ok(changed.map(|key| Reply::changed(tag_of(key.version), ApiKeyOut::of(key, now))))
    });
    Ok(written.await?.into())
}

async fn revoke(
    newsroom: Data<Newsroom>,
    Write { asked, said: () }: Write<()>,
    key: At<ApiKeyId>,
) -> Result<Wrote<Gone>, Problem> {
    let id = key.one()?;
    let written = newsroom.write(asked, move |cx| Ok(admin::revoke_api_key(cx, id)?.map(|()| Reply::gone())));
    Ok(written.await?.into())
}
