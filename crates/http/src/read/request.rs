//! Who asks, whence, and whether for the second time.

use actix_web::dev::Payload;
use actix_web::http::header::{HeaderName, USER_AGENT};
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use domain::account::Agent;
use domain::actor::Actor;
use domain::id::has_id_shape;
use futures_util::future::LocalBoxFuture;
use newsroom::asked::{Asked, Once, Origin};
use newsroom::reader::AskedByReader;
use sha2::{Digest, Sha256};

use super::body::Said;
use super::conditional::one;
use super::members::Input;
use crate::edge::Client;
use crate::problem::Problem;
use crate::problem::catalogue::Code;

pub(super) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// Longest idempotency key, in octets.
const MOST_KEY_OCTETS: usize = 255;

/// Who is signed in. The gate before the routes put them there; without it nobody is.
pub(crate) struct SignedIn(pub(crate) Actor);

impl FromRequest for SignedIn {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let actor = request.extensions().get::<Actor>().copied();
        std::future::ready(actor.map(SignedIn).ok_or_else(|| Problem::new(Code::Unauthenticated)))
    }
}

/// Whence a request came.
pub(crate) fn origin(request: &HttpRequest) -> Result<Origin, Problem> {
    let client = request.extensions().get::<Client>().copied();
    let Client { address, request: id } = client.ok_or_else(|| Problem::new(Code::Internal))?;
    let agent = request.headers().get(USER_AGENT).and_then(|value| value.to_str().ok());
    let agent =
        agent.and_then(|text| Agent::parse(&text.chars().take(Agent::MAX_CHARS).collect::<String>()).ok());
    Ok(Origin { address, agent, request: id })
}

/// A write that somebody who is signed in asks for: what they say, and whether for the second time.
pub(crate) struct Write<T> {
    /// Who asks, whence, and under which key.
    pub(crate) asked: Asked,
    /// What they say.
    pub(crate) said: T,
}

impl<T: Input> FromRequest for Write<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, body) = (request.clone(), Said::<T>::from_request(request, payload));
        Box::pin(async move {
            let actor = request.extensions().get::<Actor>().copied();
            let actor = actor.ok_or_else(|| Problem::new(Code::Unauthenticated))?;
            let key = one(request.headers(), &IDEMPOTENCY_KEY)?.map(str::to_owned);
            let Said { said, digest } = body.await?;
            let once = key.map(|key| once(&request, actor, &key, digest)).transpose()?;
            Ok(Self { asked: Asked { actor, origin: origin(&request)?, once }, said })
        })
    }
}

/// A write that a reader asks for, who is not signed in: what they say, whence, and whether for the second time.
pub(crate) struct Handed<T> {
    /// Whence, and under which key.
    pub(crate) asked: AskedByReader,
    /// What they say.
    pub(crate) said: T,
}

impl<T: Input> FromRequest for Handed<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, body) = (request.clone(), Said::<T>::from_request(request, payload));
        Box::pin(async move {
            let key = one(request.headers(), &IDEMPOTENCY_KEY)?.map(str::to_owned);
            let Said { said, digest } = body.await?;
            let once = key.map(|key| once_for_reader(&request, &key, digest)).transpose()?;
            Ok(Self { asked: AskedByReader { origin: origin(&request)?, once }, said })
        })
    }
}

/// Whom a key belongs to that comes without a sign-in: nobody, so that it must be one that nobody else draws.
fn once_for_reader(request: &HttpRequest, key: &str, body: [u8; 32]) -> Result<Once, Problem> {
    if !has_id_shape(key) {
        let detail = "without a sign-in, Idempotency-Key takes a UUID";
        return Err(Problem::new(Code::MalformedRequest).because(detail));
    }
    once_of(request, "", key, body)
}

/// The key belongs to the actor, the method and the very path (abuse CC-01); the fingerprint is the whole request.
pub(super) fn once(request: &HttpRequest, actor: Actor, key: &str, body: [u8; 32]) -> Result<Once, Problem> {
    let visible = key.bytes().all(|b| b.is_ascii_graphic());
    if key.is_empty() || key.len() > MOST_KEY_OCTETS || !visible {
        let detail = "Idempotency-Key takes 1 to 255 visible ASCII characters";
        return Err(Problem::new(Code::MalformedRequest).because(detail));
    }
    // What a program asked for is not what its owner did.
    let program = actor.api_key().map_or_else(String::new, |key| format!(" by {key}"));
    once_of(request, &format!("{}{program}", actor.user), key, body)
}

fn once_of(request: &HttpRequest, actor: &str, key: &str, body: [u8; 32]) -> Result<Once, Problem> {
    let scope = digest(&[request.method().as_str(), request.path(), actor, key]);
    let if_match = one(request.headers(), &actix_web::http::header::IF_MATCH)?.unwrap_or_default();
    let body: String = body.iter().map(|octet| char::from(*octet)).collect();
    let fingerprint = digest(&[request.query_string(), if_match, &body]);
    Ok(Once { scope, fingerprint })
}

/// SHA-256 of parts, each with its length before it.
fn digest(parts: &[&str]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part.as_bytes());
    }
    hash.finalize().into()
}
