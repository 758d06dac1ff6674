//! What a receiver is told: ids and keys, signed, once it is committed.

use chrono::TimeDelta;
use masthead_tests::comments::said;
use masthead_tests::on_both;
use masthead_tests::receiver::Receiver;
use serde_json::json;

on_both! {
    // abuse: WH-06, WH-08
    fn an_event_is_told_once_signed_and_by_ids_alone(site: &Site) {
        let receiver = Receiver::start();
        let webhook = site.webhook(&receiver);
        let secret = webhook.text_at("/secret");
        let live = site.published("The canary of the harbour");
        site.work();
        let told = receiver.took();
        let published: Vec<_> = told.iter().filter(|told| told.kind() == "article.published").collect();
        let [event] = published[..] else { panic!("one, not {told:#?}") };
        assert_eq!(event.order.line, "POST /hook");
        assert_eq!(event.order.header("content-type"), "application/json");
        assert_eq!(event.resource(), live.id());
        assert!(event.seq() > 0);
        assert_eq!(event.json()["data"]["resource"], "article");
        let key = format!("a:{}", live.id().replace('-', ""));
        assert!(event.json()["data"]["keys"].as_array().unwrap().contains(&json!(key)), "{event:#?}");
        assert_eq!(event.order.header("webhook-timestamp"), site.now().timestamp().to_string());
        assert!(told.iter().all(|told| told.is_signed_by(&secret)), "{told:#?}");
        for word in ["The canary", "It grows", "varn.example", "Sela"] {
            assert!(told.iter().all(|told| !told.order.body.contains(word)), "{word} in {told:#?}");
        }
        let seqs: Vec<_> = told.iter().map(masthead_tests::receiver::Told::seq).collect();
        assert!(seqs.windows(2).all(|two| two[0] != two[1]));
        site.work();
        assert!(receiver.took().is_empty(), "it was told");
        let delivery = &site.deliveries(&webhook.id())[0];
        assert_eq!((&delivery["state"], &delivery["attempts"]), (&json!("delivered"), &json!(1)), "{delivery:#}");
        assert_eq!(delivery["event"], event.id());
        assert_eq!(delivery["log"][0]["status"], 200);
        assert_eq!(delivery["log"][0]["octets"], 2);
    }

    // abuse: WH-08
    fn nothing_is_told_of_what_did_not_happen(site: &Site) {
        let receiver = Receiver::start();
        site.webhook(&receiver);
        site.editor().publish(&site.editor().draft("Nothing but a headline")).refused(409, "not_publishable");
        site.work();
        assert!(receiver.took().is_empty());
    }

    // abuse: WH-08, CM-01
    fn what_only_the_newsroom_knows_is_told_to_those_who_name_it(site: &Site) {
        let (curious, usual) = (Receiver::start(), Receiver::start());
        let events = json!(["article.scheduled", "comment.submitted"]);
        site.webhook_to(&curious.url(), &events).says("/events", events.clone());
        site.webhook(&usual).says("/events", json!(null));
        let live = site.published("Reef recovers");
        let draft = site.draft_to_publish("Minister to resign");
        let at = (site.now() + TimeDelta::hours(1)).to_rfc3339();
        site.editor().act(&draft, "publish", json!({"goes_live_at": at})).status(200);
        site.reader().comment(&live.id(), said("Kai Canary", "A word on reefs.")).status(201);
        site.work();
        let told = curious.took();
        let mut kinds: Vec<_> = told.iter().map(masthead_tests::receiver::Told::kind).collect();
        kinds.sort_unstable();
        assert_eq!(kinds, ["article.scheduled", "comment.submitted"]);
        for word in ["minister", "resign", "canary", "post.example", "word on reefs"] {
            assert!(told.iter().all(|told| !told.order.body.to_lowercase().contains(word)), "{word} in {told:#?}");
        }
        assert!(usual.took().iter().all(|told| !kinds.contains(&told.kind())));
    }

    fn a_webhook_is_told_of_what_happens_from_its_making_on(site: &Site) {
        let (early, late) = (Receiver::start(), Receiver::start());
        site.webhook(&early);
        let before = site.published("Reef recovers").id();
        site.webhook(&late);
        let after = site.published("Reef recovers again").id();
        site.work();
        let articles = |receiver: &Receiver| {
            let told = receiver.took().into_iter().filter(|told| told.kind() == "article.published");
            let mut told: Vec<_> = told.map(|told| told.resource()).collect();
            told.sort_unstable();
            told
        };
        assert_eq!(articles(&early), [before, after.clone()]);
        assert_eq!(articles(&late), [after]);
    }

    fn a_test_tells_whether_a_webhook_is_reached(site: &Site) {
        let receiver = Receiver::start();
        let webhook = site.webhook(&receiver);
        let path = format!("/v1/editorial/webhooks/{}/test", webhook.id());
        let sent = site.admin().post(&path, json!({})).status(200).says("/type", "webhook.test");
        sent.says("/state", "pending").says("/seq", 0);
        site.work();
        let told = receiver.took();
        let [test] = &told[..] else { panic!("one, not {told:#?}") };
        assert_eq!((test.kind(), test.resource()), ("webhook.test".to_owned(), webhook.id()));
        assert!(test.is_signed_by(&webhook.text_at("/secret")));
        assert_eq!(site.last_outcome(&webhook.id()), "delivered");
        let metrics = site.admin().get("/v1/editorial/audit?limit=5").status(200);
        metrics.says("/data/0/action", "webhook.tested");
    }
}
