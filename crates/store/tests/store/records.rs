//! The audit log, events and kept answers.

use domain::audit::{AuditAction, AuditEntry};
use domain::event::{Event, EventKind};
use domain::id::{ApiKeyId, ArticleId, AuditId, EventId};
use domain::paging::From;
use domain::surrogate_key::SurrogateKey;
use domain::thing::Thing;
use masthead_tests::on_both;
use serde_json::json;
use store::records::{AuditFilter, KeptAnswer, Passage};
use uuid::Uuid;

use crate::own::{Own, admin, at, wait};

fn entry(n: u128, subject: u128) -> AuditEntry {
    AuditEntry {
        id: AuditId::new(Uuid::from_u128(n)),
        at: at(0),
        actor: Some(admin(1, "ada@varn.example").id),
        api_key: Some(ApiKeyId::new(Uuid::from_u128(9))),
        address: Some("2001:db8::7".parse().unwrap()),
        request: None,
        action: AuditAction::ArticlePublished,
        subject: Thing::Article(ArticleId::new(Uuid::from_u128(subject))),
        detail: json!({"before": null, "after": {"headline": "“Ålhavn”"}}),
    }
}

fn event(n: u128) -> Event {
    let article = ArticleId::new(Uuid::from_u128(7));
    Event {
        id: EventId::new(Uuid::from_u128(n)),
        at: at(0),
        kind: EventKind::ArticlePublished,
        subject: Thing::Article(article),
        keys: vec![SurrogateKey::article(article), SurrogateKey::lists()],
    }
}

on_both! {
    fn audit_entries_are_read_back_newest_first(database: Database) {
        let own = Own::open(database);
        wait(own.store.write(|tx| (1..=3).try_for_each(|n| tx.add_audit_entry(&entry(n, n % 2))))).unwrap();
        let page = |filter| wait(own.store.read(move |tx| tx.audit_entries(filter, 2))).unwrap();
        assert_eq!(page(AuditFilter::default()), [entry(3, 1), entry(2, 0)]);
        let subject = Some(entry(1, 1).subject);
        let from = |place| AuditFilter { subject, from: Some(place), actor: None };
        assert_eq!(page(from(From::Behind(entry(3, 1).id))), [entry(1, 1)]);
        assert_eq!(page(from(From::Before(entry(1, 1).id))), [entry(3, 1)]);
    }

    fn what_is_refused_leaves_neither_entry_nor_event(database: Database) {
        let own = Own::open(database);
        let refused = wait(own.store.write(|tx| {
            tx.add_audit_entry(&entry(1, 1))?;
            tx.add_event(&event(1))?;
            Err::<(), _>(store::error::Error::Referenced)
        }));
        assert!(refused.is_err());
        let left = wait(own.store.read(|tx| Ok::<_, store::error::Error>((tx.audit_entries(AuditFilter::default(), 9)?, tx.events(0, 9)?))));
        let (entries, events) = left.unwrap();
        assert!(entries.is_empty() && events.is_empty());
    }

    fn a_follower_of_events_misses_none_of_many_writers(database: Database) {
        const WRITERS: u128 = 64;
        let own = Own::open(database);
        let store = &own.store;
        let seen = wait(async {
            let writes = futures_util::future::join_all((1..=WRITERS).map(|n| store.write(move |tx| tx.add_event(&event(n)))));
            let follow = async {
                let (mut seen, mut last) = (Vec::new(), 0);
                while seen.len() < usize::try_from(WRITERS).unwrap() {
                    for sequenced in store.read(move |tx| tx.events(last, 100)).await.unwrap() {
                        assert!(sequenced.seq > last);
                        last = sequenced.seq;
                        seen.push(sequenced.event.id.uuid().as_u128());
                    }
                }
                seen
            };
            let (written, mut seen) = tokio::join!(writes, follow);
            for written in written {
                written.unwrap();
            }
            seen.sort_unstable();
            seen
        });
        assert_eq!(seen, (1..=WRITERS).collect::<Vec<_>>());
    }

    fn one_at_a_time_goes_through_the_outbox(database: Database) {
        let own = Own::open(database);
        let store = &own.store;
        let take = |second, lease| wait(store.write(move |tx| tx.take_place(Passage::Cdn, at(second), at(lease)))).unwrap();
        let behind = |second| wait(store.read(move |tx| tx.is_behind(Passage::Cdn, at(second)))).unwrap();
        wait(store.write(|tx| tx.add_event(&event(1)))).unwrap();
        assert!(behind(0));
        let first = take(0, 60).unwrap();
        assert_eq!(wait(store.read(move |tx| tx.events(first, 9))).unwrap(), [], "it begins behind what there is");
        wait(store.write(|tx| tx.add_event(&event(2)))).unwrap();
        assert!(!behind(59));
        assert_eq!(take(59, 120), None, "another is at it");
        assert!(behind(60));
        assert_eq!(take(60, 120), Some(first), "who died is followed by another");
        let last = wait(store.read(|tx| tx.last_event())).unwrap();
        wait(store.write(move |tx| tx.leave_place(Passage::Cdn, last, at(61)))).unwrap();
        assert!(!behind(61), "there is nothing more");
        assert_eq!(take(61, 120), Some(last));
        let again = wait(store.write(|tx| tx.take_place(Passage::CdnAgain, at(61), at(120)))).unwrap();
        assert_eq!(again, Some(last), "another passage is another place");
    }

    fn an_answer_is_kept_until_it_is_forgotten(database: Database) {
        let own = Own::open(database);
        let kept = KeptAnswer { fingerprint: [3; 32], answer: "{\"status\":201}".to_owned(), expires_at: at(10) };
        let stored = kept.clone();
        wait(own.store.write(move |tx| tx.keep_answer(&[1; 32], &stored, at(0)))).unwrap();
        let read = |second| wait(own.store.read(move |tx| tx.kept_answer(&[1; 32], at(second)))).unwrap();
        assert_eq!((read(9), read(10)), (Some(kept.clone()), None));
        let renewed = KeptAnswer { expires_at: at(30), ..kept };
        let stored = renewed.clone();
        wait(own.store.write(move |tx| tx.keep_answer(&[1; 32], &stored, at(10)))).unwrap();
        assert_eq!(read(20), Some(renewed));
        assert_eq!(wait(own.store.write(|tx| tx.sweep_answers(at(30), 10))).unwrap(), 1);
    }

    fn a_fact_is_replaced(database: Database) {
        let own = Own::open(database);
        wait(own.store.write(|tx| tx.set_fact("keys", "a").and_then(|()| tx.set_fact("keys", "b")))).unwrap();
        assert_eq!(wait(own.store.read(|tx| tx.fact("keys"))).unwrap().as_deref(), Some("b"));
    }
}
