//! What stands behind the items of a front.

use chrono::TimeDelta;
use masthead_tests::fronts::items;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use serde_json::{Value, json};

/// Publishes articles a minute apart, each with a section and tags.
fn publish(site: &Site, articles: &[(&str, &str, &[&str])]) {
    for (headline, section, tags) in articles {
        let story = json!({
            "headline": headline, "section": section, "tags": tags, "no_byline": true,
            "body": [{"type": "paragraph", "content": [{"text": "It grows."}]}],
        });
        let draft = site.editor().post("/v1/editorial/articles", story).status(201);
        site.editor().publish(&draft).status(200);
        site.wait(TimeDelta::minutes(1));
    }
}

/// What readers see of the front once it is filled so.
fn filled(site: &Site, fill_from: Value) -> Vec<String> {
    let front = site.editor().kept_front("home").status(200);
    site.editor().rearrange(&front, json!({"fill_from": fill_from})).status(200);
    site.reader().front("home").status(200).front_headlines()
}

on_both! {
    fn behind_its_items_stand_the_newest_that_are_not_among_them(site: &Site) {
        for section in [json!({"name": "World"}), json!({"name": "Ports", "parent": "world"}), json!({"name": "Sport"})] {
            site.editor().post("/v1/editorial/sections", section).status(201);
        }
        site.editor().post("/v1/editorial/tags", json!({"name": "Sea"})).status(201);
        publish(site, &[
            ("One", "world", &["sea"]), ("Two", "sport", &["sea"]), ("Three", "ports", &[]), ("Four", "ports", &["sea"]), ("Five", "sport", &[]),
        ]);
        let lead = json!([{"article": "two", "headline": "Second to none"}, {"article": "four"}]);
        site.editor().post("/v1/editorial/fronts", json!({"name": "Front page", "slug": "home", "items": lead})).status(201);
        assert_eq!(filled(site, Value::Null), ["Second to none", "Four"]);
        assert_eq!(filled(site, json!({"up_to": 4})), ["Second to none", "Four", "Five", "Three"]);
        assert_eq!(filled(site, json!({"up_to": 100})), ["Second to none", "Four", "Five", "Three", "One"]);
        // Sections below it count; section and tag together are both asked for.
        assert_eq!(filled(site, json!({"section": "world", "up_to": 5})), ["Second to none", "Four", "Three", "One"]);
        assert_eq!(filled(site, json!({"section": "ports", "up_to": 5})), ["Second to none", "Four", "Three"]);
        assert_eq!(filled(site, json!({"tag": "sea", "up_to": 5})), ["Second to none", "Four", "One"]);
        assert_eq!(filled(site, json!({"section": "sport", "tag": "sea", "up_to": 5})), ["Second to none", "Four"]);
        // What editors put there is shown whatever the length.
        assert_eq!(filled(site, json!({"up_to": 1})), ["Second to none", "Four"]);
        let front = site.editor().kept_front("home").status(200);
        site.editor().rearrange(&front, json!({"items": null, "fill_from": {"up_to": 2}})).status(200);
        let shown = site.reader().front("home").status(200);
        assert_eq!(shown.front_headlines(), ["Five", "Four"]);
        // An article on a front is what it is in a list.
        let list = site.reader().get("/v1/articles?limit=2").status(200).json();
        for (fronted, listed) in shown.json()["data"].as_array().unwrap().iter().zip(list["data"].as_array().unwrap()) {
            let mut fronted = fronted.clone();
            assert_eq!(fronted.as_object_mut().unwrap().remove("front_headline"), Some(listed["headline"].clone()));
            assert_eq!(fronted, *listed);
        }
    }

    fn what_goes_from_the_items_makes_room_for_another(site: &Site) {
        site.editor().post("/v1/editorial/sections", json!({"name": "World"})).status(201);
        publish(site, &[("One", "world", &[]), ("Two", "world", &[]), ("Three", "world", &[])]);
        let front = json!({"name": "Front page", "slug": "home", "items": items(&["one"]), "fill_from": {"up_to": 2}});
        site.editor().post("/v1/editorial/fronts", front).status(201);
        let shown = || site.reader().front("home").status(200).front_headlines();
        assert_eq!(shown(), ["One", "Three"]);
        let one = site.editor().kept_front("home").text_at("/items/0/article");
        let down = site.editor().act(&site.editor().working_copy(&one), "unpublish", json!({})).status(200);
        assert_eq!(shown(), ["Three", "Two"]);
        site.editor().publish(&down).status(200);
        assert_eq!(shown(), ["One", "Three"]);
        publish(site, &[("Four", "world", &[])]);
        assert_eq!(shown(), ["One", "Four"]);
    }
}
