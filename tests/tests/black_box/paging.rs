//! Lists, walked to their end and back: the same pages, and each thing once.

use chrono::TimeDelta;
use masthead_tests::client::Client;
use masthead_tests::on_both;
use serde_json::{Value, json};

use crate::abuse::story::ready;

/// The pages of a list from its first to its last one by `next`, held against those back by `prev`.
#[track_caller]
pub(crate) fn walk(by: &Client<'_>, list: &str, name: &str) -> Vec<String> {
    let names = |page: &Value| -> Vec<String> {
        page["data"].as_array().unwrap().iter().map(|item| item.pointer(name).unwrap().to_string()).collect()
    };
    let joint = if list.contains('?') { '&' } else { '?' };
    let follow = |page: &Value, side: &str| {
        let cursor = page["page"][side].as_str()?.to_owned();
        let answer = by.get(&format!("{list}{joint}cursor={cursor}")).status(200);
        let rel = if side == "next_cursor" { "prev" } else { "next" };
        assert!(answer.header("link").contains(&format!("rel=\"{rel}\"")), "{answer}");
        Some(answer.json())
    };
    let mut page = by.get(list).status(200).json();
    assert_eq!(page["page"]["prev_cursor"], json!(null), "{list}: the first page");
    let mut there = vec![names(&page)];
    while let Some(next) = follow(&page, "next_cursor") {
        there.push(names(&next));
        page = next;
    }
    let mut back = vec![names(&page)];
    while let Some(prev) = follow(&page, "prev_cursor") {
        back.push(names(&prev));
        page = prev;
    }
    back.reverse();
    assert_eq!(back, there, "{list}");
    there.concat()
}

on_both! {
    // abuse: IN-09
    fn a_list_of_articles_is_walked_back_by_the_pages_of_the_walk_there(site: &Site) {
        let headlines: Vec<_> = (1..=7).map(|n| format!("Story {n}")).collect();
        for (n, headline) in headlines.iter().enumerate() {
            let draft = ready(site, &site.editor(), headline);
            site.editor().publish(&draft).status(200);
            // Some share their instant: then their ids decide.
            site.wait(TimeDelta::seconds(i64::from(n % 2 == 0)));
        }
        let (reader, editor) = (site.reader(), site.editor());
        for limit in [1, 2, 3, 7, 20] {
            let newest = walk(&reader, &format!("/v1/articles?limit={limit}"), "/headline");
            let mut oldest = walk(&reader, &format!("/v1/articles?sort=published_at&limit={limit}"), "/headline");
            oldest.reverse();
            assert_eq!((newest.len(), &newest), (7, &oldest));
            assert_eq!(walk(&reader, &format!("/v1/articles?sort=-updated_at&limit={limit}"), "/headline"), newest);
            let last = walk(&editor, &format!("/v1/editorial/articles?limit={limit}"), "/headline");
            let mut first = walk(&editor, &format!("/v1/editorial/articles?sort=updated_at&limit={limit}"), "/headline");
            first.reverse();
            assert_eq!((last.len(), last), (7, first));
        }
        let page = reader.get("/v1/articles?limit=2").json();
        let foreign = page["page"]["next_cursor"].as_str().unwrap();
        editor.get(&format!("/v1/editorial/articles?limit=2&cursor={foreign}")).refused(400, "invalid_cursor");
        editor.get("/v1/editorial/articles?sort=-created_at").refused(422, "validation_failed").names("sort", "unknown_value");
    }

    fn tags_and_contributors_are_found_by_how_their_names_begin(site: &Site) {
        let (editor, reporter) = (site.editor(), site.reporter());
        for name in ["Harbours", "Ports", "PORT strike", "Århus", "100% wool"] {
            editor.post("/v1/editorial/tags", json!({"name": name})).status(201);
        }
        editor.post("/v1/editorial/tags", json!({"name": "Portia Vale", "kind": "person"})).status(201);
        for (name, kind) in [("Mara Lind", "person"), ("Marit Oe", "person"), ("Maritime desk", "desk")] {
            editor.post("/v1/editorial/contributors", json!({"name": name, "kind": kind, "email": "a@varn.example"})).status(201);
        }
        let tags = "/v1/editorial/tags";
        for limit in [1, 2, 6, 20] {
            assert_eq!(walk(&reporter, &format!("{tags}?limit={limit}"), "/name").len(), 6);
            assert_eq!(walk(&reporter, &format!("{tags}?q=port&limit={limit}"), "/name"), ["\"PORT strike\"", "\"Portia Vale\"", "\"Ports\""]);
            assert_eq!(walk(&reporter, &format!("/v1/editorial/contributors?limit={limit}"), "/name").len(), 3);
        }
        let found = |query: &str| reporter.get(&format!("{tags}?{query}")).status(200);
        found("q=port&kind=person&count=exact").says("/data/0/name", "Portia Vale").says("/page/total", 1);
        found("q=%C3%A5rh&count=exact").says("/data/0/name", "Århus").says("/page/total", 1);
        found("q=100%25&count=exact").says("/page/total", 1);
        found("q=%25&count=exact").says("/page/total", 0);
        found("q=_&count=exact").says("/page/total", 0);
        found("limit=1").says("/page/total", json!(null));
        let cursor = found("q=port&limit=1").text_at("/page/next_cursor");
        reporter.get(&format!("{tags}?limit=1&cursor={cursor}")).refused(400, "invalid_cursor");
        reporter.get("/v1/editorial/contributors?q=mar&kind=desk").says("/data/0/name", "Maritime desk").says("/data/0/email", json!(null));
        editor.get("/v1/editorial/contributors?q=maritime").says("/data/0/email", "a@varn.example");
        reporter.get(&format!("{tags}?kind=person&knd=a")).refused(422, "validation_failed").names("knd", "unknown_parameter");
        site.reader().get(tags).refused(401, "unauthenticated");
    }

    fn lists_by_slug_are_in_the_order_of_its_characters(site: &Site) {
        let editor = site.editor();
        for list in ["tags", "contributors", "fronts"] {
            let list = format!("/v1/editorial/{list}");
            for name in ["Seaa", "Sea b", "Sea", "Se-c"] {
                let named = json!({"name": name, "kind": "person"});
                let named = if list.ends_with("fronts") { json!({"name": name}) } else { named };
                editor.post(&list, named).status(201);
            }
            let met = walk(&editor, &format!("{list}?limit=1"), "/slug");
            assert_eq!(met, ["\"se-c\"", "\"sea\"", "\"sea-b\"", "\"seaa\""], "{list}");
        }
    }

    // abuse: AZ-03
    fn what_readers_know_of_is_walked_back_too(site: &Site) {
        let editor = site.editor();
        let names = ["Boats", "Coast", "Ferries", "Harbours", "Ports"];
        for name in names {
            editor.post("/v1/editorial/tags", json!({"name": name})).status(201);
        }
        let draft = ready(site, &editor, "Reef recovers");
        let path = format!("/v1/editorial/articles/{}", draft.id());
        let tags = json!({"tags": ["boats", "coast", "harbours", "ports"]});
        let saved = editor.patch(&path, draft.etag(), tags).status(200);
        editor.publish(&saved).status(200);
        for limit in [1, 2, 3, 4] {
            let met = walk(&site.reader(), &format!("/v1/tags?limit={limit}"), "/name");
            assert_eq!(met, ["\"Boats\"", "\"Coast\"", "\"Harbours\"", "\"Ports\""]);
        }
    }

    fn what_came_to_be_in_turn_is_walked_back_too(site: &Site) {
        let (admin, editor) = (site.admin(), site.editor());
        let mut draft = editor.draft("Reef");
        let path = format!("/v1/editorial/articles/{}", draft.id());
        for n in 1..7 {
            draft = editor.patch(&path, draft.etag(), json!({"headline": format!("Reef {n}")})).status(200);
            editor.post(&format!("{path}/preview-tokens"), json!({})).status(201);
            let invitation = json!({"email": format!("p{n}@varn.example"), "name": "Pia Os", "role": "reporter"});
            admin.post("/v1/editorial/invitations", invitation).status(201);
        }
        let whole = |list: &str, by: &Client<'_>, name: &str| {
            let met = walk(by, &format!("{list}limit=100"), name);
            for limit in [1, 2, 3, 6] {
                assert_eq!(walk(by, &format!("{list}limit={limit}"), name), met, "{list} by {limit}");
            }
            met
        };
        assert_eq!(whole(&format!("{path}/revisions?"), &editor, "/number"), ["7", "6", "5", "4", "3", "2", "1"]);
        assert_eq!(whole(&format!("{path}/preview-tokens?"), &editor, "/id").len(), 6);
        assert_eq!(whole("/v1/editorial/invitations?", &admin, "/email")[0], "\"p6@varn.example\"");
        assert_eq!(whole("/v1/editorial/users?", &admin, "/id").len(), 6);
        let of_article = format!("/v1/editorial/audit?subject=article:{}&", draft.id());
        let acts = whole(&of_article, &admin, "/action");
        assert_eq!((acts.len(), acts[6].as_str()), (7, "\"article.created\""));
    }
}
