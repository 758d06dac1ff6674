//! What a site says of itself: what it is, its document, its public keys, the pages of problems, and that it lives.

use actix_web::body::BoxBody;
use actix_web::http::header::CACHE_CONTROL;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, Responder};
use delivery::site::PublicSite;
use newsroom::Newsroom;
use serde_json::{Value, json};

use crate::api::Api;
use crate::api::contract::Outcome;
use crate::api::document::Document;
use crate::api::operation::{Header, Operation, Success};
use crate::api::tag::Tag;
use crate::problem::Problem;
use crate::problem::catalogue::{self, Code};
use crate::read::path::At;
use crate::read::query::Asked;
use crate::read::reading::Reading;
use crate::reply::fixed::{Fixed, Kind};
use crate::reply::public::{SETTINGS, Shown};
use crate::reply::{JSON, octets};
use crate::settings::Settings;

pub(crate) fn operations(api: &mut Api) {
    api.get("/v1/site", "read_site", read).told(
        Tag::Delivery,
        "Read what the site is",
        "What a frontend must know to show it: what it is called and who publishes it, its languages and time zone, where its \
         articles are read, how credits of photos read, and what holds for comments where an article says nothing else.",
    );
    api.get("/openapi.json", "read_openapi", openapi).told(
        Tag::Site,
        "Read this document",
        "The contract of this API, in OpenAPI 3.1.",
    );
    api.get("/.well-known/jwks.json", "read_keys", keys).told(
        Tag::Site,
        "Read the public keys",
        "The keys that check access tokens, as a JWK set (RFC 7517).",
    );
    api.get("/problems/{code}", "read_problem", problem).told(
        Tag::Site,
        "Read about a problem",
        "The page to which the `type` of a problem leads.",
    );
    api.get("/health/live", "read_liveness", live).told(
        Tag::Site,
        "Ask whether the process lives",
        "One word.",
    );
    api.get("/health/ready", "read_readiness", ready)
        .told(
            Tag::Site,
            "Ask whether the node can serve",
            "One word, where the database answers within a second and, on PostgreSQL, its clock agrees with the node's. \
             503 from the moment at which the server is told to stop.",
        )
        .refuses(&[Code::NotReady]);
}

/// A page for people.
enum Html {}

impl Kind for Html {
    const MEDIA_TYPE: &'static str = "text/html; charset=utf-8";
    const CACHE: &'static str = "public, max-age=3600";

    fn schema() -> Value {
        json!({"type": "string", "maxLength": 1_048_576, "description": "A page for people.", "example": "<!doctype html>"})
    }
}

/// The contract of the API.
enum Contract {}

impl Kind for Contract {
    const MEDIA_TYPE: &'static str = JSON;
    const CACHE: &'static str = "public, max-age=60";

    fn schema() -> Value {
        json!({
            "type": "object",
            "description": "An OpenAPI document, version 3.1.",
            "required": ["openapi", "info", "paths"],
            "properties": {
                "openapi": {"type": "string", "maxLength": 20, "description": "The version of OpenAPI.", "example": "3.1.0"},
                "info": {
                    "type": "object", "description": "What the API is.", "additionalProperties": true,
                    "example": {"title": "Masthead"},
                },
                "paths": {
                    "type": "object", "description": "Its operations.", "additionalProperties": true, "example": {},
                },
            },
            "additionalProperties": true,
        })
    }
}

/// Public keys.
enum Keys {}

impl Kind for Keys {
    const MEDIA_TYPE: &'static str = JSON;
    const CACHE: &'static str = "public, max-age=300";

    fn schema() -> Value {
        let member = |about: &str, value: &str| json!({"type": "string", "maxLength": 100, "description": about, "example": value});
        let key = json!({
            "type": "object",
            "required": ["kty", "crv", "x", "kid", "alg", "use"],
            "properties": {
                "kty": member("The family of the key.", "OKP"),
                "crv": member("Its curve.", "Ed25519"),
                "x": member("The key itself, in base64url.", "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"),
                "kid": member("Its name, which tokens carry in their header.", "0001-3f1c9a7be20d4458"),
                "alg": member("How it signs.", "EdDSA"),
                "use": member("What it is for.", "sig"),
            },
        });
        json!({
            "type": "object",
            "required": ["keys"],
            "properties": {
                "keys": {
                    "type": "array", "items": key, "maxItems": 10_000,
                    "description": "All keys whose tokens count, the one that signs first.",
                },
            },
        })
    }
}

async fn read(delivery: Reading, _: Asked<()>) -> Shown<PublicSite> {
    Shown::of(SETTINGS, delivery.site())
}

async fn openapi(contract: Data<Document>, _: Asked<()>) -> Fixed<Contract> {
    Fixed::new(contract.octets())
}

async fn keys(newsroom: Data<Newsroom>, _: Asked<()>) -> Result<Fixed<Keys>, Problem> {
    Ok(Fixed::new(octets(&newsroom.public_keys())?))
}

async fn problem(_: Asked<()>, code: At<String>) -> Result<Fixed<Html>, Problem> {
    let name = code.one()?;
    let code = Code::ALL.iter().find(|code| code.name() == name);
    let code = code.ok_or_else(|| Problem::new(Code::NotFound))?;
    Ok(Fixed::new(catalogue::page(*code).into_bytes()))
}

/// One word, never kept.
struct Word(&'static str);

impl Responder for Word {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        HttpResponse::Ok()
            .insert_header((CACHE_CONTROL, "no-store"))
            .content_type("text/plain; charset=utf-8")
            .body(self.0)
    }
}

impl Outcome for Word {
    fn describe(operation: &mut Operation) {
        let schema = json!({"type": "string", "maxLength": 20, "example": "live"});
        operation.successes.push(Success {
            status: 200,
            description: "It is.",
            content: Some(("text/plain", schema)),
            headers: vec![Header::CacheControl],
        });
    }
}

async fn live(_: Asked<()>) -> Word {
    Word("live")
}

async fn ready(settings: Data<Settings>, newsroom: Data<Newsroom>, _: Asked<()>) -> Result<Word, Problem> {
    if settings.leaving.has_begun() {
        return Err(Problem::new(Code::NotReady).because("the server is about to stop"));
    }
    newsroom.is_ready().await.map_err(|why| {
        tracing::warn!(%why, "not ready");
        Problem::new(Code::NotReady).because(why.to_string())
    })?;
    Ok(Word("ready"))
}
