//! Server-sent events: the same items as the feed, in its order, resumed where a connection was lost.

use std::time::Duration;

use masthead_tests::on_both;
use serde_json::json;

const SOON: Duration = Duration::from_secs(10);

on_both! {
    fn a_stream_tells_what_the_feed_tells_and_goes_on_where_it_was_lost(site: &Site) {
        site.published("Reef recovers");
        site.work();
        let feed = || site.reader().get("/v1/changes?limit=100").status(200).json();
        let known = feed()["data"].as_array().unwrap().clone();
        let mut stream = site.stream("/v1/events", None);
        assert_eq!(stream.status, 200);
        for header in ["content-type: text/event-stream", "cache-control: no-store"] {
            assert!(stream.headers.iter().any(|line| line == header), "{:?}", stream.headers);
        }
        let told: Vec<_> = known.iter().map(|_| stream.next(SOON).expect("an event")).collect();
        assert_eq!(told.iter().map(|event| &event.data).collect::<Vec<_>>(), known.iter().collect::<Vec<_>>());
        // The id of an event is a cursor of the feed.
        let rest = site.reader().get(&format!("/v1/changes?cursor={}", told[0].id)).status(200).json();
        assert_eq!(rest["data"].as_array().unwrap().len(), known.len() - 1);
        drop(stream);
        let mut again = site.stream("/v1/events", Some(&told[0].id));
        assert_eq!(again.next(SOON).as_ref(), Some(&told[1]));
        let mut from_now = site.stream("/v1/events?from=now", None);
        assert_eq!(from_now.next(Duration::from_millis(600)), None);
        let live = site.published("Seals return");
        site.work();
        let event = from_now.next(SOON).expect("it is told while it is open");
        assert_eq!((&event.data["type"], &event.data["id"]), (&json!("article"), &json!(live.id())));
    }

    fn who_is_cut_off_before_the_first_event_misses_nothing(site: &Site) {
        site.published("Reef recovers");
        site.work();
        let mut stream = site.stream("/v1/events?from=now", None);
        let place = stream.place(SOON).expect("where it begins");
        drop(stream);
        let missed = site.published("Seals return");
        site.work();
        // A browser comes again to the same address.
        let mut again = site.stream("/v1/events?from=now", Some(&place));
        assert_eq!(again.place(SOON), Some(place));
        let event = again.next(SOON).expect("what happened meanwhile");
        assert_eq!((&event.data["type"], &event.data["id"]), (&json!("article"), &json!(missed.id())));
    }

    fn a_stream_is_asked_for_as_such_and_from_a_place_that_there_is(site: &Site) {
        assert_eq!(site.stream("/v1/events", Some("nonsense")).status, 400);
        let asked = |accept: &str| site.reader().request("GET", "/v1/events?cursor=x").header("accept", accept).send();
        asked("application/json").refused(406, "not_acceptable");
        asked("text/event-stream").refused(400, "invalid_cursor");
        let reader = site.reader();
        for _ in 0..3 {
            // It holds neither a seat nor the connection, on which the next request comes.
            reader.request("HEAD", "/v1/events").send().status(200);
        }
    }

    // abuse: OP-09
    fn a_stream_ends_when_the_server_is_about_to_stop(site: &Site) {
        let mut stream = site.stream("/v1/events?from=now", None);
        site.leave();
        let began = std::time::Instant::now();
        assert_eq!(stream.next(SOON), None);
        assert!(began.elapsed() < Duration::from_secs(3), "it ends by itself");
    }
}
