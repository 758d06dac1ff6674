//! What an answer says that is no success: problems of RFC 9457. Nothing else builds a status.

pub mod catalogue;
mod refusals;

pub(crate) use refusals::CheckOut;

use std::collections::BTreeSet;
use std::fmt;

use actix_web::body::BoxBody;
use actix_web::http::StatusCode;
use actix_web::http::header::{
    ALLOW, CACHE_CONTROL, CONTENT_RANGE, CONTENT_TYPE, HeaderValue, RETRY_AFTER, WWW_AUTHENTICATE,
};
use actix_web::{HttpResponse, HttpResponseBuilder, ResponseError};
use domain::surrogate_key::SurrogateKey;
use domain::violation::{Faults, Place};
use serde_json::{Map, Value, json};

use self::catalogue::Code;
use crate::reply::finished::SURROGATE_KEY;

/// The media type of problems.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// Seconds after which a request may be tried again that found the server busy.
const RETRY_AFTER_S: u32 = 2;

/// What a client is asked for that has sent no token, and what it is told of one that does not count.
const CHALLENGE: &str = "Bearer realm=\"masthead\"";
const CHALLENGE_TO_TOKEN: &str = "Bearer realm=\"masthead\", error=\"invalid_token\"";

/// An answer that is no success. Who asked and where the page about it is are added at the edge.
#[derive(Debug, Clone)]
pub struct Problem(Box<Inner>);

#[derive(Debug, Clone)]
struct Inner {
    code: Code,
    detail: Option<String>,
    members: Map<String, Value>,
    retry_after_s: Option<u32>,
    allow: Option<String>,
    /// Of the file of which a range was asked for.
    octets: Option<u64>,
    challenge: &'static str,
    /// The names under which caches that keep it all the same know it.
    keys: Option<HeaderValue>,
}

impl Problem {
    /// A problem of this code.
    pub fn new(code: Code) -> Self {
        let busy = code.status() == StatusCode::SERVICE_UNAVAILABLE || code == Code::IdempotencyInProgress;
        let retry_after_s = busy.then_some(RETRY_AFTER_S);
        Self(Box::new(Inner {
            code,
            detail: None,
            members: Map::new(),
            retry_after_s,
            allow: None,
            octets: None,
            challenge: CHALLENGE,
            keys: None,
        }))
    }

    /// What was sent is wrong, in all these places.
    pub fn invalid(faults: &Faults) -> Self {
        let errors: Vec<_> = faults
            .iter()
            .map(|fault| {
                let mut error = Map::new();
                match &fault.place {
                    Place::Pointer(pointer) => error.insert("pointer".to_owned(), json!(pointer)),
                    Place::Parameter(name) => error.insert("parameter".to_owned(), json!(name)),
                };
                error.insert("code".to_owned(), json!(fault.violation.rule.code()));
                error.insert("detail".to_owned(), json!(fault.violation.detail));
                if let Some(limit) = fault.violation.limit {
                    error.insert("limit".to_owned(), json!(limit));
                }
                Value::Object(error)
            })
            .collect();
        Self::new(Code::ValidationFailed).with("errors", errors)
    }

    /// The same with a sentence about this occurrence.
    #[must_use]
    pub fn because(mut self, detail: impl Into<String>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    /// The same with a further member.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.members.insert(name.to_owned(), value.into());
        self
    }

    /// The same, to be tried again after this many seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.0.retry_after_s = Some(seconds);
        self
    }

    /// The same with the methods that the address has.
    #[must_use]
    pub fn allowing(mut self, methods: impl Into<String>) -> Self {
        self.0.allow = Some(methods.into());
        self
    }

    /// The same, told of a token that does not count (RFC 6750, 3.1).
    #[must_use]
    pub fn of_token(mut self) -> Self {
        self.0.challenge = CHALLENGE_TO_TOKEN;
        self
    }

    /// The same, told of a range of a file of this length.
    #[must_use]
    pub fn of_length(mut self, octets: u64) -> Self {
        self.0.octets = Some(octets);
        self
    }

    /// The same, under the names of what was asked for (ruling 16).
    #[must_use]
    pub(crate) fn under(mut self, keys: &BTreeSet<SurrogateKey>) -> Self {
        self.0.keys = SurrogateKey::field(keys).and_then(|field| HeaderValue::from_str(&field).ok());
        self
    }

    /// What went wrong.
    pub const fn code(&self) -> Code {
        self.0.code
    }

    /// The document, with the base of our own addresses and the id of the request.
    fn document(&self, public_url: &str, request: &str) -> Value {
        let Inner { code, detail, members, .. } = &*self.0;
        let mut document = Map::new();
        document.insert("type".to_owned(), json!(format!("{public_url}/problems/{}", code.name())));
        document.insert("title".to_owned(), json!(code.title()));
        document.insert("status".to_owned(), json!(code.status().as_u16()));
        document.insert("detail".to_owned(), json!(detail.as_deref().unwrap_or(code.meaning())));
        document.insert("instance".to_owned(), json!(format!("urn:uuid:{request}")));
        document.insert("code".to_owned(), json!(code.name()));
        document.extend(members.clone());
        Value::Object(document)
    }

    /// The whole answer.
    pub fn answer(&self, public_url: &str, request: &str) -> HttpResponse {
        self.head().body(self.document(public_url, request).to_string())
    }

    fn head(&self) -> HttpResponseBuilder {
        let mut answer = HttpResponse::build(self.0.code.status());
        answer.insert_header((CONTENT_TYPE, MEDIA_TYPE)).insert_header((CACHE_CONTROL, "private, no-store"));
        if let Some(seconds) = self.0.retry_after_s {
            answer.insert_header((RETRY_AFTER, seconds));
        }
        if let Some(keys) = &self.0.keys {
            answer.insert_header((SURROGATE_KEY, keys.clone()));
        }
        if let Some(methods) = &self.0.allow {
            answer.insert_header((ALLOW, methods.as_str()));
        }
        if let Some(octets) = self.0.octets {
            answer.insert_header((CONTENT_RANGE, format!("bytes */{octets}")));
        }
        if self.0.code == Code::RequestTimeout {
            // What arrives after all would be taken for the next request.
            answer.force_close();
        }
        if self.0.code.status() == StatusCode::UNAUTHORIZED {
            answer.insert_header((WWW_AUTHENTICATE, self.0.challenge));
        }
        answer
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.code.name())
    }
}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.0.code.status()
    }

    /// An answer that the edge replaces by [`Problem::answer`], which knows the request.
    fn error_response(&self) -> HttpResponse<BoxBody> {
        self.head().finish()
    }
}
