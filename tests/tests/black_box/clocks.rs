//! A clock that was ahead and is set right: articles go on by the present, whenever they were changed before.

use chrono::TimeDelta;
use masthead_tests::answer::Answer;
use masthead_tests::on_both;
use masthead_tests::receiver::Receiver;
use masthead_tests::site::Site;
use serde_json::{Value, json};

use crate::changes::feed::told;

/// How far the clock was ahead.
const AHEAD: TimeDelta = TimeDelta::hours(6);

/// Saves a working copy by a clock that is ahead, and sets the clock right.
#[track_caller]
fn save_ahead(site: &Site, article: &Answer, change: Value) -> Answer {
    site.wait(AHEAD);
    let path = format!("/v1/editorial/articles/{}", article.id());
    let saved = site.editor().patch(&path, article.etag(), change).status(200);
    site.wait(-AHEAD);
    saved
}

on_both! {
    // abuse: OP-07
    fn what_was_saved_by_a_clock_ahead_is_announced_once_when_it_is_published(site: &Site) {
        let saved = save_ahead(site, &site.draft_to_publish("Reef recovers"), json!({"kicker": "Sea"}));
        let from = (site.now() + TimeDelta::hours(1)).to_rfc3339();
        site.editor().act(&saved, "publish", json!({"goes_live_at": from})).status(200);
        site.wait(TimeDelta::hours(1));
        assert_eq!(site.work(), (0, 0), "a second is given to the clocks of others");
        site.wait(TimeDelta::seconds(1));
        let (done, told) = site.told_by(|| site.work());
        assert_eq!(done, (1, 0));
        let told: Vec<_> = told.into_iter().map(|told| (told.kind, told.subject)).collect();
        assert_eq!(told, [("article.published".to_owned(), saved.id())]);
        assert_eq!(site.work(), (0, 0), "once");
    }

    // abuse: OP-07
    fn the_feed_waits_for_no_hour_of_a_clock_ahead_and_tells_its_news_again_when_they_come(site: &Site) {
        let ready = site.draft_to_publish("Gates open");
        let from = (site.now() + TimeDelta::hours(1)).to_rfc3339();
        site.editor().act(&ready, "publish", json!({"goes_live_at": from})).status(200);
        let live = site.published("Tide rises");
        let path = format!("/v1/editorial/articles/{}", live.id());
        let next = site.editor().patch(&path, live.etag(), json!({"headline": "Tide falls"})).status(200);
        site.editor().act(&next, "publish", json!({"goes_live_at": from})).status(200);
        let has = |told: &[String], slug: &str| told.contains(&format!("article {slug}"));
        let mut cursor = String::new();
        site.wait(AHEAD);
        site.published("Reef recovers");
        let ahead = told(site, &mut cursor);
        assert!(has(&ahead, "reef-recovers") && has(&ahead, "gates-open"), "{ahead:?}");
        site.published("Seals return");
        site.wait(-AHEAD);
        site.published("Ferries sail");
        let back = told(site, &mut cursor);
        assert!(has(&back, "ferries-sail") && has(&back, "tide-rises"), "{back:?}");
        assert_eq!(back.iter().filter(|told| *told == "-article").count(), 2, "{back:?}");
        assert!(!has(&back, "seals-return"), "{back:?}");
        assert!(told(site, &mut cursor).is_empty());
        site.wait(TimeDelta::hours(1) + TimeDelta::seconds(2));
        assert_eq!(told(site, &mut cursor), ["article gates-open", "article tide-rises"]);
        site.wait(AHEAD - TimeDelta::hours(1));
        assert_eq!(told(site, &mut cursor), ["article reef-recovers", "article seals-return"]);
    }

    // abuse: OP-07
    fn a_webhook_waits_for_no_hour_of_a_clock_ahead(site: &Site) {
        let receiver = Receiver::start();
        site.webhook_to(&receiver.url(), &json!(["article.published"]));
        site.wait(AHEAD);
        let ahead = site.published("Reef recovers");
        site.wait(-AHEAD);
        let live = site.published("Ferries sail");
        site.work();
        let told: Vec<_> = receiver.took().iter().map(|told| told.resource().to_owned()).collect();
        assert!(told.contains(&ahead.id()) && told.contains(&live.id()), "{told:?}");
    }

    // abuse: OP-07
    fn a_schedule_that_is_dropped_after_a_save_by_a_clock_ahead_leaves_nothing_behind(site: &Site) {
        let live = site.published("Reef recovers");
        let saved = save_ahead(site, &live, json!({"slug": "reef-in-peril"}));
        let order = json!({
            "goes_live_at": (site.now() + TimeDelta::hours(1)).to_rfc3339(),
            "correction": {"kind": "correction", "text": "It was 9."},
        });
        let planned = site.editor().act(&saved, "publish", order).status(200);
        site.editor().act(&planned, "unschedule", json!({})).status(200);
        let corrections = format!("/v1/editorial/articles/{}/corrections", live.id());
        site.editor().get(&corrections).status(200).says("/data", json!([]));
        site.wait(TimeDelta::hours(2));
        assert_eq!(site.work(), (0, 0), "what was dropped does not happen");
        site.reader().article("reef-in-peril").refused(404, "not_found");
    }

    // abuse: OP-07
    fn where_readers_saw_an_article_by_a_clock_ahead_they_are_led_on(site: &Site) {
        let draft = site.draft_to_publish("Reef recovers");
        site.wait(AHEAD);
        let live = site.editor().publish(&draft).status(200);
        site.wait(-AHEAD);
        let path = format!("/v1/editorial/articles/{}", live.id());
        let moved = site.editor().patch(&path, live.etag(), json!({"slug": "reef-in-peril"})).status(200);
        site.editor().publish(&moved).status(200);
        site.reader().article("reef-in-peril").status(200);
        site.wait(AHEAD);
        site.reader().article("reef-recovers").status(308);
    }

    // abuse: OP-07
    fn where_readers_saw_a_minor_change_by_a_clock_ahead_they_are_led_on(site: &Site) {
        let live = site.published("Reef recovers");
        let path = format!("/v1/editorial/articles/{}", live.id());
        let renamed = |at: &Answer, slug: &str| {
            let moved = site.editor().patch(&path, at.etag(), json!({"slug": slug})).status(200);
            site.editor().act(&moved, "publish", json!({"change": "minor"})).status(200)
        };
        site.wait(AHEAD);
        let minor = renamed(&live, "reef-in-peril");
        site.wait(-AHEAD);
        renamed(&minor, "reef-at-risk");
        site.reader().article("reef-at-risk").status(200);
        site.wait(AHEAD);
        for former in ["reef-in-peril", "reef-recovers"] {
            site.reader().article(former).status(308);
        }
    }
}
