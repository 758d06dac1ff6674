//! What readers get: a strong tag of its own octets, and how long caches may keep it.

use std::fmt;

use actix_web::body::BoxBody;
use actix_web::http::header::{ETAG, HeaderValue, LOCATION};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, Responder};
use domain::time::Moment;
use serde::Serialize;
use utoipa::ToSchema;

use super::list::{LINKS, Page};
use super::{JSON, conditionally, octets, success, success_as, tag_of_octets};
use crate::api::contract::Outcome;
use crate::api::operation::{Header, Operation};
use crate::problem::Problem;

/// How long caches may keep an answer (ruling 13).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Lifetime {
    /// Seconds in the browser.
    fresh_s: u32,
    /// Seconds in caches that many share.
    shared_s: u32,
    /// For how many seconds it may be given while they ask again.
    revalidate_s: u32,
    /// For how many seconds it may be given while we do not answer.
    error_s: u32,
    /// When something in it disappears.
    end: Option<Moment>,
}

/// The lifetime of an article.
pub(crate) const ARTICLE: Lifetime =
    Lifetime { fresh_s: 10, shared_s: 60, revalidate_s: 30, error_s: 600, end: None };

/// The lifetime of lists, and of addresses that have moved.
pub(crate) const LIST: Lifetime =
    Lifetime { fresh_s: 5, shared_s: 10, revalidate_s: 10, error_s: 600, end: None };

/// The lifetime of what goes by the settings: a server that starts with others tells no cache outside of it.
pub(crate) const SETTINGS: Lifetime =
    Lifetime { fresh_s: 60, shared_s: 60, revalidate_s: 30, error_s: 600, end: None };

impl Lifetime {
    /// The lifetime of an answer of which something disappears at `end`: nobody is given it after that. What is to come
    /// shortens nothing, since an exact lifetime would tell of it.
    pub(crate) fn until(self, end: Option<Moment>) -> Self {
        Self { end: self.end.into_iter().chain(end).min(), ..self }
    }

    /// The same, and in no respect longer than another.
    pub(crate) fn at_most(self, other: Self) -> Self {
        Self {
            fresh_s: self.fresh_s.min(other.fresh_s),
            shared_s: self.shared_s.min(other.shared_s),
            revalidate_s: self.revalidate_s.min(other.revalidate_s),
            error_s: self.error_s.min(other.error_s),
            end: self.end.into_iter().chain(other.end).min(),
        }
    }

    /// When something disappears.
    pub(crate) const fn ends(self) -> Option<Moment> {
        self.end
    }

    /// What caches are told while nothing disappears.
    pub(crate) fn unending(self) -> Option<HeaderValue> {
        if self.end.is_none() { HeaderValue::from_str(&self.to_string()).ok() } else { None }
    }

    /// What caches are told at `now`.
    pub(crate) fn told(self, now: Moment) -> Option<HeaderValue> {
        HeaderValue::from_str(&self.cut(now).to_string()).ok()
    }

    fn cut(self, now: Moment) -> Self {
        let Some(end) = self.end else { return self };
        let left_s = u32::try_from(end.since(now).num_seconds()).unwrap_or_default();
        let shared_s = self.shared_s.min(left_s);
        let after_s = left_s - shared_s;
        Self {
            fresh_s: self.fresh_s.min(left_s),
            shared_s,
            revalidate_s: self.revalidate_s.min(after_s),
            error_s: self.error_s.min(after_s),
            end: self.end,
        }
    }
}

impl fmt::Display for Lifetime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { fresh_s, shared_s, revalidate_s, error_s, end: _ } = self;
        write!(
            f,
            "public, max-age={fresh_s}, s-maxage={shared_s}, stale-while-revalidate={revalidate_s}, \
             stale-if-error={error_s}"
        )
    }
}

/// A composed answer, under its tag. How long it may be kept goes beside it: that is told to each client as of then, and so
/// is whether the client has it (`crate::keep`).
pub(super) fn composed(lifetime: Lifetime, media_type: &'static str, octets: &[u8]) -> HttpResponseBuilder {
    let mut answer = HttpResponse::Ok();
    answer.insert_header((ETAG, tag_of_octets(octets))).content_type(media_type);
    answer.extensions_mut().insert(lifetime);
    answer
}

/// Something that readers see.
pub(crate) struct Shown<T> {
    lifetime: Lifetime,
    body: T,
    links: Option<HeaderValue>,
}

impl<T> Shown<T> {
    /// Something that may be kept so long.
    pub(crate) const fn of(lifetime: Lifetime, body: T) -> Self {
        Self { lifetime, body, links: None }
    }

    /// A page of something, with the addresses of the pages beside it.
    pub(crate) const fn linked(lifetime: Lifetime, body: T, links: Option<HeaderValue>) -> Self {
        Self { lifetime, body, links }
    }
}

impl<T: Serialize> Shown<T> {
    fn answer(&self) -> HttpResponse {
        match octets(&self.body) {
            Ok(octets) => {
                let mut answer = composed(self.lifetime, JSON, &octets);
                if let Some(links) = &self.links {
                    answer.insert_header((LINKS, links.clone()));
                }
                answer.body(octets)
            }
            Err(error) => HttpResponse::from_error(Problem::from(error)),
        }
    }
}

impl<T: Serialize> Responder for Shown<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        self.answer()
    }
}

impl<T: ToSchema> Outcome for Shown<T> {
    fn describe(operation: &mut Operation) {
        success::<T>(operation, 200, "What readers see now.", &[Header::ETag, Header::CacheControl]);
        conditionally(operation, &[]);
    }
}

/// A page of a list that readers see, with the addresses of the pages beside it.
pub(crate) struct ShownPage<T>(pub(crate) Shown<Page<T>>);

impl<T: Serialize> Responder for ShownPage<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        self.0.answer()
    }
}

impl<T: ToSchema> Outcome for ShownPage<T> {
    fn describe(operation: &mut Operation) {
        let headers = [Header::ETag, Header::CacheControl, Header::Link];
        success::<Page<T>>(operation, 200, "A page of what readers see now.", &headers);
        conditionally(operation, &[]);
    }
}

/// What an address leads to.
pub(crate) enum Found<T> {
    /// To what readers see.
    Here(Shown<T>),
    /// To another address.
    Moved(String),
}

impl<T: Serialize> Responder for Found<T> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        match self {
            Self::Here(shown) => shown.answer(),
            Self::Moved(location) => moved(location),
        }
    }
}

/// The answer of an address that has become another.
pub(crate) fn moved(location: String) -> HttpResponse {
    let mut answer = HttpResponse::PermanentRedirect();
    answer.insert_header((LOCATION, location));
    answer.extensions_mut().insert(LIST);
    answer.finish()
}

impl<T: ToSchema> Outcome for Found<T> {
    fn describe(operation: &mut Operation) {
        Shown::<T>::describe(operation);
        let headers = [Header::Location, Header::CacheControl];
        success_as(operation, 308, "It has another address now.", None, &headers);
    }
}

/// What an address leads to that is a part of a list, with the addresses of the parts beside it.
pub(crate) struct FoundPage<T>(pub(crate) Found<T>);

impl<T: Serialize> Responder for FoundPage<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        self.0.respond_to(request)
    }
}

impl<T: ToSchema> Outcome for FoundPage<T> {
    fn describe(operation: &mut Operation) {
        Found::<T>::describe(operation);
        let here = operation.successes.iter_mut().filter(|success| success.status == 200);
        here.for_each(|success| success.headers.push(Header::Link));
    }
}
