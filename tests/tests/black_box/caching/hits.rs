//! What is kept is given to all, and composed for one.

use masthead_tests::comments::said;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use masthead_tests::together::together;
use serde_json::json;

/// How many ask at once.
const CROWD: usize = 500;

/// How many statements it takes until `ask` is answered.
fn statements<T>(site: &Site, ask: impl FnOnce() -> T) -> u64 {
    let before = site.statements();
    ask();
    site.statements() - before
}

on_both! {
    fn what_is_kept_takes_no_statement(site: &Site) {
        let live = site.published("Reef recovers");
        site.reader().comment(&live.id(), said("Ines", "It does.")).status(201);
        let edited = site.editor().patch(
            &format!("/v1/editorial/articles/{}", live.id()), live.etag(), json!({"slug": "reef-grows"}),
        );
        site.editor().publish(&edited.status(200)).status(200);
        site.editor().front_page(&[&live.id()]);
        for path in [
            "/v1/articles/reef-grows",
            "/v1/articles/reef-grows?include=html,comments",
            "/v1/articles/reef-grows/comments",
            "/v1/articles/reef-grows/ninjs",
            "/v1/articles",
            "/v1/articles?section=world&limit=5",
            "/v1/search?q=reef",
            "/v1/sections",
            "/v1/sections/world",
            "/v1/tags",
            "/v1/fronts",
            "/v1/fronts/home",
            "/feeds/latest.rss",
            "/sitemap.xml",
            "/sitemap-news.xml",
            "/v1/site",
        ] {
            let reader = site.reader();
            let seen = reader.get(path).status(200);
            let took = statements(site, || {
                let again = reader.get(path).status(200);
                assert_eq!((again.etag(), &again.body), (seen.etag(), &seen.body), "{path}");
                assert_eq!(again.header("surrogate-key"), seen.header("surrogate-key"), "{path}");
                assert_eq!(again.header("content-type"), seen.header("content-type"), "{path}");
                let known = reader.request("GET", path).if_none_match(seen.etag()).send().status(304);
                assert_eq!((known.etag(), known.body.len()), (seen.etag(), 0), "{path}");
                assert_eq!(known.header("cache-control"), seen.header("cache-control"), "{path}");
                let head = reader.request("HEAD", path).send().status(200);
                assert_eq!((head.etag(), head.body.len()), (seen.etag(), 0), "{path}");
            });
            assert_eq!(took, 0, "{path}");
        }
        // Of addresses that lead elsewhere, or nowhere, it is known too.
        for (path, status) in [("/v1/articles/reef-recovers", 308), ("/v1/articles/nothing", 404), ("/v1/tags/none", 404), ("/v1/fronts/none", 404)] {
            let first = site.reader().get(path).status(status);
            let again = || {
                let again = site.reader().get(path).status(status);
                assert_eq!(again.body.is_empty(), first.body.is_empty(), "{path}");
                assert_eq!(again.header("surrogate-key"), first.header("surrogate-key"), "{path}");
            };
            assert_eq!(statements(site, again), 0, "{path}");
        }
    }

    // abuse: CA-05
    fn of_a_crowd_one_is_composed_for(site: &Site) {
        site.published("Reef recovers");
        site.editor().front_page(&["reef-recovers"]);
        for path in ["/v1/articles/reef-recovers", "/v1/articles", "/v1/fronts/home"] {
            let alone = statements(site, || site.reader().get(path).status(200));
            site.published(&format!("Another {path}"));
            // Whatever went into it is another now.
            let edited = json!({"kind": "correction", "text": format!("About {path}.")});
            let live = site.reader().article("reef-recovers").status(200).id();
            site.editor().act(&site.editor().working_copy(&live), "corrections", edited).status(201);
            let crowd = statements(site, || together(CROWD, |_| site.reader().get(path).status(200)));
            assert!(crowd <= alone, "{path}: {crowd} statements for all, {alone} for one");
        }
    }
}

#[test]
fn a_site_may_keep_nothing() {
    let database = masthead_tests::database::Database::Sqlite;
    let site = Site::with(database, &[("MASTHEAD_CACHE_ENABLED", "off")]);
    site.published("Reef recovers");
    let seen = site.reader().article("reef-recovers").status(200);
    let took = statements(&site, || {
        let again = site.reader().article("reef-recovers").status(200);
        assert_eq!(
            (again.etag(), again.header("surrogate-key")),
            (seen.etag(), seen.header("surrogate-key"))
        );
        site.reader()
            .request("GET", "/v1/articles/reef-recovers")
            .if_none_match(seen.etag())
            .send()
            .status(304);
    });
    assert!(took > 2, "{took}");
}
