//! What a write answers. It can be kept and given again to the same request.

use std::marker::PhantomData;

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{ETAG, LOCATION};
use actix_web::{HttpRequest, HttpResponse, Responder};
use identity::opaque::{Kind, Secret};
use newsroom::error::Error;
use newsroom::{Given, Written};
use serde::{Deserialize, Serialize};
use serde_json::value::{RawValue, to_raw_value};
use utoipa::ToSchema;

use super::{JSON, success, success_as};
use crate::api::contract::Outcome;
use crate::api::operation::{Header, Operation};
use crate::problem::Problem;

/// The thing as it is after the write.
pub(crate) struct Changed<T>(PhantomData<T>);

/// A thing that was made, and where it is.
pub(crate) struct Made<T>(PhantomData<T>);

/// A thing that was made, and where it is, or that was there already.
pub(crate) struct Received<T>(PhantomData<T>);

/// A thing that was added to another one, whose version is told.
pub(crate) struct Added<T>(PhantomData<T>);

/// A thing that was made with a secret, which is told this once.
pub(crate) struct Revealed<T>(PhantomData<T>);

/// Nothing is left to be told.
pub(crate) struct Gone;

/// The answer of a write that is a `K`.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(bound = "")]
pub(crate) struct Reply<K> {
    status: u16,
    etag: Option<String>,
    location: Option<String>,
    body: Option<Box<RawValue>>,
    #[serde(skip)]
    kind: PhantomData<fn() -> K>,
}

impl<T: Serialize> Reply<Changed<T>> {
    /// The thing as it is now, under its tag.
    pub(crate) fn changed(etag: String, body: &T) -> Result<Self, Error> {
        Self::new(StatusCode::OK, Some(etag), None, body)
    }
}

impl<T: Serialize> Reply<Made<T>> {
    /// A thing that was made at `location`.
    pub(crate) fn made(etag: String, location: String, body: &T) -> Result<Self, Error> {
        Self::new(StatusCode::CREATED, Some(etag), Some(location), body)
    }
}

impl<T: Serialize> Reply<Received<T>> {
    /// A thing that was made at `location`.
    pub(crate) fn received(etag: String, location: String, body: &T) -> Result<Self, Error> {
        Self::new(StatusCode::CREATED, Some(etag), Some(location), body)
    }

    /// A thing that was there already.
    pub(crate) fn known(etag: String, body: &T) -> Result<Self, Error> {
        Self::new(StatusCode::OK, Some(etag), None, body)
    }
}

impl<T: Serialize> Reply<Added<T>> {
    /// A thing that was added to one that now has the tag `etag`.
    pub(crate) fn added(etag: String, body: &T) -> Result<Self, Error> {
        Self::new(StatusCode::CREATED, Some(etag), None, body)
    }
}

impl Reply<Gone> {
    /// Done.
    pub(crate) fn gone() -> Self {
        Self {
            status: StatusCode::NO_CONTENT.as_u16(),
            etag: None,
            location: None,
            body: None,
            kind: PhantomData,
        }
    }
}

impl<K> Reply<K> {
    fn new(
        status: StatusCode,
        etag: Option<String>,
        location: Option<String>,
        body: &impl Serialize,
    ) -> Result<Self, Error> {
        let (status, body) = (status.as_u16(), raw(body)?);
        Ok(Self { status, etag, location, body: Some(body), kind: PhantomData })
    }

    fn answer(self, given: Given) -> HttpResponse {
        let Self { status, etag, location, body, kind: _ } = self;
        let mut answer = HttpResponse::build(StatusCode::from_u16(status).unwrap_or(StatusCode::OK));
        if let Some(etag) = etag {
            answer.insert_header((ETAG, etag));
        }
        if let Some(location) = location {
            answer.insert_header((LOCATION, location));
        }
        if given == Given::Before {
            answer.insert_header(("Idempotency-Replayed", "true"));
        }
        match body {
            Some(body) => answer.content_type(JSON).body(Box::<str>::from(body).into_string()),
            None => answer.finish(),
        }
    }
}

fn raw(body: &impl Serialize) -> Result<Box<RawValue>, Error> {
    to_raw_value(body).map_err(|cause| Error::Defect(cause.to_string()))
}

/// A write that was done now or before.
pub(crate) struct Wrote<K>(Written<Reply<K>>);

impl<K> From<Written<Reply<K>>> for Wrote<K> {
    fn from(written: Written<Reply<K>>) -> Self {
        Self(written)
    }
}

impl<T: Serialize> Wrote<Revealed<T>> {
    /// A thing that was made with a secret, which `reveal` fills in for the one answer that shows it: what is kept for a
    /// repeat is without (abuse CC-02).
    pub(crate) fn revealing(written: Written<T>, reveal: impl FnOnce(&mut T)) -> Result<Self, Problem> {
        let Written { mut answer, given } = written;
        if given == Given::Now {
            reveal(&mut answer);
        }
        Ok(Self(Written { answer: Reply::new(StatusCode::CREATED, None, None, &answer)?, given }))
    }
}

/// A secret that nobody has seen.
pub(crate) fn drawn<K: Kind>() -> Result<Secret<K>, Problem> {
    Ok(Secret::draw().map_err(|cause| Error::Defect(cause.to_string()))?)
}

impl<K> Responder for Wrote<K> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let Written { answer, given } = self.0;
        answer.answer(given)
    }
}

impl<T: ToSchema> Outcome for Wrote<Changed<T>> {
    fn describe(operation: &mut Operation) {
        success::<T>(operation, 200, "As it is after the change.", &[Header::ETag, Header::Replayed]);
    }
}

impl<T: ToSchema> Outcome for Wrote<Made<T>> {
    fn describe(operation: &mut Operation) {
        success::<T>(operation, 201, "As it was made.", &[Header::ETag, Header::Location, Header::Replayed]);
    }
}

impl<T: ToSchema> Outcome for Wrote<Received<T>> {
    fn describe(operation: &mut Operation) {
        success::<T>(operation, 200, "It was there already.", &[Header::ETag, Header::Replayed]);
        success::<T>(operation, 201, "As it was made.", &[Header::ETag, Header::Location, Header::Replayed]);
    }
}

impl<T: ToSchema> Outcome for Wrote<Added<T>> {
    fn describe(operation: &mut Operation) {
        success::<T>(operation, 201, "As it was added.", &[Header::ETag, Header::Replayed]);
    }
}

impl<T: ToSchema> Outcome for Wrote<Revealed<T>> {
    fn describe(operation: &mut Operation) {
        success::<T>(operation, 201, "As it was made; its secret is told this once.", &[Header::Replayed]);
    }
}

impl Outcome for Wrote<Gone> {
    fn describe(operation: &mut Operation) {
        success_as(operation, 204, "It is done, and there is nothing to tell.", None, &[Header::Replayed]);
    }
}
