//! `GET /media/{photo}/{hash}/{variant}`: the bytes of a rendition that a visible article shows, or of one whose address
//! was signed for the newsroom; and the file of a photo as it came in.

use std::ops::Range;

use actix_web::body::{BoxBody, SizedStream};
use actix_web::http::StatusCode;
use actix_web::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_RANGE, CONTENT_SECURITY_POLICY, ETAG,
    IF_RANGE, RANGE,
};
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse, Responder};
use delivery::Delivery;
use delivery::photos::Seen;
use domain::id::PhotoId;
use domain::photo::file::Rendition;
use domain::photo::hash::ContentHash;
use domain::photo::variant::Variant;
use domain::policy::Action;
use domain::surrogate_key::SurrogateKey;
use domain::violation::{Rule, Violation};
use newsroom::Newsroom;
use newsroom::photos::{self, Opened};
use serde_json::json;

use crate::api::Api;
use crate::api::contract::Outcome;
use crate::api::operation::{Header, Operation, Success};
use crate::api::tag::Tag;
use crate::media;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::path::At;
use crate::read::query::{Asked, Query, Question};
use crate::read::reading::Reading;
use crate::read::request::SignedIn;
use crate::reply::public::{ARTICLE, Shown};
use crate::reply::{conditionally, has};
use crate::settings::Settings;

/// How long caches keep a rendition, in seconds (ruling 11). For as long a CDN is told what to let go of (`USEFUL` of
/// `masthead::cdn`).
const FRESH_S: u32 = 86_400;

/// What a page may do with a picture that is opened as one (abuse MED-07).
const POLICY: &str = "default-src 'none'; sandbox";

pub(crate) fn operations(api: &mut Api) {
    api.get("/media/{id}/{hash}/{variant}", "read_rendition", rendition)
        .told(
            Tag::Delivery,
            "Read a rendition of a photo",
            "Only listed ones exist, and only while a visible article shows the photo. Ranges are honoured one at a time.",
        )
        .refuses(&[Code::RangeNotSatisfiable]);
    api.get("/v1/photos/{id}", "read_photo", photo).told(
        Tag::Delivery,
        "Read a photo",
        "As it says of itself, while an article that readers see shows it and its rights stand.",
    );
    api.get("/v1/editorial/photos/{id}/file", "read_photo_file", original)
        .told(
            Tag::Photos,
            "Read the file of a photo",
            "As it came in, to be kept and not to be shown: readers get renditions.",
        )
        .asks(Action::ReadPhotos);
}

/// What a signed address carries.
struct Signature(Option<(i64, String)>);

impl Question for Signature {
    fn read(query: &mut Query) -> Self {
        let expires = query.pattern("expires", "^[1-9][0-9]{0,10}$", |raw| {
            let malformed = || Violation::new(Rule::BadFormat, "must be seconds since 1970");
            raw.parse::<i64>().ok().filter(|n| n.to_string() == raw).ok_or_else(malformed)
        });
        let signature = query.pattern("signature", "^[0-9a-f]{32}$", |raw| Ok(raw.to_owned()));
        Self(expires.zip(signature))
    }
}

async fn rendition(
    newsroom: Data<Newsroom>,
    delivery: Data<Delivery>,
    settings: Data<Settings>,
    Asked(Signature(signed)): Asked<Signature>,
    request: HttpRequest,
    names: At<(PhotoId, ContentHash, Variant)>,
) -> Result<Picture, Problem> {
    let (id, edition, variant) = names.three()?;
    let now = newsroom.now();
    let (found, cache) = match signed {
        Some((expires, signature)) => {
            let path = media::path(id, edition, variant);
            if !media::is_signed(&settings.media_key, &path, expires, &signature, now) {
                return Err(Problem::new(Code::NotFound));
            }
            (newsroom.rendition(id, edition, variant).await?, "private, no-store".to_owned())
        }
        None => match delivery.rendition(id, edition, variant).await? {
            None => (None, String::new()),
            Some((rendition, until)) => {
                let left_s = until.and_then(|end| u32::try_from(end.since(now).num_seconds()).ok());
                let fresh_s = left_s.map_or(FRESH_S, |left_s| left_s.min(FRESH_S));
                (Some(rendition), format!("public, max-age={fresh_s}"))
            }
        },
    };
    let rendition = found.ok_or_else(|| Problem::new(Code::NotFound))?;
    let etag = tag(&rendition);
    // Who has it is told so, whatever part they ask for (RFC 9110, 13.2.2).
    let (range, opened) = if has(&request, &etag) {
        (None, None)
    } else {
        let range = part(&request, &etag, rendition.octets)?;
        let opened = newsroom.open_rendition(&rendition, range.clone()).await?;
        (range, Some(opened))
    };
    Ok(Picture { rendition, etag, cache, range, opened, key: SurrogateKey::photo(id) })
}

async fn photo(delivery: Reading, _: Asked<()>, id: At<PhotoId>) -> Result<Shown<Seen>, Problem> {
    let found = delivery.photo(id.one()?).await?;
    let seen = found.ok_or_else(|| Problem::new(Code::NotFound))?;
    Ok(Shown::of(ARTICLE.until(seen.shown_until), seen))
}

async fn original(
    newsroom: Data<Newsroom>,
    SignedIn(actor): SignedIn,
    _: Asked<()>,
    id: At<PhotoId>,
) -> Result<Original, Problem> {
    let id = id.one()?;
    let file = newsroom.read(actor, move |tx, actor, _| photos::original(tx, &actor, id)).await?;
    let opened = newsroom.open_original(file.hash).await?;
    let name = format!("photo-{id}.{}", file.format.name());
    Ok(Original { opened, media_type: file.format.media_type(), name })
}

/// The strong tag of a rendition: the first half of its hash.
fn tag(rendition: &Rendition) -> String {
    format!("\"{}\"", &rendition.hash.to_string()[..32])
}

/// What of a file is asked for.
#[derive(Debug, PartialEq, Eq)]
enum Wanted {
    /// All of it: no range, several, or none that counts.
    All,
    /// One part.
    Part(Range<u64>),
    /// A part that there is not.
    Nothing,
}

/// The part of a file that is asked for; `None` for all of it.
fn part(request: &HttpRequest, etag: &str, octets: u64) -> Result<Option<Range<u64>>, Problem> {
    match range(request, etag, octets) {
        Wanted::All => Ok(None),
        Wanted::Part(range) => Ok(Some(range)),
        Wanted::Nothing => Err(Problem::new(Code::RangeNotSatisfiable).of_length(octets)),
    }
}

/// The range of a request (RFC 9110, 14.2). Several are answered with the whole, so that none costs more than that
/// (abuse MED-08).
fn range(request: &HttpRequest, etag: &str, octets: u64) -> Wanted {
    let mut ranges = request.headers().get_all(RANGE);
    let (Some(first), None) = (ranges.next(), ranges.next()) else { return Wanted::All };
    if request.headers().get(IF_RANGE).is_some_and(|seen| seen.as_bytes() != etag.as_bytes()) {
        return Wanted::All;
    }
    first.to_str().map_or(Wanted::All, |text| wanted(text, octets))
}

fn wanted(text: &str, octets: u64) -> Wanted {
    let Some((first, last)) = text.strip_prefix("bytes=").and_then(|spec| spec.split_once('-')) else {
        return Wanted::All;
    };
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    if !digits(first) || !digits(last) || (first.is_empty() && last.is_empty()) {
        return Wanted::All;
    }
    // A number too large for us is beyond every file.
    let number = |text: &str| text.parse::<u64>().unwrap_or(u64::MAX);
    let range = match (first, last) {
        ("", suffix) => octets.saturating_sub(number(suffix))..octets,
        (first, "") => number(first)..octets,
        (first, last) if number(first) > number(last) => return Wanted::All,
        (first, last) => number(first)..number(last).saturating_add(1).min(octets),
    };
    if range.start < range.end { Wanted::Part(range) } else { Wanted::Nothing }
}

/// A rendition that is answered.
struct Picture {
    rendition: Rendition,
    etag: String,
    cache: String,
    range: Option<Range<u64>>,
    /// None where the client has it.
    opened: Option<Opened>,
    key: SurrogateKey,
}

impl Responder for Picture {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let Self { rendition, etag, cache, range, opened, key } = self;
        let status = match (&opened, &range) {
            (None, _) => StatusCode::NOT_MODIFIED,
            (Some(_), Some(_)) => StatusCode::PARTIAL_CONTENT,
            (Some(_), None) => StatusCode::OK,
        };
        let mut answer = HttpResponse::build(status);
        answer
            .insert_header((ETAG, etag))
            .insert_header((CACHE_CONTROL, cache))
            .insert_header(("surrogate-key", key.as_str()))
            .insert_header(("cross-origin-resource-policy", "cross-origin"))
            .insert_header((CONTENT_SECURITY_POLICY, POLICY))
            .insert_header((ACCEPT_RANGES, "bytes"));
        let Some(Opened { octets, pieces }) = opened else { return answer.finish() };
        if let Some(Range { start, end }) = range {
            answer.insert_header((CONTENT_RANGE, format!("bytes {start}-{}/{}", end - 1, rendition.octets)));
        }
        answer.content_type(rendition.variant.format().media_type()).body(SizedStream::new(octets, pieces))
    }
}

impl Outcome for Picture {
    fn describe(operation: &mut Operation) {
        operation.headers_in.extend(["Range", "If-Range"]);
        for (status, description, part) in [
            (200, "The whole of it.", None),
            (206, "The part that was asked for.", Some(Header::ContentRange)),
        ] {
            let always = [Header::ETag, Header::CacheControl, Header::SurrogateKey, Header::AcceptRanges];
            operation.successes.push(Success {
                status,
                description,
                content: Some(("image/*", json!({"type": "string", "contentMediaType": "image/*"}))),
                headers: always.into_iter().chain(part).collect(),
            });
        }
        conditionally(operation, &[Header::CacheControl, Header::SurrogateKey, Header::AcceptRanges]);
    }
}

/// A file that is answered as it came in.
struct Original {
    opened: Opened,
    media_type: &'static str,
    name: String,
}

impl Responder for Original {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        let Self { opened: Opened { octets, pieces }, media_type, name } = self;
        let mut answer = HttpResponse::Ok();
        answer
            .insert_header((CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
            .insert_header((CONTENT_SECURITY_POLICY, POLICY));
        answer.content_type(media_type).body(SizedStream::new(octets, pieces))
    }
}

impl Outcome for Original {
    fn describe(operation: &mut Operation) {
        operation.successes.push(Success {
            status: 200,
            description: "The file.",
            content: Some(("image/*", json!({"type": "string", "contentMediaType": "image/*"}))),
            headers: Vec::new(),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // abuse: MED-08
    #[test]
    fn one_range_is_a_part_and_everything_else_is_the_whole_or_nothing() {
        for (text, expected) in [
            ("bytes=0-", Wanted::Part(0..100)),
            ("bytes=0-0", Wanted::Part(0..1)),
            ("bytes=-1", Wanted::Part(99..100)),
            ("bytes=-1000", Wanted::Part(0..100)),
            ("bytes=90-1000", Wanted::Part(90..100)),
            ("bytes=100-", Wanted::Nothing),
            ("bytes=-0", Wanted::Nothing),
            ("bytes=99999999999999999999-", Wanted::Nothing),
            ("bytes=5-2", Wanted::All),
            ("bytes=0-0,2-2", Wanted::All),
            ("bytes=-", Wanted::All),
            ("bytes=a-b", Wanted::All),
            ("items=0-1", Wanted::All),
        ] {
            assert_eq!(wanted(text, 100), expected, "{text}");
        }
    }
}
