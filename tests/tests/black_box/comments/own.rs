//! What a commenter hands in and changes again, and what comes of trying more than that.

use chrono::TimeDelta;
use masthead_tests::answer::Answer;
use masthead_tests::comments::said;
use masthead_tests::database::Database;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use masthead_tests::together::together;
use serde_json::{Value, json};

const THREAD: &str = "/v1/articles/reef-recovers/comments";

/// A site on which readers see at once what nothing stands out of.
fn shows_at_once(database: Database) -> Site {
    let site = Site::with(
        database,
        &[("MASTHEAD_COMMENTS_MODERATION", "post"), ("MASTHEAD_COMMENTS_FLOOD_MOST", "1000")],
    );
    site.published("Reef recovers");
    site
}

fn own(site: &Site, method: &str, sent: &Answer, token: &str, body: &Value) -> Answer {
    let reader = site.reader();
    reader.request(method, &format!("{THREAD}/{}", sent.id())).bearing(token).json(body).send()
}

on_both! {
    // abuse: CM-05
    fn a_commenter_changes_a_comment_by_its_token_for_a_while(database: Database) {
        let site = shows_at_once(database);
        let sent = site.reader().comment("reef-recovers", said("Ines", "One")).status(201).says("/state", "visible");
        let other = site.reader().comment("reef-recovers", said("Tom", "Two")).status(201);
        let (token, new) = (sent.text_at("/edit_token"), json!({"body": "One, changed"}));
        own(&site, "PATCH", &sent, &token, &new).status(200).says("/state", "visible");
        site.reader().thread("reef-recovers").status(200).says("/data/0/body", "One, changed");
        own(&site, "PATCH", &sent, &other.text_at("/edit_token"), &new).refused(404, "not_found");
        own(&site, "PATCH", &sent, "mhc_0", &new).refused(401, "unauthenticated");
        own(&site, "PATCH", &sent, site.admin().token().unwrap(), &new).refused(401, "unauthenticated");
        site.reader().request("PATCH", &format!("{THREAD}/{}", sent.id())).json(&new).send().refused(401, "unauthenticated");
        let asked = format!("{THREAD}/{}?edit_token={token}", sent.id());
        site.reader().request("PATCH", &asked).json(&new).send().refused(401, "unauthenticated");
        site.bearer(&token).get("/v1/auth/me").refused(401, "unauthenticated");
        own(&site, "DELETE", &other, &other.text_at("/edit_token"), &json!({})).status(204);
        own(&site, "DELETE", &other, &other.text_at("/edit_token"), &json!({})).refused(404, "not_found");
        site.reader().thread("reef-recovers").status(200).says("/thread/count", 1);
        let path = format!("/v1/editorial/comments/{}", other.id());
        site.moderator().get(&path).status(200).says("/decision/by", "writer");
        site.moderator().decide(&other.id(), "approve").refused(409, "conflict").says("/reason", "gone");
        site.wait(TimeDelta::minutes(15));
        own(&site, "PATCH", &sent, &token, &json!({"body": "Too late"})).refused(404, "not_found");
        assert!(!site.keeps(&token), "the token is kept");
    }

    // abuse: CM-03
    fn nobody_approves_a_comment_of_their_own(site: &Site) {
        site.published("Reef recovers");
        for (name, value) in [("state", json!("visible")), ("author_role", json!("staff")), ("user_id", json!("1")), ("staff", json!(true))] {
            let mut body = said("Ines", "One");
            body[name] = value;
            site.reader().comment("reef-recovers", body).refused(422, "validation_failed").names(&format!("/{name}"), "unknown_field");
        }
        let mut as_editor = said("Ines", "Two");
        as_editor["author_email"] = json!("sela.orn@varn.example");
        site.reader().comment("reef-recovers", as_editor).status(201).says("/state", "pending");
        let sent = site.reader().comment("reef-recovers", said("Tom", "Three")).status(201);
        site.moderator().decide(&sent.id(), "approve").status(200);
        let token = sent.text_at("/edit_token");
        own(site, "PATCH", &sent, &token, &json!({"body": "Something else"})).status(200).says("/state", "pending");
        site.reader().thread("reef-recovers").status(200).says("/data", json!([])).says("/thread/count", 0);
        let path = format!("/v1/editorial/comments/{}", sent.id());
        site.moderator().get(&path).status(200).says("/edits/0/body", "Three").says("/body", "Something else");
        site.moderator().decide(&sent.id(), "reject").status(200);
        own(site, "PATCH", &sent, &token, &json!({"body": "Again"})).refused(404, "not_found");
    }

    // abuse: CC-02
    fn a_comment_is_handed_in_once_per_key_and_its_token_told_once(site: &Site) {
        site.published("Reef recovers");
        let key = "019ba157-1f00-7c3d-9a41-5b7e2f60d8a4";
        let send = |key: &str, text: &str| {
            let reader = site.reader();
            reader.request("POST", THREAD).idempotent(key).json(&said("Ines", text)).send()
        };
        let first = send(key, "One").status(201);
        let again = send(key, "One").status(201).says("/id", first.id()).says("/edit_token", Value::Null);
        assert_eq!(again.header("idempotency-replayed"), "true");
        send(key, "Two").refused(422, "idempotency_key_reused");
        send("not-a-uuid", "Two").refused(400, "malformed_request");
        assert!(!site.keeps(&first.text_at("/edit_token")));
    }

    // abuse: CM-06
    fn repetition_traps_and_links_are_answered_as_the_rules_have_it(database: Database) {
        let site = shows_at_once(database);
        let hand_in = |name: &str, text: &str| site.reader().comment("reef-recovers", said(name, text));
        hand_in("Ines", "The ferry was full.").status(201);
        hand_in("Ines", "THE FERRY\u{200b} was FULL").refused(409, "duplicate_comment");
        let mut trapped = said("Tom", "I saw it too.");
        trapped["website"] = json!("https://spam.example");
        let sent = site.reader().comment("reef-recovers", trapped).status(201).says("/state", "pending");
        let path = format!("/v1/editorial/comments/{}", sent.id());
        site.moderator().get(&path).status(200).says("/state", "spam").says("/step", "honeypot");
        let mut hasty = said("Una", "First!");
        hasty["filled_in_ms"] = json!(900);
        let sent = site.reader().comment("reef-recovers", hasty).status(201).says("/state", "pending");
        let path = format!("/v1/editorial/comments/{}", sent.id());
        site.moderator().get(&path).status(200).says("/state", "pending").says("/step", "honeypot");
        hand_in("Vera", "https://a.example/1 https://b.example/2 https://c.example").status(201).says("/state", "pending");
        for name in ["Wim\u{202e}", "Wim\nEditor"] {
            let body = json!({"author_name": name, "author_email": "wim@post.example", "body": "Hello"});
            site.reader().comment("reef-recovers", body).refused(422, "validation_failed");
        }
        site.reader().thread("reef-recovers").status(200).says("/thread/count", 1);
    }

    fn a_flood_from_one_network_is_held_back_while_others_get_through(database: Database) {
        let site = Site::with(database, &[
            ("MASTHEAD_COMMENTS_MODERATION", "post"),
            ("MASTHEAD_COMMENTS_FLOOD_MOST", "3"),
            ("MASTHEAD_SERVER_TRUSTED_PROXIES", "127.0.0.1/32"),
        ]);
        site.published("Reef recovers");
        let from = |address: &str, n: u32| {
            let reader = site.reader();
            let body = said(&format!("Reader {n}"), &format!("Word {n}"));
            reader.request("POST", THREAD).header("x-forwarded-for", address).json(&body).send()
        };
        for n in 0..3 {
            from("192.0.2.7", n).status(201).says("/state", "visible");
        }
        let refused = from("192.0.2.7", 3).refused(429, "rate_limited");
        refused.header("retry-after");
        from("198.51.100.9", 4).status(201).says("/state", "visible");
        site.wait(TimeDelta::minutes(6));
        from("192.0.2.7", 5).status(201);
    }

    // abuse: CM-05
    fn who_guesses_what_lets_others_change_a_comment_has_to_wait(database: Database) {
        let site = Site::with(database, &[
            ("MASTHEAD_COMMENTS_MODERATION", "post"),
            ("MASTHEAD_SERVER_TRUSTED_PROXIES", "127.0.0.1/32"),
        ]);
        site.published("Reef recovers");
        let sent = site.reader().comment("reef-recovers", said("Ines", "One")).status(201);
        let others = site.reader().comment("reef-recovers", said("Tom", "Two")).status(201).text_at("/edit_token");
        let try_from = |address: &str, method: &str, token: &str| {
            let (reader, path) = (site.reader(), format!("{THREAD}/{}", sent.id()));
            let request = reader.request(method, &path).header("x-forwarded-for", address).bearing(token);
            let body = if method == "PATCH" { json!({"body": "Changed"}) } else { json!({}) };
            request.json(&body).send()
        };
        for n in 0..30 {
            let method = if n % 2 == 0 { "PATCH" } else { "DELETE" };
            try_from("192.0.2.7", method, &others).refused(404, "not_found");
        }
        let own = sent.text_at("/edit_token");
        let refused = try_from("192.0.2.7", "PATCH", &others).refused(429, "rate_limited");
        assert!(refused.header("retry-after").parse::<u32>().is_ok_and(|wait_s| wait_s > 0));
        try_from("192.0.2.7", "PATCH", &own).refused(429, "rate_limited");
        for _ in 0..40 {
            try_from("198.51.100.9", "PATCH", &own).status(200);
        }
        site.reader().thread("reef-recovers").status(200).says("/data/0/body", "Changed");
        // Who signs in from there is none of those who guess.
        site.forget_tokens();
        site.editor().get("/v1/auth/me").status(200);
    }

    // abuse: CM-06
    fn the_same_said_many_times_at_once_is_one_comment(database: Database) {
        let site = Site::with(database, &[("MASTHEAD_COMMENTS_FLOOD_MOST", "1000")]);
        for round in 0..5 {
            let slug = site.published(&format!("Reef {round}")).text_at("/content/slug");
            let sent = together(16, |n| {
                // By the network alone it is the same writer.
                let mut body = said("Ines", &format!("The ferry of the day {round} was full."));
                body["author_email"] = json!(format!("reader{n}@post.example"));
                site.reader().comment(&slug, body).status
            });
            assert_eq!(sent.iter().filter(|status| **status == 201).count(), 1, "{sent:?}");
            assert!(sent.iter().all(|status| matches!(status, 201 | 409)), "{sent:?}");
        }
    }

    // abuse: CM-06
    fn a_flood_at_once_over_many_threads_is_counted_as_one(database: Database) {
        let site = Site::with(database, &[("MASTHEAD_COMMENTS_FLOOD_MOST", "3")]);
        let slugs: Vec<_> = (0..12).map(|n| site.published(&format!("Reef {n}")).text_at("/content/slug")).collect();
        let sent = together(12, |n| {
            site.reader().comment(&slugs[n], said(&format!("Reader {n}"), &format!("Word {n}"))).status
        });
        assert_eq!(sent.iter().filter(|status| **status == 201).count(), 3, "{sent:?}");
        assert!(sent.iter().all(|status| matches!(status, 201 | 429)), "{sent:?}");
    }

    // abuse: CM-06
    fn a_made_up_address_is_no_way_around_the_flood(database: Database) {
        let site = Site::with(database, &[("MASTHEAD_COMMENTS_FLOOD_MOST", "3")]);
        site.published("Reef recovers");
        let sent: Vec<_> = (0..10).map(|n| {
            let (reader, body) = (site.reader(), said(&format!("Reader {n}"), &format!("Word {n}")));
            let request = reader.request("POST", THREAD).header("x-forwarded-for", &format!("192.0.2.{n}"));
            request.json(&body).send().status
        }).collect();
        assert_eq!(sent, [201, 201, 201, 429, 429, 429, 429, 429, 429, 429]);
    }
}
