//! An answer that is finished: its head, and its body in each coding that somebody has asked for. It is composed once and
//! given to all.

use std::collections::BTreeSet;

use actix_web::HttpResponse;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::http::StatusCode;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, IF_NONE_MATCH,
    VARY,
};
use actix_web::web::Bytes;
use domain::surrogate_key::SurrogateKey;
use domain::time::Moment;
use tokio::sync::OnceCell;

use super::coding::Coding;
use super::is_among;
use super::public::{LIST, Lifetime};
use crate::problem::Problem;

/// The header with the names under which caches keep an answer.
pub(crate) const SURROGATE_KEY: HeaderName = HeaderName::from_static("surrogate-key");

/// From how many octets on a body is coded on another thread, so that nobody waits behind it.
const LONG: usize = 32_768;

/// What a client wants of an answer, whichever it is.
pub(crate) struct Wants {
    coding: Option<Coding>,
    has: Vec<HeaderValue>,
}

impl Wants {
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        Self { coding: Coding::best(headers), has: headers.get_all(IF_NONE_MATCH).cloned().collect() }
    }
}

/// An answer, which is one of success or a problem.
pub(crate) enum Finished {
    Answered(Box<Answered>),
    Problem(Problem),
}

/// An answer of success.
pub(crate) struct Answered {
    status: StatusCode,
    /// What is the same whatever the client wants.
    head: HeaderMap,
    lifetime: Lifetime,
    /// The lifetime as it is told while nothing in the answer ends.
    unending: Option<HeaderValue>,
    body: Body,
    coded: [OnceCell<Option<Body>>; Coding::ALL.len()],
}

/// A body, with the tag of this answer in this coding (ruling 19).
struct Body {
    octets: Bytes,
    coding: Option<Coding>,
    etag: Option<HeaderValue>,
}

impl Answered {
    /// Finishes an answer that was composed. `keys` are what went into it.
    pub(crate) fn new(
        status: StatusCode,
        mut head: HeaderMap,
        octets: Bytes,
        lifetime: Lifetime,
        keys: &BTreeSet<SurrogateKey>,
    ) -> Self {
        let etag = head.remove(ETAG).next();
        let field = SurrogateKey::field(keys);
        // What cannot be purged by all that went into it is kept no longer than a list.
        let lifetime = if field.is_some() { lifetime } else { lifetime.at_most(LIST) };
        let field = field.unwrap_or_else(|| SurrogateKey::lists().to_string());
        if let Ok(field) = HeaderValue::from_str(&field) {
            head.insert(SURROGATE_KEY, field);
        }
        if !octets.is_empty() {
            head.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
        }
        let unending = lifetime.unending();
        Self {
            status,
            head,
            lifetime,
            unending,
            body: Body { octets, coding: None, etag },
            coded: Default::default(),
        }
    }

    /// When something in it ends.
    pub(crate) const fn ends(&self) -> Option<Moment> {
        self.lifetime.ends()
    }

    /// Most octets that it ever takes, in all codings.
    pub(crate) fn octets(&self) -> usize {
        let head: usize = self.head.iter().map(|(name, value)| name.as_str().len() + value.len()).sum();
        let body = self.body.octets.len();
        size_of::<Self>() + head + body + Coding::ALL.len() * Coding::most(body)
    }

    /// The body that a client wants, if it is there.
    fn body(&self, wants: &Wants) -> Option<&Body> {
        let Some(coding) = wants.coding else { return Some(&self.body) };
        self.coded[coding as usize].get().map(|coded| coded.as_ref().unwrap_or(&self.body))
    }

    /// The answer as a client wants it, if it is there.
    pub(crate) fn answer(&self, wants: &Wants, now: Moment) -> Option<HttpResponse> {
        Some(self.with(self.body(wants)?, wants, now))
    }

    /// The answer as a client wants it.
    pub(crate) async fn coded(&self, wants: &Wants, now: Moment) -> HttpResponse {
        let Some(coding) = wants.coding else { return self.with(&self.body, wants, now) };
        let coded = self.coded[coding as usize].get_or_init(|| self.code(coding)).await;
        self.with(coded.as_ref().unwrap_or(&self.body), wants, now)
    }

    async fn code(&self, coding: Coding) -> Option<Body> {
        let Body { octets, etag, coding: _ } = &self.body;
        let coded = if octets.len() < LONG {
            coding.code(octets)
        } else {
            let octets = octets.clone();
            // Who stops the runtime waits for nobody.
            tokio::task::spawn_blocking(move || coding.code(&octets)).await.ok()?
        };
        let tag = etag.as_ref()?.to_str().ok()?.trim_matches('"');
        let etag = HeaderValue::from_str(&format!("\"{tag}-{}\"", coding.name())).ok();
        // Without the room that the coder left: it would not be counted.
        Some(Body { octets: coded?.into_boxed_slice().into(), coding: Some(coding), etag })
    }

    fn with(&self, body: &Body, wants: &Wants, now: Moment) -> HttpResponse {
        let fresh = body.etag.as_ref().is_some_and(|etag| is_among(&wants.has, etag.as_bytes()));
        let (status, octets) =
            if fresh { (StatusCode::NOT_MODIFIED, Bytes::new()) } else { (self.status, body.octets.clone()) };
        let body_of = if octets.is_empty() { BoxBody::new(()) } else { octets.boxed() };
        let mut answer = HttpResponse::with_body(status, body_of);
        let mut head = self.head.clone();
        if let Some(etag) = &body.etag {
            head.insert(ETAG, etag.clone());
        }
        if let Some(lifetime) = self.unending.clone().or_else(|| self.lifetime.told(now)) {
            head.insert(CACHE_CONTROL, lifetime);
        }
        if fresh {
            head.remove(CONTENT_TYPE);
        } else if let Some(coding) = body.coding {
            head.insert(CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
        }
        *answer.headers_mut() = head;
        answer
    }
}
