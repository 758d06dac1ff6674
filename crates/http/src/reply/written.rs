//! Documents in forms of their own that readers get: feeds and sitemaps.

use actix_web::body::BoxBody;
use actix_web::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, LAST_MODIFIED};
use actix_web::{HttpRequest, HttpResponse, Responder};
use domain::surrogate_key::SurrogateKey;
use domain::time::Moment;

use super::public::Lifetime;
use super::{conditional, tag_of_octets};
use crate::api::operation::Header;

/// What a browser that opens one may load and run: nothing.
const POLICY: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";

/// A document.
pub(crate) struct Written {
    pub(crate) lifetime: Lifetime,
    pub(crate) media_type: &'static str,
    pub(crate) octets: Vec<u8>,
    /// The names under which caches keep it.
    pub(crate) keys: Vec<SurrogateKey>,
    /// The last change of what is in it. It is told, and never asked for: what leaves a document moves no date, so that
    /// only the tag says whether a client has it (`If-Modified-Since` is not heeded).
    pub(crate) updated_at: Option<Moment>,
}

impl Written {
    /// What its answers always carry.
    pub(crate) const HEADERS: [Header; 3] = [Header::ETag, Header::CacheControl, Header::SurrogateKey];
}

impl Responder for Written {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        let Self { lifetime, media_type, octets, keys, updated_at } = self;
        let keys: Vec<_> = keys.iter().map(SurrogateKey::as_str).collect();
        conditional(request, &tag_of_octets(&octets), media_type, octets, |answer| {
            answer
                .insert_header((CACHE_CONTROL, lifetime.to_string()))
                .insert_header(("surrogate-key", keys.join(" ")))
                .insert_header((CONTENT_SECURITY_POLICY, POLICY));
            if let Some(at) = updated_at {
                answer.insert_header((LAST_MODIFIED, at.http_date()));
            }
        })
    }
}
