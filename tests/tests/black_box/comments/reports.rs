//! What others make of a comment: readers report it, the newsroom replies to it and recommends it.

use masthead_tests::comments::said;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use serde_json::{Value, json};

on_both! {
    fn enough_readers_bring_a_comment_back_into_the_queue(database: Database) {
        let site = Site::with(database, &[("MASTHEAD_SERVER_TRUSTED_PROXIES", "127.0.0.1/32")]);
        site.published("Reef recovers");
        let sent = site.reader().comment("reef-recovers", said("Ines", "One")).status(201);
        let report = |address: &str| {
            let path = format!("/v1/articles/reef-recovers/comments/{}/reports", sent.id());
            let reader = site.reader();
            let because = if address == "192.0.2.3" { json!({}) } else { json!({"reason": "Rude."}) };
            reader.request("POST", &path).header("x-forwarded-for", address).json(&because).send()
        };
        report("192.0.2.1").refused(404, "not_found");
        site.moderator().decide(&sent.id(), "approve").status(200);
        for address in ["192.0.2.1", "192.0.2.1", "192.0.2.2", "192.0.2.2"] {
            report(address).status(204);
        }
        site.reader().thread("reef-recovers").status(200).says("/thread/count", 1);
        site.moderator().get("/v1/editorial/comments?reported=true").status(200).says("/data/0/reports", 2);
        report("192.0.2.3").status(204);
        site.reader().thread("reef-recovers").status(200).says("/thread/count", 0).says("/data", json!([]));
        let queue = site.moderator().get("/v1/editorial/comments?state=pending").status(200);
        queue.says("/data/0/id", sent.id()).says("/data/0/decision/by", "readers").says("/data/0/reports", 3);
        let path = format!("/v1/editorial/comments/{}", sent.id());
        let told = site.moderator().get(&path).status(200).json()["reported"].clone();
        assert_eq!(told[0]["reason"], "Rude.");
        assert_eq!((&told[0]["count"], &told[1]["count"]), (&json!(2), &json!(1)));
        assert_eq!(told[1]["reason"], Value::Null);
        site.moderator().decide(&sent.id(), "approve").status(200).says("/reports", 0);
        report("192.0.2.3").status(204);
        site.reader().thread("reef-recovers").status(200).says("/thread/count", 1);
    }

    fn the_newsroom_replies_under_its_own_name_and_recommends(site: &Site) {
        site.published("Reef recovers");
        let sent = site.reader().comment("reef-recovers", said("Ines", "One")).status(201);
        let path = format!("/v1/editorial/comments/{}", sent.id());
        let reply = |text: &str| site.moderator().post(&format!("{path}/replies"), json!({"body": text}));
        let feature = |method: &str| {
            let moderator = site.moderator();
            moderator.request(method, &format!("{path}/feature")).if_match("*").json(&json!({})).send()
        };
        reply("Too early").refused(409, "conflict").says("/reason", "not_visible");
        feature("PUT").refused(409, "conflict").says("/reason", "not_visible");
        site.moderator().decide(&sent.id(), "approve").status(200);
        reply("We have asked.").status(201).says("/state", "visible").says("/author_name", "Jon Vik");
        feature("PUT").status(200).says("/featured", true);
        site.reader().thread("reef-recovers").status(200)
            .says("/thread/count", 2)
            .says("/data/0/featured", true)
            .says("/data/1/author", json!({"name": "Jon Vik", "staff": true}))
            .says("/data/1/parent_id", sent.id());
        feature("DELETE").status(200).says("/featured", false);
        feature("PUT").status(200);
        site.moderator().decide(&sent.id(), "reject").status(200).says("/featured", false);
        let thread = site.reader().thread("reef-recovers").status(200).says("/data/0/tombstone", true);
        thread.says("/data/0/featured", false).says("/data/0/author", Value::Null);
        site.reporter().post(&format!("{path}/replies"), json!({"body": "I too"})).refused(403, "forbidden");
    }
}
