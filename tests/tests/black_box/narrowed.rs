//! Lists that are narrowed to what some articles have: each page is whole, however few of the others are asked for.

use chrono::TimeDelta;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use serde_json::{Value, json};

use crate::paging::walk;

/// How many articles there are.
const ARTICLES: usize = 40;

/// The `n`th article: what it has follows from its number.
fn article(n: usize) -> Value {
    let section = ["coast", "ports", "reefs", "sport"][n % 4];
    let mut tags = vec!["sea"];
    if n.is_multiple_of(5) {
        tags.push("reef");
    }
    let mut article = json!({
        "headline": format!("Story {n}"),
        "kind": if n.is_multiple_of(13) { "opinion" } else { "news" },
        "section": section,
        "tags": tags,
        "body": [{"type": "paragraph", "content": [{"text": "It grows."}]}],
    });
    if n.is_multiple_of(3) {
        article["bylines"] = json!([{"role": "author", "contributor": "mara-lind"}]);
    } else {
        article["no_byline"] = json!(true);
    }
    article
}

/// Publishes all of them; some share their instant.
fn publish(site: &Site) {
    let editor = site.editor();
    for section in [
        json!({"name": "Coast"}),
        json!({"name": "Sport"}),
        json!({"name": "Ports", "parent": "coast"}),
        json!({"name": "Reefs", "parent": "coast"}),
    ] {
        editor.post("/v1/editorial/sections", section).status(201);
    }
    for (kind, name) in [("tags", "Sea"), ("tags", "Reef"), ("contributors", "Mara Lind")] {
        editor.post(&format!("/v1/editorial/{kind}"), json!({"name": name})).status(201);
    }
    for n in 0..ARTICLES {
        let draft = editor.post("/v1/editorial/articles", article(n)).status(201);
        editor.publish(&draft).status(200);
        site.wait(TimeDelta::seconds(i64::from(n % 3 == 0)));
    }
}

on_both! {
    fn a_narrowed_list_is_whole_however_few_of_its_articles_are_asked_for(site: &Site) {
        publish(site);
        let reader = site.reader();
        let all = walk(&reader, "/v1/articles?limit=100", "/headline");
        let of = |has: &dyn Fn(usize) -> bool| -> Vec<String> {
            let number = |headline: &str| headline.trim_matches('"').trim_start_matches("Story ").parse().unwrap();
            all.iter().filter(|headline| has(number(headline))).cloned().collect()
        };
        let lists: [(&str, &dyn Fn(usize) -> bool); 9] = [
            ("tag=sea", &|_| true),
            ("tag=reef", &|n| n % 5 == 0),
            ("tag=sea,reef", &|n| n % 5 == 0),
            ("tag=sea&kind=opinion", &|n| n % 13 == 0),
            ("tag=sea&contributor=mara-lind", &|n| n % 3 == 0),
            ("contributor=mara-lind&section=sport", &|n| n % 3 == 0 && n % 4 == 3),
            ("section=coast", &|n| n % 4 != 3),
            ("section=coast&kind=opinion", &|n| n % 4 != 3 && n % 13 == 0),
            ("section=sport&tag=reef", &|n| n % 4 == 3 && n % 5 == 0),
        ];
        for (list, has) in lists {
            let wanted = of(has);
            assert!(!wanted.is_empty(), "{list}");
            for limit in [1, 2, 7, 100] {
                let newest = walk(&reader, &format!("/v1/articles?{list}&limit={limit}"), "/headline");
                assert_eq!(newest, wanted, "{list} by {limit}");
                let mut oldest = walk(&reader, &format!("/v1/articles?{list}&sort=published_at&limit={limit}"), "/headline");
                oldest.reverse();
                assert_eq!(oldest, wanted, "{list} by {limit}, the oldest first");
            }
        }
        let last = reader.get("/v1/articles?limit=1").text_at("/data/0/published_at");
        let first = reader.get("/v1/articles?sort=published_at&limit=1").text_at("/data/0/published_at");
        let between = format!("/v1/articles?tag=sea&published_after={first}&published_before={last}&limit=7");
        let bare = between.replace("tag=sea&", "");
        assert_eq!(walk(&reader, &between, "/headline"), walk(&reader, &bare, "/headline"));
    }

    fn what_takes_over_is_listed_by_its_own_tags_from_its_instant_on(site: &Site) {
        publish(site);
        let (editor, reader) = (site.editor(), site.reader());
        let id = reader.article("story-5").status(200).id();
        let seen = editor.working_copy(&id);
        let saved = editor.patch(&format!("/v1/editorial/articles/{id}"), seen.etag(), json!({"tags": ["reef"]})).status(200);
        let order = json!({"goes_live_at": (site.now() + TimeDelta::hours(1)).to_rfc3339()});
        editor.act(&saved, "publish", order).status(200);
        let has = |tag: &str| {
            let headlines = walk(&reader, &format!("/v1/articles?tag={tag}&limit=3"), "/headline");
            headlines.iter().filter(|headline| *headline == "\"Story 5\"").count()
        };
        assert_eq!((has("sea"), has("reef")), (1, 1));
        site.wait(TimeDelta::hours(1));
        assert_eq!((has("sea"), has("reef")), (0, 1));
    }
}
