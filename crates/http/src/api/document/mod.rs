//! The OpenAPI document (version 3.1), made of the operations once per process.

mod examples;
mod limits;
mod operations;
mod problem;
mod responses;
mod schemas;
mod telling;
mod webhooks;

use std::sync::OnceLock;

use serde_json::{Map, Value, json};

use self::schemas::Schemas;
use self::webhooks::Sent;
use super::operation::Listing;
use super::tag::Tag;

/// The document of this release.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Document(&'static OnceLock<String>);

/// Its text, once it is made.
static TEXT: OnceLock<String> = OnceLock::new();

impl Document {
    /// It is the same for every worker.
    pub(crate) const fn of_this_release() -> Self {
        Self(&TEXT)
    }

    /// Its text, which is made when somebody first asks for it: no start waits for that.
    pub(crate) fn text(self) -> &'static str {
        self.0.get_or_init(|| {
            // A document is plain data, whose JSON cannot fail.
            serde_json::to_string_pretty(&document()).unwrap_or_default() + "\n"
        })
    }

    /// Its octets.
    pub(crate) fn octets(self) -> &'static [u8] {
        self.text().as_bytes()
    }
}

fn document() -> Value {
    let mut operations = crate::operations().into_operations();
    operations.retain(|operation| operation.listing == Listing::Listed);
    let mut schemas = Schemas::of(&operations, &Sent::of_its_type());
    let mut paths = Map::new();
    for operation in &operations {
        let item = paths.entry(operation.path).or_insert_with(|| json!({}));
        item[operation.verb.name().to_lowercase()] = operations::described(operation, &mut schemas);
    }
    let tags: Vec<_> =
        Tag::ALL.iter().map(|tag| json!({"name": tag.name(), "description": tag.description()})).collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Masthead",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "A headless CMS for newsrooms.",
            "description": DESCRIPTION,
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": "/", "description": "The server that serves this document."}],
        "tags": tags,
        "paths": paths,
        "webhooks": webhooks::described(&schemas),
        "components": {
            "schemas": schemas.into_components(),
            "parameters": webhooks::headers(),
            "responses": responses::components(),
            "securitySchemes": {
                "api_key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "An API key (`mh_…`) that has the scope of the operation, which `x-scope` names.",
                },
                "edit_token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The `edit_token` that came with a comment, good for that comment alone.",
                },
                "session": {
                    "type": "http",
                    "scheme": "bearer",
                    "bearerFormat": "JWT",
                    "description": "The access token that signing in gives, good for 15 minutes.",
                },
            },
        },
    })
}

/// What holds for every operation.
const DESCRIPTION: &str = "Readers' frontends read under `/v1`; editors write under `/v1/editorial`, signed in by \
`/v1/auth/login`.\n\nA member of an answer is always there: what has no value is `null`, an empty list is `[]`. A change \
names the version that it is about in `If-Match`; without it the answer is 428, and 412 where somebody was faster. \
Everything else than success is a problem of RFC 9457 with a stable `code`. Lists are paged by cursors. \
Past its limit a client gets 429 and `Retry-After`; `RateLimit` tells whoever writes or is signed in what is left. Every editorial write takes \
`Idempotency-Key`, so that it can be sent again without being done again.";
