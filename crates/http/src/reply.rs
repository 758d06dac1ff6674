//! An answer of a success, which can be kept and given again.

use actix_web::http::StatusCode;
use actix_web::http::header::{ETAG, LOCATION};
use actix_web::{HttpRequest, HttpResponse};
use domain::version::Version;
use newsroom::{Given, Written};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::read::conditional::has;

/// What a write answers.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Reply {
    status: u16,
    version: Option<i64>,
    location: Option<String>,
    body: Option<Value>,
}

impl Reply {
    /// The thing as it is now.
    pub(crate) fn of(version: Version, body: Value) -> Self {
        let status = StatusCode::OK.as_u16();
        Self { status, version: Some(version.number()), location: None, body: Some(body) }
    }

    /// A thing that was made, and where it is.
    pub(crate) fn made(version: Version, location: String, body: Value) -> Self {
        let status = StatusCode::CREATED.as_u16();
        Self { status, location: Some(location), ..Self::of(version, body) }
    }

    /// A thing that was added to another one, whose version is told; it has no address of its own.
    pub(crate) fn added(version: Version, body: Value) -> Self {
        Self { status: StatusCode::CREATED.as_u16(), ..Self::of(version, body) }
    }

    /// Nothing is left to be told.
    pub(crate) fn gone() -> Self {
        Self { status: StatusCode::NO_CONTENT.as_u16(), version: None, location: None, body: None }
    }

    /// The answer to a read: 304 where the client has it.
    pub(crate) fn read(self, request: &HttpRequest) -> HttpResponse {
        match self.version {
            Some(version) if has(request, &format!("\"{version}\"")) => {
                HttpResponse::NotModified().insert_header((ETAG, format!("\"{version}\""))).finish()
            }
            _ => self.answer(Given::Now),
        }
    }

    /// The answer to a write.
    pub(crate) fn written(written: Written<Self>) -> HttpResponse {
        written.answer.answer(written.given)
    }

    fn answer(self, given: Given) -> HttpResponse {
        let Self { status, version, location, body } = self;
        let mut answer = HttpResponse::build(StatusCode::from_u16(status).unwrap_or(StatusCode::OK));
        if let Some(version) = version {
            answer.insert_header((ETAG, format!("\"{version}\"")));
        }
        if let Some(location) = location {
            answer.insert_header((LOCATION, location));
        }
        if given == Given::Before {
            answer.insert_header(("Idempotency-Replayed", "true"));
        }
        match body {
            Some(body) => answer.json(body),
            None => answer.finish(),
        }
    }
}
