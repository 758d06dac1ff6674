//! What is for one is for nobody else: no cache may keep it.

use masthead_tests::contract::document;
use masthead_tests::on_both;
use serde_json::json;

const NOBODY: &str = "01970000-0000-7000-8000-000000000001";

on_both! {
    // abuse: CA-01
    fn no_answer_of_the_newsroom_may_be_kept(site: &Site) {
        let live = site.published("Reef recovers").id();
        let who = |by: masthead_tests::client::Client<'_>| by.get("/v1/auth/me").status(200).json()["email"].clone();
        assert_ne!(who(site.admin()), who(site.editor()));
        site.reader().get("/v1/auth/me").status(401);
        let paths = document()["paths"].as_object().expect("paths");
        let private = paths.iter().filter(|(path, _)| {
            ["/v1/editorial", "/v1/auth", "/v1/preview"].iter().any(|of| path.starts_with(of))
        });
        let mut operations = Vec::new();
        for (template, told) in private {
            let path: String = template
                .split('/')
                .zip(std::iter::once("").chain(template.split('/')))
                .map(|(part, before)| match before {
                    "articles" if part.starts_with('{') => &live,
                    _ if part.starts_with('{') => NOBODY,
                    _ => part,
                })
                .collect::<Vec<_>>()
                .join("/");
            let methods = ["GET", "POST", "PUT", "PATCH", "DELETE"].into_iter();
            let methods = methods.filter(|method| !told[method.to_ascii_lowercase()].is_null());
            operations.extend(methods.map(|method| (method, path.clone())));
        }
        // Who has signed out sees nothing more.
        operations.sort_by_key(|(method, path)| (*method != "GET", path.starts_with("/v1/auth")));
        let (mut asked, mut seen) = (0, 0);
        for (method, path) in &operations {
            for by in [site.reader(), site.admin(), site.reporter(), site.bearer("nonsense")] {
                // Where it changes something, it says neither what nor of which revision.
                let answer = match *method {
                    "GET" => by.get(path),
                    _ => by.request(method, path).json(&json!({})).send(),
                };
                assert_eq!(answer.header("cache-control"), "private, no-store", "{method} {}: {answer}", answer.to);
                assert!(!answer.headers.contains_key("surrogate-key"), "{method} {}", answer.to);
                asked += 1;
                seen += usize::from(*method == "GET" && answer.status == 200);
            }
        }
        assert!(asked > 400 && seen > 30, "{asked}, of which {seen} were shown something");
    }
}
