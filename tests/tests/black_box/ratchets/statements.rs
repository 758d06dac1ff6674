//! The number of SQL statements for a request does not depend on how much it answers.

use masthead_tests::comments::said;
use masthead_tests::database::Database;
use masthead_tests::fronts::items;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use serde_json::{Value, json};

/// Most statements of one article. Two of each answer for readers tell when the clock alone changes it.
const MOST_OF_ONE: u64 = 18;

/// Most statements of a list.
const MOST_OF_A_LIST: u64 = 22;

/// A site that composes each answer anew.
fn composing(database: Database) -> Site {
    Site::with(database, &[("MASTHEAD_CACHE_ENABLED", "off")])
}

/// Most statements of a page of the feed of changes, which has things of every kind.
const MOST_OF_THE_FEED: u64 = 32;

/// How many statements a request takes once the site has answered it before.
fn statements(site: &Site, path: &str) -> u64 {
    let by = site.editor();
    by.get(path).status(200);
    let before = site.statements();
    by.get(path).status(200);
    site.statements() - before
}

fn publish(site: &Site, n: usize) {
    let body = json!([{"type": "paragraph", "content": [{"text": "The tide came in."}]}]);
    let tag = site.editor().post("/v1/editorial/tags", json!({"name": format!("Tag {n}")})).status(201).id();
    let contributor = json!({"name": format!("Writer {n}")});
    let contributor = site.editor().post("/v1/editorial/contributors", contributor).status(201).id();
    let bylines = json!([{"role": "author", "contributor": contributor}]);
    let article = json!({
        "headline": format!("Tide {n}"), "section": "world", "tags": [tag], "bylines": bylines, "body": body,
    });
    let draft = site.editor().post("/v1/editorial/articles", article).status(201);
    site.editor().publish(&draft).status(200);
}

/// Publishes an article that names `n` of all that an article can name, and has been saved and corrected `n` times.
#[track_caller]
fn publish_with(site: &Site, slug: &str, n: usize) -> String {
    let editor = site.editor();
    let make = |list: &str, i: usize| {
        let name = json!({"name": format!("{slug} {list} {i}")});
        editor.post(&format!("/v1/editorial/{list}"), name).status(201).id()
    };
    let each = |list: &str| (0..n).map(|i| make(list, i)).collect::<Vec<_>>();
    let (tags, contributors) = (each("tags"), each("contributors"));
    let bylines: Vec<_> =
        contributors.iter().map(|id| json!({"role": "author", "contributor": id})).collect();
    let text = |of: Value| json!([{"type": "paragraph", "content": [of]}]);
    let live = |what: &str| {
        let publish = |i: usize| {
            let body = text(json!({"text": "The tide came in."}));
            let headline = format!("{slug} {what} {i}");
            let article = json!({"headline": headline, "section": "world", "no_byline": true, "body": body});
            let draft = editor.post("/v1/editorial/articles", article).status(201);
            editor.publish(&draft).status(200).id()
        };
        (0..n).map(publish).collect::<Vec<_>>()
    };
    let (linked, related, boxed) = (live("linked"), live("related"), live("boxed"));
    let mut body: Vec<_> = linked
        .iter()
        .flat_map(|id| {
            let link = json!({"text": "there", "marks": [{"type": "link", "article": id}]});
            text(link).as_array().cloned().expect("a list")
        })
        .collect();
    body.push(json!({"type": "related", "articles": boxed}));
    let article = json!({
        "headline": "Tide", "slug": slug, "section": "world", "tags": tags, "bylines": bylines,
        "related": related, "body": body,
    });
    let mut article = editor.post("/v1/editorial/articles", article).status(201);
    let id = article.id();
    let path = format!("/v1/editorial/articles/{id}");
    for i in 0..n {
        let save = json!({"kicker": format!("Sea {i}")});
        article = editor.patch(&path, article.etag(), save).status(200);
        editor.post(&format!("{path}/preview-tokens"), json!({})).status(201);
    }
    article = editor.publish(&article).status(200);
    comment(site, &id, n);
    for _ in 0..n {
        let correction = json!({"kind": "correction", "text": "It was nine."});
        editor.act(&article, "corrections", correction).status(201);
        article = editor.working_copy(&id).status(200);
    }
    id
}

/// Puts `n` comments below an article that readers see.
#[track_caller]
fn comment(site: &Site, article: &str, n: usize) {
    let sent = site.reader().comment(article, said("Ines", article)).status(201);
    site.moderator().decide(&sent.id(), "approve").status(200);
    let replies = format!("/v1/editorial/comments/{}/replies", sent.id());
    for i in 1..n {
        site.moderator().post(&replies, json!({"body": format!("Word {i}")})).status(201);
    }
}

on_both! {
    fn an_article_that_names_ten_of_all_takes_as_many_statements_as_one_that_names_one(database: Database) {
        let site = &composing(database);
        site.editor().post("/v1/editorial/sections", json!({"name": "World"})).status(201);
        let one = publish_with(site, "one", 1);
        let ten = publish_with(site, "ten", 10);
        let shown = site.reader().get("/v1/articles/ten?include=related").status(200).json();
        site.reader().thread("ten").status(200).says("/thread/count", 10);
        for named in ["tags", "bylines", "related_articles", "corrections"] {
            assert_eq!(shown[named].as_array().map(Vec::len), Some(10), "{named} of {shown:#}");
        }
        for path in [
            "/v1/articles/{slug}",
            "/v1/articles/{slug}?include=related",
            "/v1/articles/{slug}?include=html,text,portable_text,related,json_ld",
            "/v1/articles/{slug}?include=comments",
            "/v1/articles/{slug}/comments",
            "/v1/articles/{slug}/ninjs",
            "/v1/editorial/articles/{id}",
            "/v1/editorial/articles/{id}/checks",
            "/v1/editorial/articles/{id}/revisions",
            "/v1/editorial/articles/{id}/revisions/2",
            "/v1/editorial/articles/{id}/revisions/2/diff",
            "/v1/editorial/articles/{id}/corrections",
            "/v1/editorial/articles/{id}/preview-tokens",
        ] {
            let of = |slug: &str, id: &str| statements(site, &path.replace("{slug}", slug).replace("{id}", id));
            let before = of("one", &one);
            assert_eq!(of("ten", &ten), before, "{path}");
            assert!(before > 0 && before <= MOST_OF_ONE, "{path} takes {before} statements");
        }
    }

    fn a_list_of_ten_takes_as_many_statements_as_a_list_of_one(database: Database) {
        let site = &composing(database);
        site.editor().post("/v1/editorial/sections", json!({"name": "World"})).status(201);
        let paths = [
            "/v1/articles?count=exact",
            "/v1/articles?section=world&kind=news&sort=-updated_at",
            "/v1/search?q=tide",
            "/v1/search?q=came&section=world&kind=news",
            "/feeds/latest.rss",
            "/feeds/sections/world.atom",
            "/sitemap.xml",
            "/sitemap-news.xml",
            "/v1/sections",
            "/v1/tags",
            "/v1/contributors",
            "/v1/editorial/articles?count=exact",
            "/v1/editorial/sections",
            "/v1/editorial/articles?section=world",
            "/v1/changes?limit=100",
            "/v1/fronts",
            "/v1/fronts/home",
            "/v1/fronts/filled",
            "/v1/editorial/fronts",
            "/v1/editorial/fronts/home",
        ];
        publish(site, 0);
        let fill = json!({"section": "world", "up_to": 100});
        for front in [
            json!({"name": "Front page", "slug": "home", "items": items(&["tide-0"]), "fill_from": fill}),
            json!({"name": "Filled", "fill_from": fill}),
        ] {
            site.editor().post("/v1/editorial/fronts", front).status(201);
        }
        site.work();
        let one: Vec<_> = paths.into_iter().map(|path| (path, statements(site, path))).collect();
        (1..10).for_each(|n| publish(site, n));
        let all: Vec<_> = (0..10).map(|n| format!("tide-{n}")).collect();
        let all = items(&all.iter().map(String::as_str).collect::<Vec<_>>());
        site.editor().patch("/v1/editorial/fronts/home", "*", json!({"items": all})).status(200);
        (1..10).for_each(|n| {
            site.editor().post("/v1/editorial/fronts", json!({"name": format!("Front {n}")})).status(201);
        });
        site.work();
        for (path, before) in one {
            assert_eq!(statements(site, path), before, "{path}");
            let most = if path.starts_with("/v1/changes") { MOST_OF_THE_FEED } else { MOST_OF_A_LIST };
            assert!(before > 0 && before <= most, "{path} takes {before} statements");
        }
    }
}
