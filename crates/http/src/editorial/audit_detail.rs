//! What an entry of the audit log tells beside who, what and when: a map of typed values.

use std::borrow::Cow;

use domain::article::withdrawal::WithdrawalReason;
use domain::front::FrontItems;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ArrayBuilder, ObjectBuilder, OneOfBuilder, Ref, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// What was before and is after, as far as it is short: a map whose members depend on the action.
#[derive(Debug, Serialize)]
#[serde(transparent)]
pub(super) struct Detail(pub(super) Value);

/// Longest text of a detail: the reason of a withdrawal.
const MOST_CHARS: usize = WithdrawalReason::MAX_CHARS;

/// Most members of a detail.
const MOST_MEMBERS: usize = 20;

impl PartialSchema for Detail {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .description(Some(
                "What was before and is after, as far as it is short: never a text of an article, never a secret. Its \
                 members depend on the action: `revision` of `article.published`, `refused` of `session.refused`.",
            ))
            .additional_properties(Some(Ref::from_schema_name("AuditValue")))
            .max_properties(Some(MOST_MEMBERS))
            .examples([json!({"revision": 4, "goes_live_at": "2026-01-09T06:00:00.000Z", "change": "update"})])
            .into()
    }
}

impl ToSchema for Detail {
    fn name() -> Cow<'static, str> {
        "AuditDetail".into()
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        let plain = |kind: Type| ObjectBuilder::new().schema_type(kind);
        let text = || plain(Type::String).max_length(Some(MOST_CHARS));
        let inner = "What was before, or is after.";
        let value = OneOfBuilder::new()
            .description(Some(
                "A value of a detail: a text, an id or an instant; a count; a list; or what was or is.",
            ))
            .item(text().description(Some("A text, an id or an instant.")).examples(["update"]))
            .item(
                plain(Type::Integer).description(Some("A number, such as that of a revision.")).examples([4]),
            )
            .item(plain(Type::Boolean).description(Some("Yes or no.")))
            .item(
                ArrayBuilder::new()
                    .items(text())
                    .max_items(Some(FrontItems::MAX))
                    .description(Some("Several of them.")),
            )
            .item(
                Ref::builder().ref_location_from_schema_name("AuditDetail").description(Some(inner)).build(),
            )
            .item(plain(Type::Null));
        schemas.push(("AuditValue".to_owned(), value.into()));
    }
}
