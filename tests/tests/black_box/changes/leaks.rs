//! What readers never saw leaves no trace in the feed: no entry, no step of the cursor, no event.

use chrono::TimeDelta;
use masthead_tests::comments::said;
use masthead_tests::on_both;
use serde_json::json;

on_both! {
    // abuse: AZ-06
    fn drafts_schedules_and_working_copies_move_no_cursor(site: &Site) {
        let live = site.published("Reef recovers");
        site.work();
        let before = site.reader().get("/v1/changes?limit=100").status(200).says("/is_end", true).json();
        let editor = site.editor();
        let draft = site.draft_to_publish("Secret plan");
        let moved = json!({"headline": "Reef in secret"});
        let moved = editor.patch(&format!("/v1/editorial/articles/{}", live.id()), live.etag(), moved).status(200);
        let at = (site.now() + TimeDelta::days(1)).to_rfc3339();
        let planned = editor.act(&draft, "publish", json!({"goes_live_at": at})).status(200);
        let next = editor.act(&moved, "publish", json!({"goes_live_at": at})).status(200);
        site.work();
        let tells_nothing = || {
            let after = site.reader().get("/v1/changes?limit=100").status(200).json();
            assert_eq!(after, before, "not an item, not a number, not a cursor");
        };
        tells_nothing();
        editor.act(&planned, "unschedule", json!({})).status(200);
        editor.act(&next, "unschedule", json!({})).status(200);
        editor.post("/v1/editorial/tags", json!({"name": "Secret tag"})).status(201);
        editor.post("/v1/editorial/sections", json!({"name": "Secret section"})).status(201);
        editor.post("/v1/editorial/contributors", json!({"name": "Secret Agent"})).status(201);
        site.photo_editor().upload_whole(1);
        site.reader().comment("reef-recovers", said("Ada", "Not yet seen.")).status(201);
        site.work();
        tells_nothing();
    }

    // abuse: AZ-06
    fn what_was_taken_down_leaves_its_id_and_nothing_else(site: &Site) {
        let live = site.published("Reef recovers");
        site.work();
        let reason = json!({"kind": "legal", "public_reason": "A court says so.", "internal_reason": "Canary."});
        site.editor().act(&live, "withdraw", reason).status(200);
        // Even before anybody has told of it.
        for _ in 0..2 {
            let page = site.reader().get("/v1/changes?limit=100").status(200);
            let text = String::from_utf8(page.body.clone()).unwrap();
            assert!(!text.contains("eef") && !text.contains("court") && !text.contains("Canary"), "{text}");
            let page = page.json();
            let items = page["data"].as_array().unwrap();
            let gone = items.iter().find(|item| item["id"] == live.id()).unwrap();
            let mut names: Vec<_> = gone.as_object().unwrap().keys().map(String::as_str).collect();
            names.sort_unstable();
            assert_eq!(names, ["gone", "id", "resource", "seq", "type"]);
            assert_eq!((&gone["gone"], &gone["resource"]), (&json!(true), &json!(null)));
            site.work();
        }
    }
}
