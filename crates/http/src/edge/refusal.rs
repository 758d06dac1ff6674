//! Why a request is refused before any route is looked for.

use actix_web::dev::RequestHead;
use actix_web::http::header::{ACCEPT, CONTENT_ENCODING};
use domain::feed::FeedFormat;

use crate::changes::EVENTS;
use crate::problem::Problem;
use crate::problem::catalogue::Code;

/// Longest path and query together, in octets: what common proxies let pass.
const MOST_URI_OCTETS: usize = 8192;

/// Why a request is refused, by its head alone; `None` if it is not.
pub(super) fn refusal(request: &RequestHead) -> Option<Problem> {
    let uri = &request.uri;
    let octets = uri.path().len() + uri.query().map_or(0, |query| query.len() + 1);
    if octets > MOST_URI_OCTETS {
        return Some(Problem::new(Code::UriTooLong));
    }
    if !is_plain(uri.path()) {
        return Some(Problem::new(Code::NotFound));
    }
    if !uri.query().is_none_or(is_text) {
        let detail = "the query is not UTF-8 once its escapes are resolved";
        return Some(Problem::new(Code::MalformedRequest).because(detail));
    }
    if request.headers.contains_key(CONTENT_ENCODING) {
        return Some(Problem::new(Code::UnsupportedMediaType));
    }
    if !is_of_picture(uri.path()) && !accepts(request) {
        return Some(Problem::new(Code::NotAcceptable));
    }
    None
}

/// The media types of an address, the most exact first: pages, their parts and words where those are, JSON elsewhere.
fn offered(path: &str) -> &'static [&'static str] {
    if let Some(offered) = offered_as_xml(path) {
        return offered;
    }
    match path.rsplit_once('/') {
        Some(("/problems", _) | ("", "docs")) => &["text/html", "text/*", "*/*"],
        Some(("/docs", "swagger-ui.css")) => &["text/css", "text/*", "*/*"],
        Some(("/docs", _)) => &["text/javascript", "text/*", "*/*"],
        Some(("/v1", "events")) => &[EVENTS, "text/*", "*/*"],
        Some(("/health", _)) => &["text/plain", "text/*", "*/*"],
        _ => &["application/json", "application/problem+json", "application/*", "*/*"],
    }
}

/// The same of feeds and sitemaps. Readers of feeds that name any type of XML take each of them.
fn offered_as_xml(path: &str) -> Option<&'static [&'static str]> {
    if path.starts_with("/sitemap") {
        return Some(&["application/xml", "text/xml", "application/*", "text/*", "*/*"]);
    }
    let (_, format) = path.strip_prefix("/feeds/")?.rsplit_once('.')?;
    Some(match FeedFormat::parse(format).ok()? {
        FeedFormat::Rss => &[
            "application/rss+xml",
            "application/xml",
            "text/xml",
            "application/atom+xml",
            "application/*",
            "text/*",
            "*/*",
        ],
        FeedFormat::Atom => &[
            "application/atom+xml",
            "application/xml",
            "text/xml",
            "application/rss+xml",
            "application/*",
            "text/*",
            "*/*",
        ],
        FeedFormat::Json => &["application/feed+json", "application/json", "application/*", "*/*"],
    })
}

/// Whether a picture is at an address. It is answered as what it is, whatever a client says that it takes (RFC 9110, 12.5.1,
/// allows it): those that load pictures say all sorts of things.
fn is_of_picture(path: &str) -> bool {
    path.starts_with("/media/") || (path.starts_with("/v1/editorial/photos/") && path.ends_with("/file"))
}

/// Whether the client takes what there is. Of the ranges that fit,
/// the most exact one decides (RFC 9110, 12.5.1).
fn accepts(request: &RequestHead) -> bool {
    let given: Vec<_> = request.headers.get_all(ACCEPT).filter_map(|value| value.to_str().ok()).collect();
    let fitting = offered(request.uri.path());
    let weighed = given.iter().flat_map(|value| value.split(',')).filter_map(|range| {
        let mut parts = range.split(';').map(|part| part.trim().to_ascii_lowercase());
        let name = parts.next()?;
        let exactness = fitting.iter().position(|fits| *fits == name)?;
        let never = parts.any(|part| part.strip_prefix("q=").and_then(|q| q.parse().ok()) == Some(0.0));
        Some((exactness, !never))
    });
    given.is_empty() || weighed.min_by_key(|(exactness, _)| *exactness).is_some_and(|(_, taken)| taken)
}

/// Whether a path has the one spelling that paths have: lower case, no escapes, no empty or dotted segment.
fn is_plain(path: &str) -> bool {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b"-_.".contains(&b);
    let segment =
        |segment: &str| !segment.is_empty() && !matches!(segment, "." | "..") && segment.bytes().all(plain);
    path == "/" || path.strip_prefix('/').is_some_and(|rest| rest.split('/').all(segment))
}

/// Whether a query says text: decoders of forms put a replacement character where it does not, in silence.
fn is_text(query: &str) -> bool {
    let digit = |octet: Option<&u8>| {
        octet.and_then(|octet| char::from(*octet).to_digit(16)).and_then(|digit| u8::try_from(digit).ok())
    };
    let raw = query.as_bytes();
    let (mut octets, mut i) = (Vec::with_capacity(raw.len()), 0);
    while let Some(&octet) = raw.get(i) {
        let escaped = digit(raw.get(i + 1)).zip(digit(raw.get(i + 2))).filter(|_| octet == b'%');
        let (octet, length) = escaped.map_or((octet, 1), |(high, low)| (high << 4 | low, 3));
        octets.push(octet);
        i += length;
    }
    std::str::from_utf8(&octets).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    // abuse: AZ-15
    #[test]
    fn a_path_has_one_spelling() {
        for path in
            ["/", "/v1/articles", "/v1/articles/reef-recovers", "/openapi.json", "/.well-known/jwks.json"]
        {
            assert!(is_plain(path), "{path}");
        }
        for path in [
            "",
            "//",
            "/v1/",
            "/v1//articles",
            "/v1/./articles",
            "/v1/../v1",
            "/v1/%61rticles",
            "/V1/articles",
            "/v1/articles;a=b",
            "/v1/art icles",
            "/v1\\articles",
            "/v1/årticles",
        ] {
            assert!(!is_plain(path), "{path}");
        }
    }
}
