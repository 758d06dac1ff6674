//! Where no comment may be: articles that readers do not see, and threads that are closed by hand or by the clock.

use chrono::TimeDelta;
use masthead_tests::comments::said;
use masthead_tests::on_both;
use serde_json::{Value, json};

on_both! {
    // abuse: CM-02
    fn nobody_comments_where_readers_see_no_article(site: &Site) {
        let draft = site.editor().draft("Not yet");
        let hand_in = |article: &str| site.reader().comment(article, said("Ines", "One"));
        hand_in(&draft.id()).refused(404, "not_found");
        hand_in("no-such-article").refused(404, "not_found");
        let live = site.published("Reef recovers");
        let sent = hand_in("reef-recovers").status(201);
        site.moderator().decide(&sent.id(), "approve").status(200);
        let live = site.editor().act(&live, "unpublish", json!({})).status(200);
        hand_in("reef-recovers").refused(404, "not_found");
        site.reader().thread("reef-recovers").refused(404, "not_found");
        let live = site.editor().publish(&live).status(200);
        site.reader().thread("reef-recovers").status(200).says("/thread/count", 1);
        let order = json!({"kind": "error", "public_reason": "It was wrong."});
        site.editor().act(&live, "withdraw", order).status(200);
        hand_in("reef-recovers").refused(410, "withdrawn").says("/public_reason", "It was wrong.");
        site.reader().thread("reef-recovers").refused(410, "withdrawn");
        let counts = format!("/v1/comment-counts?id={}", live.id());
        site.reader().get(&counts).status(200).says("/data", json!([]));
    }

    // abuse: CM-02
    fn a_thread_closes_by_its_time_and_an_editor_says_otherwise(site: &Site) {
        let live = site.published("Reef recovers");
        let closes_at = site.reader().article("reef-recovers").status(200)
            .says("/comments/enabled", true)
            .says("/comments/accepting", true)
            .text_at("/comments/closes_at");
        site.reader().thread("reef-recovers").status(200).says("/thread/closes_at", closes_at.clone());
        site.wait(TimeDelta::days(14));
        site.forget_tokens();
        site.reader().comment("reef-recovers", said("Ines", "One")).refused(409, "comments_closed").says("/reason", "time_over");
        site.reader().article("reef-recovers").status(200).says("/comments/accepting", false);
        site.reader().get("/v1/articles").status(200).says("/data/0/comments/accepting", false);
        let path = format!("/v1/editorial/articles/{}/comment-policy", live.id());
        let read = site.editor().get(&path).status(200).says("/mode", Value::Null);
        let put = |etag: &str, policy: Value| {
            let editor = site.editor();
            editor.request("PUT", &path).if_match(etag).json(&policy).send()
        };
        let set = put(read.etag(), json!({"open_days": 0, "moderation": "post", "max_length": 5})).status(200);
        put(read.etag(), json!({})).refused(412, "stale_version");
        site.reader().thread("reef-recovers").status(200)
            .says("/thread/accepting", true).says("/thread/closes_at", Value::Null).says("/thread/max_length", 5);
        site.reader().comment("reef-recovers", said("Ines", "Longer")).refused(422, "validation_failed").names("/body", "too_long");
        site.reader().comment("reef-recovers", said("Ines", "Short")).status(201).says("/state", "visible");
        let set = put(set.etag(), json!({"mode": "closed"})).status(200);
        site.reader().comment("reef-recovers", said("Tom", "Two")).refused(409, "comments_closed").says("/reason", "closed");
        site.reader().thread("reef-recovers").status(200).says("/thread/count", 1).says("/thread/reason", "closed");
        put(set.etag(), json!({"mode": "disabled"})).status(200);
        site.reader().thread("reef-recovers").status(200)
            .says("/thread/enabled", false).says("/thread/count", 0).says("/data", json!([]));
        site.reader().article("reef-recovers").status(200).says("/comments", json!({"enabled": false, "accepting": false, "closes_at": null}));
        let reporter = site.reporter();
        reporter.request("PUT", &path).if_match("*").json(&json!({})).send().refused(403, "forbidden");
    }
}
