//! The webhooks of the OpenAPI document are what receivers are told. Whatever any test's receiver is told is held against
//! them (`Receiver::took`); here it is much, and seen that what differs is found.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use masthead_tests::comments::said;
use masthead_tests::contract::{document, faults_of_told};
use masthead_tests::on_both;
use masthead_tests::receiver::{Receiver, Told};
use masthead_tests::site::Site;
use serde_json::{Value, json};

/// The types of events that happen in `much_happens`.
const KINDS: [&str; 21] = [
    "article.deleted",
    "article.published",
    "article.scheduled",
    "article.unpublished",
    "article.unscheduled",
    "article.updated",
    "article.withdrawn",
    "comment.hidden",
    "comment.shown",
    "comment.submitted",
    "contributor.changed",
    "contributor.deleted",
    "front.changed",
    "photo.added",
    "photo.changed",
    "section.changed",
    "section.deleted",
    "tag.changed",
    "tag.deleted",
    "thread.changed",
    "webhook.test",
];

/// Something of almost every kind.
fn much_happens(site: &Site, webhook: &str) {
    let editor = site.editor();
    for list in ["sections", "tags", "contributors"] {
        let made = editor.post(&format!("/v1/editorial/{list}"), json!({"name": "Not for long"})).status(201);
        editor.delete(&format!("/v1/editorial/{list}/{}", made.id()), "*").status(204);
    }
    site.photo_editor().upload_whole(2);
    let live = site.published("Reef recovers");
    site.editor().front_page(&[&live.id()]);
    let path = format!("/v1/editorial/articles/{}", live.id());
    editor.act(&live, "corrections", json!({"kind": "correction", "text": "It was nine."})).status(201);
    editor
        .request("PUT", &format!("{path}/comment-policy"))
        .if_match("*")
        .json(&json!({"max_length": 500}))
        .send()
        .ok();
    let comment = site.reader().comment(&live.id(), said("Ines", "It does.")).status(201).id();
    site.moderator().decide(&comment, "approve").ok();
    site.moderator().decide(&comment, "reject").ok();
    let withdrawn = site.published("Reef recovers again");
    let reason = json!({"kind": "error", "public_reason": "It does not."});
    editor.act(&withdrawn, "withdraw", reason).status(200);
    let taken_down = site.published("Reef recovers once more");
    editor.act(&taken_down, "unpublish", json!({})).status(200);
    let later = site.draft_to_publish("Tide turns");
    let at = (site.now() + TimeDelta::hours(1)).to_rfc3339();
    let scheduled = editor.act(&later, "publish", json!({"goes_live_at": at})).status(200);
    editor.act(&scheduled, "unschedule", json!({})).status(200);
    let draft = editor.draft("Tide stays");
    editor.delete(&format!("/v1/editorial/articles/{}", draft.id()), draft.etag()).status(204);
    site.admin().post(&format!("/v1/editorial/webhooks/{webhook}/test"), json!({})).status(200);
}

/// What is wrong with it once `change` has changed its body.
fn faults_with(told: &Told, change: impl FnOnce(&mut Value)) -> Vec<String> {
    let mut order = told.order.clone();
    let mut body = told.json();
    change(&mut body);
    order.body = body.to_string();
    faults_of_told(&order)
}

on_both! {
    // abuse: WH-08
    fn what_receivers_are_told_is_what_the_document_says(site: &Site) {
        let receiver = Receiver::start();
        let kinds = document()["components"]["schemas"]["EventKind"]["enum"].clone();
        let webhook = site.webhook_to(&receiver.url(), &kinds).id();
        much_happens(site, &webhook);
        site.work();
        let told = receiver.took();
        let seen: BTreeSet<_> = told.iter().map(Told::kind).collect();
        let unseen: Vec<_> = KINDS.iter().filter(|kind| !seen.contains(**kind)).collect();
        assert!(unseen.is_empty(), "{unseen:?} did not happen, but {seen:?}");
        // What differs in anything is found.
        let published = told.iter().find(|told| told.kind() == "article.published").expect("it happened");
        assert!(faults_with(published, |_| {}).is_empty());
        for (pointer, other) in [
            ("/type", json!("article.printed")),
            ("/type", json!("tag.changed")),
            ("/timestamp", json!(1)),
            ("/data/seq", json!(-1)),
            ("/data/resource", json!("photo")),
            ("/data/id", json!(null)),
            ("/data/keys", json!("l")),
            ("/data/keys/0", json!("two words")),
        ] {
            let faults = faults_with(published, |body| *body.pointer_mut(pointer).expect(pointer) = other.clone());
            assert!(!faults.is_empty(), "{pointer} may be {other}");
        }
        assert!(!faults_with(published, |body| body["data"]["headline"] = json!("Reef recovers")).is_empty());
        for header in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
            let mut order = published.order.clone();
            order.headers.retain(|(name, _)| name != header);
            assert!(!faults_of_told(&order).is_empty(), "{header} may be left out");
        }
    }
}
