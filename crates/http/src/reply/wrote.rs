//! What a write answers. It can be kept and given again to the same request.

use std::marker::PhantomData;

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{ETAG, LOCATION};
use actix_web::{HttpRequest, HttpResponse, Responder};
use identity::opaque::{Kind, Secret};
use identity::random::NoRandomness;
use newsroom::error::Error;
use newsroom::{Given, Written};
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
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

/// The same of a thing that has no versions, since it is never changed.
pub(crate) struct Entered<T>(PhantomData<T>);

/// A thing that was added to another one, whose version is told.
pub(crate) struct Added<T>(PhantomData<T>);

/// A thing that was made with a secret, which is told this once.
pub(crate) struct Revealed<T>(PhantomData<T>);

/// The same of a thing that has versions, and where it is.
pub(crate) struct Entrusted<T>(PhantomData<T>);

/// A thing that got another secret, which is told this once.
pub(crate) struct Renewed<T>(PhantomData<T>);

/// What became of it, without a version.
pub(crate) struct Kept<T>(PhantomData<T>);

/// Nothing is left to be told.
pub(crate) struct Gone;

/// The answer of a write that is a `K`.
#[derive(Serialize, Deserialize)]
#[serde(bound = "")]
pub(crate) struct Reply<K> {
    status: u16,
    etag: Option<String>,
    location: Option<String>,
    body: Option<Body>,
    #[serde(skip)]
    kind: PhantomData<fn() -> K>,
}

/// What an answer says. It is written by whoever sends it or keeps it, not by the one writer of the database.
enum Body {
    /// Not written yet.
    Meant(Box<dyn Fn() -> Result<Box<RawValue>, serde_json::Error> + Send>),
    /// As it was kept.
    Kept(Box<RawValue>),
}

impl Body {
    fn of<T: Serialize + Send + 'static>(said: T) -> Self {
        Self::Meant(Box::new(move || to_raw_value(&said)))
    }

    fn written(self) -> Result<Box<RawValue>, serde_json::Error> {
        match self {
            Self::Meant(write) => write(),
            Self::Kept(text) => Ok(text),
        }
    }
}

impl Serialize for Body {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Meant(write) => write().map_err(S::Error::custom)?.serialize(serializer),
            Self::Kept(text) => text.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Body {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Box::deserialize(deserializer).map(Self::Kept)
    }
}

impl<T: Serialize + Send + 'static> Reply<Changed<T>> {
    /// The thing as it is now, under its tag.
    pub(crate) fn changed(etag: String, body: T) -> Self {
        Self::new(StatusCode::OK, Some(etag), None, body)
    }
}

impl<T: Serialize + Send + 'static> Reply<Made<T>> {
    /// A thing that was made at `location`.
    pub(crate) fn made(etag: String, location: String, body: T) -> Self {
        Self::new(StatusCode::CREATED, Some(etag), Some(location), body)
    }
}

impl<T: Serialize + Send + 'static> Reply<Received<T>> {
    /// A thing that was made at `location`.
    pub(crate) fn received(etag: String, location: String, body: T) -> Self {
        Self::new(StatusCode::CREATED, Some(etag), Some(location), body)
    }

    /// A thing that was there already.
    pub(crate) fn known(etag: String, body: T) -> Self {
        Self::new(StatusCode::OK, Some(etag), None, body)
    }
}

impl<T: Serialize + Send + 'static> Reply<Entered<T>> {
    /// A thing that was made at `location`.
    pub(crate) fn entered(location: String, body: T) -> Self {
        Self::new(StatusCode::CREATED, None, Some(location), body)
    }

    /// A thing that was there already.
    pub(crate) fn standing(body: T) -> Self {
        Self::new(StatusCode::OK, None, None, body)
    }
}

impl<T: Serialize + Send + 'static> Reply<Added<T>> {
    /// A thing that was added to one that now has the tag `etag`.
    pub(crate) fn added(etag: String, body: T) -> Self {
        Self::new(StatusCode::CREATED, Some(etag), None, body)
    }
}

impl<T: Serialize + Send + 'static> Reply<Kept<T>> {
    /// What became of it.
    pub(crate) fn kept(body: T) -> Self {
        Self::new(StatusCode::OK, None, None, body)
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
        body: impl Serialize + Send + 'static,
    ) -> Self {
        Self { status: status.as_u16(), etag, location, body: Some(Body::of(body)), kind: PhantomData }
    }

    fn answer(self, given: Given) -> Result<HttpResponse, Problem> {
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
        let Some(body) = body else { return Ok(answer.finish()) };
        let body = body.written().map_err(|cause| Error::Defect(cause.to_string()))?;
        Ok(answer.content_type(JSON).body(Box::<str>::from(body).into_string()))
    }
}

/// A write that was done now or before.
pub(crate) struct Wrote<K>(Written<Reply<K>>);

impl<K> From<Written<Reply<K>>> for Wrote<K> {
    fn from(written: Written<Reply<K>>) -> Self {
        Self(written)
    }
}

impl<T: Serialize + Send + 'static> Wrote<Revealed<T>> {
    /// A thing that was made with a secret, which `reveal` fills in for the one answer that shows it: what is kept for a
    /// repeat is without (abuse CC-02).
    pub(crate) fn revealing(written: Written<T>, reveal: impl FnOnce(&mut T)) -> Self {
        let Written { answer, given } = revealed(written, reveal);
        Self(Written { answer: Reply::new(StatusCode::CREATED, None, None, answer), given })
    }
}

impl<T: Serialize + Send + 'static> Wrote<Entrusted<T>> {
    /// A thing that was made with a secret, which `reveal` fills in for the one answer that shows it; `place` tells its tag
    /// and where it is.
    pub(crate) fn entrusting(
        written: Written<T>,
        place: impl FnOnce(&T) -> (String, String),
        reveal: impl FnOnce(&mut T),
    ) -> Self {
        let Written { answer, given } = revealed(written, reveal);
        let (etag, location) = place(&answer);
        Self(Written { answer: Reply::new(StatusCode::CREATED, Some(etag), Some(location), answer), given })
    }
}

impl<T: Serialize + Send + 'static> Wrote<Renewed<T>> {
    /// A thing with another secret, which `reveal` fills in for the one answer that shows it; `tag` tells its tag.
    pub(crate) fn renewing(
        written: Written<T>,
        tag: impl FnOnce(&T) -> String,
        reveal: impl FnOnce(&mut T),
    ) -> Self {
        let Written { answer, given } = revealed(written, reveal);
        let etag = tag(&answer);
        Self(Written { answer: Reply::new(StatusCode::OK, Some(etag), None, answer), given })
    }
}

/// What was written, with the secret that `reveal` fills in where it was written now.
fn revealed<T>(written: Written<T>, reveal: impl FnOnce(&mut T)) -> Written<T> {
    let Written { mut answer, given } = written;
    if given == Given::Now {
        reveal(&mut answer);
    }
    Written { answer, given }
}

/// A secret that nobody has seen.
pub(crate) fn drawn<K: Kind>() -> Result<Secret<K>, Problem> {
    drew(Secret::draw())
}

/// What was drawn, or that nothing can be.
pub(crate) fn drew<T>(drawn: Result<T, NoRandomness>) -> Result<T, Problem> {
    Ok(drawn.map_err(|cause| Error::Defect(cause.to_string()))?)
}

impl<K> Responder for Wrote<K> {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let Written { answer, given } = self.0;
        answer.answer(given).unwrap_or_else(HttpResponse::from_error)
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

impl<T: ToSchema> Outcome for Wrote<Entered<T>> {
    fn describe(operation: &mut Operation) {
        success::<T>(operation, 200, "It was there already.", &[Header::Replayed]);
        success::<T>(operation, 201, "As it was made.", &[Header::Location, Header::Replayed]);
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

impl<T: ToSchema> Outcome for Wrote<Entrusted<T>> {
    fn describe(operation: &mut Operation) {
        let headers = [Header::ETag, Header::Location, Header::Replayed];
        success::<T>(operation, 201, "As it was made; its secret is told this once.", &headers);
    }
}

impl<T: ToSchema> Outcome for Wrote<Renewed<T>> {
    fn describe(operation: &mut Operation) {
        success::<T>(
            operation,
            200,
            "With its new secret, which is told this once.",
            &[Header::ETag, Header::Replayed],
        );
    }
}

impl<T: ToSchema> Outcome for Wrote<Kept<T>> {
    fn describe(operation: &mut Operation) {
        success::<T>(operation, 200, "What became of it.", &[Header::Replayed]);
    }
}

impl Outcome for Wrote<Gone> {
    fn describe(operation: &mut Operation) {
        success_as(operation, 204, "It is done, and there is nothing to tell.", None, &[Header::Replayed]);
    }
}
