//! The file of a photo as it is sent: `multipart/form-data`, written to disk as it arrives and never whole in memory.

use std::fs::File;
use std::marker::PhantomData;
use std::pin::pin;
use std::time::Duration;

use actix_web::dev::Payload;
use actix_web::http::header::{CONTENT_LENGTH, CONTENT_TYPE};
use actix_web::web::{self, Data};
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use domain::actor::Actor;
use domain::id::PhotoId;
use domain::photo::hash::ContentHash;
use domain::photo::patch::PhotoPatch;
use domain::photo::texts::FileName;
use domain::violation::{Fault, Rule, Violation};
use futures_util::future::{Either, LocalBoxFuture, select};
use futures_util::{StreamExt, stream};
use multer::{Field, Multipart};
use newsroom::Newsroom;
use newsroom::asked::Asked;
use newsroom::error::Error;
use newsroom::photos::{Incoming, Intake};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::sync::mpsc;

use super::body::{HELD, malformed, too_large};
use super::conditional::one;
use super::path::At;
use super::request::{IDEMPOTENCY_KEY, once, origin};
use super::{json, members};
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::settings::Settings;

/// What is taken.
pub(crate) const MEDIA_TYPE: &str = "multipart/form-data";

/// The part with the file.
const FILE: &str = "file";

/// The part with what is said of it, as a `PATCH` says it.
const PHOTO: &str = "photo";

/// Most octets of the part that says something.
const SAID_OCTETS: usize = 64 * 1024;

/// What a file is sent for. Who may send it is decided before any of the form is read: a file is large, and what is in it
/// is nobody's business who may not bring it (abuse AZ-08).
pub(crate) trait Aim: 'static {
    /// What its form may say beside the file.
    const BESIDE: Beside;

    /// Whether `actor` may.
    fn allows(
        newsroom: Data<Newsroom>,
        actor: Actor,
        path: At<PhotoId>,
    ) -> LocalBoxFuture<'static, Result<(), Problem>>;
}

/// What a form may say beside the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Beside {
    /// What is said of the photo.
    Facts,
    /// Nothing.
    Nothing,
}

/// A photo that is brought in.
pub(crate) struct NewPhoto;

impl Aim for NewPhoto {
    const BESIDE: Beside = Beside::Facts;

    fn allows(
        newsroom: Data<Newsroom>,
        actor: Actor,
        _: At<PhotoId>,
    ) -> LocalBoxFuture<'static, Result<(), Problem>> {
        Box::pin(async move { Ok(newsroom.may_bring(&actor)?) })
    }
}

/// Another file for a photo.
pub(crate) struct AnotherFile;

impl Aim for AnotherFile {
    const BESIDE: Beside = Beside::Nothing;

    fn allows(
        newsroom: Data<Newsroom>,
        actor: Actor,
        path: At<PhotoId>,
    ) -> LocalBoxFuture<'static, Result<(), Problem>> {
        Box::pin(async move { Ok(newsroom.may_replace(actor, path.one()?).await?) })
    }
}

/// A file that somebody who is signed in sends.
pub(crate) struct Upload<A> {
    /// Who asks, whence, and under which key.
    pub(crate) asked: Asked,
    /// The file and what is said of it.
    pub(crate) incoming: Incoming,
    pub(crate) aim: PhantomData<A>,
}

/// The schema of a form; `facts` is that of a `PATCH`, where one may stand beside the file.
pub(crate) fn schema(facts: Option<&Value>) -> Value {
    let mut properties = json!({
        FILE: {"type": "string", "contentMediaType": "application/octet-stream", "description": "The file."},
    });
    if let Some(facts) = facts {
        properties[PHOTO] = facts.clone();
    }
    json!({
        "type": "object",
        "required": [FILE],
        "additionalProperties": false,
        "properties": properties,
    })
}

impl<A: Aim> FromRequest for Upload<A> {
    type Error = Problem;
    type Future = LocalBoxFuture<'static, Result<Self, Problem>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let settings = request.app_data::<Data<Settings>>().cloned();
        let newsroom = request.app_data::<Data<Newsroom>>().cloned();
        let path = At::from_request(request, payload);
        let (request, payload) = (request.clone(), web::Payload::from_request(request, payload));
        Box::pin(async move {
            let actor = request.extensions().get::<Actor>().copied();
            let actor = actor.ok_or_else(|| Problem::new(Code::Unauthenticated))?;
            let settings = settings.ok_or_else(|| Problem::new(Code::Internal))?;
            let key = one(request.headers(), &IDEMPOTENCY_KEY)?.map(str::to_owned);
            let boundary = boundary(&request)?;
            let newsroom = newsroom.ok_or_else(|| Problem::new(Code::Internal))?;
            A::allows(newsroom.clone(), actor, path.await?).await?;
            // The form about the file is small.
            let most = settings.file_octets.saturating_add(2 * SAID_OCTETS);
            let announced =
                request.headers().get(CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
            if announced.is_some_and(|octets: usize| octets > most) {
                return Err(too_large(most));
            }
            let mut payload = payload.await.map_err(|_| Problem::new(Code::MalformedRequest))?;
            let deadline = Duration::from_secs(settings.upload_deadline_s.into());
            let taken = Taken { beside: A::BESIDE, most_file: settings.file_octets, most };
            let form = Form::of(&mut payload, &boundary, &newsroom, taken);
            let read = tokio::time::timeout(deadline, form).await;
            let Ok(read) = read else {
                // As for any body: see there.
                actix_web::rt::spawn(async move {
                    tokio::time::sleep(HELD).await;
                    drop(payload);
                });
                return Err(Problem::new(Code::RequestTimeout));
            };
            let (incoming, digest) = read?;
            let once = key.map(|key| once(&request, actor, &key, digest)).transpose()?;
            let asked = Asked { actor, origin: origin(&request)?, once };
            Ok(Self { asked, incoming, aim: PhantomData })
        })
    }
}

/// The boundary of the form.
fn boundary(request: &HttpRequest) -> Result<String, Problem> {
    let text = one(request.headers(), &CONTENT_TYPE)?.unwrap_or_default();
    let is_form = text.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case(MEDIA_TYPE));
    if !is_form {
        return Err(Problem::new(Code::UnsupportedMediaType));
    }
    multer::parse_boundary(text).map_err(|_| Problem::new(Code::MalformedMultipart))
}

/// The parts of a form, as far as they have arrived.
#[derive(Default)]
struct Form {
    file: Option<(File, ContentHash, Option<FileName>)>,
    said: Option<(PhotoPatch, [u8; 32])>,
}

/// What is taken of a form.
#[derive(Clone, Copy)]
struct Taken {
    beside: Beside,
    /// Most octets of its file.
    most_file: usize,
    /// Most octets of all of it.
    most: usize,
}

impl Form {
    /// Reads a form out of a body.
    async fn of(
        payload: &mut web::Payload,
        boundary: &str,
        newsroom: &Newsroom,
        taken: Taken,
    ) -> Result<(Incoming, [u8; 32]), Problem> {
        let most = taken.most;
        // The body stays on the thread of its connection, and the form wants what could leave it.
        let (sender, receiver) = mpsc::channel(1);
        let forward = async move {
            let mut left = most;
            while let Some(piece) = payload.next().await {
                let piece = match piece {
                    Ok(piece) => left
                        .checked_sub(piece.len())
                        .map(|rest| {
                            left = rest;
                            piece
                        })
                        .ok_or(multer::Error::StreamSizeExceeded { limit: most as u64 }),
                    Err(_) => Err(multer::Error::IncompleteStream),
                };
                let failed = piece.is_err();
                if sender.send(piece).await.is_err() || failed {
                    return;
                }
            }
        };
        let pieces = stream::unfold(receiver, |mut receiver| async move {
            receiver.recv().await.map(|piece| (piece, receiver))
        });
        match select(pin!(Self::read(pieces, boundary, newsroom, taken)), pin!(forward)).await {
            Either::Left((read, _)) => read,
            Either::Right(((), rest)) => rest.await,
        }
    }

    /// Reads a form to its end, and the fingerprint by which two of them are told apart: names of parts with what they
    /// hold (ruling 30).
    async fn read<S>(
        stream: S,
        boundary: &str,
        newsroom: &Newsroom,
        taken: Taken,
    ) -> Result<(Incoming, [u8; 32]), Problem>
    where
        S: futures_util::Stream<Item = Result<web::Bytes, multer::Error>> + Send,
    {
        let mut parts = Multipart::new(stream, boundary);
        let mut form = Self::default();
        while let Some(mut part) = parts.next_field().await.map_err(|error| broken(&error))? {
            let name = part.name().unwrap_or_default().to_owned();
            match name.as_str() {
                FILE if form.file.is_none() => {
                    form.file = Some(file(&mut part, newsroom.intake()?, taken.most_file).await?);
                }
                PHOTO if taken.beside == Beside::Nothing => {
                    return Err(fault(
                        PHOTO,
                        Rule::UnknownField,
                        "is not known here: what is said of a photo stays",
                    ));
                }
                PHOTO if form.said.is_none() => form.said = Some(said(&mut part).await?),
                FILE | PHOTO => return Err(fault(&name, Rule::Duplicate, "stands more than once")),
                other => return Err(fault(other, Rule::UnknownField, "is not known")),
            }
        }
        let Some((file, hash, name)) = form.file else {
            return Err(fault(FILE, Rule::Required, "is required"));
        };
        let mut fingerprint = Sha256::new();
        fingerprint.update(hash.octets());
        let patch = form.said.map(|(patch, digest)| {
            fingerprint.update(digest);
            patch
        });
        let patch = patch.unwrap_or_default();
        Ok((Incoming { file, hash, name, patch }, fingerprint.finalize().into()))
    }
}

/// Takes a file in as it arrives.
async fn file(
    part: &mut Field<'_>,
    mut intake: Intake,
    most: usize,
) -> Result<(File, ContentHash, Option<FileName>), Problem> {
    // What cannot be a name is none: it decides nothing.
    let name = part.file_name().and_then(|name| FileName::parse(name).ok());
    let mut octets = 0_usize;
    while let Some(piece) = part.chunk().await.map_err(|error| broken(&error))? {
        octets = octets.saturating_add(piece.len());
        if octets > most {
            return Err(too_large(most));
        }
        intake = intake.take(&piece).await?;
    }
    let (file, hash) = intake.finish().await?;
    Ok((file, hash, name))
}

/// Reads what is said of the file.
async fn said(part: &mut Field<'_>) -> Result<(PhotoPatch, [u8; 32]), Problem> {
    let mut octets = Vec::new();
    while let Some(piece) = part.chunk().await.map_err(|error| broken(&error))? {
        if octets.len() + piece.len() > SAID_OCTETS {
            return Err(too_large(SAID_OCTETS));
        }
        octets.extend_from_slice(&piece);
    }
    let value = json::parse(&octets).map_err(malformed)?;
    let patch = members::read(value).map_err(|faults| Error::Invalid(faults.below("/photo")))?;
    Ok((patch, Sha256::digest(&octets).into()))
}

fn fault(name: &str, rule: Rule, detail: &str) -> Problem {
    let fault: Fault = Violation::new(rule, detail).at(domain::json::pointer(name));
    Error::Invalid(fault.into()).into()
}

fn broken(error: &multer::Error) -> Problem {
    match error {
        multer::Error::StreamSizeExceeded { .. } => Problem::new(Code::PayloadTooLarge),
        _ => Problem::new(Code::MalformedMultipart),
    }
}
