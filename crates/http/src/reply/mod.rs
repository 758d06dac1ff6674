//! Answers of success: of writes, of reads, and of public reads; each says what it is in the document.

pub(crate) mod coding;
pub(crate) mod done;
pub(crate) mod finished;
pub(crate) mod fixed;
pub(crate) mod list;
pub(crate) mod public;
pub(crate) mod told;
pub(crate) mod written;
pub(crate) mod wrote;

use actix_web::http::header::{ETAG, HeaderValue, IF_NONE_MATCH};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder};
use blake2::digest::consts::U16;
use blake2::{Blake2b, Digest};
use domain::version::Version;
use newsroom::error::Error;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::api::operation::{Header, Operation, Success};
use crate::api::shape;

/// The media type of what we answer.
pub(crate) const JSON: &str = "application/json";

/// The strong tag of a version (ruling 19).
pub(crate) fn tag_of(version: Version) -> String {
    format!("\"{version}\"")
}

/// The strong tag of octets: their `BLAKE2b` (RFC 7693) of 16 octets. It is less work than SHA-256 to a processor without
/// instructions for that.
pub(crate) fn tag_of_octets(octets: &[u8]) -> String {
    let digest: [u8; 16] = Blake2b::<U16>::digest(octets).into();
    format!("\"{:032x}\"", u128::from_be_bytes(digest))
}

/// The octets of an answer.
pub(crate) fn octets(body: &impl Serialize) -> Result<Vec<u8>, Error> {
    serde_json::to_vec(body).map_err(|cause| Error::Defect(cause.to_string()))
}

/// Whether the client has the answer with this strong tag already. The comparison is weak (RFC 9110, 13.1.2).
pub(crate) fn has(request: &HttpRequest, etag: &str) -> bool {
    is_among(request.headers().get_all(IF_NONE_MATCH), etag.as_bytes())
}

/// Whether a strong tag is among those that a client names.
fn is_among<'a>(named: impl IntoIterator<Item = &'a HeaderValue>, etag: &[u8]) -> bool {
    let tags = named.into_iter().flat_map(|value| value.as_bytes().split(|octet| *octet == b','));
    tags.map(<[u8]>::trim_ascii).any(|tag| tag == b"*" || tag.strip_prefix(b"W/").unwrap_or(tag) == etag)
}

/// An answer with a strong tag: 200 with `octets`, or 304 where the client has them. `head` adds what both carry.
fn conditional(
    request: &HttpRequest,
    etag: &str,
    media_type: &'static str,
    octets: Vec<u8>,
    head: impl FnOnce(&mut HttpResponseBuilder),
) -> HttpResponse {
    let fresh = has(request, etag);
    let mut answer = if fresh { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer.insert_header((ETAG, etag));
    head(&mut answer);
    if fresh { answer.finish() } else { answer.content_type(media_type).body(octets) }
}

/// Adds to an operation that it answers `T`.
pub(crate) fn success<T: ToSchema>(
    operation: &mut Operation,
    status: u16,
    description: &'static str,
    headers: &[Header],
) {
    let schema = shape::reference::<T>(&mut operation.given);
    success_as(operation, status, description, Some(schema), headers);
}

pub(crate) fn success_as(
    operation: &mut Operation,
    status: u16,
    description: &'static str,
    schema: Option<Value>,
    headers: &[Header],
) {
    let content = schema.map(|schema| (JSON, schema));
    operation.successes.push(Success { status, description, content, headers: headers.to_vec() });
}

/// Adds to an operation that it knows what the client has. These headers say so beside the tag.
pub(crate) fn conditionally(operation: &mut Operation, beside: &[Header]) {
    operation.headers_in.push("If-None-Match");
    let headers = [&[Header::ETag], beside].concat();
    success_as(operation, 304, "The client has this answer already.", None, &headers);
}

#[cfg(test)]
mod tests {
    use actix_web::test::TestRequest;

    use super::*;

    #[test]
    fn an_answer_is_had_by_any_of_the_tags_that_are_listed() {
        let request =
            TestRequest::default().insert_header((IF_NONE_MATCH, "\"a\", W/\"b\"")).to_http_request();
        assert!(has(&request, "\"a\"") && has(&request, "\"b\"") && !has(&request, "\"c\""));
    }
}
