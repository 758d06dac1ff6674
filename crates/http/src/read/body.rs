//! The body of a request: its type, its size, the time that it takes, and its JSON.

use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use actix_web::web::{BytesMut, Data};
use actix_web::{FromRequest, HttpRequest, web};
use futures_util::StreamExt;
use futures_util::future::LocalBoxFuture;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::json::{self, NotJson};
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::settings::Settings;

/// Longer than it takes to write an answer.
const HELD: Duration = Duration::from_secs(5);

/// A body of JSON. No body at all is an empty object, as for an action that needs nothing said.
pub(crate) struct Body {
    /// What it says.
    pub(crate) value: Value,
    /// SHA-256 of its octets, by which two requests are told apart.
    pub(crate) digest: [u8; 32],
}

impl FromRequest for Body {
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
            let most = settings.body_bytes;
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
            if octets.is_empty() {
                return Ok(Self { value: Value::Object(Map::new()), digest });
            }
            if !is_json {
                return Err(Problem::new(Code::UnsupportedMediaType));
            }
            let value = json::parse(&octets).map_err(malformed)?;
            Ok(Self { value, digest })
        })
    }
}

fn malformed(why: NotJson) -> Problem {
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

fn too_large(most: usize) -> Problem {
    Problem::new(Code::PayloadTooLarge).with("limit", most)
}
