//! The life of an article over HTTP: drafted, handed in, published, changed, withdrawn; and what readers see of it.

use chrono::TimeDelta;
use masthead_tests::answer::Answer;
use masthead_tests::client::Client;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use serde_json::{Value, json};

fn paragraph(text: &str) -> Value {
    json!({"type": "paragraph", "content": [{"text": text}]})
}

/// An article with all that it needs, in a section of its own.
fn ready(site: &Site, by: &Client<'_>, headline: &str) -> Answer {
    let sections = site.editor().get("/v1/editorial/sections").ok().json();
    if sections["data"].as_array().is_none_or(Vec::is_empty) {
        site.editor().post("/v1/editorial/sections", json!({"name": "World"})).status(201);
    }
    let body = [paragraph("“Ålhavn”, said Łukasz.")];
    let draft = json!({"headline": headline, "section": "world", "no_byline": true, "body": body});
    by.post("/v1/editorial/articles", draft).status(201)
}

on_both! {
    fn a_published_article_is_read_to_the_letter(site: &Site) {
        let draft = ready(site, &site.editor(), "Reef recovers");
        site.reader().article("reef-recovers").refused(404, "not_found");
        site.editor().publish(&draft).status(200).says("/publication/state", "live");
        let seen = site.reader().article("reef-recovers").status(200);
        let seen = seen.says("/headline", "Reef recovers").says("/section/slug", "world");
        let seen = seen.says("/body/0/content/0/text", "“Ålhavn”, said Łukasz.").says("/revision", 1);
        assert!(seen.header("cache-control").starts_with("public"));
        let by = site.reader();
        let again = by.request("GET", "/v1/articles/reef-recovers").header("if-none-match", seen.etag());
        let again = again.send().status(304);
        assert!(again.body.is_empty());
        site.reader().get(&format!("/v1/articles/{}", draft.id())).status(200);
        let list = site.reader().get("/v1/articles?section=world&count=exact").status(200);
        list.says("/data/0/slug", "reef-recovers").says("/page/total", 1);
    }

    // abuse: AZ-14
    fn a_reporter_may_not_publish_and_a_stale_editor_is_refused(site: &Site) {
        let story = ready(site, &site.reporter(), "Reef recovers");
        site.unmoved_by(&[], || site.reporter().publish(&story).refused(403, "forbidden"));
        site.other_reporter().act(&story, "submit", json!({})).refused(403, "forbidden");
        let without = format!("/v1/editorial/articles/{}/publish", story.id());
        site.editor().post(&without, json!({})).refused(428, "if_match_required");
        site.editor().publish(&story).status(200);
        let stale = site.editor().publish(&story).refused(412, "stale_version");
        stale.says("/etag", "\"2\"");
        site.reader().article("reef-recovers").says("/headline", "Reef recovers");
    }

    // abuse: AZ-02
    // abuse: AZ-03
    fn a_scheduled_article_tells_nothing_of_itself_before_its_time(site: &Site) {
        let draft = ready(site, &site.editor(), "Reef recovers");
        let (from, until) = (site.now() + TimeDelta::hours(1), site.now() + TimeDelta::hours(2));
        let order = json!({"goes_live_at": from.to_rfc3339(), "expires_at": until.to_rfc3339()});
        site.editor().act(&draft, "publish", order).says("/publication/state", "scheduled");
        let nothing = |site: &Site| {
            site.reader().article("reef-recovers").refused(404, "not_found");
            site.reader().get("/v1/articles?count=exact").says("/page/total", 0);
            site.reader().get("/v1/articles?slug=reef-recovers").says("/data", json!([]));
        };
        nothing(site);
        site.wait(TimeDelta::hours(1));
        site.reader().article("reef-recovers").status(200).says("/published_at", from.to_rfc3339().replace("+00:00", ".000Z"));
        site.wait(TimeDelta::hours(1));
        nothing(site);
        site.editor().working_copy(&draft.id()).says("/publication/state", "expired");
    }

    // abuse: AZ-07
    fn a_save_leaves_what_readers_see_and_a_new_slug_redirects(site: &Site) {
        let draft = ready(site, &site.editor(), "Reef recovers");
        let live = site.editor().publish(&draft);
        let path = format!("/v1/editorial/articles/{}", live.id());
        let change = json!({"headline": "Reef in peril", "slug": "reef-in-peril"});
        let by = site.editor();
        let saved = by.request("PATCH", &path).if_match(live.etag()).json(&change).send().status(200);
        let saved = saved.says("/has_unpublished_changes", true).says("/content/headline", "Reef in peril");
        site.reader().article("reef-recovers").says("/headline", "Reef recovers");
        site.reader().article("reef-in-peril").status(404);
        site.editor().publish(&saved).status(200);
        let moved = site.reader().article("reef-recovers").status(308);
        assert!(moved.header("location").ends_with("/v1/articles/reef-in-peril"));
        site.reader().article("reef-in-peril").says("/headline", "Reef in peril");
    }

    fn a_withdrawn_article_leaves_its_reason_and_comes_back_only_by_an_admin(site: &Site) {
        let live = site.editor().publish(&ready(site, &site.editor(), "Reef recovers"));
        site.editor().act(&live, "withdraw", json!({"kind": "error"})).refused(422, "validation_failed").names("/public_reason", "required");
        let reason = json!({"kind": "error", "public_reason": "it was wrong", "internal_reason": "we know why"});
        let gone = site.editor().act(&live, "withdraw", reason).status(200);
        let told = site.reader().article("reef-recovers").refused(410, "withdrawn");
        assert!(!told.says("/public_reason", "it was wrong").json().to_string().contains("we know why"));
        site.editor().act(&gone, "reinstate", json!({})).refused(403, "forbidden");
        site.admin().act(&gone, "reinstate", json!({})).says("/publication/state", "unpublished");
        site.reader().article("reef-recovers").refused(404, "not_found");
    }

    // abuse: AZ-14
    fn what_stands_in_the_way_of_publishing_is_listed(site: &Site) {
        let draft = site.editor().draft("Reef recovers");
        let refused = site.editor().publish(&draft).refused(409, "not_publishable").json();
        let codes: Vec<_> = refused["checks"].as_array().unwrap().iter().map(|check| check["code"].clone()).collect();
        assert_eq!(codes[..3], [json!("no_section"), json!("no_text"), json!("no_byline")]);
        let checks = site.editor().get(&format!("/v1/editorial/articles/{}/checks", draft.id()));
        checks.says("/publishable", false).says("/checks/0/pointer", "/section");
    }

    // abuse: IN-03
    fn all_faults_are_told_at_once_and_nothing_is_stored(site: &Site) {
        let sent = json!({"headlin": "x", "kind": "nws", "tags": ["no such tag", "nothing"], "body": [{"type": "paragraf"}], "bylines": [{"role": "author"}]});
        let told = site.unmoved_by(&[], || site.editor().post("/v1/editorial/articles", sent).refused(422, "validation_failed"));
        told.names("/headlin", "unknown_field").names("/kind", "unknown_value").names("/tags/0", "bad_format");
        let sent = json!({"headline": "Reef", "tags": ["nothing"], "bylines": [{"role": "author"}], "section": "nowhere"});
        let told = site.editor().post("/v1/editorial/articles", sent).refused(422, "validation_failed");
        told.names("/tags/0", "unknown_reference").names("/bylines/0/name", "required").names("/section", "unknown_reference");
    }

    // abuse: CC-03
    fn the_same_key_does_a_thing_once(site: &Site) {
        let send = |headline: &str| {
            let by = site.editor();
            let request = by.request("POST", "/v1/editorial/articles").header("idempotency-key", "k-1");
            request.json(&json!({"headline": headline})).send()
        };
        let first = send("Reef recovers").status(201);
        let second = send("Reef recovers").status(201);
        assert_eq!((first.id(), first.body.clone()), (second.id(), second.body.clone()));
        assert_eq!(second.header("idempotency-replayed"), "true");
        send("Reef dies").refused(422, "idempotency_key_reused");
        site.wait(TimeDelta::hours(24));
        assert_ne!(send("Reef recovers").status(201).id(), first.id());
    }

    // abuse: IN-09
    fn paging_meets_each_article_once_and_a_foreign_cursor_is_refused(site: &Site) {
        for n in 1..=5 {
            let draft = ready(site, &site.editor(), &format!("Story {n}"));
            site.editor().publish(&draft).status(200);
            site.wait(TimeDelta::seconds(1));
        }
        let (mut path, mut seen) = ("/v1/articles?limit=2".to_owned(), Vec::new());
        loop {
            let page = site.reader().get(&path).status(200).json();
            seen.extend(page["data"].as_array().unwrap().iter().map(|article| article["slug"].as_str().unwrap().to_owned()));
            let Some(cursor) = page["page"]["next_cursor"].as_str() else { break };
            path = format!("/v1/articles?limit=2&cursor={cursor}");
            site.reader().get(&format!("/v1/articles?limit=3&cursor={cursor}")).refused(400, "invalid_cursor");
        }
        assert_eq!(seen, ["story-5", "story-4", "story-3", "story-2", "story-1"]);
        site.reader().get("/v1/articles?limit=101").refused(422, "validation_failed").names("limit", "out_of_range");
        site.reader().get("/v1/articles?limt=1").refused(422, "validation_failed").names("limt", "unknown_parameter");
    }

    fn a_correction_shows_at_once_and_a_better_one_takes_its_place(site: &Site) {
        let draft = ready(site, &site.editor(), "Reef recovers");
        let path = format!("/v1/editorial/articles/{}/corrections", draft.id());
        let post = |path: &str, etag: &str, text: &str| {
            let by = site.editor();
            by.request("POST", path).if_match(etag).json(&json!({"kind": "correction", "text": text})).send()
        };
        post(&path, draft.etag(), "It was 9.").refused(409, "conflict").says("/reason", "never_live");
        let live = site.editor().publish(&draft);
        site.wait(TimeDelta::seconds(1));
        let first = post(&path, live.etag(), "It was 9.").status(201);
        let seen = site.reader().article("reef-recovers").says("/corrections/0/text", "It was 9.");
        assert!(seen.text_at("/updated_at") > seen.text_at("/published_at"));
        let supersede = format!("{path}/{}/supersede", first.id());
        let second = post(&supersede, first.etag(), "It was 8.").status(201);
        let seen = site.reader().article("reef-recovers").json();
        assert_eq!(seen["corrections"].as_array().map(Vec::len), Some(1));
        assert_eq!(seen["corrections"][0]["text"], "It was 8.");
        post(&supersede, second.etag(), "It was 7.").refused(404, "not_found");
        site.editor().get(&path).status(200).says("/data/0/superseded_by", second.id());
    }

    fn an_embargo_holds_until_it_ends(site: &Site) {
        let draft = ready(site, &site.editor(), "Reef recovers");
        let path = format!("/v1/editorial/articles/{}/embargo", draft.id());
        let until = (site.now() + TimeDelta::hours(1)).to_rfc3339();
        let by = site.editor();
        let held = by.request("PUT", &path).if_match(draft.etag()).json(&json!({"until": until})).send().status(200);
        site.editor().publish(&held).refused(409, "not_publishable").says("/checks/0/code", "embargo_ahead");
        let lifted = by.request("DELETE", &path).if_match(held.etag()).send().status(200).says("/embargo", json!(null));
        let live = site.editor().publish(&lifted).status(200);
        by.request("PUT", &path).if_match(live.etag()).json(&json!({})).send().refused(409, "conflict").says("/reason", "live");
    }

    fn a_byline_is_told_with_its_profile_and_the_name_as_published(site: &Site) {
        let mara = json!({"name": "Mara Lind", "title": "Port correspondent", "email": "mara@varn.example"});
        let mara = site.editor().post("/v1/editorial/contributors", mara).status(201);
        site.reporter().get("/v1/editorial/contributors/mara-lind").status(200).says("/email", json!(null));
        let draft = ready(site, &site.editor(), "Reef recovers");
        let bylines = json!([{"role": "author", "contributor": "mara-lind", "location": "Varn"}, {"role": "with", "name": "A. Guest"}]);
        let by = site.editor();
        let edit = by.request("PATCH", &format!("/v1/editorial/articles/{}", draft.id())).if_match(draft.etag());
        let saved = edit.json(&json!({"bylines": bylines, "no_byline": false})).send().status(200);
        site.editor().publish(&saved).status(200);
        let rename = by.request("PATCH", "/v1/editorial/contributors/mara-lind").if_match(mara.etag());
        rename.json(&json!({"name": "Mara Grane"})).send().status(200);
        let seen = site.reader().article("reef-recovers").says("/byline_text", "By Mara Lind in Varn with A. Guest");
        let seen = seen.says("/bylines/0/name", "Mara Lind").says("/bylines/0/contributor/name", "Mara Grane");
        assert!(!seen.json().to_string().contains("mara@varn.example"));
        let list = site.reader().get("/v1/articles?contributor=mara-lind&count=exact");
        list.says("/page/total", 1);
    }

    fn every_save_is_kept_and_can_be_restored(site: &Site) {
        let draft = ready(site, &site.editor(), "Reef recovers");
        let path = format!("/v1/editorial/articles/{}", draft.id());
        let by = site.editor();
        let change = json!({"headline": "Reef in peril", "note": "the source called"});
        let saved = by.request("PATCH", &path).if_match(draft.etag()).json(&change).send().status(200);
        let same = by.request("PATCH", &path).if_match(saved.etag()).json(&json!({"headline": "Reef in peril"})).send();
        assert_eq!(same.status(200).etag(), saved.etag(), "a save of equal content makes no revision");
        let list = by.get(&format!("{path}/revisions?limit=1")).status(200).says("/data/0/number", 2);
        let list = list.says("/data/0/note", "the source called");
        let next = format!("{path}/revisions?limit=1&cursor={}", list.text_at("/page/next_cursor"));
        assert!(list.header("link").contains(&next), "{list}");
        by.get(&next).says("/data/0/number", 1).says("/page/next_cursor", json!(null));
        by.get(&format!("{path}/revisions?limit=2&cursor={}", list.text_at("/page/next_cursor"))).refused(400, "invalid_cursor");
        by.get(&format!("{path}/revisions?cursor=2")).refused(400, "invalid_cursor");
        by.get(&format!("{path}/revisions/1")).status(200).says("/content/headline", "Reef recovers");
        by.get(&format!("{path}/revisions/3")).refused(404, "not_found");
        by.get(&format!("{path}/revisions/01")).refused(404, "not_found");
        let restored = by.request("POST", &format!("{path}/revisions/1/restore")).if_match(saved.etag()).send();
        restored.status(200).says("/revision", 3).says("/content/headline", "Reef recovers");
    }

    fn the_newsroom_finds_its_articles_by_what_they_are(site: &Site) {
        let live = ready(site, &site.editor(), "Reef recovers");
        site.editor().publish(&live).status(200);
        let handed_in = site.reporter().draft("100% of the reef");
        site.reporter().act(&handed_in, "submit", json!({"note": "please read"})).status(200);
        let slugs = |query: &str| {
            let page = site.editor().get(&format!("/v1/editorial/articles?{query}")).status(200).json();
            page["data"].as_array().unwrap().iter().map(|article| article["slug"].clone()).collect::<Vec<_>>()
        };
        assert_eq!(slugs(""), ["100-of-the-reef", "reef-recovers"]);
        assert_eq!(slugs("publication=live"), ["reef-recovers"]);
        assert_eq!(slugs("stage=in_review"), ["100-of-the-reef"]);
        assert_eq!(slugs("section=world"), ["reef-recovers"]);
        assert_eq!(slugs("section=nowhere"), [json!(null); 0]);
        assert_eq!(slugs("q=100%25"), ["100-of-the-reef"]);
        let page = site.editor().get("/v1/editorial/articles?limit=1&count=exact").status(200).says("/page/total", 2);
        let cursor = page.text_at("/page/next_cursor");
        assert_eq!(slugs(&format!("limit=1&count=exact&cursor={cursor}")), ["reef-recovers"]);
        let stolen = site.reader().get(&format!("/v1/articles?limit=1&count=exact&cursor={cursor}"));
        stolen.refused(400, "invalid_cursor");
    }
}
