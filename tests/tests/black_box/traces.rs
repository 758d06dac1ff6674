//! Requests as spans of a trace: what a collector is sent, and that nobody waits for it.

use std::time::Duration;

use masthead_tests::answer::Answer;
use masthead_tests::database::Database;
use masthead_tests::log;
use masthead_tests::on_both;
use masthead_tests::receiver::Receiver;
use masthead_tests::site::Site;
use masthead_tests::spans::{Sent, hold, spans};
use serde_json::{Value, json};

use crate::abuse::story::ready;

const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
const SPAN: &str = "00f067aa0ba902b7";

/// Stops a site, and gives what its collector was sent of requests: whatever waited is sent then.
fn sent_by(site: Site, collector: &Receiver) -> Vec<Sent> {
    drop(site);
    spans(&collector.took_exports())
}

/// A site that sends spans.
#[track_caller]
fn site_with(database: Database, collector: &Receiver, settings: &[(&str, &str)]) -> Site {
    let endpoint = format!("http://127.0.0.1:{}", collector.port());
    let own = [("MASTHEAD_TRACES_ENDPOINT", endpoint.as_str())];
    Site::with(database, &[&own, settings].concat())
}

/// The span of the request that was answered so.
#[track_caller]
fn span_of<'a>(sent: &'a [Sent], answer: &Answer) -> &'a Sent {
    let id = answer.header("x-request-id");
    let mut own = sent.iter().filter(|span| span.of("http.response.header.x-request-id") == id);
    let span = own.next().unwrap_or_else(|| panic!("{} is not told of", answer.to));
    assert!(own.next().is_none(), "{} is told of twice", answer.to);
    span
}

/// The line of the log that says that a request was answered.
#[track_caller]
fn line_of(answer: &Answer) -> Value {
    let lines = log::of_request(answer.header("x-request-id"));
    lines.into_iter().find(|line| line["message"] == "answered").expect("its line")
}

on_both! {
    fn a_request_is_told_as_a_part_of_its_callers_trace(database: Database) {
        let collector = Receiver::start();
        let site = site_with(database, &collector, &[("MASTHEAD_SERVER_PUBLIC_URL", "https://api.varn.example")]);
        let live = site.published("Reef recovers");
        let path = format!("/v1/articles/{}", live.id());
        let read = |method: &str| {
            let request = site.reader();
            let request = request.request(method, &path).header("traceparent", &format!("00-{TRACE}-{SPAN}-01"));
            request.header("tracestate", "varn=t61rcWkgMzE").send().status(200)
        };
        let (composed, kept, head) = (read("GET"), read("GET"), read("HEAD"));
        let sent = sent_by(site, &collector);
        let span = span_of(&sent, &composed);
        assert_eq!((span.trace.as_str(), span.parent.as_str(), span.state.as_str()), (TRACE, SPAN, "varn=t61rcWkgMzE"));
        assert_eq!((span.name.as_str(), span.is_server, span.failed), ("GET /v1/articles/{name}", true, false));
        let said: Vec<_> = span.says.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(said, [
            ("http.request.method", "GET"),
            ("http.response.header.x-request-id", composed.header("x-request-id")),
            ("http.response.status_code", "200"),
            ("http.route", "/v1/articles/{name}"),
            ("server.address", "api.varn.example"),
            ("server.port", "443"),
            ("url.path", path.as_str()),
            ("url.scheme", "https"),
        ]);
        let about = |name: &str| span.node.get(name).map_or("", String::as_str);
        assert_eq!((about("service.name"), about("telemetry.sdk.language")), ("masthead", "rust"));
        assert_eq!(about("service.instance.id").len(), 36);
        // What was asked of the database for it is part of it; of what is kept nothing is asked.
        let parts = |of: &Sent| sent.iter().filter(|part| part.parent == of.id).cloned().collect::<Vec<_>>();
        let asked = parts(span);
        assert!(!asked.is_empty() && asked.iter().all(|part| part.trace == TRACE && part.name == "database read"), "{asked:?}");
        let kind = match database { Database::Sqlite => "sqlite", Database::Postgres => "postgresql" };
        assert!(asked.iter().all(|part| part.of("db.system.name") == kind && !part.is_server), "{asked:?}");
        assert_eq!(parts(span_of(&sent, &kept)).len(), 0);
        assert_eq!(span_of(&sent, &head).name, "HEAD /v1/articles/{name}");
        assert_eq!((&line_of(&composed)["trace_id"], &line_of(&composed)["span_id"]), (&json!(TRACE), &json!(span.id)));
    }

    fn a_write_is_told_with_its_transaction(database: Database) {
        let collector = Receiver::start();
        let site = site_with(database, &collector, &[]);
        let made = site.editor().post("/v1/editorial/sections", json!({"name": "World"})).status(201);
        let sent = sent_by(site, &collector);
        let span = span_of(&sent, &made);
        assert_eq!((span.name.as_str(), span.parent.as_str()), ("POST /v1/editorial/sections", ""));
        let parts = sent.iter().filter(|part| part.parent == span.id);
        assert!(parts.into_iter().any(|part| part.name == "database write" && part.trace == span.trace), "{sent:?}");
    }

    fn the_caller_decides_what_is_recorded_and_else_the_share(database: Database) {
        for (share, own) in [("1", true), ("0", false)] {
            let collector = Receiver::start();
            let site = site_with(database, &collector, &[("MASTHEAD_TRACES_SAMPLE", share)]);
            let read = |flags: &str| {
                let parent = format!("00-{TRACE}-{SPAN}-{flags}");
                site.reader().request("GET", "/v1/articles").header("traceparent", &parent).send().status(200)
            };
            let (wanted, unwanted, undecided) = (read("01"), read("00"), site.reader().get("/v1/tags").status(200));
            let lines = [&wanted, &unwanted, &undecided].map(line_of);
            let sent = sent_by(site, &collector);
            let told = |answer: &Answer| sent.iter().any(|span| span.says.values().any(|said| said == answer.header("x-request-id")));
            assert_eq!([&wanted, &unwanted, &undecided].map(told), [true, false, own], "{share}");
            // The log knows the trace of each.
            assert_eq!([&lines[0]["trace_id"], &lines[1]["trace_id"]], [&json!(TRACE), &json!(TRACE)]);
            assert_eq!(lines[2]["trace_id"].as_str().map(str::len), Some(32));
        }
    }

    // abuse: OP-12
    fn what_is_no_parent_begins_a_new_trace(database: Database) {
        let collector = Receiver::start();
        let site = site_with(database, &collector, &[]);
        let good = format!("00-{TRACE}-{SPAN}-01");
        let zero = format!("00-{}-{SPAN}-01", "0".repeat(32));
        let ask = |parents: &[&str]| {
            let reader = site.reader();
            let request = reader.request("GET", "/v1/articles");
            parents.iter().fold(request, |request, parent| request.header("traceparent", parent)).send().status(200)
        };
        let odd = [
            ask(&[&zero]),
            ask(&[&good.to_uppercase()]),
            ask(&[&good[1..]]),
            ask(&[&format!("{good}-more")]),
            ask(&["'; DROP TABLE articles; --"]),
            ask(&[&good, &good]),
        ];
        let sent = sent_by(site, &collector);
        let mut traces: Vec<_> = odd.iter().map(|answer| span_of(&sent, answer)).collect();
        assert!(traces.iter().all(|span| span.parent.is_empty() && span.trace != TRACE), "{traces:?}");
        assert!(traces.iter().all(|span| span.trace.len() == 32 && span.trace != "0".repeat(32)), "{traces:?}");
        traces.sort_by(|one, other| one.trace.cmp(&other.trace));
        traces.dedup_by(|one, other| one.trace == other.trace);
        assert_eq!(traces.len(), odd.len());
    }

    // abuse: OP-12
    fn no_span_tells_what_lets_anybody_in(database: Database) {
        let collector = Receiver::start();
        let site = site_with(database, &collector, &[("MASTHEAD_SERVER_TRUSTED_PROXIES", "127.0.0.1")]);
        let editor = site.editor();
        let article = ready(&site, &editor, "Reef recovers");
        let links = format!("/v1/editorial/articles/{}/preview-tokens", article.id());
        let link = editor.post(&links, json!({})).status(201).text_at("/token");
        let preview = site.reader().get(&format!("/v1/preview/{link}")).status(200);
        site.reader().get(&format!("/v1/preview/{link}/")).status(404);
        let lost = site.reader().get("/v1/geheim/mara@varn.example").status(404);
        let asked = editor.request("GET", "/v1/editorial/articles?q=geheim").header("x-forwarded-for", "192.0.2.77");
        asked.header("cookie", "geheim=1").header("user-agent", "geheim").send();
        site.reader().request("GEHEIM", "/v1/articles").send();
        let wrong = json!({"email": "mara@varn.example", "password": "geheim geheim geheim"});
        site.reader().post("/v1/auth/login", wrong).refused(401, "invalid_credentials");
        let token = editor.token().expect("they are signed in").to_owned();
        drop(site);
        let told = collector.took_exports();
        let sent = spans(&told);
        let preview = span_of(&sent, &preview);
        assert_eq!((preview.of("url.path"), preview.of("http.route")), ("/v1/preview/{token}", "/v1/preview/{token}"));
        let lost = span_of(&sent, &lost);
        assert_eq!((lost.name.as_str(), lost.of("url.path"), lost.of("http.response.status_code")), ("GET", "", "404"));
        assert!(sent.iter().any(|span| span.name.starts_with("HTTP") && span.of("http.request.method") == "_OTHER"));
        for order in told {
            for secret in [link.as_str(), &token, "geheim", "GEHEIM", "mara", "192.0.2.77", "Reef"] {
                assert!(!order.order.body.contains(secret), "{secret} is told");
            }
        }
    }

    fn what_failed_here_is_an_error_and_what_a_client_did_is_none(database: Database) {
        let collector = Receiver::start();
        let site = site_with(database, &collector, &[]);
        let missing = site.reader().get("/v1/articles/nothing").status(404);
        site.leave();
        let failed = site.reader().get("/health/ready").refused(503, "not_ready");
        let sent = sent_by(site, &collector);
        let missing = span_of(&sent, &missing);
        assert_eq!((missing.failed, missing.of("error.type"), missing.of("http.response.status_code")), (false, "", "404"));
        let failed = span_of(&sent, &failed);
        assert_eq!((failed.failed, failed.of("error.type"), failed.of("http.response.status_code")), (true, "503", "503"));
    }

    // abuse: OP-12
    fn nobody_waits_for_a_collector_that_does_not_answer(database: Database) {
        let collector = Receiver::start();
        let (arrived, held) = hold(&collector);
        let site = site_with(database, &collector, &[]);
        let answered = || site.reader().get("/health/live").status(200);
        answered();
        arrived.recv_timeout(Duration::from_secs(60)).expect("a span is sent by and by");
        // It is being waited for by whoever sends, and by nobody else.
        (0..50).for_each(|_| drop(answered()));
        // What is left is given up before long: the site ends though the collector is silent.
        drop(site);
        drop(held);
    }

    // abuse: OP-12
    fn a_collector_that_is_not_there_harms_nobody(database: Database) {
        let collector = Receiver::start();
        let metrics = ("MASTHEAD_METRICS_LISTEN", "127.0.0.1:0");
        let site = site_with(database, &collector, &[metrics]);
        drop(collector);
        let live = site.published("Reef recovers");
        site.reader().get(&format!("/v1/articles/{}", live.id())).status(200);
        let told = site.metrics();
        for outcome in ["sent", "refused", "dropped"] {
            assert!(told.contains(&format!("masthead_trace_spans_total{{outcome=\"{outcome}\"}}")), "{told}");
        }
    }

    fn a_collector_is_shown_who_sends(database: Database) {
        let collector = Receiver::start();
        let site = site_with(database, &collector, &[("MASTHEAD_TRACES_HEADERS", "api-key=ge%2Cheim=1, x-team=Reef")]);
        site.reader().get("/v1/articles").status(200);
        drop(site);
        let told = collector.took_exports();
        assert!(!told.is_empty());
        for told in told {
            assert_eq!((told.order.header("api-key"), told.order.header("x-team")), ("ge%2Cheim=1", "Reef"));
        }
    }

    fn without_a_collector_the_log_tells_of_the_callers_trace(site: &Site) {
        let parent = format!("00-{TRACE}-{SPAN}-01");
        let part = site.reader().request("GET", "/v1/articles").header("traceparent", &parent).send().status(200);
        let line = line_of(&part);
        assert_eq!((&line["trace_id"], &line["span_id"]), (&json!(TRACE), &json!(SPAN)));
        for parent in [None, Some("00-nothing-01")] {
            let reader = site.reader();
            let request = reader.request("GET", "/v1/articles");
            let line = line_of(&parent.into_iter().fold(request, |request, parent| request.header("traceparent", parent)).send());
            assert!(line.get("trace_id").is_none() && line.get("span_id").is_none(), "{line}");
        }
    }

    fn a_page_of_another_origin_may_say_of_which_trace_it_is(site: &Site) {
        let reader = site.reader();
        let asked = reader.request("OPTIONS", "/v1/articles").header("origin", "https://varn.example");
        let told = asked.header("access-control-request-method", "GET").send();
        assert!(told.header("access-control-allow-headers").contains("Traceparent, Tracestate"));
    }
}
