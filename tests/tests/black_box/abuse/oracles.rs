//! Telling whether a thing exists by what is checked before it is looked for, and reaching it through another one.

use masthead_tests::answer::Answer;
use masthead_tests::on_both;
use serde_json::json;

use super::story;

/// An id of nothing.
const NOTHING: &str = "0197aaaa-0000-7000-8000-00000000000a";

fn told(answer: &Answer, id: &str) -> (u16, String) {
    let request = answer.header("x-request-id").to_owned();
    (answer.status, String::from_utf8_lossy(&answer.body).replace(&request, "ID").replace(id, "THING"))
}

on_both! {
    // abuse: AZ-08
    fn what_a_request_shows_by_itself_is_answered_alike_for_what_is_and_is_not_there(site: &Site) {
        // Ruling 24: the form of a request is refused before anything is looked for, whatever the id; then whether it
        // is there; and last what depends on its state.
        let anothers = site.editor().draft("Not yours");
        let reader = site.reader();
        let reporter = site.reporter();
        for (method, action, body) in [
            ("PATCH", "", json!({"headline": "Mine"})), ("PATCH", "", json!({"headlin": "Mine"})), ("DELETE", "", json!({})),
            ("POST", "/publish", json!({})), ("POST", "/submit", json!({})), ("POST", "/withdraw", json!({})), ("POST", "/corrections", json!({})),
            ("PUT", "/embargo", json!({"until": "tomorrow"})), ("POST", "/revisions/1/restore", json!({})),
        ] {
            for condition in [None, Some("\"1\""), Some("\"7\""), Some("W/\"1\""), Some("*")] {
                let send = |by: &masthead_tests::client::Client<'_>, id: &str| {
                    let path = format!("/v1/editorial/articles/{id}{action}");
                    let request = by.request(method, &path).json(&body);
                    let request = condition.iter().fold(request, |request, etag| request.if_match(etag));
                    request.send()
                };
                // Nobody is told anything but to sign in.
                assert_eq!(told(&send(&reader, &anothers.id()), ""), told(&send(&reader, NOTHING), ""));
                send(&reader, NOTHING).refused(401, "unauthenticated");
                // The form: the same for both. Only a whole request gets as far as the thing.
                let (here, nowhere) = (send(&reporter, &anothers.id()), send(&reporter, NOTHING));
                if matches!(nowhere.status, 400 | 413 | 415 | 422 | 428) {
                    assert_eq!(told(&here, &anothers.id()), told(&nowhere, NOTHING), "{method} {action} {condition:?}");
                } else {
                    // A whole one: staff may read all articles (ruling 9), so 403 says what they know.
                    assert_eq!((here.status, nowhere.status), (403, 404), "{method} {action} {condition:?} {body}");
                }
            }
        }
        reporter.request("OPTIONS", &format!("/v1/editorial/articles/{NOTHING}")).send();
        reporter.request("HEAD", &format!("/v1/editorial/articles/{NOTHING}")).send().status(404);
        reporter.request("GET", &format!("/v1/editorial/articles/{NOTHING}")).header("if-none-match", "*").send().refused(404, "not_found");
        // What lies behind an admin's door is told to nobody else, there or not.
        let me = reporter.get("/v1/auth/me").id();
        for id in [me.as_str(), NOTHING] {
            for condition in ["\"1\"", "\"9\"", "*"] {
                let by = site.editor();
                by.request("PATCH", &format!("/v1/editorial/users/{id}")).if_match(condition).json(&json!({"name": "X"})).send().refused(403, "forbidden");
            }
            site.editor().get(&format!("/v1/editorial/users/{id}")).refused(403, "forbidden");
        }
    }

    // abuse: AZ-09
    fn a_part_is_reached_only_through_its_own_whole(site: &Site) {
        let editor = site.editor();
        let live = |headline: &str| editor.publish(&story::ready(site, &editor, headline)).status(200);
        let (mine, other) = (live("Mine"), live("Other"));
        let (mine_at, other_at) = (format!("/v1/editorial/articles/{}", mine.id()), format!("/v1/editorial/articles/{}", other.id()));
        let saved = editor.patch(&other_at, other.etag(), json!({"headline": "Other, again"})).status(200);
        let correct = |path: &str| editor.request("POST", path).if_match("*").json(&json!({"kind": "correction", "text": "It was nine."})).send();
        let posted = correct(&format!("{other_at}/corrections")).status(201).id();
        editor.get(&format!("{other_at}/revisions/2")).status(200);
        editor.get(&format!("{mine_at}/revisions/2")).refused(404, "not_found");
        for n in ["0", "-1", "1.0", "01", "+1", "2147483648", "4294967296", "9223372036854775808", "two", NOTHING] {
            editor.get(&format!("{other_at}/revisions/{n}")).refused(404, "not_found");
            editor.request("POST", &format!("{other_at}/revisions/{n}/restore")).if_match("*").send().refused(404, "not_found");
        }
        let resources = [mine_at.as_str(), other_at.as_str()];
        site.unmoved_by(&resources, || {
            editor.request("POST", &format!("{mine_at}/revisions/2/restore")).if_match("*").send().refused(404, "not_found");
            correct(&format!("{mine_at}/corrections/{posted}/supersede")).refused(404, "not_found");
            correct(&format!("{mine_at}/corrections/{NOTHING}/supersede")).refused(404, "not_found");
            // A session of another user is not there either, nor is an article's id a user's.
            let sessions = site.admin().get("/v1/auth/sessions").status(200).json();
            let session = sessions["data"][0]["id"].as_str().unwrap();
            editor.request("DELETE", &format!("/v1/auth/sessions/{session}")).send().refused(404, "not_found");
            site.admin().get(&format!("/v1/editorial/users/{}", mine.id())).refused(404, "not_found");
        });
        site.admin().get("/v1/auth/me").status(200);
        drop(saved);
        correct(&format!("{other_at}/corrections/{posted}/supersede")).status(201);
        site.reader().article("mine").says("/corrections", json!([]));
    }
}
