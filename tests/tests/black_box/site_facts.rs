//! `/v1/site`: what a frontend must know of a site, and nothing of what only its newsroom goes by.

use masthead_tests::on_both;
use masthead_tests::site::Site;
use serde_json::json;

const SITE: &str = "/v1/site";

on_both! {
    fn a_frontend_learns_what_the_site_is(database: Database) {
        let settings = [
            ("MASTHEAD_SITE_NAME", "Varnposten"),
            ("MASTHEAD_SITE_PUBLISHER", "Varn Press"),
            ("MASTHEAD_SITE_LANGUAGE", "nb"),
            ("MASTHEAD_SITE_LANGUAGES", "nb, nn"),
            ("MASTHEAD_SITE_ARTICLE_URL", "https://varn.example/news/{slug}"),
            ("MASTHEAD_SITE_TIME_ZONE", "europe/oslo"),
            ("MASTHEAD_SITE_CREDIT_STYLE", "via"),
            ("MASTHEAD_COMMENTS_MODE", "closed"),
            ("MASTHEAD_COMMENTS_MODERATION", "trusted"),
            ("MASTHEAD_COMMENTS_OPEN_DAYS", "0"),
            ("MASTHEAD_COMMENTS_MAX_LENGTH", "500"),
            ("MASTHEAD_COMMENTS_MAX_DEPTH", "1"),
            ("MASTHEAD_COMMENTS_EDIT_WINDOW_S", "60"),
        ];
        let site = &Site::with(database, &settings);
        let told = site.reader().get(SITE).status(200).json();
        let wanted = json!({
            "name": "Varnposten", "publisher": "Varn Press", "language": "nb", "languages": ["nb", "nn"],
            "article_url": "https://varn.example/news/{slug}", "time_zone": "Europe/Oslo", "credit_style": "via",
            "comments": {
                "mode": "closed", "moderation": "trusted", "open_days": null, "max_length": 500, "max_depth": 1,
                "edit_window_s": 60, "requires": ["author_name", "author_email", "body"],
            },
        });
        assert_eq!(told, wanted);
    }

    fn a_site_of_few_words_tells_what_holds_without_them(site: &Site) {
        let told = site.reader().get(SITE).status(200);
        let told = told.says("/name", "Masthead").says("/publisher", "Masthead").says("/time_zone", "UTC");
        let told = told.says("/language", "en").says("/languages", json!([])).says("/comments/mode", "open");
        told.says("/comments/open_days", 14);
    }

    // abuse: CM-06
    fn nothing_is_told_of_what_only_the_newsroom_goes_by(database: Database) {
        let settings = [
            ("MASTHEAD_SITE_TERRITORY", "NO"),
            ("MASTHEAD_SITE_REQUIRE_APPROVAL", "on"),
            ("MASTHEAD_SITE_PRIVATE_DRAFTS", "on"),
            ("MASTHEAD_COMMENTS_WORDS", "canaryword"),
            ("MASTHEAD_COMMENTS_MAX_LINKS", "47"),
            ("MASTHEAD_COMMENTS_MIN_FILL_MS", "4711"),
            ("MASTHEAD_COMMENTS_FLOOD_MOST", "4712"),
            ("MASTHEAD_COMMENTS_FLOOD_WINDOW_S", "4713"),
            ("MASTHEAD_COMMENTS_REPORTS_TO_HOLD", "471"),
            ("MASTHEAD_COMMENTS_KEEP_ADDRESSES_DAYS", "47"),
        ];
        let (open, strict) = (&Site::start(database), &Site::with(database, &settings));
        // Whoever asks, and whatever these settings say: the same octets.
        let told = open.reader().get(SITE).status(200);
        for who in [strict.reader(), strict.reporter(), strict.admin(), strict.bearer("nonsense")] {
            let seen = who.get(SITE).status(200);
            assert_eq!((seen.etag(), &seen.body), (told.etag(), &told.body));
        }
    }

    fn it_is_kept_like_all_that_readers_get(database: Database) {
        // Shorter answers are not worth a coding.
        let long = format!("https://varn.example/{}/{{slug}}", "news/".repeat(300));
        let site = &Site::with(database, &[("MASTHEAD_SITE_ARTICLE_URL", &long)]);
        let reader = site.reader();
        let told = reader.get(SITE).status(200);
        assert_eq!(told.header("surrogate-key"), "site");
        assert_eq!(told.header("vary"), "Accept-Encoding");
        assert_eq!(
            told.header("cache-control"),
            "public, max-age=60, s-maxage=60, stale-while-revalidate=30, stale-if-error=600"
        );
        assert_eq!(told.header("access-control-allow-origin"), "*");
        let coded = reader.request("GET", SITE).header("accept-encoding", "br").send().status(200);
        assert_eq!(coded.header("content-encoding"), "br");
        assert!(coded.etag().ends_with("-br\"") && coded.body.len() < told.body.len());
        for tag in [told.etag(), "\"other\", *"] {
            let known = reader.request("GET", SITE).if_none_match(tag).send().status(304);
            assert_eq!((known.etag(), known.body.len()), (told.etag(), 0));
        }
        let head = reader.request("HEAD", SITE).send().status(200);
        assert_eq!((head.etag(), head.body.len()), (told.etag(), 0));
        let asked = reader.request("OPTIONS", SITE).header("origin", "https://varn.example");
        let asked = asked.header("access-control-request-method", "GET").send();
        assert!(asked.status < 300, "{asked}");
        assert_eq!(asked.header("access-control-allow-origin"), "*");
        reader.get("/v1/site?lang=nb").refused(422, "validation_failed").names("lang", "unknown_parameter");
        assert_eq!(reader.request("POST", SITE).send().refused(405, "method_not_allowed").header("allow"), "GET, HEAD");
    }

    fn other_settings_are_told_at_the_next_request(database: Database) {
        let mut site = Site::with(database, &[("MASTHEAD_SITE_NAME", "The Varn Courier")]);
        let before = site.reader().get(SITE).status(200).says("/name", "The Varn Courier");
        site.restart_with(&[("MASTHEAD_SITE_NAME", "The Varn Post"), ("MASTHEAD_SITE_TIME_ZONE", "Europe/Oslo")]);
        let reader = site.reader();
        let after = reader.request("GET", SITE).if_none_match(before.etag()).send().status(200);
        after.says("/name", "The Varn Post").says("/publisher", "The Varn Post").says("/time_zone", "Europe/Oslo");
    }
}
