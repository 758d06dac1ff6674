//! What editors do with fronts.

use masthead_tests::fronts::items;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use masthead_tests::together::together;
use serde_json::{Value, json};

const FRONTS: &str = "/v1/editorial/fronts";

on_both! {
    fn a_front_is_put_in_order_by_one_request_that_names_what_was_seen(site: &Site) {
        // Signed in now, so that the log ends with what is done below.
        let admin = site.admin();
        let (reef, seals) = (site.published("Reef recovers"), site.draft_to_publish("Seals return"));
        let made = site.editor().post(FRONTS, json!({
            "name": "Front page", "items": [{"article": "reef-recovers", "headline": "It grows again"}, {"article": seals.id()}],
            "fill_from": {"section": "world", "up_to": 12},
        })).status(201);
        let path = format!("{FRONTS}/{}", made.id());
        assert!(made.header("location").ends_with(&path), "{made}");
        let made = made.says("/slug", "front-page").says("/version", 1)
            .says("/items", json!([{"article": reef.id(), "headline": "It grows again"}, {"article": seals.id(), "headline": null}]))
            .says("/resolved/articles", json!([
                {"id": reef.id(), "slug": "reef-recovers", "headline": "Reef recovers", "publication": "live"},
                {"id": seals.id(), "slug": "seals-return", "headline": "Seals return", "publication": null},
            ]))
            .says("/resolved/section/slug", "world").says("/fill_from/up_to", 12).says("/fill_from/tag", Value::Null);
        // Read, changed and sent back.
        let read = site.reporter().kept_front("front-page").status(200).json();
        assert_eq!(read, made.json());
        let mut turned = read["items"].as_array().cloned().expect("items");
        turned.reverse();
        let order = json!({"items": turned});
        site.editor().request("PATCH", &path).json(&order).send().refused(428, "if_match_required");
        let other = site.editor().rearrange(&made, order).status(200).says("/version", 2)
            .says("/items/0/article", seals.id()).says("/name", "Front page").says("/fill_from/up_to", 12);
        site.editor().rearrange(&made, json!({"items": []})).refused(412, "stale_version").says("/etag", other.etag());
        let cleared = site.editor().rearrange(&other, json!({"items": null, "fill_from": null, "name": "Home"})).status(200);
        let cleared = cleared.says("/items", json!([])).says("/fill_from", Value::Null).says("/slug", "front-page");
        site.editor().rearrange(&cleared, json!({"name": null})).refused(422, "validation_failed").names("/name", "required");
        site.editor().delete(&path, made.etag()).refused(412, "stale_version");
        site.editor().delete(&path, cleared.etag()).status(204);
        site.editor().kept_front("front-page").refused(404, "not_found");
        site.reader().front("front-page").refused(404, "not_found");
        let told = admin.get("/v1/editorial/audit?limit=20").ok().json();
        let entries = told["data"].as_array().unwrap().iter();
        let deeds: Vec<_> = entries.filter(|entry| entry["action"].as_str().unwrap().starts_with("front.")).collect();
        let actions: Vec<_> = deeds.iter().map(|entry| entry["action"].as_str().unwrap()).collect();
        assert_eq!(actions, ["front.deleted", "front.changed", "front.changed", "front.created"]);
        assert_eq!(deeds[1]["detail"]["removed"], json!([seals.id(), reef.id()]));
        assert_eq!(deeds[3]["detail"]["placed"], json!([reef.id(), seals.id()]));
    }

    // abuse: IN-03, IN-11
    fn every_fault_of_a_front_is_told_at_its_place_and_nothing_is_kept(site: &Site) {
        let reef = site.published("Reef recovers");
        let front = site.editor().front_page(&["reef-recovers"]);
        let nothing = "01970000-0000-7000-8000-00000000ffff";
        let refused = |change: Value| site.editor().rearrange(&front, change).refused(422, "validation_failed");
        refused(json!({"items": items(&["reef-recovers", nothing, "never-was"])}))
            .names("/items/1/article", "unknown_reference").names("/items/2/article", "unknown_reference");
        // By whatever name it is the same article.
        refused(json!({"items": items(&["reef-recovers", &reef.id()])})).names("/items/1/article", "duplicate");
        refused(json!({"items": vec![json!({"article": "reef-recovers"}); 101]})).names("/items", "too_many");
        refused(json!({"items": [{"article": "reef-recovers", "headline": "x".repeat(201)}, {"headlin": 1}]}))
            .names("/items/0/headline", "too_long").names("/items/1/article", "required").names("/items/1/headlin", "unknown_field");
        refused(json!({"fill_from": {"section": "nowhere", "up_to": 5}})).names("/fill_from/section", "unknown_reference");
        refused(json!({"fill_from": {"tag": "nothing", "up_to": 5}})).names("/fill_from/tag", "unknown_reference");
        refused(json!({"fill_from": {"section": "world"}})).names("/fill_from/up_to", "required");
        for (up_to, code) in [(json!(0), "out_of_range"), (json!(101), "out_of_range"), (json!("5"), "wrong_type")] {
            refused(json!({"fill_from": {"up_to": up_to}})).names("/fill_from/up_to", code);
        }
        refused(json!({"slug": "0197f7a0-0000-7000-8000-000000000000"})).names("/slug", "reserved");
        refused(json!({"id": nothing, "version": 7})).names("/id", "unknown_field").names("/version", "unknown_field");
        site.editor().post(FRONTS, json!({"name": "Other", "slug": "home"})).refused(422, "validation_failed").names("/slug", "taken");
        site.editor().kept_front("home").status(200).says("/version", 1).says("/items", json!([{"article": reef.id(), "headline": null}]));
    }

    fn a_renamed_front_goes_on_redirecting(site: &Site) {
        site.published("Reef recovers");
        let front = site.editor().front_page(&["reef-recovers"]);
        site.editor().post(FRONTS, json!({"name": "Sport"})).status(201);
        let list = site.reader().get("/v1/fronts").status(200);
        assert_eq!(list.json()["data"], json!([
            {"id": front.id(), "slug": "home", "name": "Front page"},
            {"id": list.json()["data"][1]["id"], "slug": "sport", "name": "Sport"},
        ]));
        let first = site.editor().get(&format!("{FRONTS}?limit=1")).status(200).says("/data/0/slug", "home");
        let next = format!("{FRONTS}?limit=1&cursor={}", first.text_at("/page/next_cursor"));
        site.reporter().get(&next).status(200).says("/data/0/slug", "sport").says("/page/next_cursor", Value::Null);
        site.editor().rearrange(&front, json!({"slug": "today"})).status(200);
        let moved = site.reader().front("home").status(308);
        assert_eq!(moved.header("location"), format!("{}/v1/fronts/today", site.public_url()));
        site.reader().front("today").status(200).says("/name", "Front page");
        site.editor().kept_front("home").status(200).says("/slug", "today");
        site.editor().post(FRONTS, json!({"name": "Home"})).refused(422, "validation_failed").names("/slug", "taken");
        site.reader().front("nothing").refused(404, "not_found");
        site.reader().get("/v1/fronts/today?limit=5").refused(422, "validation_failed").names("limit", "unknown_parameter");
    }

    // abuse: AZ-01, AZ-08
    fn a_reporter_of_a_site_with_private_drafts_sees_of_a_front_what_they_may_read(database: Database) {
        let site = &Site::with(database, &[("MASTHEAD_SITE_PRIVATE_DRAFTS", "on")]);
        let (own, other) = (site.reporter().draft("Ice breaks"), site.editor().draft("The secret"));
        let items = json!([{"article": other.id(), "headline": "Nobody knows"}, {"article": own.id()}]);
        let front = site.editor().post(FRONTS, json!({"name": "Front page", "slug": "home", "items": items})).status(201);
        let read = site.reporter().kept_front("home").status(200).says("/items", json!([{"article": own.id(), "headline": null}]));
        let read = read.says("/resolved/articles/0/headline", "Ice breaks");
        for told in ["The secret", "the-secret", "Nobody knows", &other.id()] {
            assert!(!String::from_utf8_lossy(&read.body).contains(told), "{told}: {read}");
        }
        site.moderator().kept_front("home").status(200).says("/items/0/article", other.id());
        site.reporter().rearrange(&front, json!({"items": []})).refused(403, "forbidden");
        site.reporter().post(FRONTS, json!({"name": "Mine"})).refused(403, "forbidden");
        site.reporter().delete(&format!("{FRONTS}/home"), "*").refused(403, "forbidden");
    }

    // abuse: CC-03
    fn a_front_is_made_once_per_key(site: &Site) {
        site.published("Reef recovers");
        let by = site.editor();
        let front = json!({"name": "Front page", "items": items(&["reef-recovers"])});
        let key = "one-front";
        let send = || by.request("POST", FRONTS).idempotent(key).json(&front).send().status(201);
        let (first, again) = (send(), send());
        assert_eq!((again.header("idempotency-replayed"), again.json()), ("true", first.json()));
        let (_, told) = site.told_by(send);
        assert_eq!(told, []);
    }

    // abuse: CC-04
    fn of_many_who_rearrange_what_they_saw_one_does(database: Database) {
        let site = &Site::of_two_nodes(database);
        let slugs: Vec<_> = (0..8).map(|n| site.published(&format!("Story {n}")).text_at("/content/slug")).collect();
        let front = site.editor().front_page(&[&slugs[0]]);
        let answers = together(8, |n| {
            site.editor().at_node(n).rearrange(&front, json!({"items": items(&[&slugs[n], &slugs[(n + 1) % 8]])}))
        });
        let won: Vec<_> = answers.iter().filter(|answer| answer.status == 200).collect();
        assert_eq!(won.len(), 1, "{:?}", answers.iter().map(|answer| answer.status).collect::<Vec<_>>());
        for lost in answers.iter().filter(|answer| answer.status != 200) {
            lost.clone().refused(412, "stale_version");
        }
        assert_eq!(site.editor().kept_front("home").status(200).json()["items"], won[0].json()["items"]);
    }

    fn a_draft_that_is_deleted_leaves_the_fronts(site: &Site) {
        let (admin, draft) = (site.admin(), site.editor().draft("Ice breaks"));
        let reef = site.published("Reef recovers");
        let front = site.editor().front_page(&[&draft.id(), &reef.id()]);
        let path = format!("/v1/editorial/articles/{}", draft.id());
        let (_, told) = site.told_by(|| site.editor().delete(&path, draft.etag()).status(204));
        let told: Vec<_> = told.into_iter().map(|told| (told.kind, told.subject, told.keys)).collect();
        let news = ("article.deleted".to_owned(), draft.id(), Vec::new());
        assert_eq!(told, [news], "readers have nothing else than before");
        let left = site.editor().kept_front("home").status(200).says("/version", 2);
        left.says("/items", json!([{"article": reef.id(), "headline": null}]));
        // Who saw it on the front does not put it back.
        let order = json!({"items": items(&[&reef.id(), &draft.id()])});
        site.editor().rearrange(&front, order.clone()).refused(412, "stale_version");
        let by = site.editor();
        let overwriting = by.request("PATCH", &format!("{FRONTS}/home")).if_match("*").json(&order).send();
        overwriting.refused(422, "validation_failed").names("/items/1/article", "unknown_reference");
        let told = admin.get("/v1/editorial/audit?limit=2").ok().json();
        let entry = told["data"].as_array().unwrap().iter().find(|entry| entry["action"] == "front.changed").cloned();
        assert_eq!(entry.expect("an entry of the front")["detail"], json!({"removed": [draft.id()]}));
    }
}
