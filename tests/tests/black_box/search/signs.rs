//! No sign in a search commands anything, and what is too much of it is refused.

use chrono::TimeDelta;
use masthead_tests::on_both;
use serde_json::json;

use super::{found, live, search};

on_both! {
    // abuse: IN-12
    fn every_operator_of_a_database_is_text(site: &Site) {
        live(site, "Cats and dogs", "Or not near.", &json!({}));
        site.wait(TimeDelta::seconds(1));
        live(site, "Cats alone", "No more.", &json!({}));
        let both = ["Cats alone", "Cats and dogs"];
        for text in [
            "cat*", "^cats", "+cats", "cats:", "(cats)", "cats)", "((cats", "\"cats", "cats\"\"", "'cats'", "cats & !", "cats:*",
            "cats <->", "cats -", "cats --", "cats;", "{cats}", "[cats]", "cats\\", "cats %", "$cats", "?cats",
            "=cats", "_cats", "cats /*",
        ] {
            assert_eq!(found(site, text), both, "{text}");
        }
        for text in ["cats AND dogs", "cats and dogs", "cats NEAR dogs OR not", "dogs NOT cats", "cats & dogs", "cats + dogs", "dogs -cats", "cats <-> dogs NEAR"] {
            assert_eq!(found(site, text), ["Cats and dogs"], "{text}");
        }
        for text in [
            "cats OR birds", "cats | birds", "ca*", "headline:cats", "terms:cats", "cats:A", "cats NEAR/2 dogs",
            "' OR '1'='1", "cats'; DROP TABLE search_rows; --", "cats UNION SELECT 1", "1 AND pg_sleep(5)", "'||(select 1)||'",
            "%", "_", "*", "\"", "\"\"", "()", "-", "^", "$1", "?", "\\", ":*",
        ] {
            assert_eq!(found(site, text), [""; 0], "{text}");
        }
    }

    // abuse: IN-01, IN-04, IN-08, IN-09, IN-11
    fn a_search_that_is_too_much_or_none_is_refused(site: &Site) {
        let refused = |query: &str, name: &str, code: &str| {
            site.reader().get(&format!("/v1/search{query}")).refused(422, "validation_failed").names(name, code);
        };
        refused("", "q", "required");
        refused("?q=", "q", "required");
        refused("?q=%20%E3%80%80", "q", "required");
        refused(&format!("?q={}", "a".repeat(201)), "q", "too_long");
        refused(&format!("?q={}", "a+b+".repeat(17)), "q", "too_many");
        refused(&format!("?q={}", "%E6%9D%B1".repeat(33)), "q", "too_many");
        refused("?q=a%00b", "q", "control_character");
        refused("?q=a&q=b", "q", "repeated_parameter");
        refused("?q=a&limit=101", "limit", "out_of_range");
        refused("?q=a&sort=published_at", "sort", "unknown_parameter");
        refused("?q=a&count=exact", "count", "unknown_parameter");
        site.reader().get(&format!("/v1/search?q={}", "a".repeat(9000))).refused(414, "uri_too_long");
        site.reader().get(&format!("/v1/search?q={}", "a".repeat(200))).status(200);
        site.reader().get(&format!("/v1/search?q={}", "%E6%9D%B1".repeat(32))).status(200);
        search(site, "a", "&cursor=AAAA").refused(400, "invalid_cursor");
    }

    fn a_text_that_is_too_long_to_be_found_by_all_of_it_is_published_and_found_by_its_beginning(site: &Site) {
        let words = |from: u32| (from..from + 100).map(|n| format!("w{n}x{}", n * 7919)).collect::<Vec<_>>().join(" ");
        let body: Vec<_> = (0..450).map(|n| crate::abuse::story::paragraph(&words(n * 100))).collect();
        live(site, "Endless", "", &json!({"body": body, "no_byline": false, "bylines": [{"role": "author", "name": "Mara Lind"}]}));
        for text in ["endless", "lind", "w0x0", "w1x7919 w9999x79182081"] {
            assert_eq!(found(site, text), ["Endless"], "{text}");
        }
        assert!(site.checkup().is_sound());
    }
}
