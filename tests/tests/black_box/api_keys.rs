//! API keys: what a program may do with one, until when, and what is written down of it.

use chrono::TimeDelta;
use masthead_tests::answer::Answer;
use masthead_tests::client::Client;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

const KEYS: &str = "/v1/editorial/api-keys";
const ARTICLES: &str = "/v1/editorial/articles";

/// A key of the admin's.
#[track_caller]
fn made(site: &Site, role: &str, scopes: &[&str]) -> Answer {
    let body = json!({"name": "Import from the wire", "role": role, "scopes": scopes});
    site.admin().post(KEYS, body).status(201)
}

/// A program with such a key.
#[track_caller]
fn program<'a>(site: &'a Site, role: &str, scopes: &[&str]) -> Client<'a> {
    site.bearer(&made(site, role, scopes).text_at("/key"))
}

/// What looks like a key and was given to nobody. Anybody can make it up: the check at its end keeps no secret.
fn made_up(n: u32) -> String {
    let secret = format!("mh_{n:064x}");
    let hash = Sha256::digest(&secret);
    format!("{secret}{:08x}", u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]))
}

fn path(key: &Answer) -> String {
    format!("{KEYS}/{}", key.id())
}

/// Another admin, who may change the first one.
#[track_caller]
fn another_admin(site: &Site) -> Client<'_> {
    let id = site.editor().get("/v1/auth/me").status(200).id();
    let admin = site.admin();
    let request = admin.request("PATCH", &format!("/v1/editorial/users/{id}")).if_match("*");
    request.json(&json!({"role": "admin"})).send().status(200);
    site.editor()
}

on_both! {
    // abuse: CC-02
    fn a_key_is_shown_once_and_kept_nowhere(site: &Site) {
        let admin = site.admin();
        let body = json!({"name": "Wire", "scopes": ["read", "write"]});
        let make = || admin.request("POST", KEYS).idempotent("k-1").json(&body).send().status(201);
        let first = make();
        let key = first.text_at("/key");
        assert!(key.starts_with("mh_") && key.len() == 75, "{} letters", key.len());
        assert!(key[3..].bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f')));
        let again = make().says("/key", Value::Null).says("/id", first.id());
        assert_eq!(again.header("idempotency-replayed"), "true");
        let first = first.says("/role", "admin").says("/scopes", json!(["read", "write"])).says("/state", "active");
        let first = first.says("/expires_at", "2026-04-01T12:00:00.000Z").says("/last_used_at", Value::Null);
        site.bearer(&key).get(ARTICLES).status(200);
        admin.get(KEYS).status(200).says("/data/0/id", first.id()).says("/data/0/key", Value::Null);
        let read = admin.get(&path(&first)).status(200).says("/key", Value::Null).says("/last_used_at", "2026-01-01T12:00:00.000Z");
        admin.patch(&path(&first), read.etag(), json!({"name": "Wires"})).status(200).says("/key", Value::Null).says("/name", "Wires");
        let log = admin.get(&format!("/v1/editorial/audit?subject=api_key:{}", first.id())).status(200);
        for told in [&log.body, &admin.get(KEYS).body] {
            assert!(!String::from_utf8_lossy(told).contains(&key[3..40]));
        }
        assert!(!site.keeps(&key[3..67]), "the key is stored");
        assert!(!masthead_tests::log::since(0).contains(&key[3..40]), "the log tells the key");
    }

    // abuse: AZ-12
    fn a_program_does_what_its_scopes_and_its_role_say_and_keeps_no_account(site: &Site) {
        let reading = program(site, "admin", &["read"]);
        let draft = site.editor().draft("Reef recovers");
        let article = format!("{ARTICLES}/{}", draft.id());
        reading.get(&article).status(200);
        reading.get("/v1/editorial/tags").status(200);
        // It is refused alike whether the thing is there, and before anything else of the request is looked at.
        for other in [&article, &format!("{ARTICLES}/01970000-0000-7000-8000-00000000ffff")] {
            for request in [reading.request("PATCH", other), reading.request("POST", &format!("{other}/publish"))] {
                let answer = request.body("text/plain", "no JSON").send().refused(403, "forbidden");
                assert!(answer.text_at("/detail").contains("articles:"), "{answer}");
            }
        }
        reading.get("/v1/editorial/comments").refused(403, "forbidden");
        reading.get("/v1/editorial/audit").refused(403, "forbidden");
        // Everything that a key can be for.
        let all = program(site, "admin", &["read", "write", "publish", "photos", "references", "moderate", "commenters", "audit"]);
        all.post("/v1/editorial/sections", json!({"name": "World"})).status(201);
        let body = json!([{"type": "paragraph", "content": [{"text": "At nine."}]}]);
        let live = json!({"headline": "Gates close", "section": "world", "no_byline": true, "body": body});
        let live = all.post(ARTICLES, live).status(201);
        let owner = site.admin().get("/v1/auth/me").status(200).id();
        live.clone().says("/owner", owner.clone());
        let live = all.act(&live, "publish", json!({})).status(200);
        all.get("/v1/editorial/audit").status(200);
        for (method, path) in [
            ("GET", "/v1/auth/me"), ("GET", "/v1/auth/sessions"), ("POST", "/v1/auth/logout"), ("POST", "/v1/auth/logout-all"),
            ("POST", "/v1/auth/password"), ("GET", "/v1/editorial/users"), ("GET", "/v1/editorial/invitations"),
            ("POST", "/v1/editorial/invitations"), ("GET", KEYS), ("POST", KEYS),
        ] {
            all.request(method, path).send().refused(403, "forbidden");
        }
        // A role is a bound too.
        let reporting = program(site, "reporter", &["read", "write", "publish"]);
        reporting.act(&live, "unpublish", json!({})).refused(403, "forbidden");
        reporting.request("PATCH", &article).if_match("*").json(&json!({"kicker": "Sea"})).send().refused(403, "forbidden");
        let own = reporting.post(ARTICLES, json!({"headline": "Ferry late"})).status(201).says("/owner", owner);
        reporting.act(&own, "publish", json!({})).refused(403, "forbidden");
        // Nobody else makes keys.
        site.editor().post(KEYS, json!({"name": "Mine", "scopes": ["read"]})).refused(403, "forbidden");
        let body = |scopes: Value| json!({"name": "Wire", "scopes": scopes});
        site.admin().post(KEYS, body(json!(["admin"]))).refused(422, "validation_failed").names("/scopes/0", "unknown_value");
        site.admin().post(KEYS, body(json!(["read", "read"]))).refused(422, "validation_failed").names("/scopes", "duplicate");
    }

    // abuse: AUTH-08
    fn a_key_ends_with_its_time_its_revocation_its_owner_and_their_role(database: Database) {
        let site = &Site::of_two_nodes(database);
        let dead = |key: &str| {
            for node in [0, 1] {
                let answer = site.bearer(key).at_node(node).get(ARTICLES).refused(401, "unauthenticated");
                assert!(answer.header("www-authenticate").contains("invalid_token"), "{answer}");
            }
        };
        let alive = |key: &str| (0..2).for_each(|node| drop(site.bearer(key).at_node(node).get(ARTICLES).status(200)));
        let revoked = made(site, "admin", &["read"]);
        let key = revoked.text_at("/key");
        alive(&key);
        let etag = site.admin().get(&path(&revoked)).status(200).etag().to_owned();
        site.admin().request("DELETE", &path(&revoked)).send().status(204);
        dead(&key);
        site.admin().get(&path(&revoked)).status(200).says("/state", "revoked");
        site.admin().request("DELETE", &path(&revoked)).send().refused(404, "not_found");
        site.admin().patch(&path(&revoked), &etag, json!({"name": "Again"})).refused(404, "not_found");
        // Its time.
        let soon = (site.now() + TimeDelta::minutes(5)).to_rfc3339();
        let body = json!({"name": "Wire", "role": "editor", "scopes": ["read"], "expires_at": soon});
        let short = site.admin().post(KEYS, body.clone()).status(201);
        let key = short.text_at("/key");
        site.wait(TimeDelta::minutes(4));
        alive(&key);
        site.wait(TimeDelta::minutes(1));
        dead(&key);
        let over = site.admin().get(&path(&short)).status(200).says("/state", "expired");
        let later = (site.now() + TimeDelta::days(366)).to_rfc3339();
        site.admin().patch(&path(&short), over.etag(), json!({"expires_at": later})).status(200).says("/state", "active");
        alive(&key);
        let past = site.admin().post(KEYS, body).refused(422, "validation_failed");
        past.names("/expires_at", "out_of_range");
        let far = json!({"name": "Wire", "scopes": [], "expires_at": (site.now() + TimeDelta::days(367)).to_rfc3339()});
        site.admin().post(KEYS, far).refused(422, "validation_failed").names("/expires_at", "out_of_range");
        // Its owner, who may not give its role any more, or not sign in.
        let owner = format!("/v1/editorial/users/{}", site.admin().get("/v1/auth/me").status(200).id());
        let other = another_admin(site);
        let change = |change: Value| other.request("PATCH", &owner).if_match("*").json(&change).send().status(200);
        change(json!({"role": "reporter"}));
        dead(&key);
        change(json!({"role": "editor"}));
        alive(&key);
        change(json!({"disabled": true}));
        dead(&key);
        change(json!({"disabled": false}));
        alive(&key);
    }

    // abuse: AUTH-14
    // abuse: AUTH-05
    fn a_key_has_one_spelling_and_one_place(site: &Site) {
        let key = made(site, "admin", &["read"]).text_at("/key");
        let other = if key.ends_with('0') { "1" } else { "0" };
        let mistyped = format!("{}{other}", &key[..key.len() - 1]);
        let unknown = &made_up(0);
        for wrong in [&mistyped, key.to_uppercase().as_str(), &key[..67], &key[3..], &format!("{key}0"), unknown, "mh_"] {
            let answer = site.bearer(wrong).get(ARTICLES).refused(401, "unauthenticated");
            assert!(answer.header("www-authenticate").contains("invalid_token"), "{answer}");
        }
        for path in [format!("{ARTICLES}?api_key={key}"), format!("{ARTICLES}?access_token={key}")] {
            site.reader().get(&path).refused(401, "unauthenticated");
        }
        for (name, value) in [("x-api-key", key.clone()), ("cookie", format!("api_key={key}")), ("authorization", key.clone()), ("authorization", format!("Token {key}"))] {
            site.reader().request("GET", ARTICLES).header(name, &value).send().refused(401, "unauthenticated");
        }
        let bearer = format!("Bearer {key}");
        let twice = site.reader();
        let twice = twice.request("GET", ARTICLES).header("authorization", &bearer).header("authorization", &bearer);
        twice.send().refused(400, "malformed_request");
        // It is no refresh token, no invitation, and no link.
        site.reader().post("/v1/auth/refresh", json!({"refresh_token": key})).refused(401, "unauthenticated");
        site.reader().get(&format!("/v1/preview/{key}")).refused(404, "not_found");
        let accept = json!({"token": key, "name": "Nova Reed", "password": "a tide table of the outer bank"});
        site.reader().post("/v1/auth/accept-invitation", accept).refused(404, "not_found");
        site.bearer(&key).get(ARTICLES).status(200);
    }

    fn the_use_of_a_key_is_noted_to_the_minute(site: &Site) {
        let made = made(site, "editor", &["read"]);
        let key = made.text_at("/key");
        let used = || site.admin().get(&path(&made)).status(200).text_at("/last_used_at");
        let use_it = || site.bearer(&key).get(ARTICLES).status(200);
        use_it();
        assert_eq!(used(), "2026-01-01T12:00:00.000Z");
        let before = site.admin().get(&path(&made)).etag().to_owned();
        site.wait(TimeDelta::seconds(59));
        use_it();
        assert_eq!(used(), "2026-01-01T12:00:00.000Z");
        site.wait(TimeDelta::seconds(1));
        use_it();
        assert_eq!(used(), "2026-01-01T12:01:00.000Z");
        // That is told under another tag, and yet is no change of the key that stands in anybody's way.
        assert_ne!(site.admin().get(&path(&made)).etag(), before);
        site.admin().patch(&path(&made), &before, json!({"scopes": null})).status(200).says("/scopes", json!([]));
        site.bearer(&key).get(ARTICLES).refused(403, "forbidden");
    }

    // abuse: CC-01
    fn what_a_program_did_names_its_key_and_is_not_what_its_owner_did(site: &Site) {
        let made = made(site, "admin", &["write"]);
        let (by, admin) = (site.bearer(&made.text_at("/key")), site.admin());
        let body = json!({"headline": "Ferry late"});
        let post = |by: &Client<'_>| by.request("POST", ARTICLES).idempotent("k-1").json(&body).send().status(201);
        let (theirs, own) = (post(&by), post(&admin));
        assert_ne!(theirs.id(), own.id());
        assert_eq!(post(&by).id(), theirs.id());
        let owner = admin.get("/v1/auth/me").status(200).id();
        let log = |of: &Answer| admin.get(&format!("/v1/editorial/audit?subject=article:{}", of.id())).status(200).says("/data/0/actor", owner.clone());
        log(&theirs).says("/data/0/api_key", made.id());
        log(&own).says("/data/0/api_key", Value::Null);
        let kept = admin.get(&format!("/v1/editorial/audit?subject=api_key:{}", made.id())).status(200);
        kept.says("/data/0/action", "api_key.created").says("/data/0/detail/scopes", json!(["write"]));
        // Whoever loses the scope loses the stored answer.
        admin.request("PATCH", &path(&made)).if_match("*").json(&json!({"scopes": ["read"]})).send().status(200);
        by.request("POST", ARTICLES).idempotent("k-1").json(&body).send().refused(403, "forbidden");
    }

    fn two_who_change_a_key_lose_no_change_of_each_other(site: &Site) {
        let key = made(site, "admin", &["read"]);
        let seen = site.admin().get(&path(&key)).status(200).etag().to_owned();
        site.admin().patch(&path(&key), &seen, json!({"name": "One"})).status(200);
        site.admin().patch(&path(&key), &seen, json!({"name": "Two"})).refused(412, "stale_version");
        site.admin().request("PATCH", &path(&key)).json(&json!({"name": "Two"})).send().refused(428, "if_match_required");
    }

    // abuse: AUTH-11
    fn a_key_raises_what_a_reader_may_ask_and_changes_nothing_of_the_answer(database: Database) {
        let site = &Site::with(database, &[("MASTHEAD_RATES_READS", "2"), ("MASTHEAD_RATES_KEYED_READS", "3"), ("MASTHEAD_RATES_EDITOR_READS", "2")]);
        let made = made(site, "reporter", &[]);
        let key = made.text_at("/key");
        let by = site.bearer(&key);
        let plain = site.reader().get("/v1/articles").status(200);
        for _ in 0..3 {
            let keyed = by.get("/v1/articles").status(200);
            assert_eq!((&keyed.body, keyed.etag(), keyed.header("cache-control")), (&plain.body, plain.etag(), plain.header("cache-control")));
            assert!(keyed.find_header("ratelimit").is_none() && !keyed.header("vary").to_lowercase().contains("authorization"));
        }
        let past = by.get("/v1/articles").refused(429, "rate_limited");
        assert_eq!(past.header("ratelimit-policy"), "\"keyed_reads\";q=3;w=60");
        // It used up nothing of its network, and what is no key gains nothing.
        let wrong = site.bearer(&format!("{}x", &key[..74]));
        wrong.get("/v1/articles").status(200);
        wrong.get("/v1/articles").refused(429, "rate_limited");
        // On the editorial side it is counted as itself, and not as its owner.
        for _ in 0..2 {
            by.get(ARTICLES).refused(403, "forbidden");
        }
        by.get(ARTICLES).refused(429, "rate_limited");
        site.admin().get("/v1/auth/me").status(200);
        // One that is taken back is nobody's within a second.
        site.admin().request("DELETE", &path(&made)).send().status(204);
        site.wait(TimeDelta::seconds(1));
        assert_eq!(by.get("/v1/articles").refused(429, "rate_limited").header("ratelimit-policy"), "\"reads\";q=2;w=60");
    }

    // abuse: AUTH-11
    fn whoever_makes_keys_up_costs_no_statement_past_their_limit(database: Database) {
        let site = &Site::with(database, &[("MASTHEAD_RATES_READS", "2"), ("MASTHEAD_RATES_KEYED_READS", "3"), ("MASTHEAD_RATES_EDITOR_READS", "2")]);
        let key = made(site, "reporter", &[]).text_at("/key");
        let by = site.bearer(&key);
        by.get("/v1/articles").status(200);
        for (path, status, from) in [("/v1/articles", 200, 0_u32), (ARTICLES, 401, 100)] {
            let ask = |n| site.bearer(&made_up(from + n)).get(path);
            for n in 0..2 {
                ask(n).status(status);
            }
            let before = site.statements();
            for n in 2..9 {
                ask(n).refused(429, "rate_limited");
            }
            assert_eq!(site.statements(), before, "{path}");
        }
        // Whoever has a good one is let pass all the same, from the same network.
        by.get("/v1/articles").status(200);
        by.get(ARTICLES).refused(403, "forbidden");
        site.wait(TimeDelta::seconds(1));
        by.get("/v1/articles").status(200);
    }
}
