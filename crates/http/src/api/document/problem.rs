//! The schema of problems, of which each code has some members.

use domain::article::withdrawal::WithdrawalReason;
use domain::slug::Slug;
use domain::violation::Rule;
use domain::web_url::WebUrl;
use serde_json::{Value, json};

use crate::problem::catalogue::Code;

/// Longest text for a person, and longest place of a fault: a pointer names members of ours, or one that was sent.
const SAID: usize = 4096;

/// A problem (RFC 9457) with the members that ours may have.
pub(super) fn problem() -> Value {
    let codes: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
    let rules: Vec<_> = Rule::ALL.iter().map(|rule| rule.code()).collect();
    let text = |description: &str, most: usize, example: &str| json!({"type": "string", "description": description, "maxLength": most, "example": example});
    let ids = |description: &str| json!({"type": "array", "maxItems": 100, "items": {"type": "string", "format": "uuid"}, "description": description});
    json!({
        "type": "object",
        "description": "An answer that is no success (RFC 9457). Beside the members that every problem has, some codes \
                        have their own.",
        "required": ["type", "title", "status", "detail", "instance", "code"],
        "properties": {
            "type": {
                "type": "string", "format": "uri", "maxLength": WebUrl::MAX_OCTETS,
                "description": "The page that explains the code.",
                "example": "https://cms.news.example/problems/validation_failed",
            },
            "title": text("What the code means, in a few words.", 100, "What was sent is wrong"),
            "status": {
                "type": "integer", "minimum": 400, "maximum": 599, "description": "The status of the answer.", "example": 422,
            },
            "detail": text("What happened here, for a person.", SAID, "The request was understood, but breaks rules."),
            "instance": text("`urn:uuid:` and the id of the request.", 45, "urn:uuid:01970000-0000-7000-8000-000000000009"),
            "code": {"type": "string", "enum": codes, "description": "What went wrong, for a program."},
            "errors": {
                "type": "array",
                "maxItems": 100,
                "description": "With `validation_failed`: every broken rule with its place.",
                "items": {
                    "type": "object",
                    "required": ["code", "detail"],
                    "properties": {
                        "pointer": text("Where in the body, as a JSON pointer (RFC 6901).", SAID, "/body/2/content/0/text"),
                        "parameter": text("Which parameter of the query.", SAID, "limit"),
                        "code": {"type": "string", "enum": rules, "description": "Which rule, for a program."},
                        "detail": text("What to change, for a person.", SAID, "at most 5000 fit"),
                        "limit": {"type": "integer", "minimum": 0, "description": "What the rule compares with.", "example": 5000},
                    },
                    "additionalProperties": false,
                },
            },
            "checks": {
                "type": "array",
                "description": "With `not_publishable`: all that was found.",
                "items": {"$ref": "#/components/schemas/Check"},
            },
            "etag": text("With `stale_version`: the present tag.", 100, "\"5\""),
            "reason": text("With `conflict`: the rule that forbids it.", SAID, "the article is withdrawn"),
            "articles": ids("With `in_use`: some of the articles that use it."),
            "photos": ids("With `in_use`: some of the photos whose credits name it."),
            "contributors": ids("With `in_use`: some of the contributors whose portrait it is."),
            "fronts": ids("With `in_use`: some of the fronts that are filled from it."),
            "sections": ids("With `in_use`: some of the sections that belong to it."),
            "limit": {
                "type": "integer", "minimum": 0, "description": "With `payload_too_large`: the most octets that fit.",
                "example": 2_097_152,
            },
            "withdrawn_at": {"type": "string", "format": "date-time", "description": "With `withdrawn`: since when.", "example": "2026-01-09T06:00:00.000Z"},
            "kind": text("With `withdrawn`: the kind of reason.", 20, "error"),
            "public_reason": text("With `withdrawn`: what readers are told.", WithdrawalReason::MAX_CHARS, "A court forbade it."),
            "replacement": {
                "type": ["string", "null"],
                "maxLength": Slug::MAX_CHARS,
                "example": "harbour-talks-resume",
                "description": "With `withdrawn`: the slug of the article that stands in for it.",
            },
        },
    })
}
