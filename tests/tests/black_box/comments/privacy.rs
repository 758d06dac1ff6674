//! What nobody is told of a commenter, and what is left of one who had to be forgotten.

use chrono::TimeDelta;
use masthead_tests::answer::Answer;
use masthead_tests::comments::said;
use masthead_tests::contract::document;
use masthead_tests::database::Database;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use masthead_tests::together::together;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

const EMAIL: &str = "Canary.Bird@cage.example";
const ADDRESS: &str = "203.0.113.77";

/// A site that knows where its readers come from.
fn behind_a_proxy(database: Database) -> Site {
    let site = Site::with(database, &[("MASTHEAD_SERVER_TRUSTED_PROXIES", "127.0.0.1/32")]);
    site.published("Reef recovers");
    site
}

fn sing(site: &Site, text: &str) -> Answer {
    let body = json!({"author_name": "Somebody", "author_email": EMAIL, "body": text});
    let key = format!("019ba157-1f00-7c3d-9a41-{:012x}", text.len());
    let reader = site.reader();
    let request =
        reader.request("POST", "/v1/articles/reef-recovers/comments").header("x-forwarded-for", ADDRESS);
    request.idempotent(&key).json(&body).send().status(201)
}

/// What must be nowhere: the address in each spelling, a part of it, hashes that anybody can make, and whence it came.
fn canaries() -> Vec<String> {
    let lower = EMAIL.to_lowercase();
    let hashes = [EMAIL, &lower].map(|email| {
        Sha256::digest(email).iter().fold(String::new(), |digits, octet| digits + &format!("{octet:02x}"))
    });
    [EMAIL.to_owned(), lower, "canary.bird".to_owned(), "cage.example".to_owned(), ADDRESS.to_owned()]
        .into_iter()
        .chain(hashes)
        .collect()
}

#[track_caller]
fn tells_nothing(answer: &Answer) {
    let told = format!("{:?} {}", answer.headers, String::from_utf8_lossy(&answer.body)).to_lowercase();
    for canary in canaries() {
        assert!(!told.contains(&canary.to_lowercase()), "{} tells {canary}: {answer}", answer.to);
    }
}

/// Every address that is read, by what its parameters name.
fn reads(article: &str, comment: &str) -> Vec<String> {
    let paths = document()["paths"].as_object().unwrap();
    let read = paths.iter().filter(|(_, item)| item.get("get").is_some()).map(|(path, _)| {
        let id = if path.contains("/comments/{id}") { comment } else { article };
        [("{name}", article), ("{id}", id), ("{slug}", "world"), ("{n}", "1"), ("{code}", "not_found")]
            .iter()
            .fold(path.clone(), |path, (name, value)| path.replace(name, value))
    });
    read.filter(|path| !path.contains('{')).collect()
}

on_both! {
    // abuse: CM-01
    fn no_answer_but_the_moderators_tells_who_wrote_a_comment(database: Database) {
        let site = behind_a_proxy(database);
        let sent = sing(&site, "One");
        tells_nothing(&sent);
        site.moderator().decide(&sent.id(), "approve").status(200);
        let article = site.reader().article("reef-recovers").status(200).id();
        let paths = reads(&article, &sent.id());
        assert!(paths.len() > 30, "{paths:?}");
        for path in &paths {
            for by in [site.reader(), site.reporter(), site.editor()] {
                tells_nothing(&by.get(path));
                tells_nothing(&by.request("HEAD", path).send());
            }
        }
        tells_nothing(&site.moderator().get("/v1/editorial/comments").status(200));
        tells_nothing(&site.admin().get("/v1/editorial/audit").status(200));
        let twice = json!({"author_name": "Somebody", "author_email": EMAIL, "body": "One"});
        tells_nothing(&site.reader().comment("reef-recovers", twice));
        let wrong = json!({"author_name": "Somebody", "author_email": format!("{EMAIL}@"), "body": ""});
        tells_nothing(&site.reader().comment("reef-recovers", wrong).refused(422, "validation_failed"));
        let told = site.moderator().get(&format!("/v1/editorial/comments/{}", sent.id())).status(200);
        told.says("/commenter/email", EMAIL).says("/commenter/address", ADDRESS);
    }

    // abuse: CM-08
    fn who_is_forgotten_while_others_decide_and_answer_is_forgotten_whole(database: Database) {
        let site = behind_a_proxy(database);
        let approved = |n| site.moderator().decide(&sing(&site, &"la".repeat(n)).id(), "approve").status(200).id();
        let songs: Vec<_> = (1..=24).map(approved).collect();
        let whom = json!({"email": EMAIL});
        // All sign in before.
        drop((site.admin(), site.moderator()));
        together(5, |n| {
            if n == 0 {
                site.admin().post("/v1/editorial/commenters/erase", whom.clone()).status(200);
                return;
            }
            for song in songs.iter().skip(n - 1).step_by(4) {
                site.moderator().decide(song, "reject");
                site.moderator().decide(song, "approve");
                let mut reply = said("Tom", &format!("Below {song}"));
                reply["parent_id"] = json!(song);
                site.reader().comment("reef-recovers", reply);
            }
        });
        site.admin().post("/v1/editorial/commenters/export", whom).status(200).says("/data", json!([]));
        for song in &songs {
            let left = site.moderator().get(&format!("/v1/editorial/comments/{song}")).status(200);
            tells_nothing(&left.says("/state", "removed"));
        }
    }

    // abuse: CM-08
    fn who_is_forgotten_leaves_empty_places_and_nothing_else(database: Database) {
        let site = behind_a_proxy(database);
        let (parent, other) = (sing(&site, "A song nobody else knows"), sing(&site, "Another song of theirs"));
        for sent in [&parent, &other] {
            site.moderator().decide(&sent.id(), "approve").status(200);
        }
        let mut reply = said("Tom", "Below");
        reply["parent_id"] = json!(parent.id());
        let reply = site.reader().comment("reef-recovers", reply).status(201);
        site.moderator().decide(&reply.id(), "approve").status(200);
        site.moderator().post("/v1/editorial/comment-bans", json!({"writer_of": other.id()})).status(201);
        let whom = json!({"email": "canary.bird+tag@CAGE.example"});
        site.moderator().post("/v1/editorial/commenters/erase", whom.clone()).refused(403, "forbidden");
        let told = site.admin().post("/v1/editorial/commenters/export", whom.clone()).status(200);
        told.says("/data/0/commenter", json!({"email": EMAIL, "address": ADDRESS}))
            .says("/data/0/comment/body", "A song nobody else knows");
        site.admin().post("/v1/editorial/commenters/erase", whom.clone()).status(200).says("/comments", 2);
        site.admin().post("/v1/editorial/commenters/erase", whom.clone()).status(200).says("/comments", 0);
        site.admin().post("/v1/editorial/commenters/export", whom).status(200).says("/data", json!([]));
        let thread = site.reader().thread("reef-recovers").status(200)
            .says("/thread/count", 1)
            .says("/data/0/id", parent.id())
            .says("/data/0/tombstone", true)
            .says("/data/1/id", reply.id());
        assert_eq!(thread.json()["data"].as_array().unwrap().len(), 2);
        let path = format!("/v1/editorial/comments/{}", parent.id());
        site.moderator().get(&path).status(200)
            .says("/author_name", Value::Null).says("/body", Value::Null).says("/commenter", Value::Null).says("/decision/by", "erasure");
        site.moderator().decide(&parent.id(), "approve").refused(409, "conflict").says("/reason", "gone");
        // Of SQLite the octets of its files are seen, in which what was written over must not stand either.
        for text in ["A song nobody else knows", "Another song of theirs", EMAIL, ADDRESS] {
            assert!(!site.keeps(text), "{text} is still kept");
        }
        site.moderator().get("/v1/editorial/comments?q=song").status(200).says("/data", json!([]));
        // The ban holds, though nothing tells of whom.
        let again = sing(&site, "Back under the same address, with more to say");
        site.moderator().get(&format!("/v1/editorial/comments/{}", again.id())).status(200).says("/state", "spam");
    }

    fn whence_a_comment_came_is_forgotten_after_a_time(database: Database) {
        let site = behind_a_proxy(database);
        let sent = sing(&site, "One");
        let path = format!("/v1/editorial/comments/{}", sent.id());
        site.work();
        site.moderator().decide(&sent.id(), "approve").status(200);
        let reports = format!("/v1/articles/reef-recovers/comments/{}/reports", sent.id());
        site.reader().post(&reports, json!({"reason": "Rude."})).status(204);
        site.moderator().get(&path).status(200)
            .says("/commenter/address", ADDRESS).says("/reported/0/reason", "Rude.");
        site.wait(TimeDelta::days(31));
        site.forget_tokens();
        site.work();
        site.moderator().get(&path).status(200).says("/commenter", json!({"email": EMAIL, "address": null}))
            .says("/reported", json!([]));
    }

    // abuse: CM-08
    fn an_operator_tells_and_forgets_a_commenter(database: Database) {
        let site = behind_a_proxy(database);
        let sent = sing(&site, "A song nobody else knows");
        let path = format!("/v1/articles/reef-recovers/comments/{}", sent.id());
        let reader = site.reader();
        let change = reader.request("PATCH", &path).bearing(&sent.text_at("/edit_token"));
        change.json(&json!({"body": "A song of another kind"})).send().status(200);
        let others = site.reader().comment("reef-recovers", said("Tom", "Mine")).status(201);
        let told = site.export_commenter("canary.bird+tag@CAGE.example").unwrap();
        let [told] = &told[..] else { panic!("{told:?}") };
        for (member, value) in [("/id", sent.id().as_str()), ("/body", "A song of another kind"), ("/email", EMAIL), ("/address", ADDRESS)] {
            assert_eq!(told.pointer(member), Some(&json!(value)), "{told:#}");
        }
        assert_eq!(told.pointer("/edits/0/body"), Some(&json!("A song nobody else knows")));
        assert_eq!(site.erase_commenter(EMAIL), Ok(1));
        assert_eq!(site.erase_commenter(EMAIL), Ok(0));
        assert_eq!(site.export_commenter(EMAIL), Ok(Vec::new()));
        for text in ["A song nobody else knows", "A song of another kind", EMAIL, ADDRESS] {
            assert!(!site.keeps(text), "{text} is still kept");
        }
        site.moderator().get(&format!("/v1/editorial/comments/{}", others.id())).status(200).says("/body", "Mine");
        let audit = site.admin().get("/v1/editorial/audit?limit=100").status(200).json();
        let forgotten = audit["data"].as_array().unwrap().iter().filter(|entry| entry["action"] == "commenter.forgotten");
        let told: Vec<_> = forgotten.map(|entry| (entry["detail"]["comments"].clone(), entry["actor"].clone())).collect();
        assert_eq!(told, [(json!(0), Value::Null), (json!(1), Value::Null)]);
        assert!(site.erase_commenter("no address").is_err());
    }

    fn however_much_is_kept_of_a_commenter_all_of_it_is_told(database: Database) {
        const EACH: usize = 16;
        let most = 200;
        let site = Site::with(database, &[("MASTHEAD_COMMENTS_MODERATION", "post"), ("MASTHEAD_COMMENTS_FLOOD_MOST", "10000")]);
        site.published("Reef recovers");
        let rounds = most / EACH + 1;
        together(EACH, |n| {
            for round in 0..rounds {
                let body = json!({"author_name": "Somebody", "author_email": EMAIL, "body": format!("Word {n} of {round}")});
                site.reader().comment("reef-recovers", body).status(201);
            }
        });
        let written = EACH * rounds;
        assert!(written > most);
        assert_eq!(site.export_commenter(EMAIL).unwrap().len(), written);
        let (mut told, mut whom) = (Vec::new(), json!({"email": EMAIL}));
        loop {
            let page = site.admin().post("/v1/editorial/commenters/export", whom.clone()).status(200).json();
            told.extend(page["data"].as_array().unwrap().iter().map(|one| one["comment"]["id"].as_str().unwrap().to_owned()));
            match &page["more_after"] {
                Value::Null => break,
                after => whom["after"] = after.clone(),
            }
        }
        told.sort();
        told.dedup();
        assert_eq!(told.len(), written);
        assert_eq!(site.erase_commenter(EMAIL), Ok(written));
    }
}
