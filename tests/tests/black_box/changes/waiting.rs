//! Waiting for something to change: for no longer than was asked, and without being in anybody's way.

use std::thread;
use std::time::{Duration, Instant};

use masthead_tests::on_both;
use masthead_tests::site::Site;

on_both! {
    fn who_waits_is_told_at_once_what_another_node_publishes(database: Database) {
        let site = &Site::of_two_nodes(database);
        let end = site.reader().get("/v1/changes?from=now").status(200).text_at("/cursor");
        let path = format!("/v1/changes?wait=30&cursor={end}");
        thread::scope(|scope| {
            let waiting = scope.spawn(|| {
                let answer = site.reader().at_node(1).get(&path).status(200);
                (Instant::now(), answer)
            });
            site.published("Reef recovers");
            site.work();
            let published = Instant::now();
            let (told, answer) = waiting.join().expect("it is told");
            assert!(told.saturating_duration_since(published) < Duration::from_secs(2));
            assert!(!answer.json()["data"].as_array().unwrap().is_empty());
        });
    }

    fn who_waits_in_vain_is_told_so_when_the_time_is_over(site: &Site) {
        let end = site.reader().get("/v1/changes?from=now").status(200).text_at("/cursor");
        let began = Instant::now();
        let answer = site.reader().get(&format!("/v1/changes?wait=1&cursor={end}")).status(200);
        assert!(began.elapsed() >= Duration::from_secs(1));
        answer.says("/data", serde_json::json!([])).says("/cursor", end);
    }

    // abuse: OP-11
    fn past_its_seats_nobody_waits_and_all_others_are_served(database: Database) {
        let site = &Site::with(database, &[("MASTHEAD_LIMITS_FOLLOWERS", "2")]);
        let live = site.published("Reef recovers");
        let first = site.stream("/v1/events?from=now", None);
        let second = site.stream("/v1/events?from=now", None);
        assert_eq!((first.status, second.status), (200, 200));
        let refused = site.reader().get("/v1/changes?from=now&wait=5").refused(503, "overloaded");
        refused.header("retry-after");
        assert_eq!(site.stream("/v1/events", None).status, 503);
        site.reader().get("/v1/changes").status(200);
        site.reader().get(&format!("/v1/articles/{}", live.id())).status(200);
    }

    fn one_client_takes_no_more_seats_than_are_his(database: Database) {
        let settings = [("MASTHEAD_LIMITS_FOLLOWERS_PER_ADDRESS", "1"), ("MASTHEAD_SERVER_TRUSTED_PROXIES", "127.0.0.0/8")];
        let site = &Site::with(database, &settings);
        let _own = site.stream("/v1/events?from=now", None);
        site.reader().get("/v1/changes?from=now&wait=5").refused(503, "overloaded");
        let reader = site.reader();
        let other = reader.request("GET", "/v1/changes?from=now&wait=1").header("x-forwarded-for", "192.0.2.7");
        other.send().status(200);
    }
}
