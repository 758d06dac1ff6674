//! What a node tells of itself to whoever runs it.

use std::collections::BTreeSet;

use masthead_tests::on_both;
use masthead_tests::site::Site;
use serde_json::{Value, json};

use crate::abuse::story::ready;

const LISTEN: (&str, &str) = ("MASTHEAD_METRICS_LISTEN", "127.0.0.1:0");

/// The dashboard that comes with the project.
const DASHBOARD: &str = include_str!("../../../docs/dashboards/masthead.json");

/// The value of a line that begins so; 0 where there is none.
fn value(told: &str, beginning: &str) -> f64 {
    let line = told.lines().find_map(|line| line.strip_prefix(beginning));
    line.map_or(0.0, |rest| rest.trim().parse().expect("a number"))
}

/// The line that counts the answers of a route.
fn answers(method: &str, route: &str, status: u16) -> String {
    format!(
        "http_server_request_duration_seconds_count{{http_request_method=\"{method}\",http_route=\"{route}\",\
         http_response_status_code=\"{status}\"}}"
    )
}

on_both! {
    fn answers_are_counted_by_their_route(database: Database) {
        let site = &Site::with(database, &[LISTEN]);
        let live = site.published("Reef recovers");
        let path = format!("/v1/articles/{}", live.id());
        for _ in 0..3 {
            site.reader().get(&path).status(200);
        }
        site.reader().get("/v1/articles/nothing").status(404);
        let told = site.metrics();
        assert_eq!(value(&told, &answers("GET", "/v1/articles/{name}", 200)), 3.0, "{told}");
        assert_eq!(value(&told, &answers("GET", "/v1/articles/{name}", 404)), 1.0, "{told}");
        assert_eq!(value(&told, "masthead_cache_kept_total"), 2.0, "{told}");
        assert_eq!(value(&told, "masthead_cache_composed_total"), 2.0, "{told}");
        assert_eq!(value(&told, "masthead_cache_entries"), 2.0, "{told}");
        assert!(value(&told, "masthead_cache_octets") > 1000.0, "{told}");
        assert!(value(&told, "masthead_sql_statements_total") > 10.0, "{told}");
    }

    // abuse: AZ-15, OP-11
    fn what_a_client_makes_up_is_not_told(database: Database) {
        let site = &Site::with(database, &[LISTEN]);
        let article = ready(site, &site.editor(), "Reef recovers");
        let links = format!("/v1/editorial/articles/{}/preview-tokens", article.id());
        let token = site.editor().post(&links, json!({})).status(201).text_at("/token");
        site.reader().get(&format!("/v1/preview/{token}")).status(200);
        for n in 0..50 {
            site.reader().get(&format!("/made-up/{n}")).status(404);
            site.reader().request(&format!("MADE{n}"), "/v1/articles").send();
        }
        let told = site.metrics();
        assert!(!told.contains(&token), "{told}");
        assert!(!told.contains("made-up") && !told.contains("MADE"), "{told}");
        assert_eq!(value(&told, &answers("GET", "", 404)), 50.0, "{told}");
        let methods: BTreeSet<_> = told.lines().filter_map(|line| line.split_once("method=\"")?.1.split_once('"')).collect();
        assert!(methods.iter().all(|(method, _)| ["GET", "POST", "_OTHER"].contains(method)), "{methods:?}");
    }

    // abuse: OP-11
    fn readers_are_told_nothing_of_it(database: Database) {
        let site = &Site::with(database, &[LISTEN]);
        site.reader().get("/metrics").status(404);
    }

    fn the_dashboard_asks_for_what_is_told(database: Database) {
        let site = &Site::with(database, &[LISTEN]);
        let live = site.published("Reef recovers");
        site.reader().get(&format!("/v1/articles/{}", live.id())).status(200);
        let told = site.metrics();
        let dashboard: Value = serde_json::from_str(DASHBOARD).expect("JSON");
        let mut asked = 0;
        for panel in dashboard["panels"].as_array().expect("panels") {
            for target in panel["targets"].as_array().expect("targets") {
                let expression = target["expr"].as_str().expect("an expression");
                let words = expression.split(|c: char| !c.is_ascii_alphanumeric() && c != '_');
                for name in words.filter(|word| word.starts_with("masthead_") || word.starts_with("http_server_")) {
                    assert!(told.lines().any(|line| line.starts_with(name)), "{name} is not told:\n{told}");
                    asked += 1;
                }
            }
        }
        assert!(asked > 5, "{asked}");
    }
}
