//! How many requests a client may send, and who counts as one.

use std::time::Duration;

use chrono::TimeDelta;
use masthead_tests::answer::Answer;
use masthead_tests::contract::document;
use masthead_tests::database::Database;
use masthead_tests::on_both;
use masthead_tests::people::{EDITOR, PASSWORD};
use masthead_tests::site::Site;
use serde_json::json;

/// A site on which one of each class fits into a minute, unless these say otherwise.
fn narrow(database: Database, own: &[(&str, &str)]) -> Site {
    let usual = ["READS", "MEDIA", "ANONYMOUS_WRITES", "EDITOR_READS", "EDITOR_WRITES"];
    let usual = usual.map(|class| (format!("MASTHEAD_RATES_{class}"), "1"));
    let all: Vec<_> =
        usual.iter().map(|(name, value)| (name.as_str(), *value)).chain(own.iter().copied()).collect();
    Site::with(database, &all)
}

const THREE_READS: (&str, &str) = ("MASTHEAD_RATES_READS", "3");

/// How long an answer is waited for.
const SOON: Duration = Duration::from_secs(20);

/// What an answer tells of its limit.
fn told(answer: &Answer) -> [Option<&str>; 3] {
    ["ratelimit-policy", "ratelimit", "retry-after"].map(|name| answer.find_header(name))
}

/// Asserts that it was refused since the client sent too many, and may come back after so many seconds.
#[track_caller]
fn limited(answer: Answer, class: &str, most: u32, wait_s: u32) {
    let answer = answer.refused(429, "rate_limited");
    let policy = format!("\"{class}\";q={most};w=60");
    let present = format!("\"{class}\";r=0;t={wait_s}");
    let wait = wait_s.to_string();
    assert_eq!(
        told(&answer),
        [Some(policy.as_str()), Some(present.as_str()), Some(wait.as_str())],
        "{}",
        answer.to
    );
    assert!(answer.header("cache-control").contains("no-store"), "{answer}");
}

/// Reads as a proxy hands it on that names these addresses.
fn read_through(site: &Site, chain: &str) -> u16 {
    site.reader().request("GET", "/v1/articles").header("x-forwarded-for", chain).send().status
}

/// A path of the document with something in the place of each parameter.
fn filled(path: &str) -> String {
    let mut parts = path.split('{');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |path, part| path + "x" + part.split_once('}').map_or("", |(_, rest)| rest))
}

on_both! {
    fn past_its_limit_a_client_waits_until_its_minute_is_over(database: Database) {
        let site = &narrow(database, &[THREE_READS, ("MASTHEAD_METRICS_LISTEN", "127.0.0.1:0")]);
        let read = || site.reader().get("/v1/articles");
        // Composed, kept, and without a body: they count alike, and none tells of the client (ruling 20).
        for answer in [read(), read(), site.reader().request("HEAD", "/v1/articles").send()] {
            assert_eq!(told(&answer.status(200)), [None, None, None]);
        }
        limited(read(), "reads", 3, 60);
        site.wait(TimeDelta::seconds(59));
        limited(read(), "reads", 3, 1);
        limited(site.reader().get("/v1/articles/nothing"), "reads", 3, 1);
        limited(site.reader().get("/no/operation/of/ours"), "reads", 3, 1);
        limited(site.reader().request("GET", "/v1/articles").header("accept", "text/css").send(), "reads", 3, 1);
        site.wait(TimeDelta::seconds(1));
        // An address at which nothing is, and what is refused before it is looked at, count too.
        site.reader().get("/no/operation/of/ours").status(404);
        site.reader().request("GET", "/v1/articles").header("accept", "text/css").send().status(406);
        read().status(200);
        limited(read(), "reads", 3, 60);
        let metrics = site.metrics();
        assert!(metrics.contains("masthead_rate_limited_total{limit=\"reads\"} 6\n"), "{metrics}");
        assert!(metrics.contains("masthead_rate_limited_total{limit=\"editor_reads\"} 0\n"), "{metrics}");
    }

    // abuse: AUTH-13
    fn every_operation_has_a_limit_but_those_of_health(database: Database) {
        let site = &narrow(database, &[]);
        // To sign in is the one write of somebody unknown.
        let (admin, reader) = (site.admin(), site.reader());
        admin.get("/v1/auth/me").status(200);
        admin.post("/v1/editorial/tags", json!({"name": "Reef"})).status(201);
        reader.get("/v1/articles").status(200);
        reader.get("/media/x/x/x").status(404);
        let mut seen = 0;
        for (path, item) in document()["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                let secured = operation["security"].as_array().unwrap().iter().any(|way| way.get("session").is_some());
                let by = if secured { &admin } else { &reader };
                let answer = by.request(&method.to_uppercase(), &filled(path)).send();
                if path.starts_with("/health/") {
                    assert_eq!(answer.status, 200, "{path}");
                    continue;
                }
                let class = match (secured, method.as_str()) {
                    (true, "get") => "editor_reads",
                    (true, _) => "editor_writes",
                    (false, "get") if path.starts_with("/media/") => "media",
                    (false, "get") => "reads",
                    (false, _) => "anonymous_writes",
                };
                limited(answer, class, 1, 60);
                seen += 1;
            }
        }
        assert!(seen > 100, "{seen}");
    }

    // abuse: AUTH-11
    fn naming_another_address_gains_a_stranger_nothing(database: Database) {
        let site = &narrow(database, &[THREE_READS]);
        let statuses: Vec<_> = (0..9)
            .map(|n| {
                let address = format!("203.0.113.{n}");
                let forwarded = format!("for={address}");
                let by = site.reader();
                let request = by.request("GET", "/v1/articles").header("x-forwarded-for", &address);
                request.header("forwarded", &forwarded).header("x-real-ip", &address).send().status
            })
            .collect();
        assert_eq!(statuses, [200, 200, 200, 429, 429, 429, 429, 429, 429]);
    }

    // abuse: AUTH-11
    fn behind_a_trusted_proxy_each_network_has_a_limit_of_its_own(database: Database) {
        let site = &narrow(database, &[("MASTHEAD_SERVER_TRUSTED_PROXIES", "127.0.0.1, 192.0.2.0/24")]);
        assert_eq!(read_through(site, "203.0.113.1"), 200);
        // What stands before the address that our proxies saw is the client's own invention.
        for chain in ["203.0.113.1", "198.51.100.1, 203.0.113.1", "203.0.113.1, 192.0.2.7", "::ffff:203.0.113.1", "203.0.113.1:4711"] {
            assert_eq!(read_through(site, chain), 429, "{chain}");
        }
        // Octets that are no text take nothing from the address behind them.
        let mut connection = site.raw();
        connection.write(b"GET /v1/articles HTTP/1.1\r\nhost: a\r\nx-forwarded-for: \xe9, 203.0.113.1\r\n\r\n");
        assert_eq!(connection.answer(SOON).map(|answer| answer.status), Some(429));
        assert_eq!(read_through(site, "203.0.113.2"), 200);
        assert_eq!(read_through(site, "2001:db8:0:1::1"), 200);
        assert_eq!(read_through(site, "2001:db8:0:1:ffff::2"), 429, "one subscriber has a whole /64");
        assert_eq!(read_through(site, "2001:db8:0:2::1"), 200);
    }

    fn who_is_signed_in_is_counted_as_themselves_wherever_they_are(database: Database) {
        let own = [("MASTHEAD_RATES_EDITOR_READS", "3"), ("MASTHEAD_RATES_ANONYMOUS_WRITES", "9")];
        let site = &narrow(database, &[own[0], own[1], ("MASTHEAD_SERVER_TRUSTED_PROXIES", "127.0.0.1")]);
        let (editor, admin) = (site.editor(), site.admin());
        let from = |n: u8| editor.request("GET", "/v1/auth/me").header("x-forwarded-for", &format!("203.0.113.{n}"));
        let policy = Some("\"editor_reads\";q=3;w=60");
        assert_eq!(told(&from(1).send().status(200)), [policy, Some("\"editor_reads\";r=2;t=60"), None]);
        assert_eq!(told(&from(2).send().status(200)), [policy, Some("\"editor_reads\";r=1;t=60"), None]);
        // A refusal tells it too.
        let nothing = editor.get("/v1/editorial/articles/01970000-0000-7000-8000-00000000ffff").status(404);
        assert_eq!(told(&nothing), [policy, Some("\"editor_reads\";r=0;t=60"), None]);
        limited(from(3).send(), "editor_reads", 3, 60);
        assert_eq!(told(&admin.get("/v1/auth/me").status(200))[1], Some("\"editor_reads\";r=2;t=60"));
        // Whoever has no token that counts uses up what their network has, and nothing of anybody's own.
        for _ in 0..3 {
            site.bearer("no-token").get("/v1/auth/me").refused(401, "unauthenticated");
        }
        limited(site.reader().get("/v1/auth/me"), "editor_reads", 3, 60);
        admin.get("/v1/auth/me").status(200);
    }

    // abuse: AUTH-13
    fn sign_ins_of_one_network_are_limited_also_with_the_right_password(database: Database) {
        let site = &narrow(database, &[("MASTHEAD_RATES_ANONYMOUS_WRITES", "2")]);
        let sign_in = || site.reader().post("/v1/auth/login", json!({"email": EDITOR.email, "password": PASSWORD}));
        assert_eq!(told(&sign_in().status(200))[1], Some("\"anonymous_writes\";r=1;t=60"));
        sign_in().status(200);
        limited(sign_in(), "anonymous_writes", 2, 60);
    }

    fn who_has_to_wait_for_another_reason_is_told_that_alone(database: Database) {
        let site = &narrow(database, &[("MASTHEAD_RATES_ANONYMOUS_WRITES", "100")]);
        let guess = || site.reader().post("/v1/auth/login", json!({"email": EDITOR.email, "password": "gulls over the mole"}));
        for _ in 0..10 {
            guess().refused(401, "invalid_credentials");
        }
        assert_eq!(told(&guess().refused(429, "rate_limited")), [None, None, Some("2")]);
    }

    fn a_site_may_set_no_limit(site: &Site) {
        let editor = site.editor();
        for _ in 0..50 {
            assert_eq!(told(&editor.get("/v1/auth/me").status(200)), [None, None, None]);
        }
    }
}
