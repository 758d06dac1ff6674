//! What we send to webhooks, in the document: an entry for each type of event (OpenAPI 3.1, 4.8.1). They are operations of
//! others, so none of them is registered; the body is the type that is sent.

use domain::event::Audience;
use domain::webhook::payload::{Payload, PayloadData, Topic};
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::examples::example;
use super::schemas::{PREFIX, Schemas};
use crate::api::shape::{self, Components};
use crate::api::tag::Tag;
use crate::reply::JSON;

/// The headers that are sent, in the order of the contract.
const HEADERS: [&str; 3] = ["WebhookIdHeader", "WebhookTimestampHeader", "WebhookSignatureHeader"];

/// The body that is sent, whatever of.
pub(super) struct Sent {
    /// Its schema, by its name.
    pub(super) schema: Value,
    /// The schemas that it refers to.
    pub(super) components: Components,
}

impl Sent {
    /// As its type describes itself.
    pub(super) fn of_its_type() -> Self {
        let mut components = Components::default();
        Self { schema: shape::reference::<Payload>(&mut components), components }
    }
}

/// The entries, by the types of events.
pub(super) fn described(schemas: &Schemas) -> Value {
    let entries = Topic::all().map(|topic| (topic.name().to_owned(), json!({"post": entry(topic, schemas)})));
    Value::Object(entries.collect::<Map<_, _>>())
}

fn entry(topic: Topic, schemas: &Schemas) -> Value {
    let schema = body(topic, schemas);
    let example = example(&schema, schemas);
    let told = match (topic, topic.audience()) {
        (Topic::Test, _) => "Sent when an admin tries the webhook.",
        (_, Audience::Readers) => "Sent to webhooks that name no types, and to those that name this one.",
        (_, Audience::Newsroom) => "Sent to webhooks that name this type.",
    };
    json!({
        "operationId": format!("receive_{}", topic.name().replace('.', "_")),
        "tags": [Tag::Webhooks.name()],
        "summary": topic.name(),
        "description": format!("{} {told}", topic.meaning()),
        "security": [],
        "parameters": HEADERS.map(|name| json!({"$ref": format!("#/components/parameters/{name}")})),
        "requestBody": {"required": true, "content": {JSON: {"schema": schema, "example": example}}},
        "responses": answers(),
    })
}

/// The body of one type of event: it happens to things of one kind, each of which has an id.
fn body(topic: Topic, schemas: &Schemas) -> Value {
    let named = |name: &str| schemas.named(&format!("{PREFIX}{name}")).cloned().unwrap_or_default();
    let (mut whole, mut data) = (named(&Payload::name()), named(&PayloadData::name()));
    only(&mut data, "resource", topic.happens_to().name());
    let id = &mut data["properties"]["id"];
    (id["type"], id["description"]) = (json!("string"), json!("The id of what it happened to."));
    only(&mut whole, "type", topic.name());
    whole["properties"]["data"] = data;
    whole
}

/// Leaves a member one value.
fn only(schema: &mut Value, member: &str, value: &str) {
    let told = &mut schema["properties"][member];
    *told = json!({"type": "string", "enum": [value], "description": told["description"].take(), "example": value});
}

/// The headers of Standard Webhooks, which all entries share: by their names among the parameters of the document.
pub(super) fn headers() -> Value {
    let header = |name: &str, about: &str, schema: Value| json!({"name": name, "in": "header", "required": true, "description": about, "schema": schema});
    json!({
        HEADERS[0]: header(
            "webhook-id",
            "The event. A repetition has the same: what you have seen already needs nothing done.",
            json!({"type": "string", "format": "uuid", "example": "019ba157-1f00-7c3d-9a41-5b7e2f60d8a4"}),
        ),
        HEADERS[1]: header(
            "webhook-timestamp",
            "When it was signed, in seconds since 1970. Refuse what is more than five minutes from your clock.",
            json!({"type": "integer", "format": "int64", "minimum": 0, "example": 1_767_938_400}),
        ),
        HEADERS[2]: header(
            "webhook-signature",
            "`v1,` and the base64 of the HMAC-SHA-256 of id, timestamp and body, with a dot between them, by the secret of the \
             webhook; apart by spaces one for each secret that counts. One of them must be right.",
            json!({
                "type": "string", "maxLength": 200, "pattern": "^v1,[A-Za-z0-9+/]{43}=( v1,[A-Za-z0-9+/]{43}=)*$",
                "example": "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=",
            }),
        ),
    })
}

/// What becomes of it by the answer of the receiver.
fn answers() -> Value {
    json!({
        "2XX": {"description": "It was taken."},
        "410": {"description": "It is not sent again, and the webhook is switched off."},
        "default": {
            "description": "It is sent again, ever more seldom, for three days; so is what gets no answer within 10 seconds. \
                            Redirects are not followed. With 429 or 503, `Retry-After` (seconds or an instant) puts off all \
                            events to the webhook, for up to 12 hours.",
        },
    })
}
