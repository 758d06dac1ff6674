//! Webhooks as admins keep them.

use masthead_tests::on_both;
use masthead_tests::receiver::Receiver;
use serde_json::json;

const ALL: &str = "/v1/editorial/webhooks";

on_both! {
    fn a_webhook_is_made_changed_and_deleted(site: &Site) {
        let receiver = Receiver::start();
        let made = site.webhook(&receiver).says("/version", 1).says("/disabled_at", json!(null));
        let path = format!("{ALL}/{}", made.id());
        assert!(made.header("location").ends_with(&path));
        let admin = site.admin();
        admin.get(&path).status(200).says("/name", "Rebuild of the site").says("/url", receiver.url());
        admin.get(ALL).status(200).says("/data/0/id", made.id());
        let events = json!(["tag.changed", "article.published"]);
        let changed = admin.patch(&path, made.etag(), json!({"name": "Search", "events": events})).status(200);
        let changed = changed.says("/version", 2).says("/name", "Search").says("/events", json!(["article.published", "tag.changed"]));
        admin.patch(&path, made.etag(), json!({"name": "Late"})).refused(412, "stale_version");
        admin.request("PATCH", &path).json(&json!({"name": "Late"})).send().refused(428, "if_match_required");
        admin.patch(&path, changed.etag(), json!({"events": null})).status(200).says("/events", json!(null));
        for (member, wrong, code) in [
            ("events", json!([]), "too_few"),
            ("events", json!(["tag.changed", "tag.changed"]), "duplicate"),
            ("events", json!("tag.changed"), "wrong_type"),
            ("name", json!(null), "required"),
            ("url", json!(null), "required"),
            ("disabled", json!("yes"), "wrong_type"),
        ] {
            let refused = site.change_webhook(&made.id(), json!({member: wrong})).refused(422, "validation_failed");
            refused.names(&format!("/{member}"), code);
        }
        site.change_webhook(&made.id(), json!({"events": ["tag.changed", "tag.exploded"]}))
            .refused(422, "validation_failed")
            .names("/events/1", "unknown_value");
        let actions: Vec<_> = admin.get("/v1/editorial/audit").status(200).json()["data"].as_array().unwrap().iter()
            .map(|entry| entry["action"].clone()).filter(|action| action.as_str().is_some_and(|action| action.starts_with("webhook."))).collect();
        assert_eq!(actions, [json!("webhook.changed"), json!("webhook.changed"), json!("webhook.created")]);
        admin.delete(&path, "\"1\"").refused(412, "stale_version");
        admin.delete(&path, "\"3\"").status(204);
        admin.get(&path).refused(404, "not_found");
        admin.get(ALL).status(200).says("/data", json!([]));
    }

    // abuse: AZ-09
    fn a_delivery_is_reached_only_through_its_own_webhook(site: &Site) {
        let receiver = Receiver::start();
        let (one, other) = (site.webhook(&receiver).id(), site.webhook(&receiver).id());
        let sent = site.admin().post(&format!("{ALL}/{one}/test"), json!({})).status(200).id();
        site.work();
        receiver.took();
        site.admin().get(&format!("{ALL}/{one}/deliveries/{sent}")).status(200);
        site.admin().get(&format!("{ALL}/{other}/deliveries/{sent}")).refused(404, "not_found");
        site.admin().post(&format!("{ALL}/{other}/deliveries/{sent}/redeliver"), json!({})).refused(404, "not_found");
        site.work();
        assert!(receiver.took().is_empty());
    }

    fn a_site_has_a_hundred_webhooks_at_most(site: &Site) {
        let receiver = Receiver::start();
        for _ in 0..100 {
            site.webhook(&receiver);
        }
        let more = site.admin().post(ALL, json!({"name": "One more", "url": receiver.url()}));
        more.refused(409, "conflict").says("/reason", "too_many_webhooks");
    }
}
