//! Public answers: a strong tag of their own bytes, and how long caches may keep them.

use actix_web::http::header::{CACHE_CONTROL, ETAG, LINK};
use actix_web::{HttpRequest, HttpResponse};
use newsroom::error::Error;
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::problem::Problem;
use crate::read::conditional::has;

/// How long caches may keep an article, and for how long they may give it while they ask again (ruling 13).
pub(crate) const ARTICLE_CACHE: &str =
    "public, max-age=10, s-maxage=60, stale-while-revalidate=30, stale-if-error=600";

/// The same for lists, and for addresses that have moved.
pub(crate) const LIST_CACHE: &str =
    "public, max-age=5, s-maxage=10, stale-while-revalidate=10, stale-if-error=600";

/// An answer with a strong tag of its own bytes; 304 where the client has them.
pub(crate) fn cached(
    request: &HttpRequest,
    cache: &'static str,
    body: &impl Serialize,
    link: Option<String>,
) -> Result<HttpResponse, Problem> {
    let bytes = serde_json::to_vec(body).map_err(|cause| Error::Defect(cause.to_string()))?;
    let digest = Sha256::digest(&bytes);
    let etag =
        digest.iter().take(16).fold(String::from("\""), |tag, octet| tag + &format!("{octet:02x}")) + "\"";
    let mut answer = if has(request, &etag) { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    answer.insert_header((CACHE_CONTROL, cache)).insert_header((ETAG, etag.as_str()));
    if let Some(link) = link {
        answer.insert_header((LINK, link));
    }
    if has(request, &etag) {
        return Ok(answer.finish());
    }
    Ok(answer.content_type("application/json").body(bytes))
}
