//! `/docs`, `/openapi.json` and the pages of problems: what a person or a program reads about the API.

use masthead_tests::on_both;

on_both! {
    // abuse: OUT-09
    fn the_reference_needs_nothing_from_elsewhere_and_may_load_nothing_from_there(site: &Site) {
        let page = site.reader().get("/docs").status(200);
        assert_eq!(page.media_type(), "text/html");
        let policy = page.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(!policy.contains("unsafe") && !policy.contains("http"), "{policy}");
        let html = String::from_utf8(page.body.clone()).unwrap();
        assert!(!html.contains("://"), "the page names another server: {html}");
        let parts: Vec<_> = html.split(['"']).filter(|part| part.starts_with("/docs/")).collect();
        assert_eq!(parts.len(), 3);
        for part in parts {
            let answer = site.reader().get(part).status(200);
            let wanted = if part.ends_with("css") { "text/css" } else { "text/javascript" };
            assert_eq!(answer.media_type(), wanted);
        }
        site.reader().get("/docs/").refused(404, "not_found");
        site.reader().get("/docs/index.html").refused(404, "not_found");
    }

    fn the_contract_that_is_served_is_the_one_that_is_committed(site: &Site) {
        let served = site.reader().get("/openapi.json").status(200).says("/openapi", "3.1.0");
        assert_eq!(&served.json(), masthead_tests::contract::document());
        let by = site.reader();
        by.request("GET", "/openapi.json").header("if-none-match", served.etag()).send().status(304);
    }

    fn every_problem_has_a_page(site: &Site) {
        let codes = masthead_tests::contract::document()["components"]["schemas"]["Problem"]["properties"]["code"].clone();
        for code in codes["enum"].as_array().unwrap() {
            let page = site.reader().get(&format!("/problems/{}", code.as_str().unwrap())).status(200);
            assert_eq!(page.media_type(), "text/html");
            assert!(page.header("content-security-policy").starts_with("default-src 'none'"));
        }
        site.reader().get("/problems/no_such_code").refused(404, "not_found");
    }

    fn a_page_is_given_to_whoever_asks_for_pages_and_to_nobody_else(site: &Site) {
        let by = site.reader();
        let ask = |path: &str, accept: &str| by.request("GET", path).header("accept", accept).send();
        for (path, own) in [
            ("/docs", "text/html"),
            ("/problems/not_found", "text/html"),
            ("/docs/swagger-ui.css", "text/css"),
            ("/docs/start.js", "text/javascript"),
            ("/health/live", "text/plain"),
            ("/openapi.json", "application/json"),
        ] {
            assert_eq!(ask(path, own).status(200).media_type(), own);
            ask(path, "*/*").status(200);
            ask(path, "image/png").refused(406, "not_acceptable");
        }
        ask("/v1/articles", "text/html").refused(406, "not_acceptable");
    }
}
