//! Taking more than one has: rights, members that only the server sets, private fields, and steps that are skipped.

use masthead_tests::answer::Answer;
use masthead_tests::client::Client;
use masthead_tests::on_both;
use masthead_tests::people::{ADMIN, OTHER_REPORTER};
use masthead_tests::site::Site;
use masthead_tests::together::together;
use serde_json::{Value, json};

use super::story;

fn id_of(site: &Site, email: &str) -> String {
    let users = site.admin().get("/v1/editorial/users?limit=100").status(200).json();
    let user = users["data"].as_array().unwrap().iter().find(|user| user["email"] == email).unwrap().clone();
    user["id"].as_str().unwrap().to_owned()
}

fn change_user(by: &Client<'_>, id: &str, change: &Value) -> Answer {
    by.request("PATCH", &format!("/v1/editorial/users/{id}")).if_match("*").json(change).send()
}

/// The faults of a refusal, as pairs of place and code.
fn faults(answer: &Answer) -> Vec<(String, String)> {
    let errors = answer.json()["errors"].clone();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    errors
        .as_array()
        .unwrap()
        .iter()
        .map(|error| (text(&error["pointer"]) + &text(&error["parameter"]), text(&error["code"])))
        .collect()
}

on_both! {
    // abuse: AZ-11
    fn what_only_the_server_sets_cannot_be_sent(site: &Site) {
        let writes = site.writes();
        let admin = site.admin();
        // Members of answers that no body takes, of every resource.
        let own = ["id", "version", "owner", "owner_id", "stage", "publication", "first_published_at", "published_at", "revision",
            "created_at", "updated_at", "has_unpublished_changes", "word_count", "url", "password_hash", "email_verified", "disabled_at",
            "permissions", "is_admin", "storage_key", "__proto__", "constructor"];
        for write in &writes {
            for name in own.iter().filter(|name| write.body.get(name).is_none()) {
                let mut body = write.body.clone();
                body.as_object_mut().unwrap().insert((*name).to_owned(), json!("x"));
                let answer = write.send(&admin, &body);
                assert_eq!(answer.status, 422, "{} with {name}: {answer}", answer.to);
                let found = faults(&answer);
                let fault = found.iter().find(|(place, _)| *place == format!("/{name}"));
                let code = fault.map(|(_, code)| code.as_str()).unwrap_or_else(|| panic!("{name}: {answer}"));
                assert!(matches!(code, "read_only" | "unknown_field"), "{name}: {code}");
            }
        }
        let me = admin.get("/v1/auth/me").status(200).says("/email", ADMIN.email);
        assert_eq!(me.says("/role", "admin").json()["version"], 1);
    }

    // abuse: AZ-12
    fn nobody_gives_what_they_do_not_have(site: &Site) {
        let reporter = id_of(site, OTHER_REPORTER.email);
        let own = site.other_reporter().get("/v1/auth/me").status(200).id();
        assert_eq!(own, reporter);
        for by in [site.reporter(), site.other_reporter(), site.photo_editor(), site.moderator(), site.editor()] {
            for change in [json!({"role": "admin"}), json!({"role": "editor"}), json!({"disabled": false}), json!({"name": "Me"}), json!({"email": "x@varn.example"})] {
                change_user(&by, &reporter, &change).refused(403, "forbidden");
            }
            by.get("/v1/editorial/users").refused(403, "forbidden");
            by.get(&format!("/v1/editorial/users/{reporter}")).refused(403, "forbidden");
            by.get("/v1/editorial/audit").refused(403, "forbidden");
            for role in ["admin", "editor", "reporter"] {
                let answer = by.post("/v1/editorial/invitations", json!({"email": "new@varn.example", "name": "New", "role": role}));
                assert!(matches!(answer.status, 403 | 404), "{answer}");
            }
            for scope in ["read", "publish"] {
                let answer = by.post("/v1/editorial/api-keys", json!({"name": "mine", "scopes": [scope]}));
                assert!(matches!(answer.status, 403 | 404), "{answer}");
            }
        }
        for role in ["owner", "Admin", "ADMIN", "admin ", "superuser", ""] {
            change_user(&site.admin(), &reporter, &json!({"role": role})).refused(422, "validation_failed").names("/role", "unknown_value");
        }
        site.other_reporter().get("/v1/auth/me").says("/role", "reporter").says("/version", 1);
    }

    // abuse: AZ-12
    fn two_admins_who_demote_each_other_leave_one(database: Database) {
        let site = &Site::of_two_nodes(database);
        let (one, other) = (id_of(site, ADMIN.email), id_of(site, OTHER_REPORTER.email));
        for change in [json!({"role": "editor"}), json!({"disabled": true})] {
            change_user(&site.admin(), &other, &json!({"role": "admin"})).status(200);
            // Signed in before either acts: who is disabled first could not sign in any more.
            site.other_reporter();
            let answers = together(2, |n| {
                let (by, whom) = if n == 0 { (site.admin(), &other) } else { (site.other_reporter(), &one) };
                change_user(&by.at_node(n), whom, &change)
            });
            let mut statuses: Vec<_> = answers.iter().map(|answer| answer.status).collect();
            statuses.sort_unstable();
            // Whoever comes second is no admin any more, is not signed in any more, or would take the last one away.
            assert_eq!(statuses[0], 200, "{answers:?}");
            assert!(matches!(statuses[1], 401 | 403 | 409), "{answers:?}");
            let winner = if answers[0].status == 200 { site.admin() } else { site.other_reporter() };
            winner.get("/v1/editorial/users").status(200);
            let all = winner.get("/v1/editorial/users?limit=100").json();
            let admins = all["data"].as_array().unwrap().iter().filter(|user| user["role"] == "admin" && user["disabled_at"].is_null()).count();
            assert_eq!(admins, 1);
            // As before, for the next round.
            let back = json!({"role": "admin", "disabled": false});
            change_user(&winner, &one, &back).status(200);
            change_user(&winner, &other, &json!({"role": "reporter", "disabled": false}));
            site.forget_tokens();
            change_user(&site.admin(), &other, &json!({"role": "reporter", "disabled": false}));
        }
    }

    // abuse: AZ-13
    fn private_fields_are_no_parameters_and_are_never_suggested(site: &Site) {
        site.editor().post("/v1/editorial/contributors", json!({"name": "Mara Lind", "email": "mara@secret.example", "notes": "rings at seven"})).status(201);
        let draft = json!({"headline": "Reef", "section": null, "bylines": [{"role": "author", "contributor": "mara-lind"}]});
        site.reporter().post("/v1/editorial/articles", draft).status(201);
        let parameters = ["author_email=a", "email=mara@secret.example", "email_starts_with=m", "emai=m", "password_hash=x", "password_has=x",
            "notes=seven", "note=seven", "fields=email", "fields=author_email", "include=user,owner", "include=email", "expand=owner", "owner.email=x",
            "filter[owner][email]=x", "where=1", "order=email", "internal_reason=x", "version=1", "disabled=true"];
        let lists = ["/v1/articles", "/v1/tags", "/v1/sections", "/v1/contributors"];
        let private = ["/v1/editorial/articles", "/v1/editorial/users", "/v1/editorial/audit"];
        let sorts = ["sort=password_hash", "sort=email", "sort=-email", "sort=owner.email", "sort=id", "sort="];
        for (path, parameter) in lists.iter().flat_map(|path| parameters.iter().chain(&sorts).map(move |parameter| (path, parameter))) {
            for by in [site.reader(), site.reporter()] {
                let answer = by.get(&format!("{path}?{parameter}"));
                assert_eq!(answer.status, 422, "{path}?{parameter}: {answer}");
                let found = faults(&answer);
                let name = parameter.split('=').next().unwrap();
                assert!(found.iter().any(|(place, _)| place == name), "{found:?}");
                let details = answer.json()["errors"].to_string();
                for secret in ["`email", "`password_hash", "`notes", "author_email`", "`internal"] {
                    assert!(!details.contains(secret), "{path}?{parameter} suggests {secret}: {details}");
                }
            }
        }
        for (path, parameter) in private.iter().flat_map(|path| parameters.iter().chain(&sorts).map(move |parameter| (path, parameter))) {
            let answer = site.admin().get(&format!("{path}?{parameter}"));
            assert_eq!(answer.status, 422, "{path}?{parameter}: {answer}");
        }
        let found = site.reporter().get("/v1/editorial/articles?q=secret.example").status(200);
        found.says("/data", json!([]));
        for path in ["/v1/contributors", "/v1/editorial/contributors/mara-lind"] {
            let answer = site.reporter().get(path);
            let told = String::from_utf8_lossy(&answer.body).into_owned();
            assert!(!told.contains("secret.example") && !told.contains("seven"), "{path}: {told}");
        }
        site.editor().get("/v1/editorial/contributors/mara-lind").says("/email", "mara@secret.example");
    }

    // abuse: AZ-14
    fn nothing_goes_live_but_by_a_publish_of_what_was_checked(site: &Site) {
        let reporter = site.reporter();
        let own = story::ready(site, &reporter, "Reef recovers");
        for action in ["publish", "approve", "return", "unpublish", "withdraw", "reinstate", "unschedule"] {
            let order = if action == "withdraw" { json!({"kind": "error", "public_reason": "mine"}) } else { json!({}) };
            site.unmoved_by(&[], || reporter.act(&own, action, order).refused(403, "forbidden"));
        }
        let path = format!("/v1/editorial/articles/{}", own.id());
        for change in [json!({"goes_live_at": "2026-01-01T12:00:00Z"}), json!({"stage": "ready"}), json!({"publication": {"state": "live"}}), json!({"embargo": null})] {
            site.unmoved_by(&[&path], || reporter.patch(&path, own.etag(), change).refused(422, "validation_failed"));
        }
        // An editor does not publish against the checks, nor another revision than the one that was seen.
        let bare = site.editor().draft("Nothing but a headline");
        site.unmoved_by(&[], || site.editor().publish(&bare).refused(409, "not_publishable"));
        let seen = site.editor().working_copy(&own.id());
        let submitted = reporter.act(&own, "submit", json!({})).status(200);
        site.editor().act(&seen, "approve", json!({})).refused(412, "stale_version");
        let approved = site.editor().act(&submitted, "approve", json!({})).status(200).says("/stage", "ready");
        reporter.patch(&path, approved.etag(), json!({"headline": "Reef dies"})).refused(403, "forbidden");
        let changed = site.editor().patch(&path, approved.etag(), json!({"headline": "Reef lives"})).status(200);
        site.editor().publish(&approved).refused(412, "stale_version");
        for order in [json!({"revision": 1}), json!({"content": {"headline": "Other"}}), json!({"headline": "Other"})] {
            site.unmoved_by(&[], || site.editor().act(&changed, "publish", order).refused(422, "validation_failed"));
        }
        site.reader().article("reef-recovers").refused(404, "not_found");
        let live = site.editor().publish(&changed).status(200);
        // Restoring an earlier revision into the working copy leaves what readers see.
        let restored = reporter.request("POST", &format!("{path}/revisions/1/restore")).if_match(live.etag()).send().status(200);
        assert_eq!(restored.json()["content"]["headline"], "Reef recovers");
        site.reader().article("reef-recovers").says("/headline", "Reef lives");
        site.editor().request("POST", &format!("{path}/revisions/99/restore")).if_match("*").send().refused(404, "not_found");
    }
}
