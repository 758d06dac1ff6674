//! Which pages of other origins may read answers (the Fetch standard, 3.3): any for delivery, which needs no
//! credentials; the configured ones for the editorial API.

use std::borrow::Cow;

use actix_web::dev::RequestHead;
use actix_web::http::Method;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD, HeaderName,
    HeaderValue, ORIGIN, VARY,
};

/// What pages may read of an answer beside its body (ruling 22).
const EXPOSED: &str =
    "ETag, Link, Location, Retry-After, X-Request-Id, Idempotency-Replayed, RateLimit, RateLimit-Policy";

/// A header of an answer.
pub(crate) type Field = (HeaderName, HeaderValue);

/// Those of what everybody may read: the same for each answer, so that none is made anew.
static PUBLIC: [Field; 2] = [
    (ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    (ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED)),
];

/// Whether a browser asks what a page may do, before it lets the page do it.
pub(crate) fn is_preflight(request: &RequestHead) -> bool {
    request.method == Method::OPTIONS
        && request.headers.contains_key(ORIGIN)
        && request.headers.contains_key(ACCESS_CONTROL_REQUEST_METHOD)
}

/// The headers of the answer that say so.
pub(crate) fn headers(request: &RequestHead, origins: &[String]) -> Cow<'static, [Field]> {
    let path = request.uri.path();
    let private = path.starts_with("/v1/editorial") || path.starts_with("/v1/auth");
    let preflight = is_preflight(request);
    if !private && !preflight {
        return Cow::Borrowed(&PUBLIC);
    }
    let origin = request.headers.get(ORIGIN).and_then(|origin| origin.to_str().ok());
    let allowed = match origin {
        _ if !private => Some("*"),
        Some(origin) if origins.iter().any(|known| known == origin) => Some(origin),
        Some(_) | None => None,
    };
    let mut headers = Vec::new();
    if private {
        headers.push((VARY, HeaderValue::from_static("Origin")));
    }
    let Some(allowed) = allowed.and_then(|allowed| HeaderValue::from_str(allowed).ok()) else {
        return headers.into();
    };
    headers.push((ACCESS_CONTROL_ALLOW_ORIGIN, allowed));
    headers.push((ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED)));
    if preflight {
        let methods =
            if private { "GET, HEAD, POST, PUT, PATCH, DELETE" } else { "GET, HEAD, POST, PATCH, DELETE" };
        headers.push((ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static(methods)));
        let wanted = "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Traceparent, Tracestate, \
                      X-Request-Id";
        headers.push((ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static(wanted)));
        headers.push((ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("600")));
    }
    headers.into()
}
