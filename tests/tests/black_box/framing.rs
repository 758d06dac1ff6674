//! Bytes that are no HTTP request, or more than one: what the server makes of them.

use std::time::Duration;

use masthead_tests::on_both;

/// Longer than any answer takes here.
const SOON: Duration = Duration::from_secs(5);

on_both! {
    // abuse: IN-13
    fn ambiguous_framing_is_refused_and_ends_the_connection(site: &Site) {
        for head in [
            "NONSENSE\r\n\r\n",
            "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ncontent-length: 6\r\n\r\nhello",
            "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 5\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n",
            "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: -5\r\n\r\nhello",
            "GET / HTTP/1.1\r\nhost: a\r\na b: c\r\n\r\n",
        ] {
            let mut connection = site.raw();
            connection.write(head);
            // Answered as a request of its own, this one would be a smuggled one.
            connection.write("GET /second HTTP/1.1\r\nhost: a\r\n\r\n");
            let answer = connection.answer(SOON).unwrap_or_else(|| panic!("no answer to {head:?}"));
            assert_eq!(answer.status, 400, "{head:?}");
            assert!(connection.closes(SOON), "{head:?}");
        }
    }

    fn requests_on_one_connection_are_answered_in_turn(site: &Site) {
        let mut connection = site.raw();
        connection.write("GET /one HTTP/1.1\r\nhost: a\r\n\r\nGET /two HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n");
        for _ in 0..2 {
            assert_eq!(connection.answer(SOON).map(|answer| answer.status), Some(404));
        }
        assert!(connection.closes(SOON));
    }
}
