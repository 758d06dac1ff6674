//! Slow, split and ambiguous HTTP: every connection ends, and nothing is answered twice.

use std::thread::sleep;
use std::time::{Duration, Instant};

use masthead_tests::database::Database;
use masthead_tests::on_both;
use masthead_tests::site::Site;

/// Longer than any answer takes here.
const SOON: Duration = Duration::from_secs(10);

/// A site that waits for one second and no longer.
fn impatient(database: Database) -> Site {
    Site::with(
        database,
        &[("MASTHEAD_LIMITS_BODY_DEADLINE_S", "1"), ("MASTHEAD_LIMITS_HEADER_DEADLINE_S", "1")],
    )
}

on_both! {
    // abuse: IN-13
    fn a_request_that_does_not_arrive_is_given_up(database: Database) {
        let site = &impatient(database);
        let token = site.admin().token().unwrap().to_owned();
        // Headers that stop, and headers that trickle.
        let mut silent = site.raw();
        silent.write("GET /v1/articles HTTP/1.1\r\nho");
        let mut trickling = site.raw();
        trickling.write("GET /v1/articles HTTP/1.1\r\n");
        // A body that stops, and one that trickles, on each kind of framing.
        let head = format!("POST /v1/editorial/articles HTTP/1.1\r\nhost: a\r\nauthorization: Bearer {token}\r\ncontent-type: application/json\r\n");
        let mut bodies = [site.raw(), site.raw(), site.raw()];
        bodies[0].write(format!("{head}content-length: 100\r\n\r\n{{\"h"));
        bodies[1].write(format!("{head}content-length: 100\r\n\r\n"));
        bodies[2].write(format!("{head}transfer-encoding: chunked\r\n\r\n"));
        let begun = Instant::now();
        for _ in 0..15 {
            trickling.write("a");
            bodies[1].write(" ");
            bodies[2].write("1\r\n \r\n");
            sleep(Duration::from_millis(100));
        }
        for connection in [&mut silent, &mut trickling] {
            let answer = connection.answer(SOON);
            assert!(answer.as_ref().is_none_or(|answer| answer.status == 408), "{answer:?}");
            assert!(connection.closes(SOON));
        }
        for connection in &mut bodies {
            let answer = connection.answer(SOON).expect("a body that does not come is answered");
            assert_eq!(answer.status, 408);
            assert_eq!(answer.header("connection"), Some("close"));
        }
        for connection in &mut bodies {
            connection.write("0\r\n\r\nGET /v1/articles HTTP/1.1\r\nhost: a\r\n\r\n");
            assert!(connection.closes(SOON), "what follows would be read as a request");
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
        site.reader().get("/v1/articles").status(200);
    }

    // abuse: IN-13
    fn many_slow_clients_are_in_nobodys_way(site: &Site) {
        let mut crowd: Vec<_> = (0..500)
            .map(|_| {
                let mut slow = site.raw();
                slow.write("GET /v1/articles HTTP/1.1\r\nx-slow: ");
                slow
            })
            .collect();
        let begun = Instant::now();
        for _ in 0..20 {
            site.reader().get("/v1/articles").status(200);
            assert!(crowd.iter_mut().all(|slow| slow.write("a")), "one was put out");
        }
        assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
        // They were there all the time: one that hurries now is answered.
        let mut last = crowd.pop().unwrap();
        last.write("\r\nhost: a\r\nconnection: close\r\n\r\n");
        assert_eq!(last.answer(SOON).map(|answer| answer.status), Some(200));
    }

    // abuse: IN-13
    fn a_header_block_has_its_bounds(site: &Site) {
        let status = |head: String| {
            let mut raw = site.raw();
            raw.write(head);
            raw.answer(SOON).map(|answer| answer.status)
        };
        let fields = |n: usize, octets: usize| -> String { (0..n).map(|i| format!("x-f{i}: {}\r\n", "a".repeat(octets))).collect() };
        assert_eq!(status(format!("GET /v1/articles HTTP/1.1\r\nhost: a\r\n{}\r\n", fields(50, 20))), Some(200));
        assert_eq!(status(format!("GET /v1/articles HTTP/1.1\r\nhost: a\r\n{}\r\n", fields(200, 20))), Some(431));
        assert_eq!(status(format!("GET /v1/articles HTTP/1.1\r\nhost: a\r\n{}\r\n", fields(1, 300_000))), Some(431));
        let long = status(format!("GET /v1/articles?q={} HTTP/1.1\r\nhost: a\r\n\r\n", "a".repeat(9000)));
        assert_eq!(long, Some(414));
        site.reader().get("/v1/articles").status(200);
    }

    // abuse: IN-13
    fn framing_that_two_readers_could_read_differently_is_refused(site: &Site) {
        let smuggled = "GET /v1/smuggled HTTP/1.1\r\nhost: a\r\n\r\n";
        for framing in [
            "content-length: 5\r\ncontent-length: 5", "content-length: 5\r\ncontent-length: 6", "content-length: 5, 5", "content-length: +5", "content-length: 0x5", "content-length: 5 5",
            "content-length: -5", "content-length: 5.0", "content-length: 99999999999999999999", "transfer-encoding: chunked\r\ncontent-length: 5", "content-length: 5\r\ntransfer-encoding: chunked",
            "transfer-encoding: identity\r\ncontent-length: 5", "transfer-encoding: chunked, identity", "transfer-encoding: gzip, chunked", "transfer-encoding: chunked\r\ntransfer-encoding: chunked",
            "transfer-encoding: xchunked", "transfer-encoding: \"chunked\"", "transfer-encoding: chunked;q=1", "content-length : 5", "content-length: 5\r\n folded: a", "x\0y: 1",
        ] {
            let mut raw = site.raw();
            raw.write(format!("POST /v1/auth/login HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n{framing}\r\n\r\n{smuggled}"));
            let Some(answer) = raw.answer(SOON) else { continue };
            assert!(answer.status >= 400 && answer.status < 500, "{framing:?}: {}", answer.status);
            if let Some(second) = raw.answer(SOON) {
                panic!("{framing:?}: a second answer from a refused request: {}", second.status);
            }
        }
        // A body on a request that needs none is not read as the next request.
        let mut raw = site.raw();
        raw.write(format!("GET /v1/articles HTTP/1.1\r\nhost: a\r\ncontent-length: {}\r\n\r\n{smuggled}", smuggled.len()));
        assert_eq!(raw.answer(SOON).map(|answer| answer.status), Some(200));
        raw.write("GET /v1/tags HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
        assert_eq!(raw.answer(SOON).map(|answer| answer.status), Some(200), "the next one is the next one that was sent");
        assert!(raw.closes(SOON));
        // A refusal before the body is read does not take the body for a request.
        let mut raw = site.raw();
        raw.write(format!("POST /v1/editorial/articles HTTP/1.1\r\nhost: a\r\ncontent-length: {}\r\n\r\n{smuggled}", smuggled.len()));
        assert_eq!(raw.answer(SOON).map(|answer| answer.status), Some(401));
        raw.write("GET /v1/tags HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
        let next = raw.answer(SOON).map(|answer| answer.status);
        assert!(matches!(next, None | Some(200)), "{next:?}");
    }
}
