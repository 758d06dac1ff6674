//! Links that show a working copy: to whoever has them, and to nobody else.

use chrono::TimeDelta;
use masthead_tests::answer::Answer;
use masthead_tests::client::Client;
use masthead_tests::on_both;
use masthead_tests::people::EDITOR;
use masthead_tests::site::Site;
use serde_json::{Value, json};

use crate::abuse::story::ready;

#[track_caller]
fn link(by: &Client<'_>, article: &Answer, order: Value) -> Answer {
    by.post(&format!("/v1/editorial/articles/{}/preview-tokens", article.id()), order)
}

fn preview(site: &Site, token: &str) -> Answer {
    site.reader().get(&format!("/v1/preview/{token}"))
}

on_both! {
    // abuse: AZ-10
    fn a_link_shows_the_working_copy_as_readers_would_get_it(site: &Site) {
        let live = site.editor().publish(&ready(site, &site.editor(), "Reef recovers")).status(200);
        let other = ready(site, &site.editor(), "A secret draft");
        let path = format!("/v1/editorial/articles/{}", live.id());
        let change = json!({"headline": "Reef in peril", "related": [other.id()]});
        site.editor().patch(&path, live.etag(), change).status(200);
        let made = link(&site.editor(), &live, json!({})).status(201);
        let token = made.text_at("/token");
        assert_eq!(token.len(), 68, "{token}");
        assert_eq!(made.text_at("/expires_at"), (site.now() + TimeDelta::days(7)).format("%Y-%m-%dT%H:%M:%S.000Z").to_string());
        let shown = preview(site, &token).status(200).says("/headline", "Reef in peril").says("/slug", "reef-recovers");
        let shown = shown.says("/body/0/content/0/text", "It grows.").says("/revision", 2).says("/related", json!([]));
        assert!(!shown.json().to_string().contains(&other.id()), "a related draft is not opened by it");
        assert_eq!(shown.header("cache-control"), "private, no-store");
        assert_eq!(shown.header("x-robots-tag"), "noindex");
        assert_eq!(shown.header("referrer-policy"), "no-referrer");
        site.reader().article("reef-recovers").says("/headline", "Reef recovers");
        let list = site.editor().get(&format!("{path}/preview-tokens")).status(200);
        list.says("/data/0/id", made.id()).says("/data/0/token", json!(null)).says("/page/next_cursor", json!(null));
        let log = masthead_tests::log::since(0);
        assert!(!log.contains(&token), "the log tells the token");
        assert!(site.keeps("A secret draft"), "the search finds what is there");
        assert!(!site.keeps(&token) && !site.keeps(&token[4..]), "the token is kept");
    }

    fn a_link_shows_as_much_of_the_article_as_is_asked_for(site: &Site) {
        let other = site.editor().publish(&ready(site, &site.editor(), "Harbour talks")).status(200);
        let draft = ready(site, &site.editor(), "Reef recovers");
        let hidden = ready(site, &site.editor(), "A secret draft");
        let path = format!("/v1/editorial/articles/{}", draft.id());
        site.editor().patch(&path, draft.etag(), json!({"related": [hidden.id(), other.id()]})).status(200);
        let token = link(&site.editor(), &draft, json!({})).status(201).text_at("/token");
        let usual = preview(site, &token).status(200).says("/body_html", json!(null));
        usual.says("/body_text", json!(null)).says("/related_articles", json!(null));
        let asked = format!("{token}?body=none&include=html,text,portable_text,related");
        let shown = preview(site, &asked).status(200).says("/body", json!(null)).says("/body_html", "<p>It grows.</p>");
        let shown = shown.says("/body_text", "It grows.").says("/body_portable_text/0/_type", "block");
        let shown = shown.says("/related_articles/0/headline", "Harbour talks");
        assert_eq!(shown.json()["related_articles"].as_array().map(Vec::len), Some(1), "a draft is not opened by it");
        preview(site, &format!("{token}?body=all")).refused(422, "validation_failed").names("body", "unknown_value");
    }

    // abuse: AZ-09
    // abuse: AZ-10
    fn every_link_that_shows_nothing_is_answered_alike(site: &Site) {
        let story = |headline: &str| site.editor().publish(&ready(site, &site.editor(), headline)).status(200);
        let (one, two, three) = (story("Reef recovers"), story("Harbour talks"), story("Ferry late"));
        let unknown = preview(site, &format!("mhp_{}", "0".repeat(64))).refused(404, "not_found");
        let told = |answer: &Answer| {
            let mut told = answer.json();
            told["instance"] = json!(null);
            (told, answer.find_header("cache-control").map(str::to_owned))
        };
        let nothing = |token: &str| {
            let answer = preview(site, token).refused(404, "not_found");
            assert_eq!(told(&answer), told(&unknown));
        };
        for malformed in ["mhp_", "x", &format!("mhi_{}", "0".repeat(64)), &"a".repeat(500)] {
            nothing(malformed);
        }
        let revoked = link(&site.editor(), &one, json!({})).status(201);
        let token = revoked.text_at("/token");
        preview(site, &token).status(200);
        let by = site.editor();
        let revoke = |article: &Answer| {
            by.request("DELETE", &format!("/v1/editorial/articles/{}/preview-tokens/{}", article.id(), revoked.id())).send()
        };
        revoke(&two).refused(404, "not_found");
        preview(site, &token).status(200);
        revoke(&one).status(204);
        revoke(&one).refused(404, "not_found");
        nothing(&token);
        let withdrawn = link(&site.editor(), &two, json!({})).status(201).text_at("/token");
        let reason = json!({"kind": "error", "public_reason": "it was wrong"});
        site.editor().act(&two, "withdraw", reason).status(200);
        nothing(&withdrawn);
        let expired = link(&site.editor(), &one, json!({"ttl_s": 60})).status(201).text_at("/token");
        let lasting = link(&site.editor(), &three, json!({})).status(201).text_at("/token");
        site.reader().get("/v1/editorial/articles").refused(401, "unauthenticated");
        site.bearer(&lasting).get("/v1/editorial/articles").refused(401, "unauthenticated");
        site.wait(TimeDelta::seconds(60));
        nothing(&expired);
        preview(site, &lasting).status(200);
        let admin = site.admin();
        let users = admin.get("/v1/editorial/users?limit=100").json();
        let maker = users["data"].as_array().unwrap().iter().find(|user| user["email"] == EDITOR.email).unwrap();
        let path = format!("/v1/editorial/users/{}", maker["id"].as_str().unwrap());
        let seen = admin.get(&path).status(200);
        let seen = admin.patch(&path, seen.etag(), json!({"role": "moderator"})).status(200);
        nothing(&lasting);
        let seen = admin.patch(&path, seen.etag(), json!({"role": "editor"})).status(200);
        preview(site, &lasting).status(200);
        admin.patch(&path, seen.etag(), json!({"disabled": true})).status(200);
        nothing(&lasting);
    }

    // abuse: CC-02
    fn a_link_is_shown_once_also_to_who_asks_again(site: &Site) {
        let draft = ready(site, &site.reporter(), "Reef recovers");
        let path = format!("/v1/editorial/articles/{}/preview-tokens", draft.id());
        let by = site.reporter();
        let ask = || by.request("POST", &path).idempotent("link-1").json(&json!({"ttl_s": 3600})).send().status(201);
        let (first, second) = (ask(), ask());
        assert_eq!((first.id(), second.header("idempotency-replayed")), (second.id(), "true"));
        preview(site, &first.text_at("/token")).status(200);
        second.says("/token", json!(null)).says("/expires_at", first.text_at("/expires_at"));
        let list = by.get(&path).json();
        assert_eq!(list["data"].as_array().map(Vec::len), Some(1));
        let token = first.text_at("/token");
        assert!(site.keeps(&format!("\"id\":\"{}\"", first.id())), "the answer is kept for the replay");
        assert!(!site.keeps(&token) && !site.keeps(&token[4..]), "the token is kept with it");
    }

    fn a_link_is_made_by_who_writes_the_article_and_for_thirty_days_at_most(site: &Site) {
        let draft = ready(site, &site.reporter(), "Reef recovers");
        link(&site.other_reporter(), &draft, json!({})).refused(403, "forbidden");
        link(&site.moderator(), &draft, json!({})).refused(403, "forbidden");
        link(&site.reader(), &draft, json!({})).refused(401, "unauthenticated");
        site.other_reporter().get(&format!("/v1/editorial/articles/{}/preview-tokens", draft.id())).refused(403, "forbidden");
        let at = |time: TimeDelta| json!({"expires_at": (site.now() + time).to_rfc3339()});
        link(&site.reporter(), &draft, at(TimeDelta::days(30))).status(201);
        for (order, place, code) in [
            (at(TimeDelta::days(31)), "/expires_at", "out_of_range"),
            (at(TimeDelta::zero()), "/expires_at", "out_of_range"),
            (json!({"ttl_s": 2_592_001}), "/ttl_s", "out_of_range"),
            (json!({"ttl_s": 0}), "/ttl_s", "out_of_range"),
            (json!({"ttl_s": "1h"}), "/ttl_s", "wrong_type"),
            (json!({"ttl_s": 60, "expires_at": "2026-01-02T00:00:00Z"}), "/ttl_s", "inconsistent"),
        ] {
            link(&site.reporter(), &draft, order).refused(422, "validation_failed").names(place, code);
        }
    }
}
