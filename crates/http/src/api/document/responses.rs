//! The answers that are no success, in the document: one for each status, shared by the operations.

use std::collections::BTreeSet;

use actix_web::http::StatusCode;
use serde_json::{Map, Value, json};

use crate::api::shape::Presence;
use crate::problem::MEDIA_TYPE;
use crate::problem::catalogue::Code;

/// The statuses of these codes, in order.
pub(super) fn statuses(codes: &[Code]) -> BTreeSet<StatusCode> {
    codes.iter().map(|code| code.status()).collect()
}

/// The answer of one status, for an operation that answers these codes.
pub(super) fn reference(status: StatusCode, codes: &[Code]) -> Value {
    let names: Vec<_> = codes
        .iter()
        .filter(|code| code.status() == status)
        .map(|code| format!("`{}`", code.name()))
        .collect();
    json!({
        "$ref": format!("#/components/responses/Problem{}", status.as_u16()),
        "description": names.join(", "),
    })
}

/// All of them.
pub(super) fn components() -> Value {
    let components: Map<_, _> = statuses(Code::ALL)
        .into_iter()
        .map(|status| (format!("Problem{}", status.as_u16()), component(status)))
        .collect();
    Value::Object(components)
}

fn component(status: StatusCode) -> Value {
    let codes: Vec<_> = Code::ALL.iter().filter(|code| code.status() == status).collect();
    let meanings: Vec<_> =
        codes.iter().map(|code| format!("`{}`: {}", code.name(), code.meaning())).collect();
    let mut headers = Map::new();
    let mut header = |name: &str, description: &str, required: Presence, schema: Value| {
        let required = required == Presence::Required;
        headers.insert(
            name.to_owned(),
            json!({"description": description, "required": required, "schema": schema}),
        );
    };
    if status == StatusCode::UNAUTHORIZED {
        header("WWW-Authenticate", "How to say who one is.", Presence::Required, json!({"type": "string"}));
    }
    if matches!(status, StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE) {
        let seconds = json!({"type": "integer", "minimum": 0});
        header("Retry-After", "Seconds to wait.", Presence::Required, seconds);
    }
    if status == StatusCode::TOO_MANY_REQUESTS {
        let ((limit, of_limit), (policy, of_policy)) = (rate_limit(), rate_limit_policy());
        header("RateLimit", limit, Presence::Optional, of_limit);
        header("RateLimit-Policy", policy, Presence::Optional, of_policy);
    }
    let mut component = json!({
        "description": meanings.join("\n\n"),
        "content": {MEDIA_TYPE: {
            "schema": {"$ref": "#/components/schemas/Problem"},
            "example": codes.first().map(|code| example(**code)),
        }},
    });
    if !headers.is_empty() {
        component["headers"] = Value::Object(headers);
    }
    component
}

/// What a client has left.
pub(super) fn rate_limit() -> (&'static str, Value) {
    let about = "How many more requests of this kind the client may send (`r`) until so many seconds are over (`t`), by the \
                 draft of the IETF; absent where the site sets no limit, or where another rule asks to wait.";
    (about, json!({"type": "string", "pattern": "^\"[a-z_]+\";r=[0-9]+;t=[0-9]+$"}))
}

/// What a client has in a minute.
pub(super) fn rate_limit_policy() -> (&'static str, Value) {
    let about = "How many requests of this kind (`q`) a client may send in so many seconds (`w`).";
    (about, json!({"type": "string", "pattern": "^\"[a-z_]+\";q=[0-9]+;w=[0-9]+$"}))
}

fn example(code: Code) -> Value {
    let mut example = json!({
        "type": format!("https://cms.news.example/problems/{}", code.name()),
        "title": code.title(),
        "status": code.status().as_u16(),
        "detail": code.meaning(),
        "instance": "urn:uuid:01970000-0000-7000-8000-000000000009",
        "code": code.name(),
    });
    if code == Code::ValidationFailed {
        example["errors"] = json!([
            {"pointer": "/body/2/content/0/text", "code": "too_long", "detail": "at most 5000 fit", "limit": 5000},
            {"parameter": "limt", "code": "unknown_parameter", "detail": "is not known; did you mean `limit`?"},
        ]);
    }
    example
}
