//! Nothing is sent to an address inside, however it is named, and whatever it was when it was checked.

use std::net::TcpListener;

use chrono::TimeDelta;
use masthead_tests::database::Database;
use masthead_tests::on_both;
use masthead_tests::receiver::Receiver;
use masthead_tests::site::Site;
use masthead_tests::webhooks::NAME;
use serde_json::{Value, json};

const ALL: &str = "/v1/editorial/webhooks";

/// A site as it is where nothing is set.
fn plain(database: Database) -> Site {
    let settings = [
        ("MASTHEAD_WEBHOOKS_ALLOW_NETWORKS", ""),
        ("MASTHEAD_WEBHOOKS_HTTP", "off"),
        ("MASTHEAD_WEBHOOKS_PORTS", "443"),
    ];
    Site::with(database, &settings)
}

fn hook(url: &str) -> Value {
    json!({"name": "Rebuild", "url": url})
}

on_both! {
    // abuse: WH-01
    fn no_webhook_leads_into_a_network_of_ours(database: Database) {
        let receiver = Receiver::start();
        let port = receiver.port();
        let ports = format!("443,{port}");
        let settings = [("MASTHEAD_WEBHOOKS_ALLOW_NETWORKS", "10.9.8.7"), ("MASTHEAD_WEBHOOKS_HTTP", "on"), ("MASTHEAD_WEBHOOKS_PORTS", ports.as_str())];
        let site = Site::with(database, &settings);
        site.names(&[
            (NAME, &["8.8.8.8"]),
            ("localhost", &["127.0.0.1"]),
            ("metadata.google.internal", &["169.254.169.254"]),
            ("printer.local", &["8.8.8.8"]),
            ("inside.varn.example", &["10.0.0.1"]),
            ("both.varn.example", &["8.8.8.8", "127.0.0.1"]),
            ("nowhere.varn.example", &[]),
            ("dressed.varn.example", &["::ffff:127.0.0.1"]),
        ]);
        let made = site.admin().post(ALL, hook(&format!("http://{NAME}:{port}/"))).status(201);
        site.admin().post(ALL, hook(&format!("http://10.9.8.7:{port}/"))).status(201);
        for host in [
            "127.0.0.1", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "198.18.0.1",
            "224.0.0.1", "[::1]", "[::]", "[fc00::1]", "[fe80::1]", "[fd00:ec2::254]", "[::ffff:127.0.0.1]", "[64:ff9b::7f00:1]",
            "127.1", "0x7f000001", "localhost", "metadata.google.internal", "printer.local", "inside.varn.example",
            "both.varn.example", "nowhere.varn.example", "dressed.varn.example", "unknown.varn.example",
        ] {
            let url = format!("http://{host}:{port}/");
            site.admin().post(ALL, hook(&url)).refused(422, "target_refused");
            site.change_webhook(&made.id(), json!({"url": url})).refused(422, "target_refused");
        }
        // One that was good when it was made.
        site.names(&[(NAME, &["127.0.0.1"])]);
        site.admin().post(&format!("{ALL}/{}/test", made.id()), json!({})).refused(422, "target_refused");
        site.work();
        assert_eq!(receiver.connections(), 0);
        assert_eq!(site.deliveries(&made.id()), [Value::Null; 0]);
        site.editor().post(ALL, hook("http://127.0.0.1/")).refused(403, "forbidden");
    }

    // abuse: WH-02
    fn a_webhook_leads_to_https_and_the_ports_of_the_site(database: Database) {
        let site = plain(database);
        site.names(&[(NAME, &["8.8.8.8"])]);
        site.admin().post(ALL, hook(&format!("https://{NAME}/"))).status(201);
        for url in [format!("http://{NAME}/"), format!("https://{NAME}:22/"), format!("https://{NAME}:25/"), format!("https://{NAME}:5432/")] {
            site.admin().post(ALL, hook(&url)).refused(422, "target_refused");
        }
        let long = format!("https://{NAME}/{}", "a".repeat(8192));
        for (url, code) in [
            ("file:///etc/passwd", "bad_url"),
            ("gopher://hooks.varn.example/", "bad_url"),
            ("ftp://hooks.varn.example/", "bad_url"),
            ("https://mara:secret@hooks.varn.example/", "bad_url"),
            ("https://hooks.varn.example/#top", "bad_url"),
            ("https://hooks.varn.example./", "bad_url"),
            (long.as_str(), "too_long"),
        ] {
            site.admin().post(ALL, hook(url)).refused(422, "validation_failed").names("/url", code);
        }
    }

    // abuse: WH-03
    fn a_name_that_leads_inside_by_the_time_it_is_told_is_not_told(site: &Site) {
        let receiver = Receiver::start();
        let inside = TcpListener::bind(("127.0.0.2", receiver.port())).expect("an address of this machine");
        inside.set_nonblocking(true).expect("it can");
        let webhook = site.webhook_to(&format!("http://{NAME}:{}/hook", receiver.port()), &json!(["article.published"]));
        site.published("Reef recovers");
        site.work();
        assert_eq!(receiver.took().len(), 1, "it leads to where it may");
        for elsewhere in [&["127.0.0.2"][..], &["127.0.0.1", "127.0.0.2"], &["169.254.169.254"], &[]] {
            site.names(&[(NAME, elsewhere)]);
            site.published(&format!("Reef recovers {}", elsewhere.join(" ")));
            site.work();
            assert_eq!(site.last_outcome(&webhook.id()), "target_refused", "{elsewhere:?}");
            let told = site.deliveries(&webhook.id())[0].to_string();
            assert!(!told.contains("127.0.0") && !told.contains("169.254"), "{told}");
        }
        assert!(inside.accept().is_err(), "nobody came");
        assert_eq!(receiver.took().len(), 0);
        // What was refused is tried again, since a name may be mended.
        site.names(&[(NAME, &["127.0.0.1"])]);
        site.wait(TimeDelta::minutes(1));
        site.work();
        assert_eq!(receiver.took().len(), 4);
        assert_eq!(site.last_outcome(&webhook.id()), "delivered");
    }
}
