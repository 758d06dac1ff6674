//! Several nodes on one database: what one changes, the others let go of.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use masthead_tests::database::Database;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use serde_json::json;

/// How long a node may take to let go of what another changed (ruling 27).
const AT_ONCE: Duration = Duration::from_secs(1);

/// Waits until `holds`, and tells how long that took.
#[track_caller]
fn until(what: &str, holds: impl Fn() -> bool) -> Duration {
    let began = Instant::now();
    while !holds() {
        assert!(began.elapsed() < Duration::from_secs(20), "{what}");
        std::thread::sleep(Duration::from_millis(10));
    }
    began.elapsed()
}

on_both! {
    // abuse: CA-04
    fn every_node_lets_go_within_a_second(database: Database) {
        let site = Site::of_two_nodes(database);
        for n in 0..3 {
            let live = site.published(&format!("Reef {n} recovers"));
            let path = format!("/v1/articles/reef-{n}-recovers");
            let at = |node| site.reader().at_node(node).get(&path);
            for node in [0, 1] {
                until("it is published there", || at(node).status == 200);
            }
            let tag = at(1).status(200).etag().to_owned();
            let reason = json!({"kind": "legal", "public_reason": "A court says so."});
            site.editor().act(&live, "withdraw", reason).status(200);
            at(0).refused(410, "withdrawn");
            let took = until("it is withdrawn there", || at(1).status == 410);
            assert!(took < AT_ONCE, "{took:?}");
            let known = site.reader().at_node(1).request("GET", &path).if_none_match(&tag).send();
            known.refused(410, "withdrawn");
        }
    }
}

/// The connection over which a node is told is cut, again and again, and what was told meanwhile is not lost.
// abuse: CA-04
#[test]
fn a_node_that_is_cut_off_lets_go_once_it_is_back() {
    let site = Site::of_two_nodes(Database::Postgres);
    let live = site.published("Reef recovers");
    let at = |node| site.reader().at_node(node).article("reef-recovers");
    until("it is published there", || at(1).status == 200);
    site.cut_followers();
    let reason = json!({"kind": "legal", "public_reason": "A court says so."});
    site.editor().act(&live, "withdraw", reason).status(200);
    at(0).refused(410, "withdrawn");
    let took = until("it is withdrawn there", || at(1).status == 410);
    assert!(took < AT_ONCE, "{took:?}");
    // And once more, from the new connection on.
    let other = site.published("Seals return");
    until("it is published there", || site.reader().at_node(1).article("seals-return").status == 200);
    site.editor().act(&other, "unpublish", json!({})).status(200);
    let took = until("it is gone there", || site.reader().at_node(1).article("seals-return").status == 404);
    assert!(took < AT_ONCE, "{took:?}");
}

#[test]
fn a_node_without_its_database_gives_what_it_has_for_a_while_and_then_nothing() {
    let site = Site::with(Database::Postgres, &[("MASTHEAD_CACHE_BLIND_S", "0")]);
    site.published("Reef recovers");
    let kept = || site.reader().article("reef-recovers");
    kept().status(200);
    let away = site.take_database_away();
    kept().status(200);
    let took = until("it answers no more", || kept().status == 503);
    assert!(took > Duration::from_secs(2), "{took:?}");
    drop(away);
    until("it answers again", || kept().status == 200);
}

/// A frontend with an API key is one client for all its readers: what was known of its key stands, and it waits no longer for a
/// database that is not there than it takes to find that.
// abuse: OP-05
#[test]
fn a_frontend_keeps_its_key_while_the_database_is_away() {
    let limits = [("MASTHEAD_RATES_READS", "1"), ("MASTHEAD_RATES_KEYED_READS", "1000")];
    let site = Site::with(Database::Postgres, &limits);
    site.published("Reef recovers");
    let body = json!({"name": "Frontend", "scopes": []});
    let key = site.admin().post("/v1/editorial/api-keys", body).status(201).text_at("/key");
    let frontend = site.bearer(&key);
    frontend.article("reef-recovers").status(200);
    site.reader().article("reef-recovers").status(200);
    site.reader().article("reef-recovers").refused(429, "rate_limited");
    let away = site.take_database_away();
    site.wait(TimeDelta::seconds(1));
    let began = Instant::now();
    for _ in 0..5 {
        frontend.article("reef-recovers").status(200);
    }
    assert!(began.elapsed() < Duration::from_secs(5), "{:?}", began.elapsed());
    drop(away);
    until("it answers again", || frontend.article("no-such-article").status == 404);
}
