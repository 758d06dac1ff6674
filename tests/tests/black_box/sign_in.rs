//! Signing in and out over HTTP: one answer for every failure, sessions that end at once, tokens that are used once.

use chrono::TimeDelta;
use masthead_tests::forge::Forged;
use masthead_tests::on_both;
use masthead_tests::people::{EDITOR, PASSWORD};
use masthead_tests::site::Site;
use serde_json::json;

on_both! {
    // abuse: AUTH-09
    fn a_wrong_password_and_an_unknown_account_are_answered_alike(site: &Site) {
        let told = |email: &str, password: &str| {
            let answer = site.reader().post("/v1/auth/login", json!({"email": email, "password": password}));
            let problem = answer.refused(401, "invalid_credentials").json();
            (problem["title"].clone(), problem["detail"].clone())
        };
        let wrong = told(EDITOR.email, "the harbour is loud tonight");
        assert_eq!(told("nobody@varn.example", PASSWORD), wrong);
        assert_eq!(told("not an address", PASSWORD), wrong);
    }

    // abuse: AUTH-11
    fn guessing_has_to_wait_also_for_an_account_that_is_not_there(site: &Site) {
        for email in [EDITOR.email, "nobody@varn.example"] {
            let guess = || site.reader().post("/v1/auth/login", json!({"email": email, "password": "a wrong one, once more"}));
            for _ in 0..10 {
                guess().refused(401, "invalid_credentials");
            }
            let wait = guess().refused(429, "rate_limited");
            assert_eq!(wait.header("retry-after"), "2");
        }
        site.wait(TimeDelta::seconds(2));
        site.editor();
    }

    fn what_is_refused_at_sign_in_is_written_down_with_whom_and_whence(site: &Site) {
        let editor = site.editor().get("/v1/auth/me").ok().id();
        let guess = |email: &str| site.reader().post("/v1/auth/login", json!({"email": email, "password": "a wrong one, once more"}));
        let refused = guess(EDITOR.email).refused(401, "invalid_credentials");
        guess("nobody@varn.example").refused(401, "invalid_credentials");
        let by = site.admin();
        let log = by.get(&format!("/v1/editorial/audit?subject=user:{editor}")).status(200);
        let log = log.says("/data/0/action", "session.refused").says("/data/0/actor", json!(null));
        log.says("/data/0/address", "127.0.0.1").says("/data/0/request", refused.header("x-request-id"));
        let all = by.get("/v1/editorial/audit").status(200);
        assert!(!all.json().to_string().contains("nobody@"), "what was typed may be a password");
        let tokens = site.reader().post("/v1/auth/login", json!({"email": EDITOR.email, "password": PASSWORD})).ok();
        let refresh = |token: &str| site.reader().post("/v1/auth/refresh", json!({"refresh_token": token}));
        let first = tokens.text_at("/refresh_token");
        let second = refresh(&first).ok().text_at("/refresh_token");
        refresh(&second).ok();
        refresh(&first).refused(401, "unauthenticated");
        let log = by.get(&format!("/v1/editorial/audit?actor={editor}&limit=1")).status(200);
        let log = log.says("/data/0/action", "session.refresh_token_reused").says("/data/0/subject/kind", "session");
        log.says("/data/0/address", "127.0.0.1").says("/data/0/detail/user", editor);
    }

    // abuse: AUTH-13
    fn a_password_longer_than_any_is_refused_and_not_cut(site: &Site) {
        for email in [EDITOR.email, "nobody@varn.example"] {
            let long = json!({"email": email, "password": "é".repeat(257)});
            let told = site.reader().post("/v1/auth/login", long).refused(422, "validation_failed");
            told.names("/password", "too_long").says("/errors/0/limit", 256);
            let fits = json!({"email": email, "password": "é".repeat(256)});
            site.reader().post("/v1/auth/login", fits).refused(401, "invalid_credentials");
            let huge = json!({"email": email, "password": "a".repeat(8192)});
            site.reader().post("/v1/auth/login", huge).refused(413, "payload_too_large");
        }
    }

    // abuse: AUTH-11
    fn the_settings_of_sign_in_and_of_retries_hold(database: Database) {
        let site = Site::with(database, &[
            ("MASTHEAD_AUTH_ACCESS_TTL_S", "60"),
            ("MASTHEAD_AUTH_LOGIN_PER_ACCOUNT", "2"),
            ("MASTHEAD_AUTH_LOGIN_WINDOW_S", "5"),
            ("MASTHEAD_LIMITS_IDEMPOTENCY_TTL_S", "60"),
        ]);
        let tokens = site.reader().post("/v1/auth/login", json!({"email": EDITOR.email, "password": PASSWORD})).ok();
        let by = site.bearer(&tokens.says("/expires_in", 60).text_at("/access_token"));
        let make = |by: &masthead_tests::client::Client<'_>| {
            by.request("POST", "/v1/editorial/articles").idempotent("k-1").json(&json!({"headline": "Reef"})).send().status(201).id()
        };
        let first = make(&by);
        assert_eq!(make(&by), first);
        site.wait(TimeDelta::seconds(91));
        by.get("/v1/auth/me").refused(401, "unauthenticated");
        let tokens = site.reader().post("/v1/auth/login", json!({"email": EDITOR.email, "password": PASSWORD})).ok();
        assert_ne!(make(&site.bearer(&tokens.text_at("/access_token"))), first);
        let guess = || site.reader().post("/v1/auth/login", json!({"email": EDITOR.email, "password": "a wrong one, once more"}));
        for _ in 0..2 {
            guess().refused(401, "invalid_credentials");
        }
        assert_eq!(guess().refused(429, "rate_limited").header("retry-after"), "2");
    }

    // abuse: AUTH-08
    fn an_ended_session_is_refused_at_once(site: &Site) {
        let tokens = site.reader().post("/v1/auth/login", json!({"email": EDITOR.email, "password": PASSWORD})).ok();
        let client = site.bearer(&tokens.text_at("/access_token"));
        client.get("/v1/auth/me").status(200).says("/email", EDITOR.email);
        let sessions = client.get("/v1/auth/sessions").status(200).json();
        assert_eq!(sessions["data"].as_array().map(Vec::len), Some(1));
        client.post("/v1/auth/logout", json!({})).status(204);
        client.get("/v1/auth/me").refused(401, "unauthenticated");
        let refresh = json!({"refresh_token": tokens.text_at("/refresh_token")});
        site.reader().post("/v1/auth/refresh", refresh).refused(401, "unauthenticated");
    }

    // abuse: AUTH-06
    fn a_refresh_token_is_used_once_and_its_reuse_ends_the_session(site: &Site) {
        let tokens = site.reader().post("/v1/auth/login", json!({"email": EDITOR.email, "password": PASSWORD})).ok();
        let refresh = |token: &str| site.reader().post("/v1/auth/refresh", json!({"refresh_token": token}));
        let first = tokens.text_at("/refresh_token");
        let second = refresh(&first).ok().text_at("/refresh_token");
        assert_eq!(refresh(&first).ok().text_at("/refresh_token"), second, "a lost answer is given again");
        let third = refresh(&second).ok();
        site.bearer(&third.text_at("/access_token")).get("/v1/auth/me").status(200);
        refresh(&first).refused(401, "unauthenticated");
        site.bearer(&third.text_at("/access_token")).get("/v1/auth/me").refused(401, "unauthenticated");
        refresh(&third.text_at("/refresh_token")).refused(401, "unauthenticated");
    }

    // abuse: AUTH-01
    // abuse: AUTH-04
    // abuse: AUTH-05
    // abuse: AUTH-14
    fn only_one_bearer_token_of_ours_lets_anybody_in(site: &Site) {
        let tokens = site.reader().post("/v1/auth/login", json!({"email": EDITOR.email, "password": PASSWORD})).ok();
        let (access, refresh) = (tokens.text_at("/access_token"), tokens.text_at("/refresh_token"));
        site.bearer(&refresh).get("/v1/auth/me").refused(401, "unauthenticated");
        let (head, _) = access.rsplit_once('.').expect("a token has three parts");
        site.bearer(&format!("{head}.")).get("/v1/auth/me").refused(401, "unauthenticated");
        site.reader().get(&format!("/v1/auth/me?access_token={access}")).refused(401, "unauthenticated");
        site.wait(TimeDelta::minutes(16));
        site.bearer(&access).get("/v1/auth/me").refused(401, "unauthenticated");
        // Before anything else of the request is looked at (ruling 24).
        site.reader().post("/v1/editorial/articles", json!({"nonsense": 1})).refused(401, "unauthenticated");
        site.reader().get("/v1/editorial/articles/no-id").refused(401, "unauthenticated");
    }

    fn the_public_keys_tell_nothing_of_the_private_ones(site: &Site) {
        let keys = site.reader().get("/.well-known/jwks.json").status(200).says("/keys/0/alg", "EdDSA").json();
        let key = keys["keys"][0].as_object().expect("a key");
        let members: Vec<_> = key.keys().map(String::as_str).collect();
        assert_eq!(members, ["alg", "crv", "kid", "kty", "use", "x"]);
    }

    // abuse: AUTH-08
    // abuse: AUTH-12
    fn a_new_password_ends_every_other_session(site: &Site) {
        let sign_in = |password: &str| {
            site.reader().post("/v1/auth/login", json!({"email": EDITOR.email, "password": password}))
        };
        let (here, there) = (sign_in(PASSWORD).ok(), sign_in(PASSWORD).ok());
        let (here, there) = (site.bearer(&here.text_at("/access_token")), site.bearer(&there.text_at("/access_token")));
        let change = |old: &str, new: &str| {
            here.post("/v1/auth/password", json!({"current_password": old, "new_password": new}))
        };
        change(PASSWORD, "too short").refused(422, "validation_failed").names("/new_password", "too_short");
        change(PASSWORD, "sela.orn@varn.example").refused(422, "validation_failed").names("/new_password", "contains_identity");
        change("not the one I have", "gulls over the harbour").refused(401, "invalid_credentials");
        there.get("/v1/auth/me").status(200);
        change(PASSWORD, "gulls over the harbour").status(204);
        there.get("/v1/auth/me").refused(401, "unauthenticated");
        here.get("/v1/auth/me").status(200);
        sign_in(PASSWORD).refused(401, "invalid_credentials");
        sign_in("gulls over the harbour").status(200);
    }

    fn a_token_of_a_new_key_is_good_on_nodes_that_have_not_started_again(database: Database) {
        let site = Site::of_two_nodes(database);
        let site = &site;
        let old = site.editor().token().expect("signed in").to_owned();
        let old_kid = Forged::from(&old).in_header("kid");
        site.rotate_keys();
        let new = site.signing_kid();
        assert_ne!(json!(new), old_kid);
        // As a node signs that has started again.
        let token = Forged::from(&old).header("kid", new.clone()).signed(site);
        for node in 0..2 {
            site.bearer(&token).at_node(node).get("/v1/auth/me").status(200);
            site.bearer(&old).at_node(node).get("/v1/auth/me").status(200);
            let published = site.reader().at_node(node).get("/.well-known/jwks.json").says("/keys/0/kid", new.clone());
            published.says("/keys/1/kid", old_kid.clone());
        }
        site.forget_tokens();
        assert_eq!(Forged::from(site.editor().token().expect("signed in")).in_header("kid"), json!(new));
        // Names of keys that there are not lead nowhere, however many.
        for n in 0..20 {
            let token = Forged::from(&old).header("kid", format!("00{n:02}-0011223344556677")).signed(site);
            site.bearer(&token).get("/v1/auth/me").refused(401, "unauthenticated");
        }
    }
}
