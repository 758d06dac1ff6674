//! Changing what readers see while a bigger edit stays open, and telling them of a mistake with a publish.

use chrono::TimeDelta;
use masthead_tests::answer::Answer;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use serde_json::{Value, json};

use crate::abuse::story::ready;

fn block(id: &str, text: &str) -> Value {
    json!({"id": id, "type": "paragraph", "content": [{"text": text}]})
}

/// A live article of three blocks, and its working copy in which one of them and the headline were changed since.
#[track_caller]
fn open_edit(site: &Site) -> Answer {
    let draft = ready(site, &site.editor(), "Reef recovers");
    let path = format!("/v1/editorial/articles/{}", draft.id());
    let body = json!([block("a", "It grows."), block("b", "By 8 per cent."), block("c", "Since May.")]);
    let draft = site.editor().patch(&path, draft.etag(), json!({"body": body})).status(200);
    let live = site.editor().publish(&draft).status(200);
    let body = json!([
        block("a", "It grows."),
        block("b", "By a tenth."),
        block("c", "Since May."),
        block("d", "More.")
    ]);
    let open = json!({"body": body, "headline": "Reef recovers at last"});
    site.editor().patch(&path, live.etag(), open).status(200)
}

fn texts(answer: &Answer, pointer: &str) -> Vec<String> {
    let json = answer.json();
    let blocks = json.pointer(pointer).and_then(Value::as_array).unwrap().clone();
    blocks.iter().map(|block| block["content"][0]["text"].as_str().unwrap().to_owned()).collect()
}

on_both! {
    fn an_amendment_reaches_readers_while_a_bigger_edit_stays_open(site: &Site) {
        let open = open_edit(site);
        site.wait(TimeDelta::hours(1));
        let body = json!([block("a", "It grows again."), block("b", "By 9 per cent."), block("c", "Since May.")]);
        let correction = json!({"kind": "correction", "text": "It was 9."});
        let order = json!({"patch": {"body": body, "kicker": "Sea"}, "change": "minor", "correction": correction});
        let amended = site.editor().act(&open, "amend", order).status(200);
        let amended = amended.says("/conflicts", json!(["b"])).says("/member_conflicts", json!([]));
        let amended = amended.says("/revision", 5).says("/publication/live/revision", 4).says("/has_unpublished_changes", true);
        let amended = amended.says("/content/headline", "Reef recovers at last").says("/content/kicker", "Sea");
        assert_eq!(texts(&amended, "/content/body"), ["It grows again.", "By a tenth.", "Since May.", "More."]);
        let seen = site.reader().article("reef-recovers").says("/headline", "Reef recovers").says("/kicker", "Sea");
        assert_eq!(texts(&seen, "/body"), ["It grows again.", "By 9 per cent.", "Since May."]);
        let seen = seen.says("/revision", 4).says("/corrections/0/text", "It was 9.");
        assert!(seen.text_at("/updated_at") > seen.text_at("/published_at"), "a correction is worth telling");
        let audit = site.admin().get(&format!("/v1/editorial/audit?subject=article:{}&limit=1", open.id()));
        audit.says("/data/0/action", "article.amended").says("/data/0/detail/conflicts", 1);
        site.editor().act(&open, "amend", json!({"patch": {"kicker": "Harbour"}})).refused(412, "stale_version");
    }

    fn an_amendment_of_an_untouched_article_is_its_working_copy_too(site: &Site) {
        let live = site.editor().publish(&ready(site, &site.editor(), "Reef recovers")).status(200);
        site.wait(TimeDelta::hours(1));
        let order = json!({"patch": {"headline": "Reef is recovering", "note": "the desk called"}, "change": "minor"});
        let amended = site.editor().act(&live, "amend", order).status(200);
        let amended = amended.says("/has_unpublished_changes", false).says("/revision", 2).says("/conflicts", json!([]));
        let seen = site.reader().article("reef-recovers").says("/headline", "Reef is recovering");
        assert_eq!(seen.text_at("/updated_at"), seen.text_at("/published_at"), "minor");
        let revisions = format!("/v1/editorial/articles/{}/revisions", amended.id());
        site.editor().get(&revisions).says("/data/0/note", "the desk called").says("/data/0/number", 2);
    }

    // abuse: AZ-14
    fn an_amendment_is_held_against_all_that_a_publish_is(site: &Site) {
        let draft = ready(site, &site.reporter(), "Reef recovers");
        let order = json!({"patch": {"kicker": "Sea"}});
        site.editor().act(&draft, "amend", order.clone()).refused(409, "conflict").says("/reason", "not_live");
        let live = site.editor().publish(&draft).status(200);
        site.unmoved_by(&["/v1/articles/reef-recovers"], || {
            site.reporter().act(&live, "amend", order.clone()).refused(403, "forbidden");
            site.editor().act(&live, "amend", json!({})).refused(422, "validation_failed").names("/patch", "required");
            let wrong = json!({"patch": {"kicker": 7, "section": "nowhere"}, "change": "big", "correction": {"kind": "update"}});
            let told = site.editor().act(&live, "amend", wrong).refused(422, "validation_failed");
            told.names("/patch/kicker", "wrong_type").names("/change", "unknown_value").names("/correction/text", "required");
            let unknown = json!({"patch": {"section": "nowhere"}});
            site.editor().act(&live, "amend", unknown).refused(422, "validation_failed").names("/patch/section", "unknown_reference");
            let same = json!({"patch": {"headline": "Reef recovers"}});
            site.editor().act(&live, "amend", same).refused(409, "conflict").says("/reason", "nothing_amended");
            site.editor().act(&live, "amend", json!({"patch": {"section": null}})).refused(409, "not_publishable")
        });
        let other = ready(site, &site.editor(), "Harbour talks");
        let taken = json!({"patch": {"slug": "harbour-talks"}});
        site.editor().act(&live, "amend", taken).refused(409, "slug_taken");
        let moved = site.editor().act(&live, "amend", json!({"patch": {"slug": "reef-is-well"}})).status(200);
        site.reader().article("reef-recovers").status(308);
        site.reader().article("reef-is-well").status(200);
        let later = (site.now() + TimeDelta::hours(1)).to_rfc3339();
        let scheduled = site.editor().act(&moved, "publish", json!({"goes_live_at": later})).status(200);
        site.editor().act(&scheduled, "amend", order).refused(409, "conflict").says("/reason", "update_scheduled");
        drop(other);
    }

    fn corrections_stand_in_the_order_in_which_readers_are_told_of_them(site: &Site) {
        let draft = ready(site, &site.editor(), "Reef recovers");
        let path = format!("/v1/editorial/articles/{}", draft.id());
        let live = site.editor().publish(&draft).status(200);
        let edited = site.editor().patch(&path, live.etag(), json!({"kicker": "Sea"})).status(200);
        let correction = |text: &str| json!({"kind": "correction", "text": text});
        let at = (site.now() + TimeDelta::hours(2)).to_rfc3339();
        let order = json!({"goes_live_at": at, "correction": correction("Told last.")});
        let planned = site.editor().act(&edited, "publish", order).status(200);
        site.wait(TimeDelta::hours(1));
        site.editor().act(&planned, "corrections", correction("Told first.")).status(201);
        site.wait(TimeDelta::hours(1));
        let seen = site.reader().article("reef-recovers").status(200).says("/kicker", "Sea");
        seen.says("/corrections/0/text", "Told first.").says("/corrections/1/text", "Told last.");
        let kept = site.editor().get(&format!("{path}/corrections")).status(200);
        kept.says("/data/0/text", "Told first.").says("/data/1/text", "Told last.");
    }

    fn a_correction_is_told_with_the_publish_that_it_comes_with(site: &Site) {
        let draft = ready(site, &site.editor(), "Reef recovers");
        let path = format!("/v1/editorial/articles/{}", draft.id());
        let with = |text: &str| json!({"correction": {"kind": "correction", "text": text}, "change": "minor"});
        site.editor().act(&draft, "publish", with("It was 9.")).refused(409, "conflict").says("/reason", "never_live");
        let live = site.editor().publish(&draft).status(200);
        let edit = |etag: &str, kicker: &str| site.editor().patch(&path, etag, json!({"kicker": kicker})).status(200);
        site.wait(TimeDelta::hours(1));
        let live = site.editor().act(&edit(live.etag(), "Sea"), "publish", with("It was 9.")).status(200);
        let seen = site.reader().article("reef-recovers").says("/corrections/0/text", "It was 9.");
        assert!(seen.text_at("/updated_at") > seen.text_at("/published_at"));
        let mut order = with("It was 8.");
        order["goes_live_at"] = json!((site.now() + TimeDelta::hours(2)).to_rfc3339());
        let planned = site.editor().act(&edit(live.etag(), "Harbour"), "publish", order.clone()).status(200);
        let told = |count: usize| {
            let seen = site.reader().article("reef-recovers").json();
            assert_eq!(seen["corrections"].as_array().map(Vec::len), Some(count), "{seen}");
        };
        told(1);
        site.editor().get(&format!("{path}/corrections")).says("/data/1/waits_for", 3);
        let dropped = site.editor().act(&planned, "unschedule", json!({})).status(200);
        let left = site.editor().get(&format!("{path}/corrections")).json();
        assert_eq!(left["data"].as_array().map(Vec::len), Some(1), "it goes with the schedule");
        site.editor().act(&dropped, "publish", order).status(200);
        site.wait(TimeDelta::hours(2));
        told(2);
        let seen = site.reader().article("reef-recovers").says("/kicker", "Harbour").says("/corrections/1/text", "It was 8.");
        assert_eq!(seen.text_at("/corrections/1/published_at"), seen.text_at("/updated_at"));
        let now = site.editor().working_copy(&draft.id());
        site.editor().act(&now, "unpublish", json!({})).status(200);
        site.editor().get(&format!("{path}/corrections")).says("/data/1/waits_for", json!(null)).says("/data/1/text", "It was 8.");
    }
}
