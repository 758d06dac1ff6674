//! What happens by the clock alone: it is announced once, and what is over is forgotten.

use chrono::{DateTime, TimeDelta, Utc};
use masthead_tests::answer::Answer;
use masthead_tests::database::Database;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use serde_json::{Value, json};

fn draft(site: &Site) -> Answer {
    site.editor().post("/v1/editorial/sections", json!({"name": "World"})).status(201);
    let body = json!([{"type": "paragraph", "content": [{"text": "Reefs recover."}]}]);
    let draft = json!({"headline": "Reef recovers", "section": "world", "no_byline": true, "body": body});
    site.editor().post("/v1/editorial/articles", draft).status(201)
}

fn publish(site: &Site, article: &Answer, order: Value) -> Answer {
    site.editor().act(article, "publish", order).status(200)
}

fn set_clock(site: &Site, at: DateTime<Utc>) {
    site.wait(at - site.now());
}

on_both! {
    // abuse: OP-10
    fn what_is_due_is_announced_once_by_whichever_node(database: Database) {
        let site = Site::of_two_nodes(database);
        let (from, until) = (site.now() + TimeDelta::hours(1), site.now() + TimeDelta::hours(2));
        let order = json!({"goes_live_at": from.to_rfc3339(), "expires_at": until.to_rfc3339()});
        publish(&site, &draft(&site), order);
        assert_eq!(site.work(), (0, 0), "nothing is due");
        site.wait(TimeDelta::hours(1));
        assert_eq!(site.work(), (0, 0), "a second is given to the clocks of others");
        site.wait(TimeDelta::seconds(1));
        assert_eq!(site.work(), (1, 0), "it became visible");
        assert_eq!(site.work(), (0, 0), "and is announced once");
        site.wait(TimeDelta::hours(2));
        assert_eq!(site.work(), (1, 0), "it expired");
        assert_eq!(site.work(), (0, 0));
    }

    // abuse: OP-10
    fn what_is_due_at_once_is_announced_in_its_order_each_by_what_it_changes(site: &Site) {
        let at = |minutes| site.now() + TimeDelta::minutes(minutes);
        let mut due = Vec::new();
        for (headline, from, until) in [("Third", 30, 40), ("First", 10, 35), ("Second", 20, 50)] {
            let order = json!({"goes_live_at": at(from).to_rfc3339(), "expires_at": at(until).to_rfc3339()});
            let live = publish(site, &site.draft_to_publish(headline), order);
            due.extend([(from, "article.published", live.id()), (until, "article.expired", live.id())]);
        }
        due.sort_unstable();
        site.wait(TimeDelta::hours(1));
        let (done, told) = site.told_by(|| site.work());
        assert_eq!(done, (6, 0));
        let in_order: Vec<_> = told.iter().map(|told| (told.kind.as_str(), &told.subject)).collect();
        assert_eq!(in_order, due.iter().map(|(_, kind, id)| (*kind, id)).collect::<Vec<_>>());
        for (told, (_, _, id)) in told.iter().zip(&due) {
            let keys: Vec<_> = told.keys.iter().filter(|key| key.starts_with("a:01")).cloned().collect();
            assert_eq!(keys, [format!("a:{}", id.replace('-', ""))], "of no other article");
        }
    }

    fn what_an_editor_does_at_once_waits_for_no_worker(site: &Site) {
        let live = publish(site, &draft(site), json!({}));
        let from = site.now() + TimeDelta::hours(1);
        let edited = site.editor().patch(&format!("/v1/editorial/articles/{}", live.id()), live.etag(), json!({"kicker": "Sea"}));
        let scheduled = publish(site, &edited, json!({"goes_live_at": from.to_rfc3339()}));
        site.editor().act(&scheduled, "unschedule", json!({})).status(200);
        site.wait(TimeDelta::hours(2));
        assert_eq!(site.work(), (0, 0), "what was dropped does not happen");
    }

    // abuse: OP-07
    fn a_node_whose_clock_is_ahead_announces_nothing_before_its_time(database: Database) {
        let site = Site::with(database, &[("MASTHEAD_DATABASE_MOST_SKEW_MS", "60000")]);
        let right = masthead::clock::machine();
        let in_hours = |n| right.now().utc() + TimeDelta::hours(n);
        set_clock(&site, in_hours(-2));
        for (headline, from) in [("Reef recovers", in_hours(-1)), ("Seals return", in_hours(1))] {
            publish(&site, &site.draft_to_publish(headline), json!({"goes_live_at": from.to_rfc3339()}));
        }
        set_clock(&site, in_hours(2));
        let (failed, told) = site.told_by(|| site.why_no_work());
        match database {
            // It has the clock of its node.
            Database::Sqlite => assert_eq!((failed, told.len()), (None, 2)),
            Database::Postgres => {
                assert!(failed.is_some_and(|why| why.contains("clock")));
                assert!(told.is_empty(), "{told:?}");
                set_clock(&site, in_hours(0));
                assert_eq!(site.work(), (1, 0), "what is due by the right clock");
            }
        }
    }

    fn kept_answers_and_ended_sign_ins_are_forgotten(site: &Site) {
        let editor = site.editor();
        let make = editor.request("POST", "/v1/editorial/sections").json(&json!({"name": "World"}));
        make.idempotent("once").send().status(201);
        assert_eq!(site.work(), (0, 0));
        site.wait(TimeDelta::hours(25));
        assert_eq!(site.work(), (0, 1), "the answer");
        site.wait(TimeDelta::days(90));
        assert_eq!(site.work(), (0, 1), "the sign-in");
    }
}
