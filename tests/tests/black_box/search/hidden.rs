//! What is not published is not found, and nothing tells of it.

use chrono::TimeDelta;
use masthead_tests::comments::said;
use masthead_tests::on_both;
use serde_json::json;

use super::{draft, found, live, search};

on_both! {
    // abuse: AZ-04
    fn no_search_tells_of_what_is_not_published(site: &Site) {
        let nothing = search(site, "canary", "").status(200).says("/data", json!([])).body;
        let (editor, hour) = (site.editor(), TimeDelta::hours(1));
        let in_an_hour = (site.now() + hour).to_rfc3339();
        draft(site, "A canary draft", "canary", &json!({"standfirst": [{"text": "canary"}]}));
        let scheduled = draft(site, "A canary to come", "canary", &json!({}));
        editor.act(&scheduled, "publish", json!({"goes_live_at": in_an_hour})).status(200);
        let held = draft(site, "A canary under embargo", "canary", &json!({}));
        let path = format!("/v1/editorial/articles/{}/embargo", held.id());
        let held = editor.request("PUT", &path).if_match(held.etag()).json(&json!({"until": in_an_hour})).send().status(200);
        editor.act(&held, "publish", json!({"goes_live_at": in_an_hour})).status(200);
        let unpublished = live(site, "A canary gone", "canary", &json!({}));
        editor.act(&unpublished, "unpublish", json!({})).status(200);
        let withdrawn = live(site, "A canary withdrawn", "canary", &json!({}));
        editor.act(&withdrawn, "withdraw", json!({"kind": "error", "public_reason": "The canary was wrong."})).status(200);
        // A live article whose other revisions, comments and notes have it.
        let first = live(site, "Reef", "A canary at first.", &json!({}));
        let path = format!("/v1/editorial/articles/{}", first.id());
        let second = editor.patch(&path, first.etag(), json!({"body": [{"type": "paragraph", "content": [{"text": "No more."}]}]})).status(200);
        let second = editor.publish(&second).status(200);
        editor.patch(&path, second.etag(), json!({"headline": "A canary again"})).status(200);
        let sent = site.reader().comment("reef", said("Ines", "A canary!")).status(201);
        site.moderator().decide(&sent.id(), "approve").status(200);
        let sent = site.reader().comment("reef", said("Ivo", "No canary!")).status(201);
        site.moderator().decide(&sent.id(), "reject").status(200);
        let note = editor.request("PUT", &format!("{path}/internal-note")).if_match("*");
        note.json(&json!({"text": "The canary calls back."})).send().status(200);
        assert_eq!(search(site, "canary", "").status(200).body, nothing);
        for more in ["&limit=1", "&section=world", &format!("&id={}", scheduled.id()), "&slug=a-canary-to-come", "&updated_after=2020-01-01T00:00:00Z"] {
            search(site, "canary", more).status(200).says("/data", json!([])).says("/page/next_cursor", json!(null));
        }
        // Nor do those see more who are signed in.
        site.editor().get("/v1/search?q=canary").status(200).says("/data", json!([]));
        assert_eq!(found(site, "reef"), ["Reef"]);
        site.wait(hour);
        let mut there = found(site, "canary");
        there.sort();
        assert_eq!(there, ["A canary to come", "A canary under embargo"], "at their instant, without any worker");
    }

    fn an_article_is_found_until_its_last_instant_and_an_update_from_its_first_on(site: &Site) {
        let at = |seconds: i64| (site.now() + TimeDelta::seconds(seconds)).to_rfc3339();
        let brief = draft(site, "Brief tide", "High.", &json!({}));
        site.editor().act(&brief, "publish", json!({"expires_at": at(40)})).status(200);
        let updated = live(site, "Slow tide", "It was low.", &json!({}));
        let path = format!("/v1/editorial/articles/{}", updated.id());
        let next = site.editor().patch(&path, updated.etag(), json!({"headline": "Fast tide", "slug": "fast-tide"})).status(200);
        site.editor().act(&next, "publish", json!({"goes_live_at": at(20)})).status(200);
        let told = search(site, "tide", "").status(200);
        assert_eq!(told.header("cache-control"), "public, max-age=5, s-maxage=10, stale-while-revalidate=10, stale-if-error=30");
        assert_eq!((found(site, "slow"), found(site, "fast")), (vec!["Slow tide".to_owned()], vec![]));
        site.wait(TimeDelta::seconds(19));
        assert_eq!((found(site, "slow").len(), found(site, "fast").len(), found(site, "brief").len()), (1, 0, 1));
        site.wait(TimeDelta::seconds(1));
        assert_eq!((found(site, "slow").len(), found(site, "fast").len(), found(site, "brief").len()), (0, 1, 1));
        site.wait(TimeDelta::seconds(20));
        assert_eq!((found(site, "tide"), found(site, "brief").len()), (vec!["Fast tide".to_owned()], 0));
    }
}
