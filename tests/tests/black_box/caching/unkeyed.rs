//! Whatever a request says beside its address, an answer that is kept is the same for all.

use masthead_tests::on_both;
use masthead_tests::site::Site;

const PATHS: [&str; 6] = [
    "/v1/articles/reef-recovers",
    "/v1/articles",
    "/feeds/latest.rss",
    "/sitemap.xml",
    "/v1/site",
    "/v1/articles/none",
];

const FORGED: [(&str, &str); 9] = [
    ("x-forwarded-host", "evil.example"),
    ("x-forwarded-proto", "gopher"),
    ("x-original-url", "/v1/editorial/articles"),
    ("origin", "https://evil.example"),
    ("accept-language", "de"),
    ("cookie", "session=1; preview=1"),
    ("x-preview", "1"),
    ("authorization", "Bearer nonsense"),
    ("cache-control", "no-cache"),
];

on_both! {
    // abuse: CA-02
    fn no_header_gets_into_what_others_are_given(site: &Site) {
        site.published("Reef recovers");
        for path in PATHS {
            let fill = |forged: &[(&str, &str)], query: &str| {
                let (reader, path) = (site.reader(), format!("{path}{query}"));
                let request = reader.request("GET", &path);
                forged.iter().fold(request, |request, (name, value)| request.header(name, value)).send()
            };
            // The first who asks forges all of them, and what all others get is as if he had not.
            let first = fill(&FORGED, "");
            let text = String::from_utf8_lossy(&first.body).into_owned();
            assert!(!text.contains("evil.example") && !text.contains("gopher"), "{text}");
            for forged in FORGED.chunks(1).chain([&[] as &[_]]) {
                let seen = fill(forged, "");
                assert_eq!(seen.status, first.status, "{path} with {forged:?}");
                assert_eq!(seen.headers.get("etag"), first.headers.get("etag"), "{path} with {forged:?}");
                if seen.status == 200 {
                    assert_eq!(seen.body, first.body, "{path} with {forged:?}");
                    assert_eq!(seen.header("vary"), "Accept-Encoding");
                }
                assert_eq!(seen.header("access-control-allow-origin"), "*");
            }
            // What a header has refused is kept by nobody.
            let refused = fill(&[("accept", "image/png")], "").status(406);
            assert!(refused.header("cache-control").contains("no-store"));
            assert_eq!(fill(&[], "").status, first.status);
        }
    }

    // abuse: CA-02
    fn what_stands_in_the_body_of_a_read_means_nothing(database: Database) {
        // What would be something else, were it asked for in the query.
        let body = format!("limit=1&kind=opinion&body=none&fields=slug&language=nb&padding={}", "x".repeat(10_000));
        let settings = [("MASTHEAD_SERVER_PUBLIC_URL", "http://masthead.example")];
        let mut site = Site::with(database, &settings);
        site.published("Reef recovers");
        let plain = PATHS.map(|path| site.reader().get(path));
        // After that nothing is kept, and the first who asks sends the body.
        site.restart_with(&settings);
        for (path, plain) in PATHS.into_iter().zip(&plain) {
            let reader = site.reader();
            let fat = reader.request("GET", path).body("application/x-www-form-urlencoded", body.as_str()).send();
            for seen in [fat, site.reader().get(path)] {
                assert_eq!((seen.status, seen.headers.get("etag")), (plain.status, plain.headers.get("etag")), "{path}");
                if plain.status == 200 {
                    assert_eq!(seen.body, plain.body, "{path}");
                }
            }
        }
    }
}
