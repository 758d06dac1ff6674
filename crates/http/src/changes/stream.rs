//! Changes as server-sent events (WHATWG HTML, 9.2), for as long as the connection lasts.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::time::Duration;

use actix_web::body::BoxBody;
use actix_web::http::header::{CACHE_CONTROL, HeaderValue};
use actix_web::rt::time::{Instant, sleep};
use actix_web::web::{Bytes, Data};
use actix_web::{HttpRequest, HttpResponse, Responder};
use delivery::Delivery;
use delivery::changes::Changes;
use futures_util::stream::unfold;
use serde_json::json;

use super::cursor_of;
use super::followers::{Followers, STEP, Seat};
use super::item::Item;
use crate::api::contract::Outcome;
use crate::api::operation::{Header, Operation, Success};
use crate::problem::Problem;
use crate::reply::octets;
use crate::settings::Settings;

/// The media type of events.
pub(crate) const EVENTS: &str = "text/event-stream";

/// After how long without an event something is sent, so that a connection that is lost is noticed, and none is closed that
/// only looks so.
const BEAT: Duration = Duration::from_secs(15);

/// How many changes are read at once.
const BATCH: u16 = 20;

/// After how long a client comes again, in milliseconds.
const COME_AGAIN_MS: u32 = 2000;

/// Whoever is told of changes, from a place on.
pub(super) struct Stream {
    pub(super) delivery: Data<Delivery>,
    pub(super) settings: Data<Settings>,
    pub(super) followers: Data<Followers>,
    /// Held until the connection is gone.
    pub(super) _seat: Seat,
    pub(super) place: i64,
}

/// A stream under way.
struct Telling {
    stream: Stream,
    ready: VecDeque<Bytes>,
    /// When something was last sent.
    sent: Instant,
}

impl Responder for Stream {
    type Body = BoxBody;

    fn respond_to(self, _: &HttpRequest) -> HttpResponse {
        // An id without data counts too: whoever is cut off before the first event comes back to where they began.
        let place = cursor_of(&self.settings, self.place);
        let first = Bytes::from(format!("retry: {COME_AGAIN_MS}\nid: {place}\n\n"));
        let telling = Telling { stream: self, ready: VecDeque::from([first]), sent: Instant::now() };
        let parts = unfold(telling, |mut telling| async move {
            let part = telling.next().await?;
            telling.sent = Instant::now();
            Some((Ok::<_, Infallible>(part), telling))
        });
        // No proxy may keep what it has not sent on yet.
        let head = (CACHE_CONTROL, HeaderValue::from_static("no-store"));
        let at_once = ("x-accel-buffering", "no");
        HttpResponse::Ok().insert_header(head).insert_header(at_once).content_type(EVENTS).streaming(parts)
    }
}

impl Outcome for Stream {
    fn describe(operation: &mut Operation) {
        operation.headers_in.push("Last-Event-ID");
        let example = "id: AAY0bXF2wABlNTBhY2U\ndata: {\"type\":\"tag\",\"seq\":4711, …}\n\n";
        let schema = json!({"type": "string", "example": example});
        operation.successes.push(Success {
            status: 200,
            description: "Events, as they come.",
            content: Some((EVENTS, schema)),
            headers: vec![Header::CacheControl],
        });
    }
}

impl Telling {
    /// What is sent next; `None` where it ends: when the server is about to stop, or the database does not answer. The client
    /// comes again by itself, and goes on where it was.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if let Some(part) = self.ready.pop_front() {
                return Some(part);
            }
            if self.stream.settings.leaving.has_begun() {
                return None;
            }
            if self.fill().await.is_err() {
                return None;
            }
            if self.ready.is_empty() {
                if self.sent.elapsed() >= BEAT {
                    return Some(Bytes::from_static(b":\n\n"));
                }
                sleep(STEP).await;
            }
        }
    }

    /// Reads on, where there is something to read.
    async fn fill(&mut self) -> Result<(), Problem> {
        let Stream { delivery, settings, followers, _seat: _, place } = &mut self.stream;
        if !followers.has_news(delivery, *place).await? {
            return Ok(());
        }
        let Changes { items, place: last, is_end: _ } = delivery.changes(*place, BATCH).await?;
        for change in items {
            let id = cursor_of(settings, change.seq);
            self.ready.push_back(event(&id, &Item::of(change, settings))?);
        }
        *place = last;
        Ok(())
    }
}

/// One event. JSON has no line breaks of its own.
fn event(id: &str, item: &Item) -> Result<Bytes, Problem> {
    let mut event = format!("id: {id}\ndata: ").into_bytes();
    event.extend(octets(item)?);
    event.extend(b"\n\n");
    Ok(event.into())
}
