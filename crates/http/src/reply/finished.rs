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
use crate::cors::Field;
use crate::problem::Problem;

/// The header with the names under which caches keep an answer.
pub(crate) const SURROGATE_KEY: HeaderName = HeaderName::from_static("surrogate-key");

/// From how many octets on a body is coded on another thread, so that nobody waits behind it.
const LONG: usize = 32_768;

/// The headers that tell of a body, which an answer without one leaves out.
const OF_BODY: [HeaderName; 2] = [CONTENT_TYPE, CONTENT_ENCODING];

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
    lifetime: Lifetime,
    body: Body,
    coded: [OnceCell<Option<Body>>; Coding::ALL.len()],
}

/// A body in a coding, with what stands before it each time.
struct Body {
    octets: Bytes,
    /// The tag of this answer in this coding (ruling 19).
    etag: Option<HeaderValue>,
    /// All but what is of a moment. It is a list and no map, since it is only ever read from end to end.
    head: Box<[Field]>,
}

impl Body {
    fn new(octets: Bytes, etag: Option<HeaderValue>, shared: impl Iterator<Item = Field>) -> Self {
        let own = etag.iter().map(|etag| (ETAG, etag.clone()));
        let head = shared.chain(own).collect();
        Self { octets, etag, head }
    }
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
        if let Some(unending) = lifetime.unending() {
            head.insert(CACHE_CONTROL, unending);
        }
        let body = Body::new(octets, etag, head.into_iter());
        Self { status, lifetime, body, coded: Default::default() }
    }

    /// When something in it ends.
    pub(crate) const fn ends(&self) -> Option<Moment> {
        self.lifetime.ends()
    }

    /// Most octets that it ever takes, in all codings.
    pub(crate) fn octets(&self) -> usize {
        let Body { octets, etag, head } = &self.body;
        let text = |(name, value): &Field| name.as_str().len() + value.len();
        // The codings share what stands in the fields, but for the tag.
        let fields = (head.len() + 1) * size_of::<Field>();
        let coded = fields + etag.as_ref().map_or(0, HeaderValue::len) + Coding::most(octets.len());
        let texts: usize = head.iter().map(text).sum();
        size_of::<Self>() + fields + texts + octets.len() + Coding::ALL.len() * coded
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
        let Body { octets, etag, head } = &self.body;
        let coded = if octets.len() < LONG {
            coding.code(octets)
        } else {
            let octets = octets.clone();
            // Who stops the runtime waits for nobody.
            tokio::task::spawn_blocking(move || coding.code(&octets)).await.ok()?
        };
        let tag = etag.as_ref()?.to_str().ok()?.trim_matches('"');
        let etag = HeaderValue::from_str(&format!("\"{tag}-{}\"", coding.name())).ok();
        let named = (CONTENT_ENCODING, HeaderValue::from_static(coding.name()));
        let shared = head.iter().filter(|(name, _)| *name != ETAG).cloned().chain([named]);
        // Without the room that the coder left: it would not be counted.
        Some(Body::new(coded?.into_boxed_slice().into(), etag, shared))
    }

    fn with(&self, body: &Body, wants: &Wants, now: Moment) -> HttpResponse {
        let fresh = body.etag.as_ref().is_some_and(|etag| is_among(&wants.has, etag.as_bytes()));
        let (status, octets) =
            if fresh { (StatusCode::NOT_MODIFIED, Bytes::new()) } else { (self.status, body.octets.clone()) };
        let body_of = if octets.is_empty() { BoxBody::new(()) } else { octets.boxed() };
        let mut answer = HttpResponse::with_body(status, body_of);
        let own = answer.headers_mut();
        for (name, value) in body.head.iter().filter(|(name, _)| !fresh || !OF_BODY.contains(name)) {
            own.append(name.clone(), value.clone());
        }
        if self.lifetime.ends().is_some()
            && let Some(lifetime) = self.lifetime.told(now)
        {
            own.insert(CACHE_CONTROL, lifetime);
        }
        answer
    }
}
