//! The catalogue of problems: every code that an answer can carry, with its status, title and meaning, in one table.

use actix_web::http::StatusCode;

macro_rules! catalogue {
    ($($name:ident = $code:literal: $status:ident, $title:literal, $meaning:literal;)+) => {
        /// What went wrong, as clients may tell it apart. The codes are part of the public contract.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Code {$(
            #[doc = $meaning]
            $name,
        )+}

        impl Code {
            /// Every code.
            pub const ALL: &[Self] = &[$(Self::$name),+];

            /// Its stable name.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$name => $code),+ }
            }

            /// The status that goes with it.
            pub const fn status(self) -> StatusCode {
                match self { $(Self::$name => StatusCode::$status),+ }
            }

            /// What it is called.
            pub const fn title(self) -> &'static str {
                match self { $(Self::$name => $title),+ }
            }

            /// What it means, and what to do about it.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$name => $meaning),+ }
            }
        }
    };
}

catalogue! {
    MalformedJson = "malformed_json": BAD_REQUEST, "The body is not JSON",
        "The body is not one JSON value in UTF-8, is nested too deeply, or has a member twice.";
    MalformedMultipart = "malformed_multipart": BAD_REQUEST, "The form is malformed",
        "The body is not `multipart/form-data` as RFC 7578 has it, or ends before its last part.";
    MalformedRequest = "malformed_request": BAD_REQUEST, "The request cannot be read",
        "A header or the query does not have the form that its standard demands.";
    InvalidCursor = "invalid_cursor": BAD_REQUEST, "The cursor does not fit",
        "The cursor is not one of ours, or belongs to another query. Start again without one.";
    Unauthenticated = "unauthenticated": UNAUTHORIZED, "Nobody is signed in",
        "The request needs one `Authorization: Bearer` header with an access token whose session stands, or with an API key that counts.";
    InvalidCredentials = "invalid_credentials": UNAUTHORIZED, "Address, password or token is wrong",
        "Nobody signs in with this. The answer is the same for an unknown and for a disabled account.";
    Forbidden = "forbidden": FORBIDDEN, "Not allowed",
        "You may see this, but your role, or the scopes of your API key, do not let you do that. docs/permissions.md lists who may.";
    NotFound = "not_found": NOT_FOUND, "Nothing is here",
        "There is nothing at this address, or nothing that you may know of.";
    MethodNotAllowed = "method_not_allowed": METHOD_NOT_ALLOWED, "The method does not fit",
        "The address exists, but not with this method. The `Allow` header lists those that it has.";
    NotAcceptable = "not_acceptable": NOT_ACCEPTABLE, "No such representation",
        "The `Accept` header leaves out what there is at this address: JSON, unless the documentation names other types.";
    RequestTimeout = "request_timeout": REQUEST_TIMEOUT, "The request took too long",
        "The body did not arrive in time.";
    Conflict = "conflict": CONFLICT, "It does not fit the present state",
        "The present state does not allow it. `reason` says which rule, `detail` what to do.";
    NotPublishable = "not_publishable": CONFLICT, "Not ready to be published",
        "Something stands in the way of publishing. `checks` lists all of it.";
    SlugTaken = "slug_taken": CONFLICT, "The slug is in use",
        "Another article has or had this slug; addresses are never given to another article.";
    InUse = "in_use": CONFLICT, "It is in use",
        "Articles use it, or other things; `articles`, `photos`, `contributors`, `fronts` and `sections` list some of them.";
    LastAdmin = "last_admin": CONFLICT, "There would be no admin left",
        "Somebody who may let others in must be able to sign in.";
    CommentsClosed = "comments_closed": CONFLICT, "No comments are taken here",
        "The article takes no comments: it has none, an editor closed them, or their time is over. `reason` says which.";
    DuplicateComment = "duplicate_comment": CONFLICT, "The same was said before",
        "The same comment came in shortly before. It was kept then.";
    IdempotencyInProgress = "idempotency_in_progress": CONFLICT, "The same request is running",
        "A request with this `Idempotency-Key` is being worked on. Ask again a little later.";
    Withdrawn = "withdrawn": GONE, "The article was withdrawn",
        "The article was taken away for the reason in `public_reason`. `replacement` may name another.";
    StaleVersion = "stale_version": PRECONDITION_FAILED, "Somebody changed it meanwhile",
        "The version in `If-Match` is not the present one, which `etag` tells. Read it again before you change it.";
    PayloadTooLarge = "payload_too_large": PAYLOAD_TOO_LARGE, "The body is too large",
        "The body is larger than the route takes.";
    UriTooLong = "uri_too_long": URI_TOO_LONG, "The address is too long",
        "Path and query together have more than 8192 octets.";
    UnsupportedMediaType = "unsupported_media_type": UNSUPPORTED_MEDIA_TYPE, "The body has another type",
        "The body must be of the type that the operation takes, and must not be compressed; a photo must be JPEG, PNG, WebP, AVIF or GIF.";
    RangeNotSatisfiable = "range_not_satisfiable": RANGE_NOT_SATISFIABLE, "No such range",
        "The range lies outside the file, whose length `Content-Range` tells.";
    UnreadableImage = "unreadable_image": UNPROCESSABLE_ENTITY, "The picture cannot be read",
        "The file is of a format that is taken, but cut short or broken.";
    ImageTooLarge = "image_too_large": UNPROCESSABLE_ENTITY, "The picture is too large",
        "The picture has more pixels, frames or octets than the site takes. `detail` says which limit.";
    ValidationFailed = "validation_failed": UNPROCESSABLE_ENTITY, "What was sent is wrong",
        "The request was understood, but breaks rules. `errors` lists every broken rule with its place.";
    TargetRefused = "target_refused": UNPROCESSABLE_ENTITY, "Nothing is sent there",
        "The address of a webhook leads, or may lead, to where the site sends nothing: `detail` says why.";
    IdempotencyKeyReused = "idempotency_key_reused": UNPROCESSABLE_ENTITY, "The key was used before",
        "This `Idempotency-Key` came with another request in the last 24 hours.";
    IfMatchRequired = "if_match_required": PRECONDITION_REQUIRED, "`If-Match` is missing",
        "Send the `ETag` that you last saw as `If-Match`, so that nobody's work is lost; `*` overwrites.";
    RateLimited = "rate_limited": TOO_MANY_REQUESTS, "Too many requests",
        "Wait for as many seconds as `Retry-After` says.";
    Internal = "internal_error": INTERNAL_SERVER_ERROR, "A defect of ours",
        "Something failed that should not. The log has the cause beside the id of the request.";
    Overloaded = "overloaded": SERVICE_UNAVAILABLE, "Too much to do",
        "More work waits than may wait. Nothing was done; ask again after `Retry-After` seconds.";
    NotReady = "not_ready": SERVICE_UNAVAILABLE, "Not ready",
        "This node cannot serve: it is about to stop, the database does not answer, or their clocks differ.";
    StorageUnavailable = "storage_unavailable": SERVICE_UNAVAILABLE, "The database or the store of photos does not answer",
        "Nothing was done, or nothing that is acknowledged. Ask again after `Retry-After` seconds.";
    StorageFull = "storage_full": SERVICE_UNAVAILABLE, "The database is full",
        "There is no room to store it. Nothing was stored.";
}

/// The page about a code, for people who follow the `type` of a problem.
pub(crate) fn page(code: Code) -> String {
    let (name, title, status) = (code.name(), code.title(), code.status());
    // Titles and meanings are our own words, with nothing in them that HTML would read otherwise.
    let meaning = code.meaning();
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{title}</title>\
         <h1>{title}</h1><p><code>{name}</code>, {status}</p><p>{meaning}</p></html>\n"
    )
}

/// The text of docs/errors.md.
pub fn document() -> String {
    let mut text = String::from(
        "# Errors\n\nGenerated by `masthead errors`; do not edit. Each answer that is no success is a problem of \
         RFC 9457,\n`application/problem+json`, with one of these codes.\n\n| code | status | what it means |\n| --- | --- | --- |\n",
    );
    let rows = Code::ALL
        .iter()
        .map(|code| format!("| `{}` | {} | {} |\n", code.name(), code.status().as_u16(), code.meaning()));
    text.extend(rows);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_documented() {
        let mut names: Vec<_> = Code::ALL.iter().map(|code| code.name()).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), Code::ALL.len());
        assert!(
            Code::ALL.iter().all(|code| !format!("{}{}", code.title(), code.meaning()).contains(['<', '&']))
        );
        assert!(names.iter().all(|name| document().contains(&format!("| `{name}` |"))));
    }
}
