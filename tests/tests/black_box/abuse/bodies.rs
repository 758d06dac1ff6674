//! Bodies that are no plain JSON of a sane size: on every write, refused with nothing stored.

use std::time::Duration;

use masthead_tests::on_both;
use masthead_tests::site::Site;
use masthead_tests::writes::{Write, pointers};
use serde_json::Value;

/// Longer than any answer takes here.
const SOON: Duration = Duration::from_secs(20);

/// `depth` of `open`, closed again.
fn nested(open: &str, close: &str, depth: usize) -> String {
    format!("{}0{}", open.repeat(depth), close.repeat(depth))
}

/// The text of `value` with every object's first member a second time, one text for each object, and where it is.
fn with_a_member_twice(value: &Value) -> Vec<(String, String)> {
    let objects = pointers(value, &|inner| inner.as_object().is_some_and(|members| !members.is_empty()));
    let twice = |at: String| {
        let mut copy = value.clone();
        let object = copy.pointer_mut(&at).unwrap();
        let (name, first) = object
            .as_object()
            .unwrap()
            .iter()
            .next()
            .map(|(name, value)| (name.clone(), value.clone()))
            .unwrap();
        // A stand-in, since no map of ours holds a name twice; it is written over in the text.
        object.as_object_mut().unwrap().insert("TWICE".to_owned(), first);
        let text = copy.to_string().replace("\"TWICE\"", &format!("\"{name}\""));
        (format!("{at}/{name}"), text)
    };
    objects.into_iter().map(twice).collect()
}

/// Sends a body to every write as it is.
fn on_every_write(site: &Site, writes: &[Write], body: &[u8], status: u16, code: &str) {
    let admin = site.admin();
    for write in writes {
        let answer = write.with(&admin, body).send();
        assert_eq!(answer.status, status, "{}: {answer}", answer.to);
        answer.refused(status, code);
    }
}

on_both! {
    // abuse: IN-01
    fn json_that_is_nested_too_deep_is_refused_on_every_write(site: &Site) {
        let writes = site.writes();
        site.unmoved_by(&[], || {
            for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
                on_every_write(site, &writes, nested(open, close, 129).as_bytes(), 400, "malformed_json");
            }
            let admin = site.admin();
            for write in writes.iter().filter(|write| !write.is_small()) {
                for (open, close, depth) in [("[", "]", 10_000), ("{\"a\":", "}", 10_000), ("[", "]", 500_000), ("{\"a\":", "}", 170_000)] {
                    write.with(&admin, nested(open, close, depth)).send().refused(400, "malformed_json");
                }
                // A million is more than fits, whatever it is.
                write.with(&admin, "[".repeat(1_000_000)).send().refused(400, "malformed_json");
                write.with(&admin, nested("[", "]", 1_000_000)).send().refused(413, "payload_too_large");
                // As deep as JSON may be, but deeper than the model.
                let inside = format!("{{\"body\": {}}}", nested("[", "]", 100));
                write.with(&admin, inside).send().refused(422, "validation_failed");
            }
        });
    }

    // abuse: IN-01
    fn a_body_past_the_limit_is_refused_while_it_is_read(site: &Site) {
        let token = site.admin().token().unwrap().to_owned();
        let most = 1_048_576;
        let id = site.editor().draft("Reef recovers").id();
        let send = |method: &str, path: &str, framing: &str, body: &[u8]| {
            let mut raw = site.raw();
            let head = format!("{method} {path} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer {token}\r\nif-match: *\r\ncontent-type: application/json\r\n{framing}\r\n\r\n");
            raw.write(head);
            // The server may close before it has read all.
            let _ = raw.write(body);
            raw.answer(SOON)
        };
        let large = |octets: usize| format!("{{\"headline\": \"{}\"}}", "a".repeat(octets - 16)).into_bytes();
        assert_eq!(large(most).len(), most);
        for (method, path) in [("POST", "/v1/editorial/articles".to_owned()), ("PATCH", format!("/v1/editorial/articles/{id}"))] {
            let fits = send(method, &path, &format!("content-length: {most}"), &large(most)).expect("an answer");
            assert_eq!(fits.status, 422, "as large as may be: only the headline is too long");
            let over = large(most + 1);
            let refused = send(method, &path, &format!("content-length: {}", over.len()), &over).expect("an answer");
            assert_eq!(refused.status, 413);
            let mut chunked = Vec::new();
            for chunk in over.chunks(65_536) {
                chunked.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
                chunked.extend_from_slice(chunk);
                chunked.extend_from_slice(b"\r\n");
            }
            chunked.extend_from_slice(b"0\r\n\r\n");
            let refused = send(method, &path, "transfer-encoding: chunked", &chunked).expect("an answer");
            assert_eq!(refused.status, 413);
            // Only announced: refused before it comes, at any size.
            for octets in ["1048577", "9999999999", "18446744073709551615"] {
                let refused = send(method, &path, &format!("content-length: {octets}"), b"{").expect("an answer");
                assert!(matches!(refused.status, 413 | 400), "{octets}: {}", refused.status);
            }
            // A length that is too small ends the body there; what comes after it is no request.
            let mut raw = site.raw();
            raw.write(format!("{method} {path} HTTP/1.1\r\nhost: a\r\nauthorization: Bearer {token}\r\nif-match: *\r\ncontent-type: application/json\r\ncontent-length: 10\r\n\r\n"));
            let _ = raw.write(&over);
            assert_eq!(raw.answer(SOON).map(|answer| answer.status), Some(400));
            match raw.answer(SOON) {
                None => {}
                Some(second) => assert!(second.status >= 400, "{}", second.status),
            }
        }
        site.reader().get("/health/live").status(200);
    }

    // abuse: IN-02
    fn no_member_stands_twice_at_any_depth_of_any_write(site: &Site) {
        let writes = site.writes();
        let admin = site.admin();
        let mut sent = 0;
        site.unmoved_by(&[], || {
            for write in &writes {
                for (at, text) in with_a_member_twice(&write.body) {
                    let answer = write.with(&admin, text).send();
                    assert_eq!(answer.status, 400, "{at}: {answer}");
                    let detail = answer.refused(400, "malformed_json").text_at("/detail");
                    let name = at.rsplit('/').next().unwrap();
                    assert!(detail.contains(name) && detail.contains(at.as_str()), "{at} is not told by `{detail}`");
                    sent += 1;
                }
                // The same name in another spelling of JSON, and one that nobody knows.
                for text in ["{\"a\": 1, \"\\u0061\": 2}", "{\"a\": {\"b\": 1, \"c\": 2, \"b\": 3}}", "[{\"a\": 1, \"a\": 1}]"] {
                    write.with(&admin, text).send().refused(400, "malformed_json");
                }
            }
        });
        assert!(sent > 100, "{sent}");
    }

    // abuse: IN-05
    fn what_is_not_utf_8_is_refused_and_never_replaced(site: &Site) {
        let writes = site.writes();
        let broken: [&[u8]; 12] = [b"\xc0\xaf", b"\xed\xa0\x80", b"\xff", b"\xe2\x82", b"\x80", b"\xf8\x88\x80\x80\x80", b"\\ud800", b"\\udc00", b"\\ud800\\u0041", b"\xf0\x9f", b"\\uD83D", b"\xc3"];
        site.unmoved_by(&[], || {
            for octets in broken {
                let body = [b"{\"headline\": \"Reef ", octets, b"\"}"].concat();
                on_every_write(site, &writes, &body, 400, "malformed_json");
                let key = [b"{\"", octets, b"\": 1}"].concat();
                on_every_write(site, &writes, &key, 400, "malformed_json");
            }
            on_every_write(site, &writes, b"\xef\xbb\xbf{}", 400, "malformed_json");
            on_every_write(site, &writes, b"{\"headline\": \"Reef\x00\"}", 400, "malformed_json");
            on_every_write(site, &writes, b"{\"headline\": \"Reef\x01\"}", 400, "malformed_json");
            let utf_16: Vec<u8> = "{}".encode_utf16().flat_map(u16::to_be_bytes).collect();
            on_every_write(site, &writes, &utf_16, 400, "malformed_json");
        });
        let admin = site.admin();
        for write in &writes {
            for charset in ["utf-16", "iso-8859-1", "windows-1252", "us-ascii", "utf-8; charset=utf-16"] {
                let request = write.bare(&admin);
                let sent = request.body(&format!("application/json; charset={charset}"), b"{}".to_vec()).send();
                sent.refused(415, "unsupported_media_type");
            }
        }
        // In a path and in a query.
        for path in ["/v1/articles/%ff", "/v1/articles/%c0%af", "/v1/articles/a%ed%a0%80"] {
            site.reader().get(path).refused(404, "not_found");
        }
        for (by, list) in [(site.reader(), "/v1/articles"), (site.reader(), "/v1/tags"), (site.admin(), "/v1/editorial/articles"), (site.admin(), "/v1/editorial/users")] {
            for query in ["section=%ff", "q=%c0%af", "q=a%ed%a0%80", "%ff=1", "limit=1&tag=%e2%82", "cursor=%f0%9f"] {
                by.get(&format!("{list}?{query}")).refused(400, "malformed_request");
            }
            // An escape that is none.
            for query in ["q=%", "q=%2", "q=%zz", "%=1"] {
                let answer = by.get(&format!("{list}?{query}"));
                assert!(matches!(answer.status, 400 | 422 | 200), "{answer}");
            }
        }
    }

    // abuse: IN-14
    fn no_body_is_unpacked_and_no_other_type_is_read(site: &Site) {
        let writes = site.writes();
        let admin = site.admin();
        site.unmoved_by(&[], || {
            for write in &writes {
                for coding in ["gzip", "br", "zstd", "deflate", "gzip, gzip", "compress", "identity", "x-unknown", ""] {
                    let request = write.with(&admin, b"{}".to_vec()).header("content-encoding", coding);
                    request.send().refused(415, "unsupported_media_type");
                }
                for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/xml", "application/json5",
                    "application/merge-patch+json", "application/vnd.api+json", "json", "application/json, text/plain", "*/*", ""] {
                    let request = write.bare(&admin);
                    request.body(kind, b"{\"headline\": \"Reef\"}".to_vec()).send().refused(415, "unsupported_media_type");
                }
                let twice = write.with(&admin, b"{}".to_vec()).header("content-type", "text/plain");
                twice.send().refused(415, "unsupported_media_type");
                let mut parts = String::new();
                for n in 0..10_000 {
                    parts.push_str(&format!("--x\r\ncontent-disposition: form-data; name=\"p{n}\"\r\n\r\n{n}\r\n"));
                }
                let request = write.bare(&admin);
                let answer = request.body("multipart/form-data; boundary=x", parts).send();
                assert!(matches!(answer.status, 413 | 415), "{answer}");
            }
        });
        // A real bomb, which would be 64 MiB: refused by its name, unread.
        let bomb = bomb();
        let request = admin.request("POST", "/v1/editorial/articles").header("content-encoding", "gzip");
        request.body("application/json", bomb).send().refused(415, "unsupported_media_type");
    }
}

/// 64 MiB of one letter as gzip: stored blocks would not be small, so a repeated empty block stands for it.
fn bomb() -> Vec<u8> {
    let mut octets = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
    octets.extend(std::iter::repeat_n([0x62, 0x60, 0x18, 0x05, 0xa3, 0x60], 10_000).flatten());
    octets
}
