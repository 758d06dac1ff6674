//! What is not taken is tried again, ever more seldom, and after three days by hand.

use chrono::TimeDelta;
use masthead_tests::on_both;
use masthead_tests::receiver::{Receiver, Told};
use serde_json::{Value, json};

on_both! {
    // abuse: WH-08
    fn what_is_not_taken_for_three_days_is_dead_and_can_be_sent_by_hand(site: &Site) {
        let receiver = Receiver::start();
        let webhook = site.webhook_to(&receiver.url(), &json!(["article.published"]));
        receiver.answers("500 Internal Server Error", "");
        site.published("Reef recovers");
        site.work();
        let mut tries = receiver.took();
        for _ in 0..80 {
            site.wait(TimeDelta::hours(1));
            site.work();
            tries.extend(receiver.took());
        }
        let ids: Vec<_> = tries.iter().map(Told::id).collect();
        assert!((8..20).contains(&ids.len()), "{} tries", ids.len());
        assert!(ids.iter().all(|id| *id == ids[0]), "a repetition is known by its id: {ids:?}");
        assert!(tries.iter().all(|told| told.order.body == tries[0].order.body));
        let timestamps: Vec<_> = tries.iter().map(|told| told.order.header("webhook-timestamp")).collect();
        assert!(timestamps.windows(2).all(|two| two[0] < two[1]), "each try is signed anew: {timestamps:?}");
        let dead = site.deliveries(&webhook.id())[0].clone();
        assert_eq!(dead["state"], "dead");
        assert_eq!(dead["attempts"], ids.len());
        assert!(dead["next_attempt_at"].is_null() && dead["ended_at"].is_string(), "{dead:#}");
        assert_eq!(dead["log"].as_array().map(Vec::len), Some(ids.len()));
        receiver.answers("200 OK", "");
        let path = format!("/v1/editorial/webhooks/{}/deliveries", webhook.id());
        let one = format!("{path}/{}", dead["id"].as_str().unwrap());
        let again = site.admin().post(&format!("{one}/redeliver"), json!({})).status(200);
        again.says("/state", "pending");
        site.admin().post(&format!("{one}/redeliver"), json!({})).refused(409, "conflict").says("/reason", "delivery_pending");
        site.work();
        let told = receiver.took();
        assert_eq!(told.iter().map(Told::id).collect::<Vec<_>>(), [ids[0]]);
        site.admin().get(&one).status(200).says("/state", "delivered");
        let filtered = |state: &str| site.admin().get(&format!("{path}?state={state}")).status(200).json()["data"].clone();
        assert_eq!(filtered("dead"), json!([]));
        assert_eq!(filtered("delivered").as_array().map(Vec::len), Some(1));
        site.wait(TimeDelta::days(31));
        site.work();
        assert_eq!(site.deliveries(&webhook.id()), [Value::Null; 0], "it is forgotten after a month");
    }

    fn a_receiver_that_asks_to_be_left_alone_is(site: &Site) {
        let receiver = Receiver::start();
        let webhook = site.webhook(&receiver);
        receiver.answers("503 Service Unavailable", "Retry-After: 600\r\n");
        site.published("Reef recovers");
        site.work();
        receiver.took();
        receiver.answers("200 OK", "");
        let other = site.published("Tide comes in");
        site.wait(TimeDelta::minutes(9));
        site.work();
        assert!(receiver.took().is_empty(), "neither what it did not take nor anything else");
        site.wait(TimeDelta::minutes(2));
        site.work();
        assert!(receiver.took().iter().any(|told| told.resource() == other.id()));
        let states: Vec<_> = site.deliveries(&webhook.id()).iter().map(|one| one["state"].clone()).collect();
        assert!(states.iter().all(|state| state == "delivered"), "{states:?}");
    }

    fn one_that_says_it_is_gone_is_switched_off(site: &Site) {
        let (gone, other) = (Receiver::start(), Receiver::start());
        let webhook = site.webhook_to(&gone.url(), &json!(["article.published"]));
        site.webhook(&other);
        gone.answers("410 Gone", "");
        for n in 0..10 {
            site.published(&format!("Reef {n}"));
        }
        site.work();
        assert!(gone.took().len() <= 4, "no more than were under way");
        let path = format!("/v1/editorial/webhooks/{}", webhook.id());
        let off = site.admin().get(&path).status(200).says("/disabled_because", "gone");
        assert!(off.json()["disabled_at"].is_string());
        let states: Vec<_> = site.deliveries(&webhook.id()).iter().map(|one| one["state"].clone()).collect();
        assert!(states.contains(&json!("dead")) && states.contains(&json!("cancelled")), "{states:?}");
        assert!(states.iter().all(|state| state != "pending"), "{states:?}");
        let audit = site.admin().get(&format!("/v1/editorial/audit?subject=webhook:{}", webhook.id())).status(200);
        audit.says("/data/0/action", "webhook.disabled").says("/data/0/actor", json!(null));
        site.admin().post(&format!("{path}/test"), json!({})).refused(409, "conflict").says("/reason", "webhook_disabled");
        site.published("While it is off");
        site.work();
        gone.answers("200 OK", "");
        site.change_webhook(&webhook.id(), json!({"disabled": false})).status(200).says("/disabled_at", json!(null));
        let later = site.published("Once it is on again");
        site.work();
        let told = gone.took();
        assert_eq!(told.iter().map(Told::resource).collect::<Vec<_>>(), [later.id()]);
        assert!(other.took().len() >= 12, "the other is told everything");
    }

    // abuse: WH-08
    fn what_waits_for_a_webhook_that_is_switched_off_or_deleted_is_not_sent(site: &Site) {
        let (off, away) = (Receiver::start(), Receiver::start());
        let (to_switch, to_delete) = (site.webhook(&off), site.webhook(&away));
        for receiver in [&off, &away] {
            receiver.answers("500 Internal Server Error", "");
        }
        site.published("Reef recovers");
        site.work();
        let tried = (off.took().len(), away.took().len());
        assert!(tried.0 > 0 && tried.1 > 0);
        site.published("Not yet on its way");
        site.change_webhook(&to_switch.id(), json!({"disabled": true})).status(200).says("/disabled_because", "admin");
        site.admin().delete(&format!("/v1/editorial/webhooks/{}", to_delete.id()), to_delete.etag()).status(204);
        site.wait(TimeDelta::days(1));
        site.work();
        assert_eq!((off.took().len(), away.took().len()), (0, 0));
        let states: Vec<_> = site.deliveries(&to_switch.id()).iter().map(|one| one["state"].clone()).collect();
        assert!(!states.is_empty() && states.iter().all(|state| state == "cancelled"), "{states:?}");
        site.admin().get(&format!("/v1/editorial/webhooks/{}/deliveries", to_delete.id())).refused(404, "not_found");
    }
}
