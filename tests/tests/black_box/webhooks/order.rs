//! The events of one article arrive in their order, and nobody waits for anything else.

use chrono::TimeDelta;
use masthead_tests::answer::Answer;
use masthead_tests::on_both;
use masthead_tests::receiver::{Receiver, Told};
use masthead_tests::site::Site;
use serde_json::json;

/// Publishes anew what an answer showed.
#[track_caller]
fn update(site: &Site, live: &Answer, kicker: &str) -> Answer {
    let path = format!("/v1/editorial/articles/{}", live.id());
    let edited = site.editor().patch(&path, live.etag(), json!({"kicker": kicker})).status(200);
    site.editor().publish(&edited).status(200)
}

fn kinds_of(told: &[Told], article: &Answer) -> Vec<String> {
    let id = article.id();
    told.iter().filter(|told| told.resource() == id).map(Told::kind).collect()
}

on_both! {
    // abuse: WH-08
    fn an_event_waits_for_the_one_before_it_of_the_same_article_and_for_no_other(site: &Site) {
        let receiver = Receiver::start();
        site.webhook(&receiver);
        receiver.answers("500 Internal Server Error", "");
        let first = site.published("Reef recovers");
        site.work();
        assert_eq!(kinds_of(&receiver.took(), &first), ["article.published"]);
        receiver.answers("200 OK", "");
        let first = update(site, &first, "Sea");
        let other = site.published("Tide comes in");
        site.work();
        let told = receiver.took();
        assert_eq!(kinds_of(&told, &first), [""; 0], "it waits for the one that was refused");
        assert_eq!(kinds_of(&told, &other), ["article.published"]);
        site.wait(TimeDelta::seconds(10));
        site.work();
        let told = receiver.took();
        assert_eq!(kinds_of(&told, &first), ["article.published", "article.updated"]);
        let seqs: Vec<_> = told.iter().filter(|told| told.resource() == first.id()).map(Told::seq).collect();
        assert!(seqs[0] < seqs[1], "{seqs:?}");
    }

    fn an_event_waits_for_an_hour_at_most_and_one_that_takes_down_not_at_all(site: &Site) {
        let receiver = Receiver::start();
        let webhook = site.webhook(&receiver);
        receiver.answers("503 Service Unavailable", "");
        let live = site.published("Reef recovers");
        site.work();
        receiver.took();
        let live = update(site, &live, "Sea");
        let down = site.editor().act(&live, "unpublish", json!({})).status(200);
        site.work();
        assert_eq!(kinds_of(&receiver.took(), &live), ["article.unpublished"], "it waits for nothing");
        site.wait(TimeDelta::minutes(30));
        site.work();
        assert!(!kinds_of(&receiver.took(), &live).contains(&"article.updated".to_owned()));
        site.wait(TimeDelta::minutes(31));
        site.work();
        assert!(kinds_of(&receiver.took(), &live).contains(&"article.updated".to_owned()), "an hour is over");
        receiver.answers("200 OK", "");
        // What is published again waits for what took it down.
        site.editor().publish(&down).status(200);
        site.wait(TimeDelta::hours(13));
        site.work();
        let states: Vec<_> = site.deliveries(&webhook.id()).iter().map(|one| one["state"].clone()).collect();
        assert!(states.iter().all(|state| state == "delivered"), "{states:?}");
    }

    fn two_nodes_send_each_event_once(database: Database) {
        let site = Site::of_two_nodes(database);
        let receiver = Receiver::start();
        site.webhook(&receiver);
        let live: Vec<_> = (0..10).map(|n| site.published(&format!("Reef {n}"))).collect();
        let live: Vec<_> = live.iter().map(|live| update(&site, live, "Sea")).collect();
        // Both nodes at once, each of which would send it all.
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| site.work());
            }
        });
        site.work();
        let told = receiver.took();
        for article in &live {
            assert_eq!(kinds_of(&told, article), ["article.published", "article.updated"]);
        }
    }
}
