//! `/v1/changes` and `/v1/events`: what changed for readers, for whoever keeps a copy (ruling 21).

pub mod followers;
mod item;
mod stream;

use std::net::IpAddr;
use std::time::Duration;

use actix_web::http::header::HeaderName;
use actix_web::rt::time::{Instant, sleep};
use actix_web::web::Data;
use actix_web::{HttpMessage, HttpRequest};
use delivery::Delivery;
use delivery::changes::Changes;
use domain::paging::From;
use serde::Serialize;
use utoipa::ToSchema;

use self::followers::{Followers, STEP};
use self::item::Item;
pub(crate) use self::stream::EVENTS;
use self::stream::Stream;
use crate::api::Api;
use crate::api::tag::Tag;
use crate::cursor;
use crate::edge::Client;
use crate::problem::Problem;
use crate::problem::catalogue::Code;
use crate::read::conditional::one;
use crate::read::query::{Asked, Query, Question};
use crate::reply::told::Told;
use crate::settings::Settings;

/// Where a browser says how far it came before its connection was lost.
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// What cursors of the feed are bound to: however many items are asked for, a place is the same.
const BOUND: &str = "changes";

/// The longest wait for something to change, in seconds.
const LONGEST_WAIT_S: u16 = 30;

pub(crate) fn operations(api: &mut Api) {
    api.get("/v1/changes", "list_changes", changes)
        .told(
            Tag::Delivery,
            "Follow what changes",
            "Everything that readers see or saw, in the order in which it last changed, each thing once and as it is now. \
             Without `cursor` it begins with the first: who reads on until `is_end`, and from then on asks with the last \
             `cursor`, has a copy of what the API gives, and misses nothing. An item says all there is to say of a thing: put \
             it in the place of what you have, or drop that where it is `gone`. A thing that changes again moves to the end. \
             A cursor never ages; one from behind the end of the feed, as after a restored backup, is refused.",
        )
        .refuses(&[Code::Overloaded]);
    api.get("/v1/events", "stream_changes", events)
        .told(
            Tag::Delivery,
            "Be told what changes",
            "The same as server-sent events, for as long as the connection lasts. The `id` of an event is a cursor, its `data` \
             an item of `/v1/changes`. A browser that lost its connection goes on by itself, with `Last-Event-ID`.",
        )
        .refuses(&[Code::Overloaded]);
}

/// A part of the feed.
#[derive(Serialize, ToSchema)]
#[schema(as = ChangePage)]
struct Feed {
    /// What changed.
    #[schema(max_items = 100)]
    data: Vec<Item>,
    /// Where to go on; it is there on the last page too.
    #[schema(max_length = 512, examples("AAY0bXF2wABlNTBhY2U"))]
    cursor: String,
    /// Whether that was all there is.
    is_end: bool,
}

/// Where a follower begins who has no cursor.
#[derive(Debug, Clone, Copy, Default)]
enum Beginning {
    /// With the first thing that readers ever saw.
    #[default]
    First,
    /// With what changes from now on.
    Now,
}

/// Which part of the feed is asked for.
struct PartAsked {
    cursor: Option<String>,
    beginning: Beginning,
    limit: u16,
    wait_s: u16,
}

impl Question for PartAsked {
    fn read(query: &mut Query) -> Self {
        let whence = Whence::read(query);
        Self {
            cursor: whence.cursor,
            beginning: whence.beginning,
            limit: query.limit(),
            wait_s: query.number("wait", 0..=LONGEST_WAIT_S, 0),
        }
    }
}

/// Whence it is followed.
struct Whence {
    cursor: Option<String>,
    beginning: Beginning,
}

impl Question for Whence {
    fn read(query: &mut Query) -> Self {
        let beginning = query.word("from", &[("first", Beginning::First), ("now", Beginning::Now)]);
        Self { beginning: beginning.unwrap_or_default(), cursor: query.cursor() }
    }
}

async fn changes(
    delivery: Data<Delivery>,
    settings: Data<Settings>,
    followers: Data<Followers>,
    request: HttpRequest,
    Asked(PartAsked { cursor, beginning, limit, wait_s }): Asked<PartAsked>,
) -> Result<Told<Feed>, Problem> {
    let place = place(&delivery, &settings, cursor.as_deref(), beginning).await?;
    let mut part = delivery.changes(place, limit).await?;
    if part.items.is_empty() && wait_s > 0 {
        let _seat = followers.seat(address_of(&request)?)?;
        let deadline = Instant::now() + Duration::from_secs(wait_s.into());
        while part.items.is_empty() && Instant::now() < deadline && !settings.leaving.has_begun() {
            sleep(STEP.min(deadline - Instant::now())).await;
            if followers.has_news(&delivery, place).await? {
                part = delivery.changes(place, limit).await?;
            }
        }
    }
    let Changes { items, place, is_end } = part;
    let data = items.into_iter().map(|change| Item::of(change, &settings)).collect();
    Ok(Told::of(Feed { data, cursor: cursor_of(&settings, place), is_end }))
}

async fn events(
    delivery: Data<Delivery>,
    settings: Data<Settings>,
    followers: Data<Followers>,
    request: HttpRequest,
    Asked(Whence { cursor, beginning }): Asked<Whence>,
) -> Result<Stream, Problem> {
    // What the browser adds when it comes again is newer than its address.
    let last = one(request.headers(), &LAST_EVENT_ID)?.filter(|last| !last.is_empty());
    let place = place(&delivery, &settings, last.or(cursor.as_deref()), beginning).await?;
    let seat = followers.seat(address_of(&request)?)?;
    Ok(Stream { delivery, settings, followers, _seat: seat, place })
}

/// The place behind which a follower is told of.
async fn place(
    delivery: &Delivery,
    settings: &Settings,
    cursor: Option<&str>,
    beginning: Beginning,
) -> Result<i64, Problem> {
    let Some(cursor) = cursor else {
        return Ok(match beginning {
            Beginning::First => 0,
            Beginning::Now => delivery.last_live_change().await?,
        });
    };
    let unknown = || Problem::new(Code::InvalidCursor);
    let From::Behind(place) = cursor::read(&settings.cursor_key, BOUND, cursor)? else {
        return Err(unknown());
    };
    // A feed never gets shorter: whoever was further has followed another, or this one before it was restored.
    if place > delivery.last_change().await? { Err(unknown()) } else { Ok(place) }
}

fn cursor_of(settings: &Settings, place: i64) -> String {
    cursor::write(&settings.cursor_key, BOUND, From::Behind(place))
}

fn address_of(request: &HttpRequest) -> Result<IpAddr, Problem> {
    let client = request.extensions().get::<Client>().copied();
    Ok(client.ok_or_else(|| Problem::new(Code::Internal))?.address)
}
