//! Tokens that were good a moment ago: what ends them ends them on every node.

use masthead_tests::answer::Answer;
use masthead_tests::on_both;
use masthead_tests::people::{PASSWORD, REPORTER};
use masthead_tests::site::Site;
use serde_json::{Value, json};

const NEW_PASSWORD: &str = "gulls over the quay again";

fn sign_in(site: &Site, password: &str) -> Answer {
    site.reader().post("/v1/auth/login", json!({"email": REPORTER.email, "password": password})).status(200)
}

/// That a token is refused on both nodes, at once on the first: nothing is remembered that the database does not know.
#[track_caller]
fn dead(site: &Site, tokens: &Answer) {
    for node in [0, 1] {
        let token = tokens.text_at("/access_token");
        site.bearer(&token).at_node(node).get("/v1/auth/me").refused(401, "unauthenticated");
        let refresh = json!({"refresh_token": tokens.text_at("/refresh_token")});
        site.reader().at_node(node).post("/v1/auth/refresh", refresh).refused(401, "unauthenticated");
    }
}

#[track_caller]
fn alive(site: &Site, tokens: &Answer) {
    for node in [0, 1] {
        site.bearer(&tokens.text_at("/access_token")).at_node(node).get("/v1/auth/me").status(200);
    }
}

fn change_user(site: &Site, id: &str, change: Value) -> Answer {
    let admin = site.admin();
    let path = format!("/v1/editorial/users/{id}");
    let seen = admin.get(&path).status(200);
    admin.patch(&path, seen.etag(), change).status(200)
}

on_both! {
    // abuse: AUTH-08
    fn what_ends_a_session_ends_it_on_every_node(database: Database) {
        let site = &Site::of_two_nodes(database);
        let (here, there) = (sign_in(site, PASSWORD), sign_in(site, PASSWORD));
        alive(site, &here);
        site.bearer(&here.text_at("/access_token")).post("/v1/auth/logout", json!({})).status(204);
        dead(site, &here);
        alive(site, &there);

        let here = sign_in(site, PASSWORD);
        let by = site.bearer(&here.text_at("/access_token"));
        let sessions = by.get("/v1/auth/sessions").status(200).json();
        let other = sessions["data"].as_array().unwrap().iter().find(|session| session["current"] == false).unwrap();
        by.request("DELETE", &format!("/v1/auth/sessions/{}", other["id"].as_str().unwrap())).send().status(204);
        dead(site, &there);
        alive(site, &here);

        let there = sign_in(site, PASSWORD);
        site.bearer(&here.text_at("/access_token")).post("/v1/auth/logout-all", json!({})).status(204);
        dead(site, &here);
        dead(site, &there);
    }

    // abuse: AUTH-08
    fn a_new_password_a_disabled_user_and_another_role_count_on_every_node(database: Database) {
        let site = &Site::of_two_nodes(database);
        let (here, there) = (sign_in(site, PASSWORD), sign_in(site, PASSWORD));
        alive(site, &there);
        let by = site.bearer(&here.text_at("/access_token"));
        by.post("/v1/auth/password", json!({"current_password": PASSWORD, "new_password": NEW_PASSWORD})).status(204);
        dead(site, &there);
        alive(site, &here);

        let reporter = here.text_at("/user/id");
        for node in [0, 1] {
            site.bearer(&here.text_at("/access_token")).at_node(node).get("/v1/editorial/users").refused(403, "forbidden");
        }
        change_user(site, &reporter, json!({"role": "admin"}));
        for node in [1, 0] {
            site.bearer(&here.text_at("/access_token")).at_node(node).get("/v1/editorial/users").status(200);
        }
        change_user(site, &reporter, json!({"role": "moderator"}));
        for node in [1, 0] {
            let by = site.bearer(&here.text_at("/access_token")).at_node(node);
            by.post("/v1/editorial/articles", json!({"headline": "Mine"})).refused(403, "forbidden");
        }

        change_user(site, &reporter, json!({"disabled": true}));
        dead(site, &here);
        // Being let in again brings no session of before back.
        change_user(site, &reporter, json!({"disabled": false}));
        dead(site, &here);
        sign_in(site, NEW_PASSWORD);
    }
}
