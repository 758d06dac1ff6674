//! A change is seen by the next who asks: what showed it is let go before the change is answered.

use chrono::TimeDelta;
use masthead_tests::comments::said;
use masthead_tests::events::Told;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use serde_json::{Value, json};

/// Asks all of these, so that they are kept.
fn warm(site: &Site, paths: &[&str]) {
    for path in paths {
        site.reader().get(path);
        let before = site.statements();
        site.reader().get(path);
        assert_eq!(site.statements(), before, "{path} is not kept");
    }
}

/// Asserts that each of these tells of `word` after the deed, or no longer does.
#[track_caller]
fn tells(site: &Site, paths: &[&str], word: &str, told: bool) {
    for path in paths {
        let answer = site.reader().get(path);
        let text = String::from_utf8_lossy(&answer.body).into_owned();
        assert_eq!(text.contains(word), told, "{path} and `{word}`: {text}");
    }
}

/// Asserts that one of these events purges each of these photos.
#[track_caller]
fn purges(told: &[Told], photos: &[&str]) {
    for photo in photos {
        let key = format!("p:{}", photo.replace('-', ""));
        assert!(told.iter().any(|told| told.keys.contains(&key)), "nothing purges {key}: {told:#?}");
    }
}

const SHOWING: [&str; 7] = [
    "/v1/articles/reef-recovers",
    "/v1/articles/reef-recovers?include=html,json_ld",
    "/v1/articles/reef-recovers/ninjs",
    "/v1/articles",
    "/v1/articles?section=world",
    "/feeds/latest.json",
    "/feeds/sections/world.atom",
];

on_both! {
    fn readers_see_a_change_at_once(site: &Site) {
        let make = |list: &str, name: &str| {
            site.editor().post(&format!("/v1/editorial/{list}"), json!({"name": name})).status(201).id()
        };
        let (world, tag, writer) = (make("sections", "World"), make("tags", "Seals"), make("contributors", "Mara Lind"));
        let photo = site.photo_editor().upload_whole(2).id();
        warm(site, &SHOWING);
        let story = json!({
            "headline": "Reef recovers", "section": "world", "tags": ["seals"], "lead_photo": {"photo": photo},
            "bylines": [{"role": "author", "contributor": "mara-lind", "name": "Mara Lind"}],
            "body": [{"type": "paragraph", "content": [{"text": "It grows."}]}],
        });
        let draft = site.editor().post("/v1/editorial/articles", story).status(201);
        let live = site.editor().publish(&draft).status(200);
        tells(site, &SHOWING, "Reef recovers", true);
        warm(site, &SHOWING);
        let path = format!("/v1/editorial/articles/{}", live.id());
        let edited = site.editor().patch(&path, live.etag(), json!({"headline": "Reef in peril"})).status(200);
        tells(site, &SHOWING, "Reef in peril", false);
        let live = site.editor().publish(&edited).status(200);
        tells(site, &SHOWING, "Reef in peril", true);
        let whole = &SHOWING[..3];
        for (thing, id, change, word, shown) in [
            ("sections", &world, json!({"name": "Overseas"}), "Overseas", &SHOWING[..5]),
            ("tags", &tag, json!({"name": "Walrus"}), "Walrus", &SHOWING[..5]),
            ("contributors", &writer, json!({"title": "Port correspondent"}), "Port correspondent", &SHOWING[..1]),
            ("photos", &photo, json!({"alt": "A reef in the sun."}), "A reef in the sun.", &whole[..1]),
        ] {
            warm(site, &SHOWING);
            tells(site, shown, word, false);
            site.admin().patch(&format!("/v1/editorial/{thing}/{id}"), "*", change).status(200);
            tells(site, shown, word, true);
        }
        let slugs = json!({"slug": "ports"});
        warm(site, &["/v1/articles?section=ports", "/v1/sections/ports", "/v1/sections/world"]);
        site.admin().patch(&format!("/v1/editorial/sections/{world}"), "*", slugs).status(200);
        site.reader().get("/v1/sections/ports").status(200);
        site.reader().get("/v1/sections/world").status(308);
        tells(site, &["/v1/articles?section=ports", "/v1/articles?section=world"], "Reef in peril", true);
        let correction = json!({"kind": "correction", "text": "It was nine."});
        warm(site, whole);
        site.editor().act(&live, "corrections", correction).status(201);
        tells(site, &whole[..1], "It was nine.", true);
        warm(site, &SHOWING);
        let reason = json!({"kind": "error", "public_reason": "It was wrong."});
        let corrected = site.editor().working_copy(&live.id());
        site.editor().act(&corrected, "withdraw", reason).status(200);
        tells(site, &SHOWING[3..], "Reef", false);
        warm(site, &[SHOWING[0]]);
        let gone = site.reader().get(SHOWING[0]).refused(410, "withdrawn");
        assert!(!gone.header("cache-control").contains("stale"), "{gone}");
        site.reader().request("GET", SHOWING[0]).if_none_match("*").send().status(410);
    }

    // abuse: CA-04
    fn who_survived_a_merge_goes_with_the_last_article_that_names_who_was_merged(site: &Site) {
        let editor = site.editor();
        let make = |list: &str, name: &str| {
            editor.post(&format!("/v1/editorial/{list}"), json!({"name": name})).status(201).id()
        };
        make("sections", "World");
        let lists = ["tags", "contributors"];
        for list in lists {
            make(list, "Seals");
        }
        let survivors = lists.map(|list| make(list, "Walrus"));
        let story = json!({
            "headline": "Reef recovers", "section": "world", "tags": ["seals"],
            "bylines": [{"role": "author", "contributor": "seals"}],
            "body": [{"type": "paragraph", "content": [{"text": "It grows."}]}],
        });
        let draft = editor.post("/v1/editorial/articles", story).status(201);
        let live = editor.publish(&draft).status(200);
        for list in lists {
            let merge = editor.request("POST", &format!("/v1/editorial/{list}/seals/merge")).if_match("*");
            merge.json(&json!({"into": "walrus"})).send().status(200);
        }
        let shown = ["/v1/tags/walrus", "/v1/contributors/walrus"];
        for (path, id) in shown.iter().zip(survivors) {
            site.reader().get(path).status(200).says("/id", id);
        }
        let moved = ["/v1/tags/seals", "/v1/contributors/seals"];
        moved.iter().for_each(|path| drop(site.reader().get(path).status(308)));
        warm(site, &shown);
        warm(site, &moved);
        let seen = editor.working_copy(&live.id()).status(200);
        let reason = json!({"kind": "error", "public_reason": "It was wrong."});
        editor.act(&seen, "withdraw", reason).status(200);
        for path in shown.iter().chain(&moved) {
            site.reader().get(path).refused(404, "not_found");
        }
    }

    /// Caches outside keep a rendition for a day, under the key of its photo alone.
    // abuse: CA-04
    fn a_portrait_is_let_go_of_with_whom_it_portrays(site: &Site) {
        let editor = site.editor();
        let photos = [1, 2].map(|shade| site.photo_editor().upload_whole(shade));
        let [first, second] = photos.each_ref().map(|photo| photo.id());
        let pictures = photos.each_ref().map(|photo| {
            let url = photo.text_at("/renditions/0/url");
            let path = &url[url.find("/media/").unwrap()..];
            path.split('?').next().unwrap().to_owned()
        });
        let shown = |expected: [bool; 2]| {
            for ((picture, photo), shown) in pictures.iter().zip([&first, &second]).zip(expected) {
                let answer = site.reader().get(picture);
                if !shown {
                    answer.refused(404, "not_found");
                    continue;
                }
                let answer = answer.status(200);
                assert_eq!(answer.header("cache-control"), "public, max-age=86400");
                assert_eq!(answer.header("surrogate-key"), format!("p:{}", photo.replace('-', "")));
            }
        };
        editor.post("/v1/editorial/sections", json!({"name": "World"})).status(201);
        let people = "/v1/editorial/contributors";
        let mara = editor.post(people, json!({"name": "Mara Lind", "portrait": first})).status(201);
        let mara = format!("{people}/{}", mara.id());
        let portrayed = |by: Value| site.told_by(|| editor.patch(&mara, "*", json!({"portrait": by})).status(200)).1;
        let story = json!({
            "headline": "Reef recovers", "section": "world",
            "bylines": [{"role": "author", "contributor": "mara-lind"}],
            "body": [{"type": "paragraph", "content": [{"text": "It grows."}]}],
        });
        let draft = editor.post("/v1/editorial/articles", story).status(201);
        let until = (site.now() + TimeDelta::days(3)).to_rfc3339();
        let publish = |seen| site.told_by(|| editor.act(seen, "publish", json!({"expires_at": until})).status(200));
        shown([false, false]);
        let (live, told) = publish(&draft);
        purges(&told, &[&first]);
        shown([true, false]);
        purges(&portrayed(json!(second)), &[&first, &second]);
        shown([false, true]);
        purges(&portrayed(Value::Null), &[&second]);
        shown([false, false]);
        purges(&portrayed(json!(first)), &[&first]);
        shown([true, false]);
        let (down, told) = site.told_by(|| editor.act(&live, "unpublish", json!({})).status(200));
        purges(&told, &[&first]);
        shown([false, false]);
        publish(&down);
        // Bylines name whom they have become.
        editor.post(people, json!({"name": "Ines Varga", "portrait": second})).status(201);
        let merge = editor.request("POST", &format!("{mara}/merge")).if_match("*").json(&json!({"into": "ines-varga"}));
        let (_, told) = site.told_by(|| merge.send().status(200));
        purges(&told, &[&first, &second]);
        shown([false, true]);
        site.wait(TimeDelta::days(4));
        let (_, told) = site.told_by(|| site.work());
        purges(&told, &[&second]);
        shown([false, false]);
    }

    fn a_comment_purges_its_thread_and_nothing_else(site: &Site) {
        let live = site.published("Reef recovers").id();
        let threads = [
            "/v1/articles/reef-recovers/comments",
            "/v1/articles/reef-recovers?include=comments",
            &format!("/v1/comment-counts?id={live}"),
        ];
        warm(site, &threads);
        warm(site, &SHOWING);
        let counts = || {
            let count = |path: &str, at: &str| site.reader().get(path).json().pointer(at).and_then(Value::as_u64);
            [
                count(threads[0], "/thread/count"),
                count(threads[1], "/comment_thread/thread/count"),
                count(threads[2], "/data/0/count"),
            ]
        };
        let sent = site.reader().comment(&live, said("Ines", "It does.")).status(201);
        assert_eq!(counts(), [Some(0); 3]);
        site.moderator().decide(&sent.id(), "approve").status(200);
        assert_eq!(counts(), [Some(1); 3]);
        let before = site.statements();
        SHOWING.iter().for_each(|path| drop(site.reader().get(path)));
        assert_eq!(site.statements(), before, "articles and lists are as they were");
        site.moderator().decide(&sent.id(), "remove").status(200);
        assert_eq!(counts(), [Some(0); 3]);
        let policy = json!({"mode": "disabled"});
        let path = format!("/v1/editorial/articles/{live}/comment-policy");
        warm(site, &SHOWING);
        site.editor().request("PUT", &path).if_match("*").json(&policy).send().status(200);
        site.reader().article("reef-recovers").status(200).says("/comments/enabled", false);
        site.reader().get("/v1/articles").status(200).says("/data/0/comments/enabled", false);
        site.reader().get(threads[0]).status(200).says("/thread/enabled", false);
    }

    // abuse: AZ-05
    fn a_replacement_that_nobody_knows_of_leaves_no_trace_and_is_told_at_once_when_it_comes(site: &Site) {
        let (replaced, bare) = (site.published("Reef recovers"), site.published("Seals return"));
        let draft = site.draft_to_publish("Reef in peril");
        let order = |more: Value| {
            let mut order = json!({"kind": "error", "public_reason": "It was wrong."});
            order["replacement"] = more;
            order
        };
        site.editor().act(&replaced, "withdraw", order(json!(draft.id()))).status(200);
        site.editor().act(&bare, "withdraw", order(Value::Null)).status(200);
        let keys = |path: &str| site.reader().get(path).refused(410, "withdrawn").header("surrogate-key").to_owned();
        let asked = |of: &str| ["", "/comments", "/ninjs"].map(|part| format!("/v1/articles/{of}{part}"));
        for (path, other) in asked("reef-recovers").into_iter().zip(asked("seals-return")) {
            assert_eq!(keys(&path), keys(&other).replace("seals-return", "reef-recovers"), "{path}");
        }
        warm(site, &["/v1/articles/reef-recovers", "/v1/articles/reef-recovers/comments"]);
        let told = |replacement: Value| {
            for path in asked("reef-recovers") {
                site.reader().get(&path).refused(410, "withdrawn").says("/replacement", replacement.clone());
            }
        };
        told(Value::Null);
        let live = site.editor().publish(&draft).status(200);
        told(json!("reef-in-peril"));
        let own = format!("a:{}", draft.id().replace('-', ""));
        assert!(keys("/v1/articles/reef-recovers").contains(&own), "what is told is purged with it");
        site.editor().act(&live, "unpublish", json!({})).status(200);
        told(Value::Null);
    }

    fn a_link_leads_where_an_article_comes_and_ends_where_it_goes(site: &Site) {
        let there = site.published("Seals return");
        let story = json!({
            "headline": "Reef recovers", "section": "world", "no_byline": true, "related": [there.id()],
            "body": [{"type": "paragraph", "content": [
                {"text": "there", "marks": [{"type": "link", "article": there.id()}]},
            ]}],
        });
        let draft = site.editor().post("/v1/editorial/articles", story).status(201);
        site.editor().publish(&draft).status(200);
        let paths = ["/v1/articles/reef-recovers", "/v1/articles/reef-recovers?include=related"];
        let related = || paths.map(|path| site.reader().get(path).json()["related"].as_array().map(Vec::len));
        warm(site, &paths);
        assert_eq!(related(), [Some(1); 2]);
        let down = site.editor().act(&there, "unpublish", json!({})).status(200);
        assert_eq!(related(), [Some(0); 2]);
        site.reader().article("seals-return").refused(404, "not_found");
        warm(site, &paths);
        site.editor().publish(&down).status(200);
        assert_eq!(related(), [Some(1); 2]);
    }
}
