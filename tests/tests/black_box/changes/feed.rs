//! Items of the feed: each thing once, as it is now, at the place of its last change.

use chrono::TimeDelta;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use serde_json::{Value, json};

use super::mirror::Mirror;

/// What the feed tells behind a cursor: kinds with slugs, `-` before what is gone.
#[track_caller]
pub(crate) fn told(site: &Site, cursor: &mut String) -> Vec<String> {
    site.work();
    let behind = if cursor.is_empty() { String::new() } else { format!("&cursor={cursor}") };
    let page =
        site.reader().get(&format!("/v1/changes?limit=100{behind}")).status(200).says("/is_end", true).json();
    *cursor = page["cursor"].as_str().unwrap().to_owned();
    let items = page["data"].as_array().unwrap().iter();
    let name = |item: &Value| match item["resource"]["slug"].as_str() {
        Some(slug) => format!("{} {slug}", item["type"].as_str().unwrap()),
        None => format!("-{}", item["type"].as_str().unwrap()),
    };
    let mut names: Vec<_> = items.map(name).collect();
    names.sort();
    names
}

fn ready(site: &Site, headline: &str, more: Value) -> masthead_tests::answer::Answer {
    let mut content = json!({
        "headline": headline, "section": "ports", "tags": ["sea"], "bylines": [{"role": "author", "contributor": "mara-lind"}],
        "body": [{"type": "paragraph", "content": [{"text": "It grows."}]}],
    });
    for (name, value) in more.as_object().unwrap() {
        content[name] = value.clone();
    }
    site.editor().post("/v1/editorial/articles", content).status(201)
}

fn desk(site: &Site) {
    let editor = site.editor();
    editor.post("/v1/editorial/sections", json!({"name": "World"})).status(201);
    editor.post("/v1/editorial/sections", json!({"name": "Ports", "parent": "world"})).status(201);
    editor.post("/v1/editorial/tags", json!({"name": "Sea"})).status(201);
    editor.post("/v1/editorial/contributors", json!({"name": "Mara Lind"})).status(201);
}

on_both! {
    fn what_appears_with_an_article_is_told_of_and_disappears_with_it(site: &Site) {
        desk(site);
        let mut cursor = String::new();
        assert!(told(site, &mut cursor).is_empty(), "no article, nothing to be seen");
        let live = site.editor().publish(&ready(site, "Reef recovers", json!({}))).status(200);
        let all = ["article reef-recovers", "contributor mara-lind", "section ports", "section world", "tag sea"];
        assert_eq!(told(site, &mut cursor), all);
        assert!(told(site, &mut cursor).is_empty());
        site.editor().publish(&ready(site, "Seals return", json!({}))).status(200);
        assert_eq!(told(site, &mut cursor), ["article seals-return"], "what was there already is as it was");
        site.editor().act(&live, "unpublish", json!({})).status(200);
        assert_eq!(told(site, &mut cursor), ["-article"]);
        let seals = site.reader().article("seals-return").status(200).id();
        let seals = site.editor().working_copy(&seals).status(200);
        site.editor().act(&seals, "withdraw", json!({"kind": "legal", "public_reason": "A court."})).status(200);
        assert_eq!(told(site, &mut cursor), ["-article", "-contributor", "-section", "-section", "-tag"]);
        let mut from_zero = String::new();
        assert_eq!(told(site, &mut from_zero).len(), 6, "each thing stands there once");
    }

    fn who_survived_a_merge_is_told_of_with_articles_that_name_who_was_merged(site: &Site) {
        desk(site);
        let editor = site.editor();
        let draft = ready(site, "Reef recovers", json!({}));
        for (list, merged) in [("tags", "sea"), ("contributors", "mara-lind")] {
            let path = format!("/v1/editorial/{list}");
            editor.post(&path, json!({"name": "Ocean"})).status(201);
            let merge = editor.request("POST", &format!("{path}/{merged}/merge")).if_match("*");
            merge.json(&json!({"into": "ocean"})).send().status(200);
        }
        let mut cursor = String::new();
        assert!(told(site, &mut cursor).is_empty(), "no article, nothing to be seen");
        let draft = editor.working_copy(&draft.id()).status(200);
        let live = editor.publish(&draft).status(200);
        let all = ["article reef-recovers", "contributor ocean", "section ports", "section world", "tag ocean"];
        assert_eq!(told(site, &mut cursor), all);
        editor.act(&live, "unpublish", json!({})).status(200);
        assert_eq!(told(site, &mut cursor), ["-article", "-contributor", "-section", "-section", "-tag"]);
    }

    fn what_shows_a_thing_that_is_renamed_is_told_of_with_it(site: &Site) {
        desk(site);
        site.editor().publish(&ready(site, "Reef recovers", json!({}))).status(200);
        let mut cursor = String::new();
        told(site, &mut cursor);
        for (list, slug, told_of) in [
            ("tags", "sea", "tag ocean"),
            ("contributors", "mara-lind", "contributor ocean"),
            ("sections", "world", "section ocean"),
        ] {
            let path = format!("/v1/editorial/{list}/{slug}");
            let seen = site.editor().get(&path).status(200);
            site.editor().patch(&path, seen.etag(), json!({"name": "Ocean", "slug": "ocean"})).status(200);
            assert_eq!(told(site, &mut cursor), ["article reef-recovers", told_of], "{list}");
        }
    }

    fn an_article_is_told_of_when_one_that_it_leads_to_comes_and_goes(site: &Site) {
        desk(site);
        let live = site.editor().publish(&ready(site, "Seals return", json!({}))).status(200);
        site.editor().publish(&ready(site, "Reef recovers", json!({"related": [live.id()]}))).status(200);
        let mut cursor = String::new();
        told(site, &mut cursor);
        let gone = site.editor().act(&live, "unpublish", json!({})).status(200);
        assert_eq!(told(site, &mut cursor), ["-article", "article reef-recovers"]);
        site.editor().publish(&gone).status(200);
        assert_eq!(told(site, &mut cursor), ["article reef-recovers", "article seals-return"]);
    }

    fn what_the_clock_alone_does_is_told_of(site: &Site) {
        desk(site);
        let at = |minutes| (site.now() + TimeDelta::minutes(minutes)).to_rfc3339();
        let times = json!({"goes_live_at": at(10), "expires_at": at(20)});
        site.editor().act(&ready(site, "Reef recovers", json!({})), "publish", times).status(200);
        let mut cursor = String::new();
        assert!(told(site, &mut cursor).is_empty());
        site.wait(TimeDelta::minutes(11));
        assert_eq!(told(site, &mut cursor).len(), 5);
        site.wait(TimeDelta::minutes(10));
        assert_eq!(told(site, &mut cursor), ["-article", "-contributor", "-section", "-section", "-tag"]);
    }

    fn a_photo_that_is_corrected_is_told_of_with_the_article_that_shows_it(site: &Site) {
        desk(site);
        let photo = site.photo_editor().upload_whole(1);
        site.editor().publish(&ready(site, "Reef recovers", json!({"lead_photo": {"photo": photo.id()}}))).status(200);
        let mut cursor = String::new();
        assert!(told(site, &mut cursor).iter().any(|item| item == "-photo"), "photos have no slug");
        let path = format!("/v1/editorial/photos/{}", photo.id());
        let seen = site.photo_editor().get(&path).status(200);
        site.photo_editor().patch(&path, seen.etag(), json!({"caption": "Not what it seemed."})).status(200);
        let before = cursor.clone();
        assert_eq!(told(site, &mut cursor), ["-photo", "article reef-recovers"]);
        let page = site.reader().get(&format!("/v1/changes?cursor={before}")).status(200).json();
        let items = page["data"].as_array().unwrap();
        let article = items.iter().find(|item| item["type"] == "article").unwrap();
        assert_eq!(article["resource"]["lead_photo"]["caption"], "Not what it seemed.");
        let shown = items.iter().find(|item| item["type"] == "photo").unwrap();
        assert_eq!((&shown["gone"], &shown["resource"]["caption"]), (&json!(false), &json!("Not what it seemed.")));
    }

    fn a_portrait_is_told_of_when_it_comes_and_when_another_takes_its_place(site: &Site) {
        desk(site);
        let portraits = [1, 2].map(|shade| json!(site.photo_editor().upload_whole(shade).id()));
        site.editor().publish(&ready(site, "Reef recovers", json!({}))).status(200);
        let mut mirror = Mirror::default();
        for portrait in portraits.into_iter().chain([Value::Null]) {
            let patch = json!({"portrait": portrait});
            site.editor().patch("/v1/editorial/contributors/mara-lind", "*", patch).status(200);
            site.work();
            mirror.follow(site);
            mirror.is_what_readers_see(site);
        }
    }

    fn a_photo_is_told_of_when_the_profile_to_which_its_credit_leads_comes_and_goes(site: &Site) {
        desk(site);
        let ivo = site.editor().post("/v1/editorial/contributors", json!({"name": "Ivo Grane"})).status(201).id();
        let photo = site.photo_editor().upload_whole(2).id();
        let credit = json!({"credit": {"creators": [{"name": "Ivo Grane", "contributor": ivo}]}});
        site.photo_editor().patch(&format!("/v1/editorial/photos/{photo}"), "*", credit).status(200);
        site.editor().publish(&ready(site, "Reef recovers", json!({"lead_photo": {"photo": photo}}))).status(200);
        let (mut cursor, mut mirror) = (String::new(), Mirror::default());
        told(site, &mut cursor);
        let mut followed = || {
            mirror.follow(site);
            mirror.is_what_readers_see(site);
        };
        followed();
        let by_ivo = json!({"bylines": [{"role": "photographer", "contributor": "ivo-grane"}]});
        let live = site.editor().publish(&ready(site, "Seals return", by_ivo)).status(200);
        let shown = ["-photo", "article reef-recovers", "article seals-return", "contributor ivo-grane"];
        assert_eq!(told(site, &mut cursor), shown);
        followed();
        site.editor().act(&live, "unpublish", json!({})).status(200);
        assert_eq!(told(site, &mut cursor), ["-article", "-contributor", "-photo", "article reef-recovers"]);
        followed();
    }

    // abuse: AZ-05, AZ-06
    fn a_front_is_told_of_as_far_as_readers_see_it(site: &Site) {
        desk(site);
        let live = site.editor().publish(&ready(site, "Reef recovers", json!({}))).status(200);
        let draft = ready(site, "Secret plan", json!({}));
        let items = json!([{"article": draft.id()}, {"article": live.id(), "headline": "It is back"}]);
        let front = json!({"name": "Home", "items": items});
        site.editor().post("/v1/editorial/fronts", front).status(201);
        let newest = json!({"name": "Newest", "fill_from": {"section": "world", "up_to": 5}});
        site.editor().post("/v1/editorial/fronts", newest).status(201);
        let mut cursor = String::new();
        assert!(told(site, &mut cursor).ends_with(&["tag sea".to_owned()]));
        let page = site.reader().get("/v1/changes?limit=100").status(200);
        assert!(!String::from_utf8_lossy(&page.body).contains(&draft.id()), "{page}");
        let page = page.json();
        let of = |slug: &str| {
            let items = page["data"].as_array().unwrap().iter();
            items.map(|item| &item["resource"]).find(|front| front["slug"] == slug).unwrap()["articles"].clone()
        };
        assert_eq!(of("home"), json!([{"id": live.id(), "front_headline": "It is back"}]));
        assert_eq!(of("newest"), json!([{"id": live.id(), "front_headline": "Reef recovers"}]));
        // What is planned for an article that stands on a front moves nothing, and what happens to it does.
        let at = (site.now() + TimeDelta::days(1)).to_rfc3339();
        let planned = site.editor().act(&draft, "publish", json!({"goes_live_at": at})).status(200);
        assert!(told(site, &mut cursor).is_empty());
        site.editor().act(&planned, "unschedule", json!({})).status(200);
        assert!(told(site, &mut cursor).is_empty());
        let draft = site.editor().working_copy(&draft.id()).status(200);
        site.editor().publish(&draft).status(200);
        assert_eq!(told(site, &mut cursor), ["article secret-plan", "front home", "front newest"]);
        let seen = site.editor().get("/v1/editorial/fronts/home").status(200);
        site.editor().delete("/v1/editorial/fronts/home", seen.etag()).status(204);
        assert_eq!(told(site, &mut cursor), ["-front"]);
    }

    fn a_place_is_one_that_the_feed_has_told(site: &Site) {
        desk(site);
        site.editor().publish(&ready(site, "Reef recovers", json!({}))).status(200);
        site.work();
        let reader = site.reader();
        let page = reader.get("/v1/changes?limit=2").status(200).says("/is_end", false);
        let cursor = page.text_at("/cursor");
        // A place is one however many are asked for.
        reader.get(&format!("/v1/changes?limit=100&cursor={cursor}")).status(200).says("/is_end", true);
        let mut forged = cursor.clone();
        forged.replace_range(3..4, if &forged[3..4] == "A" { "B" } else { "A" });
        reader.get(&format!("/v1/changes?cursor={forged}")).refused(400, "invalid_cursor");
        let of_list = reader.get("/v1/articles?limit=1").status(200).json()["page"]["next_cursor"].clone();
        assert!(of_list.is_null());
        let now = reader.get("/v1/changes?from=now").status(200).says("/data", json!([])).says("/is_end", true);
        let now = now.text_at("/cursor");
        reader.get(&format!("/v1/changes?cursor={now}")).status(200).says("/data", json!([]));
        for (query, place, code) in [
            ("limit=101", "limit", "out_of_range"),
            ("wait=31", "wait", "out_of_range"),
            ("from=yesterday", "from", "unknown_value"),
            ("since=5", "since", "unknown_parameter"),
        ] {
            reader.get(&format!("/v1/changes?{query}")).refused(422, "validation_failed").names(place, code);
        }
        let tag = page.etag().to_owned();
        reader.request("GET", "/v1/changes?limit=2").if_none_match(&tag).send().status(304);
        reader.request("HEAD", "/v1/changes?limit=2").send().status(200);
    }
}
