//! Addresses without end: what is kept stays within its bound, and what is asked often stays kept.

use masthead_tests::on_both;
use masthead_tests::site::Site;

/// Most octets that are kept: fewer than the answers of the flood have.
const BOUND: u32 = 1 << 20;

/// How many addresses are asked.
const FLOOD: usize = 1200;

on_both! {
    // abuse: CA-03
    fn a_flood_of_addresses_leaves_the_front_page_kept(database: Database) {
        let site = Site::with(
            database,
            &[("MASTHEAD_CACHE_MAX_BYTES", &BOUND.to_string()), ("MASTHEAD_METRICS_LISTEN", "127.0.0.1:0")],
        );
        (0..5).for_each(|n| drop(site.published(&format!("Reef {n} recovers"))));
        let reader = site.reader();
        let (mut asked, mut kept) = (0, 0);
        for n in 0..FLOOD {
            match n % 5 {
                0 => reader.get(&format!("/v1/articles?made_up_{n}={n}")).status(422),
                1 => reader.get(&format!("/v1/articles/no-such-article-{n}")).status(404),
                2 => reader.get(&format!("/v1/articles?limit={}&published_after=2020-01-01T00:00:{:02}.{n:03}Z", n % 100 + 1, n % 60)).status(200),
                3 => reader.get(&format!("/v1/articles?cursor=made-up-{n}")).status(400),
                _ => reader.get(&format!("/v1/articles?id=01970000-0000-7000-8000-{n:012}")).status(200),
            };
            if n % 10 == 0 {
                let before = site.statements();
                reader.get("/v1/articles").status(200);
                asked += 1;
                kept += usize::from(site.statements() == before);
            }
        }
        assert!(kept * 10 >= asked * 9, "{kept} of {asked}");
        let metrics = site.metrics();
        let octets = metrics.lines().find_map(|line| line.strip_prefix("masthead_cache_octets ")).expect("the metric");
        assert!((1..=BOUND).contains(&octets.parse().expect("a number")), "{octets}");
        // The same question is kept once, however it is spelled.
        let spellings = ["limit=7&section=world", "section=world&limit=7", "section=%77orld&limit=7", "&&limit=7&section=world"];
        reader.get(&format!("/v1/articles?{}", spellings[0])).status(200);
        let before = site.statements();
        spellings.iter().for_each(|spelling| drop(reader.get(&format!("/v1/articles?{spelling}")).status(200)));
        assert_eq!(site.statements(), before);
    }
}
