//! `Surrogate-Key`: an answer names all that went into it (ruling 16).

use masthead_tests::comments::said;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use serde_json::json;

fn short(kind: char, id: &str) -> String {
    format!("{kind}:{}", id.replace('-', ""))
}

fn keys(site: &Site, path: &str) -> Vec<String> {
    let answer = site.reader().get(path);
    answer.header("surrogate-key").split(' ').map(str::to_owned).collect()
}

#[track_caller]
fn has(site: &Site, path: &str, wanted: &[String], spared: &[String]) {
    let keys = keys(site, path);
    for key in wanted {
        assert!(keys.contains(key), "{path} names no {key}: {keys:?}");
    }
    for key in spared {
        assert!(!keys.contains(key), "{path} names {key}: {keys:?}");
    }
}

on_both! {
    fn an_answer_names_all_that_went_into_it(site: &Site) {
        let make = |list: &str, body| site.editor().post(&format!("/v1/editorial/{list}"), body).status(201).id();
        let world = make("sections", json!({"name": "World"}));
        let ports = make("sections", json!({"name": "Ports", "parent": "world"}));
        let tag = make("tags", json!({"name": "Seals"}));
        let writer = make("contributors", json!({"name": "Mara Lind"}));
        let photo = site.photo_editor().upload_whole(2).id();
        let there = site.published("Not any more");
        let hidden = there.id();
        let story = json!({
            "headline": "Reef recovers", "section": "ports", "tags": ["seals"], "lead_photo": {"photo": photo},
            "bylines": [{"role": "author", "contributor": "mara-lind"}],
            "body": [{"type": "paragraph", "content": [
                {"text": "there", "marks": [{"type": "link", "article": hidden}]},
            ]}],
        });
        let draft = site.editor().post("/v1/editorial/articles", story).status(201);
        let live = site.editor().publish(&draft).status(200).id();
        site.editor().act(&there, "unpublish", json!({})).status(200);
        let own = [short('a', &live)];
        let content = [
            short('s', &world), short('s', &ports), short('t', &tag), short('c', &writer), short('p', &photo),
        ];
        let all: Vec<_> = own.iter().chain(&content).cloned().collect();
        let (thread, list) = ([short('d', &live)], ["l".to_owned()]);
        let linked = [short('a', &hidden)];
        let by_slug = ["a:reef-recovers".to_owned()];
        has(site, "/v1/articles/reef-recovers", &all, &list);
        has(site, "/v1/articles/reef-recovers", &by_slug, &thread);
        // The link leads there again once readers see that one.
        has(site, "/v1/articles/reef-recovers", &linked, &[]);
        has(site, &format!("/v1/articles/{live}/ninjs"), &all, &by_slug);
        has(site, "/v1/articles/reef-recovers?include=comments", &thread, &list);
        has(site, "/v1/articles/reef-recovers/comments", &[own.as_slice(), &by_slug, &thread].concat(), &list);
        has(site, &format!("/v1/comment-counts?id={live}"), &[own.as_slice(), &thread].concat(), &list);
        has(site, "/v1/articles", &[all.as_slice(), &list].concat(), &linked);
        has(site, "/v1/articles?section=world", &[list.as_slice(), &[short('s', &world), "r".into()]].concat(), &[]);
        has(site, &format!("/v1/articles?id={live}"), &own, &list);
        has(site, "/feeds/tags/seals.rss", &[all.as_slice(), &list].concat(), &[]);
        has(site, "/sitemap.xml", &list, &own);
        has(site, "/v1/sections/ports", &[short('s', &ports), "r".into()], &own);
        has(site, "/v1/tags/seals", &[short('t', &tag), "r".into()], &own);
        has(site, "/v1/contributors/mara-lind", &[short('c', &writer), "r".into()], &own);
        has(site, &format!("/v1/photos/{photo}"), &[short('p', &photo)], &own);
        // What is not there yet, and what was moved.
        has(site, "/v1/articles/not-any-more", &["a:not-any-more".into()], &own);
        has(site, &format!("/v1/articles/{hidden}"), &linked, &own);
        has(site, "/v1/tags/none", &["l".into(), "r".into()], &own);
        site.reader().comment("reef-recovers", said("Ines", "It does.")).status(201);
    }

    fn an_answer_of_too_much_names_that_it_is_a_list_and_is_kept_as_one(site: &Site) {
        site.editor().post("/v1/editorial/sections", json!({"name": "World"})).status(201);
        let many: Vec<_> = (0..130)
            .map(|n| {
                let name = json!({"name": format!("Tag {n}")});
                site.editor().post("/v1/editorial/tags", name).status(201).json()["slug"].clone()
            })
            .collect();
        for (n, tags) in many.chunks(26).enumerate() {
            let story = json!({
                "headline": format!("Story {n}"), "section": "world", "no_byline": true, "tags": tags,
                "body": [{"type": "paragraph", "content": [{"text": "It grows."}]}],
            });
            let draft = site.editor().post("/v1/editorial/articles", story).status(201);
            site.editor().publish(&draft).status(200);
        }
        let list = site.reader().get("/v1/articles").status(200);
        assert_eq!(list.header("surrogate-key"), "l");
        assert!(list.header("cache-control").contains("s-maxage=10"));
        let one = site.reader().article("story-0").status(200);
        assert!(one.header("surrogate-key").len() > 500);
        // Inside, all of them count.
        let tag = many[0].as_str().expect("a slug");
        let found = site.editor().get("/v1/editorial/tags?limit=100").json();
        let found = found["data"].as_array().and_then(|tags| tags.iter().find(|found| found["slug"] == tag).cloned());
        let id = found.expect("the tag")["id"].as_str().expect("an id").to_owned();
        site.editor().patch(&format!("/v1/editorial/tags/{id}"), "*", json!({"name": "Renamed"})).status(200);
        let told = site.reader().get("/v1/articles?limit=100").status(200).json().to_string();
        assert!(told.contains("Renamed"), "{told}");
    }
}
