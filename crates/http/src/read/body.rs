//! The body of a request: its type, its size, the time that it takes, and its JSON.

use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use actix_web::web::{self, BytesMut, Data};
use actix_web::{FromRequest, HttpRequest};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use newsroom::error::Error;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::json::{self, NotJson};
use super::members::{self, Input, Room};
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::settings::Settings;

/// Longer than it takes to write an answer.
pub(super) const HELD: Duration = Duration::from_secs(5);

/// Octets of a [`Room::Small`] body.
const SMALL_OCTETS: usize = 8 * 1024;

/// Octets of a [`Room::Letter`] body.
const LETTER_OCTETS: usize = 64 * 1024;

/// A body of JSON, read as `T`. No body at all is an empty object, as for an action that needs nothing said.
pub(crate) struct Said<T> {
    /// What it says.
    pub(crate) said: T,
    /// SHA-256 of its octets, by which two requests are told apart.
    pub(crate) digest: [u8; 32],
}

impl<T: Input> FromRequest for Said<T> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let settings = request.app_data::<Data<Settings>>().cloned();
        let announced =
            request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
        let is_json = is_json(request);
        let payload = web::Payload::from_request(request, payload);
        Box::pin(async move {
            let settings = settings.ok_or_else(|| Problem::new(Code::Internal))?;
            let most = match T::ROOM {
                Room::Usual => settings.body_bytes,
                Room::Letter => settings.body_bytes.min(LETTER_OCTETS),
                Room::Small => settings.body_bytes.min(SMALL_OCTETS),
            };
            if announced.is_some_and(|octets: u64| octets > most as u64) {
                return Err(too_large(most));
            }
            let mut payload = payload.await.map_err(|_| Problem::new(Code::MalformedRequest))?;
            let deadline = Duration::from_secs(settings.body_deadline_s.into());
            let Ok(read) = tokio::time::timeout(deadline, whole(&mut payload, most)).await else {
                // Of a body that somebody still holds, actix closes the connection when it has answered; one that
                // nobody holds it reads on for as long as the client sends.
                actix_web::rt::spawn(async move {
                    tokio::time::sleep(HELD).await;
                    drop(payload);
                });
                return Err(Problem::new(Code::RequestTimeout));
            };
            let octets = read?;
            let digest = Sha256::digest(&octets).into();
            let value = value(&octets, is_json)?;
            let said = members::read(value).map_err(Error::Invalid)?;
            Ok(Self { said, digest })
        })
    }
}

fn value(octets: &[u8], is_json: bool) -> Result<Value, Problem> {
    if octets.is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    if !is_json {
        return Err(Problem::new(Code::UnsupportedMediaType));
    }
    json::parse(octets).map_err(malformed)
}

pub(super) fn malformed(why: NotJson) -> Problem {
    let problem = Problem::new(Code::MalformedJson);
    match why {
        NotJson::Malformed => problem,
        NotJson::Twice(pointer) => problem.because(format!("the member at `{pointer}` stands twice")),
    }
}

fn is_json(request: &HttpRequest) -> bool {
    let mut types = request.headers().get_all(CONTENT_TYPE);
    let (Some(first), None) = (types.next(), types.next()) else { return false };
    let Ok(text) = first.to_str() else { return false };
    let mut parts = text.split(';').map(|part| part.trim().to_ascii_lowercase());
    parts.next().as_deref() == Some("application/json")
        && parts.all(|part| matches!(part.as_str(), "charset=utf-8" | "charset=\"utf-8\""))
}

async fn whole(payload: &mut web::Payload, most: usize) -> Result<BytesMut, Problem> {
    let mut octets = BytesMut::new();
    while let Some(part) = payload.next().await {
        let part = part.map_err(|_| Problem::new(Code::MalformedRequest))?;
        if octets.len() + part.len() > most {
            return Err(too_large(most));
        }
        octets.extend_from_slice(&part);
    }
    Ok(octets)
}

pub(super) fn too_large(most: usize) -> Problem {
    Problem::new(Code::PayloadTooLarge).with("limit", most)
}
