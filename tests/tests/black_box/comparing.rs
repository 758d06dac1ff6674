//! What makes one revision another, and whose an article is.

use masthead_tests::on_both;
use masthead_tests::people::{EDITOR, OTHER_REPORTER};
use masthead_tests::site::Site;
use serde_json::{Value, json};

use crate::abuse::story::ready;

fn id_of(site: &Site, email: &str) -> String {
    let users = site.admin().get("/v1/editorial/users?limit=100").json();
    let all = users["data"].as_array().unwrap().clone();
    all.iter().find(|user| user["email"] == email).unwrap()["id"].as_str().unwrap().to_owned()
}

on_both! {
    fn a_difference_names_members_blocks_and_words(site: &Site) {
        let block = |id: &str, text: &str| json!({"id": id, "type": "paragraph", "content": [{"text": text}]});
        let draft = json!({"headline": "Reef recovers", "body": [block("a", "It was 8."), block("b", "Gone."), block("c", "Stays.")]});
        let draft = site.reporter().post("/v1/editorial/articles", draft).status(201);
        let path = format!("/v1/editorial/articles/{}", draft.id());
        let change = json!({"headline": "Reef slowly recovers", "body": [block("c", "Stays."), block("a", "It was 9."), block("d", "New.")]});
        let saved = site.reporter().patch(&path, draft.etag(), change).status(200);
        let diff = site.editor().get(&format!("{path}/revisions/2/diff")).status(200).says("/against", 1).says("/revision", 2);
        let diff = diff.says("/members", json!([{"member": "headline", "words": [
            {"change": "equal", "text": "Reef "}, {"change": "inserted", "text": "slowly "}, {"change": "equal", "text": "recovers"},
        ]}]));
        let blocks = diff.json()["blocks"].as_array().unwrap().clone();
        let told: Vec<_> = blocks.iter().map(|block| json!([block["id"], block["change"], block["moved"]])).collect();
        assert_eq!(Value::from(told), json!([["c", "moved", true], ["a", "changed", false], ["b", "removed", false], ["d", "added", false]]));
        let words = json!([{"change": "equal", "text": "It was "}, {"change": "deleted", "text": "8"}, {"change": "inserted", "text": "9"}, {"change": "equal", "text": "."}]);
        let diff = diff.says("/blocks/1/words", words).says("/blocks/1/type", "paragraph");
        drop(diff);
        site.editor().get(&format!("{path}/revisions/1/diff?against=2")).says("/members/0/words/1/change", "deleted");
        site.editor().get(&format!("{path}/revisions/1/diff")).says("/against", json!(null)).says("/blocks/0/change", "added");
        site.editor().get(&format!("{path}/revisions/2/diff?against=2")).says("/members", json!([])).says("/blocks", json!([]));
        site.editor().get(&format!("{path}/revisions/3/diff")).refused(404, "not_found");
        site.editor().get(&format!("{path}/revisions/2/diff?against=9")).refused(404, "not_found");
        site.editor().get(&format!("{path}/revisions/2/diff?against=0")).refused(422, "validation_failed").names("against", "out_of_range");
        site.reader().get(&format!("{path}/revisions/2/diff")).refused(401, "unauthenticated");
        drop(saved);
    }

    fn an_article_is_assigned_and_its_new_writers_may_write(site: &Site) {
        let draft = ready(site, &site.reporter(), "Reef recovers");
        let path = format!("/v1/editorial/articles/{}", draft.id());
        let (editor, ivo) = (id_of(site, EDITOR.email), id_of(site, OTHER_REPORTER.email));
        let order = json!({"owner": editor, "writers": [ivo]});
        let put = |by: &masthead_tests::client::Client<'_>, etag: &str, order: &Value| {
            by.request("PUT", &format!("{path}/assignment")).if_match(etag).json(order).send()
        };
        site.other_reporter().patch(&path, draft.etag(), json!({"kicker": "Sea"})).refused(403, "forbidden");
        put(&site.reporter(), draft.etag(), &order).refused(403, "forbidden");
        let nobody = json!({"owner": "0197c0de-0000-7000-8000-000000000001", "writers": [ivo, "0197c0de-0000-7000-8000-000000000001"]});
        let told = put(&site.editor(), draft.etag(), &nobody).refused(422, "validation_failed");
        told.names("/owner", "unknown_reference").names("/writers/1", "unknown_reference");
        let twice = json!({"owner": editor, "writers": [ivo, ivo]});
        put(&site.editor(), draft.etag(), &twice).refused(422, "validation_failed").names("/writers", "duplicate");
        let assigned = put(&site.editor(), draft.etag(), &order).status(200).says("/owner", editor.clone()).says("/writers/0", ivo);
        let assigned = assigned.says("/revision", 1).says("/version", 2);
        put(&site.editor(), draft.etag(), &order).refused(412, "stale_version");
        site.reporter().patch(&path, assigned.etag(), json!({"kicker": "Sea"})).refused(403, "forbidden");
        site.other_reporter().patch(&path, assigned.etag(), json!({"kicker": "Sea"})).status(200);
        let audit = site.admin().get(&format!("/v1/editorial/audit?subject=article:{}", draft.id()));
        audit.says("/data/1/action", "article.assigned").says("/data/1/detail/after/owner", editor);
    }

    fn an_internal_note_is_for_the_newsroom_only(site: &Site) {
        let draft = ready(site, &site.reporter(), "Reef recovers");
        let path = format!("/v1/editorial/articles/{}/internal-note", draft.id());
        let put = |by: &masthead_tests::client::Client<'_>, etag: &str, text: Value| {
            by.request("PUT", &path).if_match(etag).json(&json!({"text": text})).send()
        };
        put(&site.other_reporter(), draft.etag(), json!("x")).refused(403, "forbidden");
        let noted = put(&site.reporter(), draft.etag(), json!("Ask the harbour master.")).status(200);
        let noted = noted.says("/internal_note", "Ask the harbour master.").says("/revision", 1);
        site.editor().publish(&noted).status(200);
        let seen = site.reader().article("reef-recovers").status(200);
        assert!(!seen.json().to_string().contains("harbour master"));
        let now = site.editor().working_copy(&draft.id());
        put(&site.editor(), now.etag(), json!(null)).status(200).says("/internal_note", json!(null));
    }
}
