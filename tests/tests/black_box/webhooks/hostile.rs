//! Receivers that lead elsewhere, answer without end or not at all: they cost little, and nobody else anything.

use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

use masthead_tests::on_both;
use masthead_tests::receiver::{Receiver, drip};
use serde_json::json;

on_both! {
    // abuse: WH-04
    fn no_redirect_is_followed(site: &Site) {
        let (receiver, inside) = (Receiver::start(), Receiver::start());
        let webhook = site.webhook_to(&receiver.url(), &json!(["article.published"]));
        for status in ["301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect", "308 Permanent Redirect"] {
            for place in [inside.url(), receiver.url(), "http://169.254.169.254/".to_owned()] {
                receiver.answers(status, &format!("Location: {place}\r\nRefresh: 0; url={place}\r\n"));
                site.published(&format!("Reef {status} {}", place.len()));
                site.work();
                assert_eq!(site.last_outcome(&webhook.id()), "redirected", "{status} to {place}");
                assert_eq!(receiver.took().len(), 1, "{status} to {place}");
            }
        }
        receiver.answers("200 OK", &format!("Refresh: 0; url={}\r\n", inside.url()));
        site.published("Reef at last");
        site.work();
        assert_eq!(site.last_outcome(&webhook.id()), "delivered");
        assert_eq!(inside.connections(), 0);
    }

    // abuse: WH-05
    fn a_hostile_receiver_costs_ten_seconds_and_64_kib_and_nobody_else_anything(site: &Site) {
        const BEGIN: &str = "HTTP/1.1 200 OK\r\n";
        let second = Duration::from_secs(1);
        let manners = [
            ("answer_too_large", drip("HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n", "0123456789abcdef0123456789abcdef", Duration::ZERO)),
            ("answer_too_large", drip("HTTP/1.1 500 No\r\nConnection: close\r\n\r\n", "0123456789abcdef0123456789abcdef", Duration::ZERO)),
            ("timed_out", drip("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n", "0", second)),
            ("timed_out", drip(BEGIN, "X-More: yes\r\n", second)),
            ("timed_out", drip("", "HTTP/1.1 100 Continue\r\n\r\n", Duration::from_millis(100))),
            ("timed_out", drip("", "", second)),
            ("broken_off", Arc::new(|stream| stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0"))),
            ("broken_off", Arc::new(|_| Ok(()))),
            ("broken_off", Arc::new(|stream| stream.write_all(b"SSH-2.0-OpenSSH_9.9\r\n"))),
        ];
        let wanted = json!(["article.published"]);
        let hostile: Vec<_> = manners.iter().map(|(outcome, manner)| {
            let receiver = Receiver::start();
            receiver.acts(Arc::clone(manner));
            let webhook = site.webhook_to(&receiver.url(), &wanted).id();
            (receiver, webhook, *outcome)
        }).collect();
        let dead: Vec<_> = (0..20).map(|_| {
            let receiver = Receiver::start();
            receiver.acts(drip("", "", second));
            site.webhook_to(&receiver.url(), &wanted);
            receiver
        }).collect();
        let no_tls = Receiver::start();
        let no_tls = site.webhook_to(&no_tls.url().replace("http:", "https:"), &wanted).id();
        let nobody = site.webhook_to("http://127.0.0.1:65500/", &wanted).id();
        let good = Receiver::start();
        site.webhook_to(&good.url(), &wanted);
        for n in 0..5 {
            site.published(&format!("Reef {n}"));
        }
        let began = Instant::now();
        site.work();
        let took = began.elapsed();
        let told = good.took();
        assert_eq!(told.len(), 5);
        let slowest = told.iter().map(|told| told.at - began).max().unwrap();
        assert!(slowest < Duration::from_secs(9), "the good one waited {slowest:?} for others");
        // Five of one receiver, four at a time, ten seconds each.
        assert!(took < Duration::from_secs(40), "{took:?}");
        for (receiver, webhook, outcome) in &hostile {
            assert_eq!(site.last_outcome(webhook), *outcome, "{receiver:?}");
            let octets = site.deliveries(webhook)[0]["log"][0]["octets"].as_u64();
            assert!(octets.unwrap_or(0) < 300_000, "{octets:?} octets");
        }
        assert_eq!(site.last_outcome(&nobody), "unreachable");
        assert_eq!(site.last_outcome(&no_tls), "unreachable");
        assert!(dead.iter().all(|receiver| receiver.connections() > 0));
    }
}
