//! What a CDN in front of the site is told to let go of.

use chrono::TimeDelta;
use masthead_tests::cdn::{Cdn, Order};
use masthead_tests::database::Database;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use serde_json::{Value, json};

/// A site behind a CDN of this form, which has been told of everything so far.
fn behind(cdn: &Cdn, form: &str, database: Database) -> Site {
    let site = Site::with(
        database,
        &[
            ("MASTHEAD_CDN_PURGE_URL", &cdn.url()),
            ("MASTHEAD_CDN_FORM", form),
            ("MASTHEAD_CDN_TOKEN", "of-the-cdn"),
        ],
    );
    site.work();
    site
}

/// The keys of the orders of a CDN that reads them in this header.
fn keys(orders: &[Order], header: &str) -> Vec<String> {
    orders.iter().flat_map(|order| order.header(header).split(' ').map(str::to_owned)).collect()
}

on_both! {
    // abuse: CA-04
    fn a_cdn_is_told_of_a_change_and_told_again(database: Database) {
        let cdn = Cdn::start();
        let site = behind(&cdn, "fastly", database);
        let live = site.published("Reef recovers");
        site.work();
        let first = cdn.took();
        let names = keys(&first, "surrogate-key");
        let shown = site.reader().get(&format!("/v1/articles/{}", live.id())).status(200);
        let own = format!("a:{}", live.id().replace('-', ""));
        assert!(shown.header("surrogate-key").split(' ').any(|name| name == own), "{shown:?}");
        assert!(names.contains(&own) && names.contains(&"l".to_owned()), "{first:?}");
        assert!(first.iter().all(|order| order.line == "POST /service/a1/purge"), "{first:?}");
        assert!(first.iter().all(|order| order.header("fastly-key") == "of-the-cdn"), "{first:?}");
        site.work();
        assert_eq!(cdn.took(), [], "nothing new");
        site.wait(TimeDelta::seconds(2));
        site.work();
        let again = keys(&cdn.took(), "surrogate-key");
        assert!(again.contains(&own) && again.contains(&"l".to_owned()), "{again:?}");
        site.wait(TimeDelta::seconds(2));
        site.work();
        assert_eq!(cdn.took(), [], "it is told twice, and no more");
    }

    // abuse: OP-07
    fn a_cdn_waits_for_no_hour_of_a_clock_ahead(database: Database) {
        let (cdn, ahead) = (Cdn::start(), TimeDelta::hours(6));
        let site = behind(&cdn, "varnish", database);
        site.wait(ahead);
        site.published("Reef recovers");
        site.work();
        site.published("Seals return");
        site.wait(-ahead);
        cdn.took();
        let live = site.published("Ferries sail");
        site.work();
        let names = keys(&cdn.took(), "xkey-purge");
        assert!(names.contains(&format!("a:{}", live.id().replace('-', ""))), "{names:?}");
    }

    // abuse: CA-04
    fn what_a_cdn_did_not_take_it_is_told_later(database: Database) {
        let cdn = Cdn::start();
        let site = behind(&cdn, "varnish", database);
        let live = site.published("Reef recovers");
        cdn.is_away(true);
        let why = site.why_no_work().expect("the CDN is away");
        assert!(why.contains("503") && !why.contains("of-the-cdn"), "{why}");
        site.wait(TimeDelta::minutes(5));
        cdn.is_away(false);
        site.work();
        let told = cdn.took();
        let names = keys(&told, "xkey-purge");
        assert_eq!(names.iter().filter(|name| **name == format!("a:{}", live.id().replace('-', ""))).count(), 2, "{told:?}");
        assert!(told.iter().all(|order| order.line == "PURGE /service/a1/purge"), "{told:?}");
        assert!(told.iter().all(|order| order.header("authorization") == "Bearer of-the-cdn"), "{told:?}");
    }

    /// For so long it may keep a rendition.
    // abuse: CA-04
    fn what_was_held_up_is_told_within_a_day(database: Database) {
        let cdn = Cdn::start();
        let site = behind(&cdn, "fastly", database);
        let live = site.published("Reef recovers");
        site.wait(TimeDelta::hours(23));
        site.work();
        let told = keys(&cdn.took(), "surrogate-key");
        assert!(told.contains(&format!("a:{}", live.id().replace('-', ""))), "{told:?}");
    }

    // abuse: CA-04
    fn a_cdn_lets_go_of_a_portrait_that_is_taken_off(database: Database) {
        let cdn = Cdn::start();
        let site = behind(&cdn, "fastly", database);
        let photo = site.photo_editor().upload_whole(1).id();
        let person = json!({"name": "Mara Lind", "portrait": photo});
        let person = site.editor().post("/v1/editorial/contributors", person).status(201);
        site.work();
        cdn.took();
        let path = format!("/v1/editorial/contributors/{}", person.id());
        site.editor().patch(&path, person.etag(), json!({"portrait": null})).status(200);
        site.work();
        let told = keys(&cdn.took(), "surrogate-key");
        assert!(told.contains(&format!("p:{}", photo.replace('-', ""))), "{told:?}");
    }

    fn what_is_long_over_is_not_told(database: Database) {
        let cdn = Cdn::start();
        let site = behind(&cdn, "fastly", database);
        site.published("Reef recovers");
        site.wait(TimeDelta::hours(25));
        site.work();
        assert_eq!(cdn.took(), []);
    }

    fn cloudflare_reads_tags(database: Database) {
        let cdn = Cdn::start();
        let site = behind(&cdn, "cloudflare", database);
        let live = site.published("Reef recovers");
        for path in [format!("/v1/articles/{}", live.id()), "/v1/articles".to_owned(), "/v1/articles/nothing".to_owned()] {
            for _ in 0..2 {
                let answer = site.reader().get(&path);
                assert_eq!(answer.header("cache-tag"), answer.header("surrogate-key").replace(' ', ","), "{path}");
            }
        }
        site.work();
        let told = cdn.took();
        let tags: Vec<Value> = told.iter().map(|order| serde_json::from_str(&order.body).expect("JSON")).collect();
        let tags: Vec<_> = tags.iter().flat_map(|body| body["tags"].as_array().expect("tags").clone()).collect();
        assert!(tags.contains(&json!("l")), "{told:?}");
        assert!(told.iter().all(|order| order.header("authorization") == "Bearer of-the-cdn"), "{told:?}");
        assert!(told.iter().all(|order| order.header("content-type") == "application/json"), "{told:?}");
    }

    /// Thousands of events are told in orders that a CDN takes.
    fn an_order_names_no_more_than_a_cdn_takes(database: Database) {
        let cdn = Cdn::start();
        let site = behind(&cdn, "varnish", database);
        let long = ["recovers"; 14].join(" ");
        for n in 0..120 {
            site.published(&format!("Reef {n} {long}"));
        }
        site.work();
        let told = cdn.took();
        assert!(told.len() > 1, "{}", told.len());
        for order in &told {
            let names = order.header("xkey-purge");
            let named = names.split(' ').count();
            assert!((1..=100).contains(&named) && names.len() <= 4096, "{named} in {}", names.len());
        }
    }
}
