//! What a client meets while PostgreSQL goes away, and after it: nothing is done twice, and nothing stays broken.

use masthead_tests::between::Between;
use masthead_tests::comments::said;
use masthead_tests::database::Database;
use masthead_tests::site::Site;
use masthead_tests::together::together;
use serde_json::{Value, json};

// abuse: OP-06
#[test]
fn an_answer_that_was_lost_behind_the_commit_is_given_again() {
    let mut site = Site::start(Database::Postgres);
    let between = Between::to(site.database_url());
    site.restart_with(&[("MASTHEAD_DATABASE_URL", between.url())]);
    site.published("Reef recovers");
    let key = "0197aaaa-0000-7000-8000-00000000000a";
    let (editor, reader) = (site.editor(), site.reader());
    let create = || {
        let body = json!({"headline": "Seals return"});
        editor.request("POST", "/v1/editorial/articles").idempotent(key).json(&body).send()
    };
    let comment = || {
        let at = "/v1/articles/reef-recovers/comments";
        reader.request("POST", at).idempotent(key).json(&said("Una", "Well done")).send()
    };
    let asks: [&dyn Fn() -> _; 2] = [&create, &comment];
    for ask in asks {
        between.lose_next_answer();
        ask().refused(503, "storage_unavailable").header("retry-after");
        let again = ask().status(201);
        assert_eq!(again.header("idempotency-replayed"), "true", "{again}");
        assert_eq!(ask().status(201).id(), again.id());
    }
    let count = |path: &str| site.admin().get(path).status(200).json()["page"]["total"].clone();
    assert_eq!(count("/v1/editorial/articles?count=exact"), json!(2));
    let comments = site.moderator().get("/v1/editorial/comments").status(200).json()["data"].clone();
    assert_eq!(comments.as_array().map(Vec::len), Some(1), "{comments}");
}

// abuse: OP-05
#[test]
fn a_database_that_was_away_while_nobody_asked_leaves_no_broken_connection() {
    let site = Site::with(Database::Postgres, &[("MASTHEAD_CACHE_ENABLED", "off")]);
    site.published("Reef recovers");
    let ask = || site.reader().article("reef-recovers").status;
    // As many connections as there may be.
    together(16, |_| assert_eq!(ask(), 200));
    site.cut_connections();
    let asked: Vec<_> = (0..16).map(|_| ask()).collect();
    assert_eq!(asked, [200; 16]);
    together(16, |_| assert_eq!(ask(), 200));
    site.cut_connections();
    let body = json!({"headline": "Seals return"});
    for _ in 0..8 {
        site.editor().post("/v1/editorial/articles", body.clone()).status(201);
    }
}

// abuse: OP-05
#[test]
fn a_database_that_is_away_is_told_and_is_there_again_at_once() {
    let site = Site::with(Database::Postgres, &[("MASTHEAD_CACHE_ENABLED", "off")]);
    let live = site.published("Reef recovers");
    let path = format!("/v1/editorial/articles/{}", live.id());
    let editor = site.editor();
    let away = site.take_database_away();
    for answer in
        [site.reader().article("reef-recovers"), editor.patch(&path, live.etag(), json!({"kicker": "Sea"}))]
    {
        answer.refused(503, "storage_unavailable").header("retry-after");
    }
    drop(away);
    site.reader().article("reef-recovers").status(200);
    editor
        .patch(&path, live.etag(), json!({"kicker": "Sea"}))
        .status(200)
        .says("/content/kicker", Value::from("Sea"));
}
