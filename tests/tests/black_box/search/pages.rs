//! Pages of what is found.

use chrono::TimeDelta;
use masthead_tests::on_both;
use serde_json::{Value, json};

use super::{found, live, search};
use crate::paging::walk;

on_both! {
    // abuse: IN-09
    fn a_search_is_walked_back_by_the_pages_of_the_walk_there(site: &Site) {
        let mut expected = Vec::new();
        for n in 0..9 {
            let (headline, body) = if n % 3 == 0 { (format!("Tide {n}"), "High.") } else { (format!("Story {n}"), "The tide came.") };
            live(site, &headline, body, &json!({}));
            expected.push(format!("\"{headline}\""));
            // Some share their instant.
            site.wait(TimeDelta::seconds(i64::from(n % 2 == 0)));
        }
        for limit in [1, 2, 3, 5, 9, 20] {
            let walked = walk(&site.reader(), &format!("/v1/search?q=tide&limit={limit}"), "/headline");
            let (first, rest) = walked.split_at(3);
            assert_eq!(first, ["\"Tide 6\"", "\"Tide 3\"", "\"Tide 0\""], "{limit}");
            let mut all: Vec<_> = first.iter().chain(rest).cloned().collect();
            all.sort();
            let mut expected = expected.clone();
            expected.sort();
            assert_eq!(all, expected, "{limit}");
        }
        let page = site.reader().get("/v1/search?q=tide&limit=2").json();
        let cursor = page["page"]["next_cursor"].as_str().expect("more").to_owned();
        for other in ["/v1/search?q=tides&limit=2", "/v1/search?q=tide&limit=3", "/v1/articles?limit=2"] {
            site.reader().get(&format!("{other}&cursor={cursor}")).refused(400, "invalid_cursor");
        }
        // What is published meanwhile moves nothing that lies behind.
        live(site, "Tide of late", "High.", &json!({}));
        let next = site.reader().get(&format!("/v1/search?q=tide&limit=2&cursor={cursor}")).status(200);
        next.says("/data/0/headline", "Tide 0");
    }

    /// `ship creek` and `bog fen` have one number in the index.
    fn what_the_index_promises_too_much_of_is_passed_by(site: &Site) {
        live(site, "Oldest", "They met at ship creek.", &json!({}));
        site.wait(TimeDelta::seconds(1));
        for n in 0..12 {
            live(site, &format!("Story {n}"), "A creek, no ship. Bog fen is dry.", &json!({}));
            site.wait(TimeDelta::seconds(1));
        }
        let page = search(site, "\"ship creek\"", "&limit=5").status(200).json();
        assert_eq!(page["data"][0]["headline"], "Oldest");
        assert_eq!((&page["data"][1], &page["page"]["prev_cursor"]), (&Value::Null, &Value::Null));
        assert_eq!(page["page"]["next_cursor"], Value::Null);
        assert_eq!(found(site, "\"bog fen\"").len(), 12);
        // More than a reader waits for: such a page is empty, and says that there is more.
        let mut page = search(site, "\"ship creek\"", "&limit=2").status(200).json();
        assert_eq!((&page["data"], &page["page"]["prev_cursor"]), (&json!([]), &Value::Null));
        while let Some(cursor) = page["page"]["next_cursor"].as_str() {
            assert_eq!(page["data"], json!([]));
            page = search(site, "\"ship creek\"", &format!("&limit=2&cursor={cursor}")).status(200).json();
        }
        assert_eq!(page["data"][0]["headline"], "Oldest");
    }
}
