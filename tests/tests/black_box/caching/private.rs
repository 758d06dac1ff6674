//! What is for one is for nobody else: no cache may keep it.

use masthead_tests::contract::document;
use masthead_tests::on_both;

const NOBODY: &str = "01970000-0000-7000-8000-000000000001";

on_both! {
    // abuse: CA-01
    fn no_answer_of_the_newsroom_may_be_kept(site: &Site) {
        site.published("Reef recovers");
        let paths = document()["paths"].as_object().expect("paths");
        let private = paths.keys().filter(|path| {
            ["/v1/editorial", "/v1/auth", "/v1/preview"].iter().any(|of| path.starts_with(of))
        });
        let mut asked = 0;
        for template in private {
            let path: String = template
                .split('/')
                .map(|part| if part.starts_with('{') { NOBODY } else { part })
                .collect::<Vec<_>>()
                .join("/");
            for by in [site.reader(), site.admin(), site.reporter(), site.bearer("nonsense")] {
                let answer = by.get(&path);
                assert_eq!(answer.header("cache-control"), "private, no-store", "{}: {answer}", answer.to);
                assert!(!answer.headers.contains_key("surrogate-key"), "{}", answer.to);
                asked += 1;
            }
        }
        assert!(asked > 100, "{asked}");
        let who = |by: masthead_tests::client::Client<'_>| by.get("/v1/auth/me").status(200).json()["email"].clone();
        assert_ne!(who(site.admin()), who(site.editor()));
        site.reader().get("/v1/auth/me").status(401);
    }
}
