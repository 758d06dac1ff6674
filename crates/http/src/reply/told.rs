//! What the newsroom reads: never kept by caches, with a strong tag.

use actix_web::body::BoxBody;
use actix_web::http::header::HeaderValue;
use actix_web::{HttpRequest, HttpResponse, Responder};
use newsroom::error::Error;
use serde::Serialize;
use utoipa::ToSchema;

use super::list::{LINKS, Page};
use super::{JSON, conditional, conditionally, octets, success, tag_of_octets};
use crate::api::contract::Outcome;
use crate::api::operation::{Header, Operation};
use crate::problem::Problem;

/// Characters of a digest that tells two answers of one version apart.
const DIGEST_CHARS: usize = 12;

/// The answer to a read.
pub(crate) struct Told<T> {
    etag: Option<String>,
    body: T,
}

impl<T> Told<T> {
    /// A thing that can be changed, under the tag of its version.
    pub(crate) const fn tagged(etag: String, body: T) -> Self {
        Self { etag: Some(etag), body }
    }

    /// A thing whose answer also shows what changes without a new version of it: names of what it refers to, and what
    /// follows from the clock. The tag begins with that of its version, which is all that `If-Match` looks at.
    pub(crate) fn of_version(version: &str, body: T) -> Result<Self, Error>
    where
        T: Serialize,
    {
        let (begin, digest) = (version.trim_matches('"'), tag_of_octets(&octets(&body)?));
        Ok(Self { etag: Some(format!("\"{begin}.{}\"", &digest[1..=DIGEST_CHARS])), body })
    }

    /// What is only read, under the tag of its octets.
    pub(crate) const fn of(body: T) -> Self {
        Self { etag: None, body }
    }
}

impl<T: Serialize> Responder for Told<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        match octets(&self.body) {
            Ok(octets) => {
                let etag = self.etag.unwrap_or_else(|| tag_of_octets(&octets));
                conditional(request, &etag, JSON, octets, |_| {})
            }
            Err(error) => HttpResponse::from_error(Problem::from(error)),
        }
    }
}

impl<T: ToSchema> Outcome for Told<T> {
    fn describe(operation: &mut Operation) {
        success::<T>(operation, 200, "As it is now.", &[Header::ETag]);
        conditionally(operation, &[]);
    }
}

/// A part of a list, with the addresses of those beside it.
pub(crate) struct ToldList<B> {
    pub(crate) page: B,
    pub(crate) links: Option<HeaderValue>,
}

/// A page of a list, with the addresses of the pages beside it.
pub(crate) type ToldPage<T> = ToldList<Page<T>>;

impl<B: Serialize> Responder for ToldList<B> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        match octets(&self.page) {
            Ok(octets) => conditional(request, &tag_of_octets(&octets), JSON, octets, |answer| {
                if let Some(links) = self.links {
                    answer.insert_header((LINKS, links));
                }
            }),
            Err(error) => HttpResponse::from_error(Problem::from(error)),
        }
    }
}

impl<B: ToSchema> Outcome for ToldList<B> {
    fn describe(operation: &mut Operation) {
        success::<B>(operation, 200, "A page of what there is now.", &[Header::ETag, Header::Link]);
        conditionally(operation, &[]);
    }
}
