//! How many requests one client may send in a minute (draft-ietf-httpapi-ratelimit-headers). Who is signed in is counted
//! as themselves, a program by its API key, everybody else by their network. Guesses at passwords and floods of comments
//! have budgets of their own, in `identity` and `domain`, which hold beside these.
//!
//! A minute begins with the first request of a client and not with the clock's: what `RateLimit` tells of its end is exact,
//! and not all come back at once.

mod class;
mod keys;
mod look_up;
mod meter;

use std::num::NonZeroU32;
use std::sync::Arc;

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{AUTHORIZATION, HeaderMap, HeaderName, HeaderValue, RETRY_AFTER};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage};
use domain::actor::Actor;
use domain::time::Clock;
use identity::throttle::network;
use newsroom::Newsroom;

pub(crate) use self::class::{Class, Classes};
use self::keys::{Keys, Known, Presented};
pub(crate) use self::look_up::Counted;
use self::meter::{Count, MINUTE_S, Meter, Who};
use crate::edge::Client;
use crate::metrics::Metrics;
use crate::problem::Problem;
use crate::problem::catalogue::Code;

/// What a client has left, and until when.
const RATE_LIMIT: HeaderName = HeaderName::from_static("ratelimit");

/// What a client has in a minute.
const RATE_LIMIT_POLICY: HeaderName = HeaderName::from_static("ratelimit-policy");

/// The most requests of one client in a minute, by what they are; `None` where there is no limit.
#[derive(Debug, Clone, Copy, Default)]
pub struct Quotas {
    /// Reads of what everybody may read.
    pub reads: Option<NonZeroU32>,
    /// Reads of renditions of photos.
    pub media: Option<NonZeroU32>,
    /// Both, by a program with an API key.
    pub keyed_reads: Option<NonZeroU32>,
    /// What is handed in by those who are not signed in.
    pub anonymous_writes: Option<NonZeroU32>,
    /// Reads of those who are signed in.
    pub editor_reads: Option<NonZeroU32>,
    /// Changes of those who are signed in.
    pub editor_writes: Option<NonZeroU32>,
}

/// The counts of a node, which its workers share.
#[derive(Clone)]
pub struct Rates(Arc<Inner>);

struct Inner {
    clock: Clock,
    /// Who knows which keys are good.
    newsroom: Newsroom,
    metrics: Metrics,
    reads: Option<Meter>,
    media: Option<Meter>,
    keyed_reads: Option<Meter>,
    keys: Keys,
    anonymous_writes: Option<Meter>,
    editor_reads: Option<Meter>,
    editor_writes: Option<Meter>,
}

impl Rates {
    /// Counts against `quotas`, by this clock. The newsroom knows which keys are good, and `metrics` tell what was too many.
    pub fn new(quotas: Quotas, clock: Clock, newsroom: Newsroom, metrics: Metrics) -> Self {
        let Quotas { reads, media, keyed_reads, anonymous_writes, editor_reads, editor_writes } = quotas;
        Self(Arc::new(Inner {
            clock,
            newsroom,
            metrics,
            reads: reads.map(Meter::new),
            media: media.map(Meter::new),
            keyed_reads: keyed_reads.map(Meter::new),
            keys: Keys::default(),
            anonymous_writes: anonymous_writes.map(Meter::new),
            editor_reads: editor_reads.map(Meter::new),
            editor_writes: editor_writes.map(Meter::new),
        }))
    }

    fn meter(&self, class: Class) -> Option<&Meter> {
        let Inner {
            reads,
            media,
            keyed_reads,
            anonymous_writes,
            editor_reads,
            editor_writes,
            clock: _,
            newsroom: _,
            metrics: _,
            keys: _,
        } = &*self.0;
        let meter = match class {
            Class::Reads => reads,
            Class::Media => media,
            Class::KeyedReads => keyed_reads,
            Class::AnonymousWrites => anonymous_writes,
            Class::EditorReads => editor_reads,
            Class::EditorWrites => editor_writes,
        };
        meter.as_ref()
    }

    /// The present second; they come round.
    fn now_s(&self) -> u32 {
        let second = self.0.clock.now().utc().timestamp().rem_euclid(1 << 32);
        u32::try_from(second).unwrap_or_default()
    }

    /// Counts a request of `who` in the second `now_s`. One that is too many is refused.
    fn charge(&self, request: &impl HttpMessage, class: Class, who: Who, now_s: u32) -> Result<(), Problem> {
        let Some(meter) = self.meter(class) else { return Ok(()) };
        let count = meter.count(who, now_s);
        if class.is_told() || count.left.is_none() {
            request.extensions_mut().insert(Standing { class, most: meter.most(), count });
        }
        if count.left.is_some() {
            return Ok(());
        }
        self.0.metrics.limited(class);
        Err(Problem::new(Code::RateLimited).retry_after(count.ends_in_s))
    }

    /// Gives back what was counted of `who` in the second `at_s`.
    fn give_back(&self, class: Class, who: Who, at_s: u32) {
        if let Some(meter) = self.meter(class) {
            meter.give_back(who, at_s);
        }
    }

    /// The key with which a request of this class is sent, if it says one. Where there is no limit, there is none to raise.
    fn presented<'a>(&self, request: &'a impl HttpMessage, class: Class) -> Option<Presented<'a>> {
        match class {
            Class::Reads | Class::Media => self.meter(class).and_then(|_| Presented::by(request.headers())),
            Class::KeyedReads | Class::AnonymousWrites | Class::EditorReads | Class::EditorWrites => None,
        }
    }

    /// Counts what is answered without a route, refusals too, as a read; `None` where a key may be presented, and nothing is
    /// counted yet.
    pub(crate) fn charge_now(
        &self,
        request: &impl HttpMessage,
        client: Client,
    ) -> Option<Result<(), Problem>> {
        let keyed = request.headers().contains_key(AUTHORIZATION);
        (!keyed).then(|| self.charge(request, Class::Reads, Who::at(client), self.now_s()))
    }

    /// The same of what may present a key.
    pub(crate) async fn charge_by_key(
        &self,
        request: &impl HttpMessage,
        client: Client,
    ) -> Result<(), Problem> {
        self.charge_reader(request, Class::Reads, Who::at(client)).await
    }

    /// Counts a request: by the key that it presents, if that is good, else as `other`. A key that is not known to be good is
    /// counted as that before it is looked up: past its limit nothing is.
    async fn charge_reader(
        &self,
        request: &impl HttpMessage,
        class: Class,
        other: Who,
    ) -> Result<(), Problem> {
        let (keys, now_s) = (&self.0.keys, self.now_s());
        let Some(presented) = self.presented(request, class) else {
            return self.charge(request, class, other, now_s);
        };
        let key = match keys.known(&presented.hash, now_s) {
            Known::Good(key) => Some(key),
            Known::Wrong => None,
            Known::Before => {
                keys.ask(&presented.hash, now_s);
                keys.learn(&presented.hash, presented.look_up(&self.0.newsroom).await, now_s)
            }
            Known::Nothing => {
                self.charge(request, class, other, now_s)?;
                let said = presented.look_up(&self.0.newsroom).await;
                let Some(key) = keys.learn(&presented.hash, said, now_s) else { return Ok(()) };
                self.give_back(class, other, now_s);
                Some(key)
            }
        };
        match key {
            Some(key) => self.charge(request, Class::KeyedReads, Who::Key(key), now_s),
            None => self.charge(request, class, other, now_s),
        }
    }
}

/// Where a client stands after a request, for the answer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing {
    class: Class,
    most: u32,
    count: Count,
}

impl Standing {
    /// Adds what an answer tells of it. One that asks to wait for another reason tells nothing: it would name two times.
    pub(crate) fn tell(self, head: &mut HeaderMap) {
        let Self { class, most, count: Count { left, ends_in_s } } = self;
        if left.is_some() && head.contains_key(RETRY_AFTER) {
            return;
        }
        let (name, left) = (class.name(), left.unwrap_or(0));
        let policy = format!("\"{name}\";q={most};w={MINUTE_S}");
        let present = format!("\"{name}\";r={left};t={ends_in_s}");
        for (field, value) in [(RATE_LIMIT_POLICY, policy), (RATE_LIMIT, present)] {
            if let Ok(value) = HeaderValue::try_from(value) {
                head.insert(field, value);
            }
        }
    }
}

/// Counts a request, of whoever the gate has found it to be. One that is too many is refused.
pub(crate) async fn count(request: &ServiceRequest, class: Class) -> Result<(), Problem> {
    of(request)?.charge_reader(request, class, who(request)?).await
}

/// The counts of this node.
fn of(request: &ServiceRequest) -> Result<&Rates, Problem> {
    let rates = request.app_data::<Data<Rates>>().ok_or_else(|| Problem::new(Code::Internal))?;
    Ok(rates)
}

fn who(request: &ServiceRequest) -> Result<Who, Problem> {
    let actor = request.extensions().get::<Actor>().copied();
    match actor {
        Some(actor) => Ok(actor.api_key().map_or(Who::User(actor.user), Who::Key)),
        None => network_of(request),
    }
}

fn network_of(request: &ServiceRequest) -> Result<Who, Problem> {
    let client = request.extensions().get::<Client>().copied();
    let client = client.ok_or_else(|| Problem::new(Code::Internal))?;
    Ok(Who::at(client))
}

impl Who {
    /// Whoever is in the network of a client.
    fn at(client: Client) -> Self {
        Self::Network(network(client.address))
    }
}

impl Classes {
    /// Counts a request to their path.
    pub(crate) async fn count(self, request: &ServiceRequest) -> Result<(), Problem> {
        match self.asked(request) {
            Some(class) => count(request, class).await,
            None => Ok(()),
        }
    }

    /// That of a request to their path.
    fn asked(self, request: &ServiceRequest) -> Option<Class> {
        if request.method() == Method::GET { self.reading } else { self.writing }
    }
}

/// The middleware of every path that has no gate: counts a request before it is looked at.
pub(crate) async fn limit(
    classes: Classes,
    request: ServiceRequest,
    next: Next<BoxBody>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    match classes.count(&request).await {
        Ok(()) => next.call(request).await,
        Err(problem) => Ok(request.error_response(problem)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::operation::{Access, Verb};

    #[test]
    fn whoever_watches_a_node_is_not_counted_and_all_else_is() {
        let of = |access, verb, path| Class::of(access, verb, path).map(Class::name);
        assert_eq!(of(Access::Anyone, Verb::Get, "/health/ready"), None);
        assert_eq!(of(Access::Anyone, Verb::Get, "/v1/articles"), Some("reads"));
        assert_eq!(of(Access::Anyone, Verb::Get, "/media/{id}/{hash}/{variant}"), Some("media"));
        assert_eq!(of(Access::Anyone, Verb::Post, "/v1/auth/login"), Some("anonymous_writes"));
        assert_eq!(
            of(Access::Holder, Verb::Patch, "/v1/articles/{name}/comments/{cid}"),
            Some("anonymous_writes")
        );
        assert_eq!(of(Access::SignedIn, Verb::Get, "/v1/auth/me"), Some("editor_reads"));
        assert_eq!(of(Access::SignedIn, Verb::Delete, "/v1/auth/sessions/{id}"), Some("editor_writes"));
    }

    #[test]
    fn what_is_told_are_structured_fields() {
        let told = |left, retry_after: Option<u32>| {
            let mut head = HeaderMap::new();
            if let Some(seconds) = retry_after {
                head.insert(RETRY_AFTER, seconds.into());
            }
            Standing { class: Class::EditorReads, most: 9, count: Count { left, ends_in_s: 30 } }
                .tell(&mut head);
            [RATE_LIMIT_POLICY, RATE_LIMIT]
                .map(|name| head.get(name).map(|value| value.to_str().unwrap().to_owned()))
        };
        let policy = Some("\"editor_reads\";q=9;w=60".to_owned());
        assert_eq!(told(Some(8), None), [policy.clone(), Some("\"editor_reads\";r=8;t=30".to_owned())]);
        assert_eq!(told(None, Some(30)), [policy, Some("\"editor_reads\";r=0;t=30".to_owned())]);
        assert_eq!(told(Some(8), Some(2)), [None, None], "it waits for something else");
    }
}
