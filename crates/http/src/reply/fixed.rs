//! Answers that change only with the release or the settings: pages, scripts, documents.

use std::borrow::Cow;
use std::marker::PhantomData;

use actix_web::body::BoxBody;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, ETAG};
use actix_web::{HttpRequest, HttpResponse, Responder};
use serde_json::Value;

use super::{conditionally, has, tag_of_octets};
use crate::api::contract::Outcome;
use crate::api::operation::{Header, Operation, Success};

/// What kind of octets are answered that change only with the release or the settings.
pub(crate) trait Kind: 'static {
    const MEDIA_TYPE: &'static str;
    const CACHE: &'static str;
    /// What a page may load.
    const POLICY: &'static str = "default-src 'none'; frame-ancestors 'none'";
    fn schema() -> Value;
}

/// Such octets.
pub(crate) struct Fixed<K> {
    octets: Cow<'static, [u8]>,
    kind: PhantomData<K>,
}

impl<K> Fixed<K> {
    pub(crate) fn new(octets: impl Into<Cow<'static, [u8]>>) -> Self {
        Self { octets: octets.into(), kind: PhantomData }
    }
}

impl<K: Kind> Responder for Fixed<K> {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let etag = tag_of_octets(&self.octets);
        let fresh = has(request, &etag);
        let mut answer = if fresh { HttpResponse::NotModified() } else { HttpResponse::Ok() };
        answer.insert_header((ETAG, etag)).insert_header((CACHE_CONTROL, K::CACHE));
        if fresh {
            return answer.finish();
        }
        answer.insert_header((CONTENT_SECURITY_POLICY, K::POLICY));
        answer.content_type(K::MEDIA_TYPE).body(self.octets)
    }
}

impl<K: Kind> Outcome for Fixed<K> {
    fn describe(operation: &mut Operation) {
        let media_type = K::MEDIA_TYPE.split(';').next().unwrap_or(K::MEDIA_TYPE);
        operation.successes.push(Success {
            status: 200,
            description: "As this release has it.",
            content: Some((media_type, K::schema())),
            headers: vec![Header::ETag, Header::CacheControl],
        });
        conditionally(operation, &[]);
    }
}
