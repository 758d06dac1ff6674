//! What holds for every request, whatever its route: one spelling of its path, an id, and an answer that is a problem
//! where it is no success.

use std::net::{IpAddr, SocketAddr};
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Instant;

use actix_web::body::{self, BodySize, BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{
    ACCEPT, CACHE_CONTROL, CONTENT_ENCODING, HeaderMap, HeaderName, HeaderValue, IF_RANGE, RANGE,
    X_CONTENT_TYPE_OPTIONS,
};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{Error, HttpMessage, HttpResponse, web};
use domain::feed::FeedFormat;
use domain::id::RequestId;
use futures_util::FutureExt;
use opentelemetry::trace::{SpanId, TraceId};
use tracing::field::display;
use uuid::Uuid;

use crate::changes::EVENTS;
use crate::cors;
use crate::keep;
use crate::metrics::Metrics;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::rates::{self, Class, Standing};
use crate::reply::finished::SURROGATE_KEY;
use crate::settings::{Naming, Settings};

/// The header with the id of a request.
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The names under which Cloudflare keeps an answer.
const CACHE_TAG: HeaderName = HeaderName::from_static("cache-tag");

/// Longest path and query together, in octets: what common proxies let pass.
const MOST_URI_OCTETS: usize = 8192;

/// Whence a request came, as far as it can be believed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Client {
    pub(crate) address: IpAddr,
    pub(crate) request: RequestId,
}

/// The outermost middleware.
pub(crate) async fn edge(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let began = Instant::now();
    let parts = request
        .app_data::<web::Data<Settings>>()
        .cloned()
        .zip(request.app_data::<web::Data<Metrics>>().cloned());
    let Some((settings, metrics)) = parts else { return Err(Problem::new(Code::Internal).into()) };
    let id = given_id(request.headers()).unwrap_or_else(|| RequestId::new(settings.ids.draw()));
    let address = address_of(&request, &*settings.trusts);
    request.extensions_mut().insert(Client { address, request: id });
    let trace = settings.traces.begin(&request, id);
    let headers = cors::headers(&request, &settings.cors_origins);
    let refused = if cors::is_preflight(&request) {
        Some(HttpResponse::NoContent().finish())
    } else {
        refusal(&request).map(|problem| problem.answer(&settings.public_url, &id.to_string()))
    };
    let head = request.method() == Method::HEAD;
    if head {
        // The answer's head is that of GET; the connection leaves the body out.
        request.head_mut().method = Method::GET;
        // But no part is asked for: a range counts with GET alone (RFC 9110, 14.2).
        for name in [RANGE, IF_RANGE] {
            request.headers_mut().remove(name);
        }
    }
    let method = request.method().clone();
    let ends = |problem: Problem| problem.answer(&settings.public_url, &id.to_string());
    // What is kept needs no route, and is for readers. Else a request is counted by its path.
    let at_once = refused.map(|refused| (refused, Arc::default())).or_else(|| keep::kept(&request));
    let at_once = match at_once {
        Some((answer, route)) => {
            Some((rates::count(&request, Class::Reads).await.map_or_else(ends, |()| answer), route))
        }
        None => None,
    };
    let mut route: Option<Arc<str>> = None;
    let answer = match at_once {
        Some((answer, of_route)) => {
            route = Some(of_route);
            Ok(request.into_response(answer))
        }
        // The request must not be held beside the routes, which write into it: a failure is an answer without one.
        None => match AssertUnwindSafe(trace.around(next.call(request))).catch_unwind().await {
            Ok(Ok(answer)) => Ok(told(answer.map_into_boxed_body(), &settings, id)),
            Ok(Err(error)) => Err(problem_of(&error, &settings, id)),
            Err(_) => {
                tracing::error!(request = %id, "a handler panicked");
                Err(ends(Problem::new(Code::Internal)))
            }
        },
    };
    let end = |answer: &mut HttpResponse<BoxBody>, route: &Arc<str>, standing: Option<Standing>| {
        finish(answer, &headers, id, settings.naming);
        if let Some(standing) = standing {
            standing.tell(answer.headers_mut());
        }
        log(id, &method, route, answer.status(), trace.ids());
        metrics.answered(&method, Arc::clone(route), answer.status(), began.elapsed());
    };
    match answer {
        Ok(mut answer) => {
            let route = route.or_else(|| answer.request().match_pattern().map(Arc::from)).unwrap_or_default();
            let standing = answer.request().extensions().get().copied();
            // A body without an end would hold the connection for ever, though nothing of it is sent.
            if head && answer.response().body().size() == BodySize::Stream {
                answer = answer.map_body(|_, _| BoxBody::new(body::None::new()));
            }
            end(answer.response_mut(), &route, standing);
            trace.end(&route, answer.request().path(), answer.status());
            Ok(answer)
        }
        Err(mut answer) => {
            end(&mut answer, &Arc::default(), None);
            trace.end(&Arc::default(), "", answer.status());
            Err(InternalError::from_response("refused", answer).into())
        }
    }
}

/// The id that the client gave, if it is a UUID in its one spelling.
fn given_id(headers: &HeaderMap) -> Option<RequestId> {
    RequestId::parse(headers.get(REQUEST_ID)?.to_str().ok()?).ok()
}

/// The client's address: the peer's, unless that is a proxy of ours, which then names it last in `X-Forwarded-For`.
fn address_of(request: &ServiceRequest, trusts: &dyn Fn(IpAddr) -> bool) -> IpAddr {
    let unknown = IpAddr::from([0, 0, 0, 0]);
    let mut address = request.peer_addr().map_or(unknown, |peer| peer.ip().to_canonical());
    // What is no text is no address, and takes nothing from what our proxy wrote behind it.
    let lossy = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let named: Vec<_> = request.headers().get_all("x-forwarded-for").map(lossy).collect();
    for hop in named.iter().rev().flat_map(|value| value.rsplit(',')).map(str::trim) {
        if !trusts(address) {
            break;
        }
        let Some(named) = hop_address(hop) else { break };
        address = named.to_canonical();
    }
    address
}

/// The address of a hop, which some proxies write with its port.
fn hop_address(hop: &str) -> Option<IpAddr> {
    let with_port = || hop.parse::<SocketAddr>().ok().map(|address| address.ip());
    let in_brackets = || hop.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    hop.parse().ok().or_else(with_port).or_else(in_brackets)
}

/// Why a request is refused before any route is looked for.
fn refusal(request: &ServiceRequest) -> Option<Problem> {
    let uri = request.uri();
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
    if request.headers().contains_key(CONTENT_ENCODING) {
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
fn accepts(request: &ServiceRequest) -> bool {
    let given: Vec<_> = request.headers().get_all(ACCEPT).filter_map(|value| value.to_str().ok()).collect();
    let fitting = offered(request.uri().path());
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

/// The answer, with a problem's document where it is one.
fn told(answer: ServiceResponse<BoxBody>, settings: &Settings, id: RequestId) -> ServiceResponse<BoxBody> {
    let problem = answer.response().error().map(|error| problem_of(error, settings, id));
    match problem {
        Some(problem) => answer.into_response(problem),
        None => answer,
    }
}

fn problem_of(error: &Error, settings: &Settings, id: RequestId) -> HttpResponse {
    let own = error.as_error::<Problem>();
    let foreign = || {
        Problem::new(match error.as_response_error().status_code() {
            StatusCode::NOT_FOUND => Code::NotFound,
            StatusCode::PAYLOAD_TOO_LARGE => Code::PayloadTooLarge,
            status if status.is_client_error() => Code::MalformedRequest,
            _ => Code::Internal,
        })
    };
    let (url, id) = (settings.public_url.as_str(), id.to_string());
    own.map_or_else(|| foreign().answer(url, &id), |problem| problem.answer(url, &id))
}

/// Logs an answer by its route, never by its path, which may hold a secret (ruling 32); and by its trace, if it has one, in
/// the words of [OpenTelemetry](https://opentelemetry.io/docs/specs/otel/compatibility/logging_trace_context/).
fn log(id: RequestId, method: &Method, route: &str, status: StatusCode, trace: Option<(TraceId, SpanId)>) {
    let (trace_id, span_id) = trace.map(|(trace, span)| (display(trace), display(span))).unzip();
    tracing::info!(request = %id, %method, route, status = status.as_u16(), trace_id, span_id, "answered");
}

/// Adds what every answer has.
fn finish(answer: &mut HttpResponse<BoxBody>, headers: &[cors::Field], id: RequestId, naming: Naming) {
    let own = answer.headers_mut();
    if let (Naming::CacheTagToo, Some(keys)) = (naming, own.get(SURROGATE_KEY)) {
        let tags = keys.to_str().ok().and_then(|keys| HeaderValue::from_str(&keys.replace(' ', ",")).ok());
        if let Some(tags) = tags {
            own.insert(CACHE_TAG, tags);
        }
    }
    for (name, value) in headers {
        own.append(name.clone(), value.clone());
    }
    // Not by way of a `String`, which grows as it is written: that costs as much as all else here.
    let mut text = Uuid::encode_buffer();
    if let Ok(id) = HeaderValue::from_str(id.uuid().hyphenated().encode_lower(&mut text)) {
        own.insert(REQUEST_ID, id);
    }
    own.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if !own.contains_key(CACHE_CONTROL) {
        own.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hop_is_an_address_with_or_without_its_port() {
        for (hop, address) in [
            ("192.0.2.7", "192.0.2.7"),
            ("192.0.2.7:5678", "192.0.2.7"),
            ("2001:db8::7", "2001:db8::7"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("[2001:db8::7]:80", "2001:db8::7"),
        ] {
            assert_eq!(hop_address(hop), address.parse().ok(), "{hop}");
        }
        for hop in ["", "unknown", "_hidden", "192.0.2.7:", "192.0.2", "[192.0.2.7"] {
            assert_eq!(hop_address(hop), None, "{hop}");
        }
    }

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
