//! Documents in forms of their own that readers get: feeds and sitemaps.

use actix_web::HttpResponse;
use actix_web::http::header::{CONTENT_SECURITY_POLICY, LAST_MODIFIED};
use domain::time::Moment;

use super::public::{Lifetime, composed};
use crate::api::operation::Header;

/// What a browser that opens one may load and run: nothing.
const POLICY: &str = "default-src 'none'; frame-ancestors 'none'; sandbox";

/// A document.
pub(crate) struct Written {
    pub(crate) lifetime: Lifetime,
    pub(crate) media_type: &'static str,
    pub(crate) octets: Vec<u8>,
    /// The last change of what is in it. It is told, and never asked for: what leaves a document moves no date, so that
    /// only the tag says whether a client has it (`If-Modified-Since` is not heeded).
    pub(crate) updated_at: Option<Moment>,
}

impl Written {
    /// What its answers always carry.
    pub(crate) const HEADERS: [Header; 2] = [Header::ETag, Header::CacheControl];

    pub(crate) fn answer(self) -> HttpResponse {
        let Self { lifetime, media_type, octets, updated_at } = self;
        let mut answer = composed(lifetime, media_type, &octets);
        answer.insert_header((CONTENT_SECURITY_POLICY, POLICY));
        if let Some(at) = updated_at {
            answer.insert_header((LAST_MODIFIED, at.http_date()));
        }
        answer.body(octets)
    }
}
