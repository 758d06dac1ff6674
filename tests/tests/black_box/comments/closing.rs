//! Where no comment may be: articles that readers do not see, and threads that are closed by hand or by the clock.

use chrono::TimeDelta;
use masthead_tests::answer::Answer;
use masthead_tests::comments::said;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use serde_json::{Value, json};

on_both! {
    // abuse: CM-02
    fn nobody_comments_where_readers_see_no_article(site: &Site) {
        let draft = site.editor().draft("Not yet");
        let hand_in = |article: &str| site.reader().comment(article, said("Ines", "One"));
        hand_in(&draft.id()).refused(404, "not_found");
        let from = (site.now() + TimeDelta::hours(1)).to_rfc3339();
        let scheduled = site.draft_to_publish("Tide turns");
        site.editor().act(&scheduled, "publish", json!({"goes_live_at": from})).status(200);
        hand_in(&scheduled.id()).refused(404, "not_found");
        hand_in("tide-turns").refused(404, "not_found");
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

    // abuse: OP-07
    fn a_clock_that_is_set_back_lets_no_policy_turn_an_article_back(site: &Site) {
        let live = site.published("Reef recovers");
        site.wait(-TimeDelta::seconds(20));
        let path = format!("/v1/editorial/articles/{}/comment-policy", live.id());
        let editor = site.editor();
        editor.request("PUT", &path).if_match("*").json(&json!({"mode": "closed"})).send().status(200);
        site.editor().working_copy(&live.id()).status(200).says("/updated_at", live.text_at("/updated_at"));
    }

    // abuse: OP-10
    fn the_end_of_a_thread_is_announced_once_whoever_moved_it(database: Database) {
        let site = Site::of_two_nodes(database);
        let (usual, moved) = (site.published("Reef recovers"), site.published("Tide turns"));
        let (shut, gone) = (site.published("Harbour sleeps"), site.published("Gulls leave"));
        let put = |article: &Answer, policy: Value| {
            let path = format!("/v1/editorial/articles/{}/comment-policy", article.id());
            let editor = site.editor();
            editor.request("PUT", &path).if_match("*").json(&policy).send().status(200);
        };
        let in_days = |days| (site.now() + TimeDelta::days(days)).to_rfc3339();
        put(&moved, json!({"closes_at": in_days(1)}));
        put(&moved, json!({"closes_at": in_days(20)}));
        put(&shut, json!({"mode": "closed"}));
        site.editor().act(&gone, "unpublish", json!({})).status(200);
        let closed = || {
            site.forget_tokens();
            let (_, told) = site.told_by(|| site.work());
            told.into_iter().filter(|told| told.kind == "thread.closed").collect::<Vec<_>>()
        };
        site.wait(TimeDelta::days(14));
        assert_eq!(closed(), [], "a second is given to the clocks of others");
        site.wait(TimeDelta::seconds(1));
        let told = closed();
        let [told] = &told[..] else { panic!("{told:?}") };
        assert_eq!(told.subject, usual.id());
        let thread = format!("d:{}", usual.id().replace('-', ""));
        for key in [&thread, "a:reef-recovers", "l"] {
            assert!(told.keys.iter().any(|told| told == key), "{key} of {:?}", told.keys);
        }
        assert_eq!(closed(), [], "once");
        // What changes nothing of the end announces nothing, what moves it does.
        put(&usual, json!({"max_length": 500}));
        assert_eq!(closed(), []);
        put(&usual, json!({"open_days": 16}));
        site.wait(TimeDelta::days(3));
        let told: Vec<_> = closed().into_iter().map(|told| told.subject).collect();
        assert_eq!(told, [usual.id()]);
        site.wait(TimeDelta::days(4));
        let told: Vec<_> = closed().into_iter().map(|told| told.subject).collect();
        assert_eq!(told, [moved.id()]);
        site.wait(TimeDelta::days(40));
        assert_eq!(closed(), []);
    }

    fn an_article_that_is_published_again_opens_its_thread_again(site: &Site) {
        let live = site.published("Reef recovers");
        let down = site.editor().act(&live, "unpublish", json!({})).status(200);
        site.wait(TimeDelta::days(3));
        site.forget_tokens();
        site.editor().publish(&down).status(200);
        let closed = || {
            site.forget_tokens();
            let (_, told) = site.told_by(|| site.work());
            told.into_iter().filter(|told| told.kind == "thread.closed").count()
        };
        site.wait(TimeDelta::days(12));
        assert_eq!(closed(), 0, "its first publication counts no more");
        site.wait(TimeDelta::days(3));
        assert_eq!(closed(), 1);
        assert_eq!(closed(), 0);
    }
}
