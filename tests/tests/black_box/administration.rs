//! Users and the audit log over HTTP: who may do what from when on, and what is written down.

use masthead_tests::on_both;
use masthead_tests::people::{ADMIN, REPORTER};
use serde_json::json;

on_both! {
    // abuse: AUTH-08
    // abuse: AZ-12
    fn a_disabled_user_is_refused_at_once_and_the_last_admin_stays(site: &Site) {
        let users = site.admin().get("/v1/editorial/users?limit=100").status(200).json();
        let id_of = |email: &str| {
            let all = users["data"].as_array().unwrap();
            all.iter().find(|user| user["email"] == email).unwrap()["id"].as_str().unwrap().to_owned()
        };
        let change = |id: &str, change: serde_json::Value| {
            let by = site.admin();
            let path = format!("/v1/editorial/users/{id}");
            let etag = by.get(&path).status(200).etag().to_owned();
            by.request("PATCH", &path).if_match(&etag).json(&change).send()
        };
        let reporter = site.reporter();
        reporter.get("/v1/auth/me").status(200);
        change(&id_of(REPORTER.email), json!({"disabled": true})).status(200);
        reporter.get("/v1/auth/me").refused(401, "unauthenticated");
        let sign_in = json!({"email": REPORTER.email, "password": masthead_tests::people::PASSWORD});
        site.reader().post("/v1/auth/login", sign_in).refused(401, "invalid_credentials");
        let admin = id_of(ADMIN.email);
        change(&admin, json!({"role": "editor"})).refused(409, "last_admin");
        change(&admin, json!({"disabled": true})).refused(409, "last_admin");
        change(&admin, json!({"email": REPORTER.email})).refused(422, "validation_failed").names("/email", "taken");
    }

    // abuse: AUTH-08
    fn a_role_counts_from_the_next_request_on(site: &Site) {
        let reporter = site.reporter();
        let id = reporter.get("/v1/auth/me").status(200).id();
        reporter.get("/v1/editorial/users").refused(403, "forbidden");
        reporter.get("/v1/editorial/audit").refused(403, "forbidden");
        let by = site.admin();
        let path = format!("/v1/editorial/users/{id}");
        let seen = by.get(&path).status(200);
        by.request("PATCH", &path).if_match(seen.etag()).json(&json!({"role": "admin"})).send().status(200);
        reporter.get("/v1/editorial/users").status(200);
    }

    fn what_is_done_is_written_down_with_who_and_whence(site: &Site) {
        let draft = site.editor().draft("Reef recovers");
        let editor = site.editor().get("/v1/auth/me").status(200).id();
        let by = site.admin();
        let log = by.get(&format!("/v1/editorial/audit?subject=article:{}", draft.id())).status(200);
        let log = log.says("/data/0/action", "article.created").says("/data/0/actor", editor.clone());
        let log = log.says("/data/0/address", "127.0.0.1").says("/data/0/request", draft.header("x-request-id"));
        assert_eq!(log.json()["data"].as_array().map(Vec::len), Some(1));
        let own = by.get(&format!("/v1/editorial/audit?actor={editor}&limit=1")).status(200);
        let rest = own.text_at("/page/next_cursor");
        by.get(&format!("/v1/editorial/audit?actor={editor}&limit=1&cursor={rest}")).says("/data/0/action", "session.signed_in");
        by.get("/v1/editorial/audit?subject=article").refused(422, "validation_failed").names("subject", "bad_format");
    }
}
