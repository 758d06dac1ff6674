//! Bodies in the coding that a client takes, each under a tag of its own (ruling 19).

use std::io::Read as _;

use masthead_tests::answer::Answer;
use masthead_tests::on_both;
use masthead_tests::site::Site;

fn asked(site: &Site, path: &str, codings: &str) -> Answer {
    site.reader().request("GET", path).header("accept-encoding", codings).send()
}

fn plain(answer: &Answer) -> Vec<u8> {
    let mut plain = Vec::new();
    match answer.header("content-encoding") {
        "br" => brotli::BrotliDecompress(&mut &answer.body[..], &mut plain).map(drop),
        "gzip" => flate2::read::GzDecoder::new(&answer.body[..]).read_to_end(&mut plain).map(drop),
        "zstd" => zstd::bulk::decompress(&answer.body, 1 << 20).map(|octets| plain = octets),
        other => panic!("{other}"),
    }
    .expect("a body in its coding");
    plain
}

on_both! {
    fn a_body_comes_in_the_coding_that_its_reader_takes(site: &Site) {
        (0..4).for_each(|n| drop(site.published(&format!("Reef {n} recovers"))));
        for path in ["/v1/articles", "/feeds/latest.rss"] {
            let whole = site.reader().get(path).status(200);
            assert_eq!(whole.header("vary"), "Accept-Encoding");
            assert!(!whole.headers.contains_key("content-encoding"));
            let mut tags = vec![whole.etag().to_owned()];
            for coding in ["br", "zstd", "gzip"] {
                // Twice: composed for this coding, and kept.
                for _ in 0..2 {
                    let coded = asked(site, path, &format!("deflate, {coding}")).status(200);
                    assert_eq!(coded.header("content-encoding"), coding);
                    assert_eq!(coded.header("vary"), "Accept-Encoding");
                    assert_eq!(coded.header("surrogate-key"), whole.header("surrogate-key"));
                    assert!(coded.body.len() * 2 < whole.body.len(), "{coding}: {}", coded.body.len());
                    assert_eq!(plain(&coded), whole.body, "{coding} of {path}");
                }
                let coded = asked(site, path, coding).status(200);
                tags.push(coded.etag().to_owned());
                let (reader, tag) = (site.reader(), coded.etag());
                let again = reader.request("GET", path).header("accept-encoding", coding);
                let known = again.if_none_match(tag).send().status(304);
                assert_eq!((known.etag(), known.header("vary")), (coded.etag(), "Accept-Encoding"));
                // The tag of one coding does not stand for another.
                site.reader().request("GET", path).if_none_match(coded.etag()).send().status(200);
            }
            tags.sort();
            tags.dedup();
            assert_eq!(tags.len(), 4, "{tags:?}");
            assert_eq!(asked(site, path, "br;q=0.1, gzip;q=0.5, *;q=0").status(200).header("content-encoding"), "gzip");
            assert_eq!(asked(site, path, "identity;q=0").status(200).body, whole.body);
        }
        let small = asked(site, "/v1/tags", "br").status(200);
        assert!(!small.headers.contains_key("content-encoding"), "a few octets gain nothing");
    }
}
