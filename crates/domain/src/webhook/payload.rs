//! What a webhook is told of an event: ids and keys, and nothing that anybody wrote.

use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::event::{Audience, Event, EventKind};
use crate::id::WebhookId;
use crate::schema::{self, described};
use crate::surrogate_key::SurrogateKey;
use crate::thing::{Thing, ThingKind};
use crate::time::Moment;
use crate::violation::Violation;

/// The type of an event that only tries whether a webhook is reached.
const TEST: &str = "webhook.test";

/// What a delivery tells of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// An event.
    Event(EventKind),
    /// Nothing: it tries whether the webhook is reached.
    Test,
}

impl Topic {
    /// The type of what is told.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Event(kind) => kind.name(),
            Self::Test => TEST,
        }
    }

    /// All of them.
    pub fn all() -> impl Iterator<Item = Self> {
        EventKind::ALL.iter().copied().map(Self::Event).chain([Self::Test])
    }

    /// What happened, for a person.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Event(kind) => kind.meaning(),
            Self::Test => "Nothing: it tries whether the webhook is reached.",
        }
    }

    /// To what it happened.
    pub const fn happens_to(self) -> ThingKind {
        match self {
            Self::Event(kind) => kind.happens_to(),
            Self::Test => ThingKind::Webhook,
        }
    }

    /// Whom it is about something for.
    pub const fn audience(self) -> Audience {
        match self {
            Self::Event(kind) => kind.audience(),
            Self::Test => Audience::Newsroom,
        }
    }

    /// Parses [`Topic::name`], exactly.
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        if raw == TEST { Ok(Self::Test) } else { EventKind::parse(raw).map(Self::Event) }
    }
}

impl Serialize for Topic {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

impl<'de> serde::Deserialize<'de> for Topic {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let name = <String as serde::Deserialize>::deserialize(deserializer)?;
        Self::parse(&name).map_err(serde::de::Error::custom)
    }
}

described!(Topic: schema::names(
    "What a delivery tells of: the type of an event, or `webhook.test`.",
    Self::all().map(Self::name),
));

/// The body that a webhook is told, whatever of.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = WebhookEvent)]
pub struct Payload {
    /// What happened.
    r#type: Topic,
    /// When.
    timestamp: Moment,
    /// To what.
    data: PayloadData,
}

/// To what an event happened, and what shows it: ask the API for the rest, which shows each caller what they may see.
#[derive(Debug, Clone, Serialize, ToSchema)]
#[schema(as = WebhookEventData)]
pub struct PayloadData {
    /// The place of the event among all events: of two of one resource the greater is the later. Numbers may
    /// skip; a test has 0.
    #[schema(minimum = 0, examples(4711))]
    seq: i64,
    /// The kind of what it happened to.
    resource: ThingKind,
    /// The id of what it happened to; `null` of the site as a whole.
    #[schema(required, examples("019ba157-1f00-7c3d-9a41-5b7e2f60d8a3"))]
    id: Option<Uuid>,
    /// The names under which caches keep what shows it (`Surrogate-Key`): let go of those.
    keys: Vec<SurrogateKey>,
}

impl Payload {
    /// What is told of the event at the place `seq`. An event of the newsroom's alone names no address of an article: a slug
    /// tells what a story is about before readers see it.
    fn of_event(seq: i64, event: &Event) -> Self {
        let told = |key: &&SurrogateKey| event.kind.audience() == Audience::Readers || !key.is_address();
        let keys = event.keys.iter().filter(told).cloned().collect();
        Self::new(Topic::Event(event.kind), event.at, seq, event.subject, keys)
    }

    fn new(topic: Topic, at: Moment, seq: i64, subject: Thing, keys: Vec<SurrogateKey>) -> Self {
        let data = PayloadData { seq, resource: subject.kind(), id: subject.uuid(), keys };
        Self { r#type: topic, timestamp: at, data }
    }

    fn text(&self) -> String {
        json!(self).to_string()
    }
}

/// The body that tells of the event at the place `seq`.
pub fn of_event(seq: i64, event: &Event) -> String {
    Payload::of_event(seq, event).text()
}

/// The body that only tries whether the webhook is reached.
pub fn of_test(webhook: WebhookId, now: Moment) -> String {
    Payload::new(Topic::Test, now, 0, Thing::Webhook(webhook), Vec::new()).text()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use crate::id::{ArticleId, EventId};
    use crate::slug::Slug;

    // abuse: WH-08
    #[test]
    fn the_address_of_what_is_scheduled_is_not_told() {
        let id = ArticleId::new(Uuid::from_u128(7));
        let address = SurrogateKey::article_address(&Slug::parse("minister-to-resign").unwrap());
        let event = |kind| Event {
            id: EventId::new(Uuid::nil()),
            at: Moment::parse("2026-01-09T06:00:00Z").unwrap(),
            kind,
            subject: Thing::Article(id),
            keys: vec![SurrogateKey::article(id), address.clone(), SurrogateKey::lists()],
        };
        let told = of_event(4, &event(EventKind::ArticleScheduled));
        assert!(!told.contains("resign") && told.contains("a:0000"), "{told}");
        let told: Value = serde_json::from_str(&of_event(4, &event(EventKind::ArticlePublished))).unwrap();
        let data = json!({
            "seq": 4, "resource": "article", "id": "00000000-0000-0000-0000-000000000007",
            "keys": ["a:00000000000000000000000000000007", "a:minister-to-resign", "l"],
        });
        let timestamp = "2026-01-09T06:00:00.000Z";
        assert_eq!(told, json!({"type": "article.published", "timestamp": timestamp, "data": data}));
    }
}
