//! Other spellings of a path, and headers that rewrite it: nothing is behind them.

use std::time::Duration;

use masthead_tests::contract::document;
use masthead_tests::on_both;

/// Longer than any answer takes here.
const SOON: Duration = Duration::from_secs(10);

/// Every path below `/v1` that the OpenAPI document tells of, with its parameters filled in: `id` is an article's.
fn paths(id: &str) -> Vec<String> {
    let paths = document()["paths"].as_object().unwrap().keys();
    let paths = paths.filter(|path| path.starts_with("/v1/"));
    let filled = paths.map(|path| {
        let parts = path.split('/').map(|part| match part {
            "{n}" => "1",
            "{slug}" => "world",
            "{token}" => "mhp_0a1b2c3d",
            part if part.starts_with('{') => id,
            part => part,
        });
        parts.collect::<Vec<_>>().join("/")
    });
    filled.collect()
}

/// Spellings that some servers and proxies take for `path`.
fn others(path: &str) -> Vec<String> {
    let rest = path.strip_prefix("/v1").unwrap();
    let last = path.rfind('/').unwrap();
    let (head, tail) = path.split_at(last + 1);
    let first = tail.as_bytes()[0];
    let mut all = vec![
        format!("{path}/"),
        format!("{path}//"),
        format!("/{path}"),
        format!("/v1/{rest}"),
        format!("/v1/.{rest}"),
        format!("/v1/x/..{rest}"),
        format!("/v1/../v1{rest}"),
        format!("{path}/."),
        format!("{path}/.."),
        format!("{path}/./"),
        format!("/v1%2F{}", &rest[1..]),
        format!("/v1%2f{}", &rest[1..]),
        format!("/%76%31{rest}"),
        format!("/v1/%2e{rest}"),
        format!("/v1/%2E%2E/v1{rest}"),
        format!("{head}%{first:02x}{}", &tail[1..]),
        format!("{head}%{first:02X}{}", &tail[1..]),
        format!("{head}%25{first:02x}{}", &tail[1..]),
        format!("{path};x"),
        format!("{path};x=1"),
        format!("/v1;x{rest}"),
        format!("{head};{tail}"),
        path.to_uppercase(),
        format!("/V1{rest}"),
        format!("{head}{}", tail.to_uppercase()),
        format!("{path}%00"),
        format!("{path}%20"),
        format!("{path}%09"),
        format!("{path}%0a"),
        format!("{path}%23"),
        format!("{path}%3f"),
        format!("{path}\\"),
        path.replace('/', "\\"),
        format!("/v1\\{}", &rest[1..]),
        format!("{path}%5c"),
        format!("{path}%c0%af"),
        format!("{path}%ff"),
        format!("/./{}", &path[1..]),
        format!("/v1/editorial/..{rest}"),
    ];
    all.retain(|other| other != path);
    all
}

on_both! {
    // abuse: AZ-15
    fn a_path_is_reached_by_its_one_spelling(site: &Site) {
        let token = site.admin().token().unwrap().to_owned();
        let id = site.editor().draft("Reef recovers").id();
        let paths = paths(&id);
        assert!(paths.len() > 50, "{}", paths.len());
        site.unmoved_by(&[&format!("/v1/editorial/articles/{id}")], || {
            for path in &paths {
                for other in others(path) {
                    for method in ["GET", "POST", "DELETE"] {
                        for credentials in [String::new(), format!("authorization: Bearer {token}\r\n")] {
                            let mut raw = site.raw();
                            raw.write(format!("{method} {other} HTTP/1.1\r\nhost: a\r\n{credentials}content-length: 2\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n{{}}"));
                            let answer = raw.answer(SOON).unwrap_or_else(|| panic!("{method} {other}: no answer"));
                            // What the parser itself refuses is no request yet (400). Whoever is nobody is told to sign
                            // in before they are told what is there (ruling 24).
                            let nobody = credentials.is_empty() && answer.status == 401;
                            assert!(nobody || matches!(answer.status, 404 | 400), "{method} {other:?}: {}", answer.status);
                        }
                    }
                }
            }
        });
    }

    // abuse: AZ-15
    fn headers_and_parameters_rewrite_neither_path_nor_method(site: &Site) {
        let draft = site.editor().draft("Reef recovers");
        let path = format!("/v1/editorial/articles/{}", draft.id());
        let reader = site.reader();
        for name in ["x-original-url", "x-rewrite-url", "x-forwarded-path", "x-forwarded-prefix", "x-forwarded-uri", "x-http-path-override"] {
            // To a public path, rewritten to a guarded one and the other way round.
            let answer = reader.request("GET", "/v1/articles").header(name, &path).send().status(200);
            assert!(answer.json()["data"].is_array());
            reader.request("GET", &path).header(name, "/v1/articles").send().refused(401, "unauthenticated");
        }
        let editor = site.editor();
        for name in ["x-http-method-override", "x-http-method", "x-method-override", "_method"] {
            for method in ["DELETE", "PATCH", "PUT"] {
                editor.request("GET", &path).header(name, method).if_match(draft.etag()).send().status(200);
                let answer = editor.request("POST", &path).header(name, method).if_match(draft.etag()).send().refused(405, "method_not_allowed");
                assert!(!answer.header("allow").contains("POST"));
            }
        }
        for query in ["_method=DELETE", "method=DELETE", "X-HTTP-Method-Override=DELETE"] {
            let answer = editor.get(&format!("{path}?{query}"));
            assert!(matches!(answer.status, 200 | 422), "{answer}");
        }
        editor.working_copy(&draft.id()).status(200).says("/version", 1);
        // A method that no route has, and one that HTTP does not have.
        for method in ["TRACE", "CONNECT", "PROPFIND", "FOO"] {
            let mut raw = site.raw();
            raw.write(format!("{method} /v1/articles HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n"));
            let answer = raw.answer(SOON).expect("an answer");
            assert!(matches!(answer.status, 400 | 404 | 405 | 501), "{method}: {}", answer.status);
        }
    }
}
