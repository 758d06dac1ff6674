//! The moderators' desk: the queue, many decisions at once, bans, and what is private of a commenter.

use chrono::TimeDelta;
use masthead_tests::comments::said;
use masthead_tests::on_both;
use masthead_tests::together::together;
use serde_json::{Value, json};

const ALL: &str = "/v1/editorial/comments";

on_both! {
    // abuse: CM-01
    fn an_address_is_told_to_those_alone_who_may_see_it(site: &Site) {
        site.published("Reef recovers");
        let sent = site.reader().comment("reef-recovers", said("Ines", "One")).status(201);
        let path = format!("{ALL}/{}", sent.id());
        let told = json!({"email": "ines@post.example", "address": "127.0.0.1"});
        site.moderator().get(&path).status(200).says("/commenter", told.clone());
        site.admin().get(&path).status(200).says("/commenter", told);
        site.editor().get(&path).status(200).says("/commenter", Value::Null);
        site.reporter().get(&path).refused(403, "forbidden");
        let list = site.moderator().get(ALL).status(200);
        assert!(!list.body.windows(12).any(|octets| octets == b"post.example"), "{list}");
        let sought = site.moderator().get(&format!("{ALL}?q=ines@post")).status(200);
        sought.says("/data", json!([]));
        site.moderator().get(&format!("{ALL}?author_email=ines@post.example")).refused(422, "validation_failed");
    }

    fn a_queue_is_narrowed_and_worked_off(site: &Site) {
        let live = site.published("Reef recovers");
        site.published("Tide turns");
        let ids: Vec<_> = (0..3)
            .map(|n| site.reader().comment("reef-recovers", said("Ines", &format!("Word {n}"))).status(201).id())
            .collect();
        let elsewhere = site.reader().comment("tide-turns", said("Tom", "Elsewhere")).status(201).id();
        let found = |query: &str| {
            let list = site.moderator().get(&format!("{ALL}?count=exact&{query}")).status(200).json();
            let ids: Vec<_> = list["data"].as_array().unwrap().iter().map(|c| c["id"].as_str().unwrap().to_owned()).collect();
            assert_eq!(list["page"]["total"], ids.len());
            ids
        };
        assert_eq!(found("state=pending&sort=created_at"), [&ids[..], std::slice::from_ref(&elsewhere)].concat());
        assert_eq!(found(&format!("article={}&q=WORD%201", live.id())), [ids[1].clone()]);
        assert_eq!(found("section=world").len(), 4);
        assert_eq!(found("section=no-such").len(), 0);
        assert_eq!(found(&format!("commenter_of={}", ids[0])).len(), 3);
        assert_eq!(found("step=policy&state=visible,spam").len(), 0);
        let queue = format!("{ALL}?state=pending&sort=created_at&limit=4");
        let page = site.moderator().get(&queue).status(200);
        assert_eq!(page.json()["page"]["next_cursor"], Value::Null);
        let path = format!("{queue}&cursor={}", page.text_at("/newer_cursor"));
        let nothing = site.moderator().get(&path).status(200).says("/data", json!([]));
        assert_eq!(nothing.text_at("/newer_cursor"), page.text_at("/newer_cursor"));
        let moderator = site.moderator();
        moderator.request("GET", &path).header("if-none-match", nothing.etag()).send().status(304);
        site.wait(TimeDelta::minutes(6));
        let later = site.reader().comment("tide-turns", said("Tom", "Later")).status(201).id();
        let more = site.moderator().get(&path).status(200).says("/data/0/id", later.clone());
        assert_ne!(more.text_at("/newer_cursor"), page.text_at("/newer_cursor"));
        let newest = site.moderator().get(&format!("{ALL}?limit=1")).status(200).says("/data/0/id", later);
        let path = format!("{ALL}?limit=1&cursor={}", newest.text_at("/newer_cursor"));
        site.moderator().get(&path).status(200).says("/data", json!([]));
        let latest = site.reader().comment("tide-turns", said("Tom", "Later still")).status(201).id();
        site.moderator().get(&path).status(200).says("/data/0/id", latest);
        site.moderator().get(&format!("{ALL}?state=removed")).status(200).says("/newer_cursor", Value::Null);
    }

    // abuse: CM-07
    fn many_are_decided_about_at_once_each_by_itself(site: &Site) {
        site.published("Reef recovers");
        let ids: Vec<_> = (0..3)
            .map(|n| site.reader().comment("reef-recovers", said(&format!("Reader {n}"), &format!("Word {n}"))).status(201).id())
            .collect();
        site.moderator().decide(&ids[2], "approve").status(200);
        let nothing = "01970000-0000-7000-8000-00000000ffff";
        let item = |id: &str| json!({"id": id, "version": 1});
        let items = json!([item(&ids[0]), item(&ids[1]), item(&ids[0]), item(&ids[2]), item(nothing)]);
        let order = json!({"action": "approve", "items": items});
        let done = site.moderator().post(&format!("{ALL}/batch"), order.clone()).status(200).json();
        let statuses: Vec<_> = done["data"].as_array().unwrap().iter()
            .map(|one| (one["id"].as_str().unwrap().to_owned(), one["status"].as_u64().unwrap())).collect();
        let expected = [(&ids[0][..], 200), (&ids[1], 200), (&ids[2], 412), (nothing, 404)];
        assert_eq!(statuses, expected.map(|(id, status)| (id.to_owned(), status)));
        site.reader().thread("reef-recovers").status(200).says("/thread/count", 3);
        let audit = site.admin().get(&format!("/v1/editorial/audit?subject=comment:{}", ids[0])).status(200);
        assert_eq!(audit.json()["data"].as_array().unwrap().len(), 1);
        let many: Vec<_> = (0..201).map(|_| item(nothing)).collect();
        site.moderator().post(&format!("{ALL}/batch"), json!({"action": "spam", "items": many}))
            .refused(422, "validation_failed").names("/items", "too_many");
        site.moderator().post(&format!("{ALL}/batch"), json!({"action": "spam", "items": []})).refused(422, "validation_failed");
        site.reporter().post(&format!("{ALL}/batch"), order).refused(403, "forbidden");
    }

    // abuse: CM-07
    fn a_ban_meets_whoever_it_is_meant_for_however_they_write(site: &Site) {
        site.published("Reef recovers");
        let bans = "/v1/editorial/comment-bans";
        let first = site.reader().comment("reef-recovers", said("Ines", "One")).status(201);
        let by_writer = site.moderator().post(bans, json!({"writer_of": first.id(), "note": "Rude."})).status(201);
        let by_writer = by_writer.says("/kind", "email").says("/pattern", Value::Null);
        site.moderator().post(bans, json!({"kind": "domain", "pattern": "spam.example"})).status(201);
        site.moderator().post(bans, json!({"kind": "domain", "pattern": "deep.down.in.another.example"})).status(201);
        let hand_in = |email: &str, text: &str| {
            let body = json!({"author_name": "Somebody", "author_email": email, "body": text});
            let sent = site.reader().comment("reef-recovers", body).status(201).says("/state", "pending");
            site.moderator().get(&format!("{ALL}/{}", sent.id())).status(200).text_at("/state")
        };
        for (n, email) in ["INES@post.example", "ines+news@post.example", " ines@POST.example "].into_iter().enumerate() {
            assert_eq!(hand_in(email, &format!("Again {n}")), "spam", "{email}");
        }
        assert_eq!(hand_in("a@deep.down.in.spam.example", "Watches"), "spam");
        assert_eq!(hand_in("b@spam.example", "More watches"), "spam");
        site.wait(TimeDelta::minutes(6));
        assert_eq!(hand_in("c@very.deep.down.in.another.example", "Watches again"), "spam");
        assert_eq!(hand_in("c@a.b.c.d.e.f.g.h.spam.example", "Yet more watches"), "spam");
        assert_eq!(hand_in("c@down.in.another.example", "No watches"), "pending");
        assert_eq!(hand_in("tom@post.example", "Another one"), "pending");
        site.moderator().get(bans).status(200).says("/data/2/id", by_writer.id());
        let moderator = site.moderator();
        moderator.request("DELETE", &format!("{bans}/{}", by_writer.id())).send().status(204);
        moderator.request("DELETE", &format!("{bans}/{}", by_writer.id())).send().refused(404, "not_found");
        assert_eq!(hand_in("ines@post.example", "Back again"), "pending");
        site.moderator().post(bans, json!({"kind": "network", "pattern": "127.0.0.0/8", "until": "2020-01-01T00:00:00Z"}))
            .refused(422, "validation_failed").names("/until", "out_of_range");
        site.moderator().post(bans, json!({"kind": "network", "pattern": "127.0.0.0/8"})).status(201);
        assert_eq!(hand_in("tom@post.example", "A third one"), "spam");
        site.editor().get(bans).refused(403, "forbidden");
    }

    fn a_ban_is_made_once_and_read_where_it_is(site: &Site) {
        let (moderator, bans) = (site.moderator(), "/v1/editorial/comment-bans");
        let order = |note: &str, until: Value| {
            json!({"kind": "domain", "pattern": "Spam.Example", "note": note, "until": until})
        };
        let made = moderator.post(bans, order("Watches.", Value::Null)).status(201);
        let path = format!("{bans}/{}", made.id());
        assert!(made.header("location").ends_with(&path), "{made}");
        assert_eq!(moderator.get(&path).status(200).says("/pattern", "spam.example").json(), made.json());
        let again = moderator.post(bans, order("Again.", Value::Null)).status(200);
        assert_eq!((again.find_header("location"), again.json()), (None, made.json()));
        let until = (site.now() + TimeDelta::days(1)).to_rfc3339();
        moderator.post(bans, order("For a day.", json!(until))).status(201);
        moderator.post(bans, order("For a day.", json!(until))).status(200);
        let at_once = together(8, |_| {
            site.moderator().post(bans, json!({"kind": "network", "pattern": "192.0.2.0/24"})).status
        });
        assert_eq!(at_once.iter().filter(|status| **status == 201).count(), 1, "{at_once:?}");
        moderator.request("DELETE", &path).send().status(204);
        moderator.get(&path).refused(404, "not_found");
        moderator.post(bans, order("Watches.", Value::Null)).status(201);
        site.editor().get(&path).refused(403, "forbidden");
    }
}
