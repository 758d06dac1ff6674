//! One operation in the document.

use domain::feed::FeedFormat;
use domain::photo::variant::Variant;
use domain::policy::Action;
use serde_json::{Map, Value, json};

use super::examples::example;
use super::responses;
use super::schemas::{Direction, Schemas};
use crate::api::operation::{Access, Header, Operation, Success};
use crate::api::shape::{Asked, Presence};

/// The Operation Object (OpenAPI 3.1, 4.8.10).
pub(super) fn described(operation: &Operation, schemas: &mut Schemas) -> Value {
    let Operation { tag, id, summary, description, access, action, query, body, headers_in, .. } = operation;
    let mut parameters = path_parameters(operation.path);
    parameters.extend(query.asked.iter().map(|asked| query_parameter(asked, schemas)));
    parameters.extend(headers_in.iter().map(|name| header_parameter(name, *access)));
    let mut told = json!({
        "operationId": id,
        "tags": [tag.name()],
        "summary": summary,
        "description": description,
        "parameters": parameters,
        "responses": answers(operation, schemas),
        "security": match access {
            Access::Anyone => json!([]),
            Access::Holder => json!([{"edit_token": []}]),
            Access::SignedIn if action.and_then(Action::scope).is_some() => {
                json!([{"session": []}, {"api_key": []}])
            }
            Access::SignedIn => json!([{"session": []}]),
        },
    });
    if let Some(action) = action {
        told["x-action"] = json!(action.code());
        if let Some(scope) = action.scope() {
            told["x-scope"] = json!(scope.name());
        }
    }
    if let Some(body) = body {
        let schema = schemas.directed(&body.schema, Direction::In);
        let example = example(&schema, schemas);
        told["requestBody"] = json!({
            "required": body.required,
            "content": {body.media_type: {"schema": schema, "example": example}},
        });
    }
    told
}

fn path_parameters(path: &str) -> Vec<Value> {
    // The format of a feed stands behind its name in one segment.
    let names = path.split('{').skip(1).filter_map(|part| part.split_once('}'));
    names
        .map(|(name, _)| name)
        .map(|name| {
            let (description, schema) = segment(path, name);
            json!({"name": name, "in": "path", "required": true, "description": description, "schema": schema})
        })
        .collect()
}

/// What a parameter of a path is.
fn segment(path: &str, name: &str) -> (&'static str, Value) {
    let id = json!({"type": "string", "format": "uuid", "example": "01970000-0000-7000-8000-000000000001"});
    let slug = json!({
        "type": "string", "minLength": 1, "maxLength": 120,
        "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "example": "harbour-talks-resume",
    });
    match name {
        "n" => (
            "The number of the revision.",
            json!({"type": "integer", "minimum": 1, "maximum": 2_147_483_647, "example": 1}),
        ),
        "name" => ("The id of the thing, or its slug.", slug),
        "slug" => ("The slug of the thing.", slug),
        "code" => (
            "The code of the problem.",
            json!({
                "type": "string", "minLength": 1, "maxLength": 60, "pattern": "^[a-z_]+$", "example": "not_found",
            }),
        ),
        "token" => (
            "The token of the link.",
            json!({
                "type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[A-Za-z0-9_-]+$", "example": "bGluaw",
            }),
        ),
        "hash" => (
            "The hash that the address of the rendition carries.",
            json!({"type": "string", "minLength": 64, "maxLength": 64, "pattern": "^[0-9a-f]{64}$", "example": "0".repeat(64)}),
        ),
        "variant" => (
            "Which rendition.",
            json!({"type": "string", "enum": Variant::ALL.iter().map(|variant| variant.name()).collect::<Vec<_>>(), "example": "w640.webp"}),
        ),
        "format" => (
            "The format of the feed.",
            json!({"type": "string", "enum": FeedFormat::ALL.iter().map(|format| format.name()).collect::<Vec<_>>(), "example": "rss"}),
        ),
        "part" => (
            "Which part: a month of publication, and a number behind it where the month has several.",
            json!({"type": "string", "minLength": 7, "maxLength": 18, "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])(-[1-9][0-9]{0,9})?$", "example": "2026-01"}),
        ),
        "spot" => (
            "`lead`, or the id of a photo block.",
            json!({"type": "string", "minLength": 1, "maxLength": 40, "pattern": "^[A-Za-z0-9_-]+$", "example": "lead"}),
        ),
        _ if path.contains("/photos/") || path.starts_with("/media/") => ("The id of the photo.", id),
        _ if path.ends_with("/comments/{cid}") || path.contains("/comments/{id}") => {
            ("The id of the comment.", id)
        }
        "cid" => ("The id of the correction.", id),
        "tid" => ("The id of the link.", id),
        _ if path.contains("/api-keys/") => ("The id of the API key.", id),
        _ if path.contains("/articles/") => ("The id of the article.", id),
        _ => ("The id of the thing.", id),
    }
}

fn query_parameter(asked: &Asked, schemas: &mut Schemas) -> Value {
    let Asked { name, schema, presence, about } = asked;
    let schema = schemas.directed(schema, Direction::In);
    let mut parameter = json!({
        "name": name,
        "in": "query",
        "required": *presence == Presence::Required,
        "description": about.unwrap_or_else(|| meaning(name)),
        "schema": schema,
    });
    if parameter["schema"]["type"] == "array" {
        parameter["style"] = json!("form");
        parameter["explode"] = json!(false);
    }
    parameter
}

/// What a parameter of a query means, where its name alone does not say it.
fn meaning(name: &str) -> &'static str {
    match name {
        "limit" => "Most items of a page. More than fit are refused, never cut in silence.",
        "wait" => {
            "For how many seconds to wait until something changes, where nothing has; an empty page then."
        }
        "from" => "Where to begin without a cursor: with the first change, or with what changes from now on.",
        "cursor" => "Where the page begins, as an earlier page of the same query told it.",
        "count" => "Whether `page.total` is counted.",
        "sort" => "The order; `-` is newest or greatest first.",
        "body" => "Whether the blocks of the body are told; without them `body` is `null`.",
        "include" => "What else is told, each in a member of its own that is `null` otherwise.",
        "q" => "Words that are looked for.",
        "section" => "Only in this section or one below it.",
        "tag" => "Only with this tag, or with all of these.",
        "contributor" => "Only by this contributor.",
        "kind" => "Only of this kind.",
        "language" => "Only in this language.",
        "published_after" => "Only published after this instant.",
        "published_before" => "Only published before this instant.",
        "updated_after" => "Only changed after this instant.",
        "slug" => "Only with one of these slugs, present or former.",
        "id" => "Only these.",
        "stage" => "Only at this stage.",
        "publication" => "Only in this state of publication now.",
        "owner" => "Only of this owner.",
        "actor" => "Only what this user did.",
        "subject" => "Only what was done to this thing: a kind and an id, with a colon between.",
        "against" => "The number of the revision to compare with.",
        "creator" => "Only by somebody of this name, in any case.",
        "agency" => "Only through the hands of an organization of this name, in any case.",
        "taken_after" => "Only taken on this day or later.",
        "taken_before" => "Only taken on this day or earlier.",
        "used" => "Only those that an article uses, or that none does.",
        "missing" => "Only those that lack all of these.",
        "state" => "Only in one of these states.",
        "step" => "Only about which this step decided.",
        "article" => "Only about this article.",
        "reported" => "Only those that readers reported since a moderator last decided, or that nobody did.",
        "commenter_of" => "Only by who wrote this comment.",
        "rights_end_before" => "Only those whose use ends before this instant.",
        "expires" => "Until when a signed address holds, in seconds since 1970.",
        "signature" => "The signature of a signed address.",
        _ => "Narrows the answer.",
    }
}

fn header_parameter(name: &str, access: Access) -> Value {
    let (required, description, schema) = match name {
        "If-Match" => (
            true,
            "The `ETag` that the caller last saw, or `*` to overwrite whatever is there.",
            json!({"type": "string", "maxLength": 100, "pattern": "^(\\*|\"[0-9]{1,18}(\\.[a-z0-9_]+)*\")$", "example": "\"4\""}),
        ),
        // Who has not signed in shares the keys with everybody, so theirs must be such as nobody else draws.
        "Idempotency-Key" if access == Access::Anyone => (
            false,
            "The same key and request within 24 hours get the same answer, and the work is done once. A UUID, drawn anew for each.",
            json!({"type": "string", "format": "uuid", "minLength": 36, "maxLength": 36, "example": "6f1f64a2-6a0e-4b57-9c5e-0f6f0f6f1d2a"}),
        ),
        "Idempotency-Key" => (
            false,
            "The same key, caller and request within 24 hours get the same answer, and the work is done once.",
            json!({"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$", "example": "d5a5f2f6"}),
        ),
        "Range" => (
            false,
            "The octets that are asked for, one range of them (RFC 9110, 14.2). Of several, all of it is answered.",
            json!({"type": "string", "maxLength": 100, "example": "bytes=0-1023"}),
        ),
        "If-Range" => (
            false,
            "The `ETag` of the answer of which the client has a part: all of it where it is another by now.",
            json!({"type": "string", "maxLength": 100, "example": "\"5d41402abc4b2a76b9719d911017c592\""}),
        ),
        "Last-Event-ID" => (
            false,
            "The `id` of the last event that the client has: it goes on behind that. Browsers send it by themselves.",
            json!({"type": "string", "maxLength": 512, "example": "AAY0bXF2wABlNTBhY2U"}),
        ),
        _ => (
            false,
            "The `ETag` of the answer that the caller has: 304 where it is still that.",
            // A list of none is a list (RFC 9110, 5.6.1.2), and matches nothing.
            json!({"type": "string", "example": "\"4\""}),
        ),
    };
    json!({"name": name, "in": "header", "required": required, "description": description, "schema": schema})
}

fn answers(operation: &Operation, schemas: &mut Schemas) -> Value {
    let mut answers = Map::new();
    for success in &operation.successes {
        let answer = answer(success, schemas);
        match answers.get_mut(&success.status.to_string()) {
            // The same in another format.
            Some(told) => {
                let formats = answer["content"].as_object().into_iter().flatten();
                formats.for_each(|(media_type, format)| told["content"][media_type] = format.clone());
            }
            None => {
                answers.insert(success.status.to_string(), answer);
            }
        }
    }
    for status in responses::statuses(&operation.refusals) {
        answers.insert(status.as_str().to_owned(), responses::reference(status, &operation.refusals));
    }
    Value::Object(answers)
}

fn answer(success: &Success, schemas: &mut Schemas) -> Value {
    let Success { status: _, description, content, headers } = success;
    let headers: Map<_, _> = headers.iter().map(|header| described_header(*header)).collect();
    let mut answer = json!({"description": description});
    if !headers.is_empty() {
        answer["headers"] = Value::Object(headers);
    }
    if let Some((media_type, schema)) = content {
        let schema = schemas.directed(schema, Direction::Out);
        let example = example(&schema, schemas);
        answer["content"] = json!({*media_type: {"schema": schema, "example": example}});
    }
    answer
}

fn described_header(header: Header) -> (String, Value) {
    let (name, description, required, schema) = match header {
        Header::ETag => (
            "ETag",
            "The strong tag of this answer.",
            true,
            json!({"type": "string", "pattern": "^\"[!-~]+\"$"}),
        ),
        Header::Location => ("Location", "Where it is.", true, json!({"type": "string", "format": "uri"})),
        Header::CacheControl => {
            ("Cache-Control", "How long it may be kept.", true, json!({"type": "string"}))
        }
        Header::SurrogateKey => (
            "Surrogate-Key",
            "The names under which caches keep it, apart by spaces.",
            true,
            json!({"type": "string"}),
        ),
        Header::LastModified => (
            "Last-Modified",
            "The last change of what is in it. What leaves it moves no date: whether a client has it, only the tag says.",
            false,
            json!({"type": "string"}),
        ),
        Header::Link => {
            ("Link", "The pages before and behind this one (RFC 8288).", false, json!({"type": "string"}))
        }
        Header::AcceptRanges => (
            "Accept-Ranges",
            "`bytes`: parts of it can be asked for.",
            true,
            json!({"type": "string", "enum": ["bytes"]}),
        ),
        Header::ContentRange => (
            "Content-Range",
            "Which octets these are, and of how many.",
            true,
            json!({"type": "string", "pattern": "^bytes [0-9]+-[0-9]+/[0-9]+$"}),
        ),
        Header::Vary => (
            "Vary",
            "The answer differs with the coding that the client takes, and so does its tag.",
            false,
            json!({"type": "string"}),
        ),
        Header::RateLimit => {
            let (about, schema) = responses::rate_limit();
            ("RateLimit", about, false, schema)
        }
        Header::RateLimitPolicy => {
            let (about, schema) = responses::rate_limit_policy();
            ("RateLimit-Policy", about, false, schema)
        }
        Header::Replayed => (
            "Idempotency-Replayed",
            "`true` where the answer was given before, to the same request.",
            false,
            json!({"type": "string", "enum": ["true"]}),
        ),
    };
    (name.to_owned(), json!({"description": description, "required": required, "schema": schema}))
}
