//! What the clock alone changes is right at each instant, though answers are kept and no worker is at work.

use chrono::TimeDelta;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use serde_json::{Value, json};

fn in_seconds(site: &Site, seconds: i64) -> String {
    (site.now() + TimeDelta::seconds(seconds)).to_rfc3339()
}

/// Which of these tell of an article, and how the address of it is answered. Asked twice: the second time it is kept.
fn seen(site: &Site, word: &str) -> (Vec<bool>, u16) {
    let ask = || {
        let tells = |path: &str| String::from_utf8_lossy(&site.reader().get(path).body).contains(word);
        let lists =
            ["/v1/articles", "/feeds/latest.rss", "/v1/articles?section=world", "/v1/articles?count=exact"];
        let told = lists.map(tells).to_vec();
        (told, site.reader().article("seals-return").status)
    };
    let first = ask();
    assert_eq!(ask(), first);
    first
}

on_both! {
    // abuse: CA-06
    fn an_article_comes_and_goes_at_its_instants(site: &Site) {
        site.published("Reef recovers");
        let soon = site.draft_to_publish("Seals return");
        let order = json!({"goes_live_at": in_seconds(site, 30), "expires_at": in_seconds(site, 60)});
        site.editor().act(&soon, "publish", order).status(200);
        assert_eq!(seen(site, "Seals return"), (vec![false; 4], 404));
        site.wait(TimeDelta::milliseconds(29_999));
        assert_eq!(seen(site, "Seals return"), (vec![false; 4], 404));
        site.wait(TimeDelta::milliseconds(1));
        assert_eq!(seen(site, "Seals return"), (vec![true; 4], 200));
        let lifetime = site.reader().article("seals-return").header("cache-control").to_owned();
        assert!(lifetime.contains("s-maxage=30") && lifetime.contains("stale-if-error=0"), "{lifetime}");
        site.wait(TimeDelta::seconds(10));
        let lifetime = site.reader().article("seals-return").header("cache-control").to_owned();
        assert!(lifetime.contains("s-maxage=20"), "{lifetime}");
        site.wait(TimeDelta::milliseconds(19_999));
        assert_eq!(seen(site, "Seals return"), (vec![true; 4], 200));
        site.wait(TimeDelta::milliseconds(1));
        assert_eq!(seen(site, "Seals return"), (vec![false; 4], 404));
    }

    // abuse: CA-06
    fn what_an_article_shows_of_others_changes_at_their_instants(site: &Site) {
        let there = site.published("Seals return");
        let story = json!({
            "headline": "Reef recovers", "section": "world", "no_byline": true, "related": [there.id()],
            "body": [{"type": "paragraph", "content": [{"text": "It grows."}]}],
        });
        let draft = site.editor().post("/v1/editorial/articles", story).status(201);
        let live = site.editor().publish(&draft).status(200);
        let down = site.editor().act(&there, "unpublish", json!({})).status(200);
        site.editor().act(&down, "publish", json!({"goes_live_at": in_seconds(site, 30)})).status(200);
        let path = format!("/v1/editorial/articles/{}/comment-policy", live.id());
        let policy = json!({"closes_at": in_seconds(site, 45)});
        site.editor().request("PUT", &path).if_match("*").json(&policy).send().status(200);
        let told = || {
            let (whole, list) = (site.reader().article("reef-recovers").json(), site.reader().get("/v1/articles").json());
            let listed = list["data"].as_array().cloned().unwrap_or_default();
            let listed = listed.into_iter().find(|one| one["slug"] == "reef-recovers").expect("it is listed");
            assert_eq!((&whole["headline"], &whole["comments"]), (&listed["headline"], &listed["comments"]));
            let thread = site.reader().get("/v1/articles/reef-recovers/comments").json();
            assert_eq!(thread["thread"]["accepting"], whole["comments"]["accepting"]);
            let related = whole["related"].as_array().map_or(0, Vec::len);
            (related, whole["comments"]["accepting"].clone())
        };
        assert_eq!(told(), (0, Value::Bool(true)));
        site.wait(TimeDelta::seconds(30));
        assert_eq!(told(), (1, Value::Bool(true)));
        site.wait(TimeDelta::seconds(15));
        assert_eq!(told(), (1, Value::Bool(false)));
    }

    fn a_photo_goes_at_the_end_of_its_rights(site: &Site) {
        site.editor().post("/v1/editorial/sections", json!({"name": "World"})).status(201);
        let photo = site.photo_editor().upload_whole(2).id();
        let story = json!({
            "headline": "Reef recovers", "section": "world", "no_byline": true, "lead_photo": {"photo": photo},
            "body": [{"type": "paragraph", "content": [{"text": "It grows."}]}],
        });
        let draft = site.editor().post("/v1/editorial/articles", story).status(201);
        site.editor().publish(&draft).status(200);
        let shown = || {
            let whole = site.reader().article("reef-recovers").json()["lead_photo"].is_object();
            let listed = site.reader().get("/v1/articles").json()["data"][0]["lead_photo"].is_object();
            assert_eq!(site.reader().get(&format!("/v1/photos/{photo}")).status == 200, whole);
            assert_eq!(listed, whole);
            whole
        };
        assert!(shown());
        let rights = json!({"rights": {"use_until": in_seconds(site, 20)}});
        site.photo_editor().patch(&format!("/v1/editorial/photos/{photo}"), "*", rights).status(200);
        assert!(shown());
        site.wait(TimeDelta::milliseconds(19_999));
        assert!(shown());
        site.wait(TimeDelta::milliseconds(1));
        assert!(!shown());
    }
}
