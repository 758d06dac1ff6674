//! What clients write into headers, and how it comes back: in links, in logs, in other headers.

use std::time::Duration;

use masthead_tests::{log, on_both};
use serde_json::json;

use super::story;

/// Longer than any answer takes here.
const SOON: Duration = Duration::from_secs(5);

on_both! {
    // abuse: OUT-07
    fn nothing_that_is_sent_breaks_a_header_or_a_line_of_the_log(site: &Site) {
        let reader = site.reader();
        for id in ["1", "not-a-uuid", "0197AAAA-0000-7000-8000-00000000000A", "{0197aaaa-0000-7000-8000-00000000000a}", "0197aaaa000070008000000000000000", "a\"b", "\\n", "<script>", &"a".repeat(5000)] {
            let answer = reader.request("GET", "/v1/articles").header("x-request-id", id).send().status(200);
            let own = answer.header("x-request-id");
            assert!(own != id && own.len() == 36, "{own}");
        }
        let given = &uuid::Uuid::now_v7().to_string();
        let answer = reader.request("GET", "/v1/nothing").header("x-request-id", given).send().status(404);
        assert_eq!(answer.header("x-request-id"), given.as_str());
        let events = log::of_request(given);
        assert_eq!(events.len(), 1, "one event is one line: {events:?}");
        // What a browser calls itself is the client's own word.
        for agent in ["\u{1b}[31mred", "a\"}\n{\"level\":\"ERROR\"", "a\r\nx-evil: 1", "%0d%0ax-evil:1", "\\\"", "\u{9f}"] {
            let mut raw = site.raw();
            raw.write(format!("GET /v1/articles HTTP/1.1\r\nhost: a\r\nuser-agent: {agent}\r\nconnection: close\r\n\r\n"));
            let answer = raw.answer(SOON).expect("an answer");
            assert!(matches!(answer.status, 200 | 400), "{agent:?}: {}", answer.status);
            assert!(answer.header("x-evil").is_none());
        }
        for address in ["a@b.example\r\nx: y", "a@b.example\u{1b}[31m", "\"a\\\"@b.example", "a%0d%0a@b.example"] {
            let sent = json!({"email": address, "password": "whatever it may be, it is long"});
            let answer = reader.post("/v1/auth/login", sent);
            assert!(matches!(answer.status, 401 | 422), "{answer}");
        }
        for slug in ["a%0d%0ax-evil:1", "a%0ab", "a\"b", "a%22b", "a%00b", "%1b[31m", "a;b", "a,B", "a>b"] {
            for list in ["articles", "sections", "tags", "contributors"] {
                let mut raw = site.raw();
                raw.write(format!("GET /v1/{list}/{slug} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"));
                let answer = raw.answer(SOON).expect("an answer");
                assert!(matches!(answer.status, 400 | 404), "{slug}: {}", answer.status);
                assert!(answer.header("x-evil").is_none());
            }
            let query = format!("/v1/articles?tag={slug}");
            let mut raw = site.raw();
            raw.write(format!("GET {query} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"));
            let answer = raw.answer(SOON).expect("an answer");
            assert!(matches!(answer.status, 400 | 422), "{slug}: {}", answer.status);
        }
        // A link to the next page holds the question as it was asked, and nothing that ends a link.
        for n in 0..2 {
            site.editor().publish(&story::ready(site, &site.editor(), &format!("Story {n}"))).status(200);
        }
        let link = reader.get("/v1/articles?limit=1&section=world").header("link").to_owned();
        assert_eq!(link.matches(['<', '>', '"', ',']).count(), 4, "{link}");
    }

    // abuse: OUT-09
    fn every_link_begins_with_the_configured_address(database: Database) {
        let site = masthead_tests::site::Site::with(database, &[("MASTHEAD_SERVER_PUBLIC_URL", "https://api.varn.example/cms")]);
        let site = &site;
        let base = "https://api.varn.example/cms";
        for n in 0..2 {
            site.editor().publish(&story::ready(site, &site.editor(), &format!("Story {n}"))).status(200);
        }
        let renamed = site.editor().publish(&story::ready(site, &site.editor(), "Old name")).status(200);
        let path = format!("/v1/editorial/articles/{}", renamed.id());
        let renamed = site.editor().patch(&path, renamed.etag(), json!({"slug": "new-name"})).status(200);
        site.editor().publish(&renamed).status(200);
        let lies: [&[(&str, &str)]; 8] = [
            &[("host", "evil.example")], &[("host", "evil.example"), ("x-forwarded-host", "evil.example")], &[("x-forwarded-host", "evil.example")], &[("x-forwarded-proto", "gopher")],
            &[("forwarded", "for=1.2.3.4;host=evil.example;proto=http")], &[("x-forwarded-prefix", "/evil")], &[("x-original-host", "evil.example")], &[("referer", "https://evil.example/"), ("origin", "https://evil.example")],
        ];
        let mut through = 0;
        let honest = site.reader().get("/v1/articles?limit=1").status(200);
        for lie in lies {
            let send = |method: &str, path: &str, by: &masthead_tests::client::Client<'_>| {
                let request = lie.iter().fold(by.request(method, path), |request, (name, value)| request.header(name, value));
                if method == "POST" { request.json(&json!({"headline": "Reef"})).send() } else { request.send() }
            };
            let list = send("GET", "/v1/articles?limit=1", &site.reader());
            // A host that is not served may be refused; else it is as if nothing had been said.
            if list.status == 400 {
                continue;
            }
            through += 1;
            assert_eq!(list.body, honest.body);
            assert!(list.header("link").starts_with(&format!("<{base}/v1/articles?")), "{list}");
            let moved = send("GET", "/v1/articles/old-name", &site.reader()).status(308);
            assert_eq!(moved.header("location"), format!("{base}/v1/articles/new-name"));
            let made = send("POST", "/v1/editorial/articles", &site.editor()).status(201);
            assert!(made.header("location").starts_with(&format!("{base}/v1/editorial/articles/")));
            for refused in [send("GET", "/v1/nothing", &site.reader()), send("GET", "/v1/editorial/articles", &site.reader()), send("DELETE", "/v1/articles", &site.reader())] {
                assert!(refused.text_at("/type").starts_with(&format!("{base}/problems/")));
                assert!(!String::from_utf8_lossy(&refused.body).contains("evil"));
            }
        }
        assert_eq!(through, lies.len(), "each lie is told to who believes none");
        for target in ["http://evil.example/v1/articles?limit=1", "https://evil.example/v1/articles?limit=1", "//evil.example/v1/articles", "http:///v1/articles"] {
            let mut raw = site.raw();
            raw.write(format!("GET {target} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"));
            let answer = raw.answer(SOON).expect("an answer");
            assert!(matches!(answer.status, 200 | 400 | 404), "{target}: {}", answer.status);
            assert!(!answer.headers.join("\n").contains("evil") && !String::from_utf8_lossy(&answer.body).contains("evil"), "{target}");
        }
        // A redirect leads nowhere else: what looks like a host in a path is no slug.
        for path in ["//evil.example", "/v1/articles//evil.example", "/v1/articles/%2F%2Fevil.example", "/v1/articles/\\evil.example"] {
            let mut raw = site.raw();
            raw.write(format!("GET {path} HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"));
            let answer = raw.answer(SOON).expect("an answer");
            assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
            assert!(answer.header("location").is_none());
        }
    }
}
