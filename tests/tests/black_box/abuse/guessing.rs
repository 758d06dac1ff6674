//! Guessing passwords and addresses: what the answers tell, and how many are given.

use chrono::TimeDelta;
use masthead_tests::answer::Answer;
use masthead_tests::on_both;
use masthead_tests::people::{EDITOR, PASSWORD, REPORTER};
use masthead_tests::site::Site;
use serde_json::{Value, json};

const WRONG: &str = "the harbour is loud tonight";

fn guess(site: &Site, email: &str, password: &str) -> Answer {
    site.reader().post("/v1/auth/login", json!({"email": email, "password": password}))
}

fn guess_from(site: &Site, email: &str, password: &str, headers: &[(&str, &str)]) -> Answer {
    let by = site.reader();
    let request = by.request("POST", "/v1/auth/login").json(&json!({"email": email, "password": password}));
    headers.iter().fold(request, |request, (name, value)| request.header(name, value)).send()
}

/// All that an answer tells, but for what differs from request to request.
fn told(answer: &Answer) -> (u16, Vec<(String, String)>, Value, usize) {
    let mut headers: Vec<_> = answer
        .headers
        .iter()
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()))
        .filter(|(name, _)| name != "x-request-id" && name != "date")
        .collect();
    headers.sort();
    let mut problem = answer.json();
    problem.as_object_mut().unwrap().remove("instance");
    (answer.status, headers, problem, answer.body.len())
}

fn disable(site: &Site, email: &str) {
    let admin = site.admin();
    let users = admin.get("/v1/editorial/users?limit=100").status(200).json();
    let user = users["data"].as_array().unwrap().iter().find(|user| user["email"] == email).unwrap().clone();
    let path = format!("/v1/editorial/users/{}", user["id"].as_str().unwrap());
    let seen = admin.get(&path).status(200);
    admin.patch(&path, seen.etag(), json!({"disabled": true})).status(200);
}

on_both! {
    // abuse: AUTH-09
    fn no_answer_tells_whether_there_is_an_account(site: &Site) {
        disable(site, REPORTER.email);
        let emails = [EDITOR.email, REPORTER.email, "nobody@varn.example", "no address", "", "a@b", "sela.orn@varn.example\0"];
        let told_of: Vec<_> = emails.iter().map(|email| told(&guess(site, email, WRONG).refused(401, "invalid_credentials"))).collect();
        for (email, told) in emails.iter().zip(&told_of) {
            assert_eq!(told, &told_of[0], "{email}");
        }
        // The disabled account is told nothing else with the right password.
        assert_eq!(told(&guess(site, REPORTER.email, PASSWORD)), told_of[0]);
        // Nor does a preflight, a read of the address, or another method.
        for path in ["/v1/auth/login?email=sela.orn@varn.example", "/v1/editorial/users", "/v1/auth/me"] {
            assert!(site.reader().get(path).status >= 400);
        }
    }

    // abuse: AUTH-09
    fn whoever_guesses_too_often_is_told_so_whether_there_is_an_account_or_not(site: &Site) {
        disable(site, REPORTER.email);
        let emails = [EDITOR.email, REPORTER.email, "nobody@varn.example"];
        let told_of = emails.map(|email| {
            let answers: Vec<_> = (0..12).map(|_| guess(site, email, WRONG)).collect();
            let refused_from = answers.iter().position(|answer| answer.status == 429);
            (refused_from, told(answers.last().unwrap()))
        });
        assert!(told_of[0].0.is_some(), "a guesser has to wait at some time");
        assert_eq!(told_of[1], told_of[0], "a disabled account");
        assert_eq!(told_of[2], told_of[0], "no account");
    }

    // abuse: AUTH-10
    fn every_failure_costs_one_hash(database: Database) {
        // One hash at a time and none that waits: while one runs, whoever needs another is turned away, and whoever
        // needs none is not. A hash that takes long makes that plain without a clock.
        let site = Site::with(database, &[
            ("MASTHEAD_AUTH_HASHES_AT_ONCE", "1"),
            ("MASTHEAD_AUTH_HASHES_WAITING", "0"),
            ("MASTHEAD_AUTH_HASH_MEMORY_KIB", "16384"),
            ("MASTHEAD_AUTH_HASH_PASSES", "8"),
        ]);
        let site = &site;
        disable(site, REPORTER.email);
        for email in [EDITOR.email, REPORTER.email, "nobody@varn.example", "mara.lind@nowhere.example"] {
            let statuses = masthead_tests::together::together(6, |_| guess(site, email, WRONG).status);
            assert!(statuses.contains(&503), "{email}: each try needs a hash of its own: {statuses:?}");
            assert!(statuses.contains(&401), "{email}: one is answered: {statuses:?}");
            site.wait(TimeDelta::hours(2));
        }
    }

    // abuse: AUTH-11
    fn forwarding_headers_of_a_stranger_buy_no_guesses(site: &Site) {
        let mut refused = 0;
        for n in 0..200 {
            let address = format!("203.0.113.{}", n % 250);
            let forwarded = format!("for={address}");
            let answer = guess_from(site, EDITOR.email, WRONG, &[
                ("x-forwarded-for", &address), ("x-real-ip", &address), ("forwarded", &forwarded),
                ("client-ip", &address), ("true-client-ip", &address),
            ]);
            refused += usize::from(answer.status == 429);
            if answer.status == 429 {
                answer.header("retry-after");
            }
        }
        assert!(refused >= 190, "200 guesses in no time, {refused} were refused");
        // Addresses of accounts that change buy none either: the peer is one.
        let many: Vec<_> = (0..60).map(|n| guess_from(site, &format!("user{n}@varn.example"), WRONG, &[("x-forwarded-for", &format!("198.51.100.{n}"))]).status).collect();
        assert!(many.iter().filter(|status| **status == 429).count() >= 30, "{many:?}");
    }

    // abuse: AUTH-11
    fn behind_a_trusted_proxy_the_address_that_it_names_counts(database: Database) {
        let site = Site::with(database, &[("MASTHEAD_SERVER_TRUSTED_PROXIES", "127.0.0.1")]);
        let site = &site;
        // The left-most entry is the client's own invention; the last one is what the proxy saw.
        let mut refused = 0;
        for n in 0..100 {
            let chain = format!("203.0.113.{n}, 198.51.100.7");
            refused += usize::from(guess_from(site, &format!("user{n}@varn.example"), WRONG, &[("x-forwarded-for", &chain)]).status == 429);
        }
        assert!(refused >= 65, "one client at many accounts: {refused}");
        // Fifty addresses at one account: its budget is one.
        let statuses: Vec<_> = (0..50).map(|n| guess_from(site, EDITOR.email, WRONG, &[("x-forwarded-for", &format!("192.0.2.{n}"))]).status).collect();
        assert!(statuses.iter().filter(|status| **status == 429).count() >= 39, "{statuses:?}");
        // The owner is not locked out for longer than the stated delay, a quarter of an hour.
        site.wait(TimeDelta::minutes(15));
        guess_from(site, EDITOR.email, PASSWORD, &[("x-forwarded-for", "192.0.2.200")]).status(200);
        guess(site, EDITOR.email, PASSWORD).status(200);
    }

    // abuse: AUTH-11
    fn refused_sign_ins_do_not_fill_the_audit_log(database: Database) {
        let site = Site::with(database, &[("MASTHEAD_SERVER_TRUSTED_PROXIES", "127.0.0.1")]);
        let site = &site;
        let refused = |site: &Site| {
            let log = site.admin().get("/v1/editorial/audit?limit=100").status(200).json();
            let entries = log["data"].as_array().unwrap().iter().filter(|entry| entry["action"] == "session.refused");
            entries.map(|entry| (entry["subject"]["kind"].clone(), entry["detail"]["refused"].clone())).collect::<Vec<_>>()
        };
        for _ in 0..9 {
            guess(site, EDITOR.email, WRONG).refused(401, "invalid_credentials");
        }
        for n in 0..9 {
            guess_from(site, "nobody@varn.example", WRONG, &[("x-forwarded-for", &format!("192.0.2.{n}"))]).refused(401, "invalid_credentials");
        }
        assert_eq!(refused(site), [(json!("site"), json!(1)), (json!("user"), json!(1))], "the first of each, at once");
        site.work();
        assert_eq!(refused(site).len(), 2, "the others are counted");
        site.wait(TimeDelta::minutes(15));
        site.work();
        site.work();
        let mut told = refused(site).split_off(0);
        told.sort_by_key(|(kind, count)| (kind.to_string(), count.to_string()));
        let of = |kind: &str| [(json!(kind), json!(1)), (json!(kind), json!(8))];
        assert_eq!(told, [of("site"), of("user")].concat());
    }
}
