//! What a webhook is told of an event: ids and keys, and nothing that anybody wrote.

use serde_json::{Value, json};

use crate::event::{Audience, Event, EventKind};
use crate::id::WebhookId;
use crate::schema::{self, described};
use crate::surrogate_key::SurrogateKey;
use crate::thing::Thing;
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

    /// Parses [`Topic::name`], exactly.
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        if raw == TEST { Ok(Self::Test) } else { EventKind::parse(raw).map(Self::Event) }
    }
}

impl serde::Serialize for Topic {
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
    EventKind::ALL.iter().map(|kind| kind.name()).chain([TEST]),
));

/// The body that tells of the event at the place `seq`. An event of the newsroom's alone names no address of an article:
/// a slug tells what a story is about before readers see it.
pub fn of_event(seq: i64, event: &Event) -> String {
    let told = |key: &&SurrogateKey| event.kind.audience() == Audience::Readers || !key.is_address();
    let keys: Vec<_> = event.keys.iter().filter(told).map(SurrogateKey::as_str).collect();
    body(Topic::Event(event.kind), event.at, seq, event.subject, &keys)
}

/// The body that only tries whether the webhook is reached.
pub fn of_test(webhook: WebhookId, now: Moment) -> String {
    body(Topic::Test, now, 0, Thing::Webhook(webhook), &[])
}

fn body(topic: Topic, at: Moment, seq: i64, subject: Thing, keys: &[&str]) -> String {
    let id = subject.uuid().map_or(Value::Null, |id| json!(id));
    let data = json!({"seq": seq, "resource": subject.kind().name(), "id": id, "keys": keys});
    json!({"type": topic.name(), "timestamp": at.to_string(), "data": data}).to_string()
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

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
