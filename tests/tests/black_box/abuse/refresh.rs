//! Refresh tokens that are used twice: by a second tab, by many at once, or by a thief.

use chrono::TimeDelta;
use masthead_tests::answer::Answer;
use masthead_tests::on_both;
use masthead_tests::people::{EDITOR, PASSWORD};
use masthead_tests::site::Site;
use masthead_tests::together::together;
use serde_json::json;

fn sign_in(site: &Site) -> Answer {
    site.reader().post("/v1/auth/login", json!({"email": EDITOR.email, "password": PASSWORD})).status(200)
}

fn refresh(site: &Site, node: usize, token: &str) -> Answer {
    site.reader().at_node(node).post("/v1/auth/refresh", json!({"refresh_token": token}))
}

on_both! {
    // abuse: AUTH-06
    fn a_thief_and_the_owner_of_a_token_are_both_signed_out_and_nobody_else(site: &Site) {
        let elsewhere = sign_in(site);
        let first = sign_in(site);
        let second = refresh(site, 0, &first.text_at("/refresh_token")).status(200);
        site.wait(TimeDelta::seconds(31));
        refresh(site, 0, &first.text_at("/refresh_token")).refused(401, "unauthenticated");
        for tokens in [&first, &second] {
            site.bearer(&tokens.text_at("/access_token")).get("/v1/auth/me").refused(401, "unauthenticated");
        }
        refresh(site, 0, &second.text_at("/refresh_token")).refused(401, "unauthenticated");
        site.bearer(&elsewhere.text_at("/access_token")).get("/v1/auth/me").status(200);
        refresh(site, 0, &elsewhere.text_at("/refresh_token")).status(200);
        let user = second.text_at("/user/id");
        let log = site.admin().get(&format!("/v1/editorial/audit?actor={user}&limit=100")).status(200).json();
        let log = log["data"].as_array().unwrap();
        let reused: Vec<_> = log.iter().filter(|entry| entry["action"] == "session.refresh_token_reused").collect();
        assert_eq!(reused.len(), 1, "once, by whoever came second: {log:#?}");
        assert_eq!((&reused[0]["address"], &reused[0]["subject"]["kind"]), (&json!("127.0.0.1"), &json!("session")));
    }

    // abuse: AUTH-07
    fn of_many_refreshes_at_once_all_get_the_one_same_successor(database: Database) {
        let site = &Site::of_two_nodes(database);
        let first = sign_in(site).text_at("/refresh_token");
        let answers = together(20, |n| refresh(site, n, &first));
        let mut successors: Vec<_> = answers.iter().filter(|answer| answer.status == 200).map(|answer| answer.text_at("/refresh_token")).collect();
        assert!(answers.iter().all(|answer| matches!(answer.status, 200 | 401)), "{answers:?}");
        successors.sort_unstable();
        successors.dedup();
        assert_eq!(successors.len(), 1, "never a second live pair");
        let [next] = &successors[..] else { unreachable!() };
        let third = refresh(site, 1, next).status(200).text_at("/refresh_token");
        assert_ne!(&third, next);
        // The successor has been used: now the first one is a stolen one, on either node.
        refresh(site, 1, &first).refused(401, "unauthenticated");
        refresh(site, 0, &third).refused(401, "unauthenticated");
    }
}
