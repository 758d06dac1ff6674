//! What the newsroom reads: never kept by caches, with a strong tag.

use actix_web::body::BoxBody;
use actix_web::http::header::HeaderValue;
use actix_web::{HttpRequest, HttpResponse, Responder};
use serde::Serialize;
use utoipa::ToSchema;

use super::list::{LINKS, Page};
use super::{conditional, conditionally, octets, success, tag_of_octets};
use crate::api::contract::Outcome;
use crate::api::operation::{Header, Operation};
use crate::problem::Problem;

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
                conditional(request, &etag, octets, |_| {})
            }
            Err(error) => HttpResponse::from_error(Problem::from(error)),
        }
    }
}

impl<T: ToSchema> Outcome for Told<T> {
    fn describe(operation: &mut Operation) {
        success::<T>(operation, 200, "As it is now.", &[Header::ETag]);
        conditionally(operation);
    }
}

/// A page of a list, with the addresses of the pages beside it.
pub(crate) struct ToldPage<T> {
    pub(crate) page: Page<T>,
    pub(crate) links: Option<HeaderValue>,
}

impl<T: Serialize> Responder for ToldPage<T> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        match octets(&self.page) {
            Ok(octets) => conditional(request, &tag_of_octets(&octets), octets, |answer| {
                if let Some(links) = self.links {
                    answer.insert_header((LINKS, links));
                }
            }),
            Err(error) => HttpResponse::from_error(Problem::from(error)),
        }
    }
}

impl<T: ToSchema> Outcome for ToldPage<T> {
    fn describe(operation: &mut Operation) {
        success::<Page<T>>(operation, 200, "A page of what there is now.", &[Header::ETag, Header::Link]);
        conditionally(operation);
    }
}
