//! Finding what is not published: by its address, by filters, by counts, and by what a live article gives away.

use chrono::TimeDelta;
use masthead_tests::answer::Answer;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use serde_json::{Value, json};

use super::story;

/// All of an answer but what differs from request to request, among it the name that was asked for: caches are told it, and
/// it is that of the request, which for an id has no hyphens.
fn bytes(answer: &Answer, asked: &str) -> (u16, Vec<(String, String)>, String) {
    let id = answer.header("x-request-id").to_owned();
    let headers = answer.headers.iter().map(|(name, value)| {
        let value = value.to_str().unwrap_or_default();
        let told = value
            .replace(&format!("a:{asked}"), "ASKED")
            .replace(&format!("a:{}", asked.replace('-', "")), "ASKED");
        (name.to_string(), told)
    });
    let mut headers: Vec<_> = headers.filter(|(name, _)| name != "x-request-id" && name != "date").collect();
    headers.sort();
    (answer.status, headers, String::from_utf8_lossy(&answer.body).replace(&id, "ID"))
}

/// Articles that readers must not know of, one of each kind, as (id, slug).
fn hidden(site: &Site) -> Vec<(String, String)> {
    let editor = site.editor();
    let in_an_hour = (site.now() + TimeDelta::hours(1)).to_rfc3339();
    let draft = story::ready(site, &editor, "Only a draft");
    let handed_in = story::ready(site, &site.reporter(), "Handed in");
    site.reporter().act(&handed_in, "submit", json!({})).status(200);
    let scheduled = story::ready(site, &editor, "To come");
    editor.act(&scheduled, "publish", json!({"goes_live_at": in_an_hour})).status(200);
    let expired = story::ready(site, &editor, "Had its day");
    let soon = (site.now() + TimeDelta::seconds(1)).to_rfc3339();
    editor.act(&expired, "publish", json!({"expires_at": soon})).status(200);
    let gone = story::ready(site, &editor, "Taken down");
    let gone = editor.publish(&gone).status(200);
    let gone = editor.act(&gone, "unpublish", json!({})).status(200);
    let embargoed = story::ready(site, &editor, "Under embargo");
    let path = format!("/v1/editorial/articles/{}/embargo", embargoed.id());
    editor
        .request("PUT", &path)
        .if_match(embargoed.etag())
        .json(&json!({"until": in_an_hour}))
        .send()
        .status(200);
    site.wait(TimeDelta::seconds(2));
    let all = [draft, handed_in, scheduled, expired, gone, embargoed];
    all.iter().map(|article| (article.id(), article.text_at("/content/slug"))).collect()
}

on_both! {
    // abuse: AZ-02
    fn what_is_not_visible_is_answered_as_what_never_was(site: &Site) {
        let hidden = hidden(site);
        let reader = site.reader();
        for suffix in ["", "?body=none", "/comments", "/ninjs"] {
            let told = |name: &str| bytes(&reader.get(&format!("/v1/articles/{name}{suffix}")), name);
            let (nothing_by_id, nothing_by_slug) = (told("0197aaaa-0000-7000-8000-00000000000a"), told("never-was"));
            assert_eq!((nothing_by_id.0, nothing_by_slug.0), (404, 404));
            for (id, slug) in &hidden {
                assert_eq!(told(id), nothing_by_id, "{slug}");
                assert_eq!(told(slug), nothing_by_slug, "{slug}");
            }
        }
        // Nor is anything told by a token of the newsroom, a condition or another method.
        for (id, slug) in &hidden {
            for name in [id, slug] {
                let path = format!("/v1/articles/{name}");
                site.editor().get(&path).refused(404, "not_found");
                reader.request("GET", &path).header("if-none-match", "*").send().refused(404, "not_found");
                reader.request("HEAD", &path).send().status(404);
                let other = reader.request("DELETE", &path).send();
                let nothing = reader.request("DELETE", "/v1/articles/never-was").send();
                assert_eq!(bytes(&other, name), bytes(&nothing, "never-was"));
                let other = reader.post(&format!("{path}/comments"), json!({}));
                let nothing = reader.post("/v1/articles/never-was/comments", json!({}));
                assert_eq!(bytes(&other, name), bytes(&nothing, "never-was"));
            }
        }
    }

    // abuse: AZ-03
    fn lists_are_the_same_with_and_without_a_draft(site: &Site) {
        let editor = site.editor();
        for n in 0..5 {
            let live = story::ready(site, &editor, &format!("Live {n}"));
            editor.publish(&live).status(200);
            site.wait(TimeDelta::seconds(1));
        }
        let everything = |site: &Site, secret: &Value| -> Vec<String> {
            let (id, after) = (secret["id"].as_str().unwrap(), secret["after"].as_str().unwrap());
            let filters = [
                String::new(), format!("id={id}"), "slug=the-secret".into(), "tag=secret-tag".into(), "tag=reef,secret-tag".into(),
                "section=secret-section".into(), "section=world".into(), "contributor=the-source".into(), "kind=analysis".into(), "language=is".into(),
                format!("updated_after={after}"), format!("published_after={after}"), format!("published_before={after}"),
            ];
            let sorts = ["", "sort=-published_at", "sort=published_at", "sort=-updated_at"];
            let mut told = Vec::new();
            for filter in &filters {
                for sort in sorts {
                    for limit in ["limit=2", "limit=100"] {
                        let parts = [filter.as_str(), sort, limit, "count=exact"];
                        let query = parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("&");
                        let answer = site.reader().get(&format!("/v1/articles?{query}")).status(200);
                        let link = answer.find_header("link").unwrap_or_default().to_owned();
                        told.push(format!("{query} {} {link} {}", answer.etag(), String::from_utf8_lossy(&answer.body)));
                    }
                }
            }
            for path in ["/v1/sections", "/v1/tags", "/v1/contributors", "/v1/sections/secret-section", "/v1/tags/secret-tag", "/v1/contributors/the-source"] {
                let answer = site.reader().get(path);
                let id = answer.header("x-request-id").to_owned();
                told.push(format!("{path} {} {}", answer.status, String::from_utf8_lossy(&answer.body).replace(&id, "ID")));
            }
            told
        };
        let after = site.now().to_rfc3339().replace("+00:00", "Z");
        let nothing = json!({"id": "0197aaaa-0000-7000-8000-00000000000a", "after": after});
        // The first reading asks for an id that is nothing's; what is compared is the rest.
        let blank = |told: Vec<String>, id: &str| told.into_iter().map(|line| line.replace(id, "ID")).collect::<Vec<_>>();
        let before = blank(everything(site, &nothing), nothing["id"].as_str().unwrap());
        editor.post("/v1/editorial/sections", json!({"name": "Secret section", "parent": "world"})).status(201);
        editor.post("/v1/editorial/tags", json!({"name": "Secret tag"})).status(201);
        editor.post("/v1/editorial/contributors", json!({"name": "The Source"})).status(201);
        let body = [story::paragraph("Nobody knows.")];
        let secret = json!({"headline": "The secret", "slug": "the-secret", "section": "secret-section", "tags": ["secret-tag"],
            "kind": "analysis", "language": "is", "bylines": [{"role": "author", "contributor": "the-source"}], "body": body});
        let draft = editor.post("/v1/editorial/articles", secret.clone()).status(201);
        let id = draft.id();
        // Cursors are signed over the question, which holds the id that was asked for: they differ where it does.
        let shown = |site: &Site| {
            let told = blank(everything(site, &json!({"id": id, "after": after})), &id);
            for (old, new) in before.iter().zip(&told) {
                assert_eq!(old, new, "a draft can be told");
            }
        };
        shown(site);
        let in_an_hour = (site.now() + TimeDelta::hours(1)).to_rfc3339();
        editor.act(&draft, "publish", json!({"goes_live_at": in_an_hour})).status(200);
        shown(site);
        let now = editor.working_copy(&id).status(200);
        let live = editor.publish(&now).status(200);
        site.reader().article("the-secret").status(200);
        editor.act(&live, "unpublish", json!({})).status(200);
        shown(site);
    }

    // abuse: AZ-07
    fn nobody_outside_can_tell_that_a_live_article_is_being_edited(site: &Site) {
        let editor = site.editor();
        let live = editor.publish(&story::ready(site, &editor, "Reef recovers")).status(200);
        let id = live.id();
        let paths = ["/v1/articles/reef-recovers".to_owned(), format!("/v1/articles/{id}"), "/v1/articles?count=exact".into(),
            "/v1/articles?sort=-updated_at".into(), "/v1/sections".into(), "/v1/sections/world".into(), "/v1/tags".into(), "/v1/contributors".into()];
        let before: Vec<_> = paths.iter().map(|path| site.reader().get(path).status(200)).collect();
        editor.post("/v1/editorial/contributors", json!({"name": "Mara Lind"})).status(201);
        let mut seen = live;
        for n in 0..5 {
            site.wait(TimeDelta::seconds(60));
            let change = json!({"headline": format!("Reef in peril {n}"), "slug": format!("reef-in-peril-{n}"),
                "bylines": [{"role": "author", "contributor": "mara-lind"}], "no_byline": false});
            seen = editor.patch(&format!("/v1/editorial/articles/{id}"), seen.etag(), change).status(200);
            if n == 2 {
                seen = editor.act(&seen, "submit", json!({"note": "please read"})).status(200);
            }
            for (path, old) in paths.iter().zip(&before) {
                let reader = site.reader();
                reader.request("GET", path).header("if-none-match", old.etag()).send().status(304);
                let now = reader.get(path).status(200);
                assert_eq!((now.etag(), &now.body), (old.etag(), &old.body), "{path}");
                assert_eq!(now.find_header("last-modified"), old.find_header("last-modified"));
            }
            site.reader().article(&format!("reef-in-peril-{n}")).refused(404, "not_found");
        }
        let scheduled = editor.act(&seen, "publish", json!({"goes_live_at": (site.now() + TimeDelta::hours(1)).to_rfc3339()})).status(200);
        for (path, old) in paths.iter().zip(&before) {
            site.reader().request("GET", path).header("if-none-match", old.etag()).send().status(304);
        }
        editor.publish(&scheduled).status(200);
        let now = site.reader().article("reef-in-peril-4").status(200);
        assert_ne!(now.etag(), before[0].etag());
    }
}
