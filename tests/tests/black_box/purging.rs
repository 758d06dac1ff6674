//! What a change purges: all that shows the article as it was and as it is, and nothing of what only the newsroom knows.

use chrono::TimeDelta;
use masthead_tests::answer::Answer;
use masthead_tests::events::Told;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use serde_json::{Value, json};

/// A section, a tag and a contributor of one name.
struct Beat {
    name: &'static str,
    section: String,
    tag: String,
    contributor: String,
}

impl Beat {
    fn make(site: &Site, name: &'static str) -> Self {
        let id = |kind: &str| {
            let made = site.editor().post(&format!("/v1/editorial/{kind}"), json!({"name": name}));
            made.status(201).id()
        };
        Self { name, section: id("sections"), tag: id("tags"), contributor: id("contributors") }
    }

    /// What an article of this beat has.
    fn content(&self) -> Value {
        json!({
            "slug": format!("news-of-{}", self.name),
            "section": self.section,
            "tags": [self.tag],
            "bylines": [{"role": "author", "contributor": self.contributor}],
        })
    }

    /// The keys of what shows such an article.
    fn keys(&self) -> [String; 4] {
        let short = |id: &str| id.replace('-', "");
        [
            format!("a:news-of-{}", self.name),
            format!("s:{}", short(&self.section)),
            format!("t:{}", short(&self.tag)),
            format!("c:{}", short(&self.contributor)),
        ]
    }
}

fn draft(site: &Site, beat: &Beat) -> Answer {
    let mut content = beat.content();
    content["headline"] = json!("Reef recovers");
    content["body"] = json!([{"type": "paragraph", "content": [{"text": "It does."}]}]);
    site.editor().post("/v1/editorial/articles", content).status(201)
}

/// The working copy moved to another beat; readers see nothing of that.
fn moved(site: &Site, article: &Answer, beat: &Beat) -> Answer {
    let path = format!("/v1/editorial/articles/{}", article.id());
    site.editor().patch(&path, article.etag(), beat.content()).status(200)
}

/// Asserts that one event of this kind purges all of these beats and none of those.
#[track_caller]
fn purges(told: &[Told], kind: &str, beats: &[&Beat], spared: &[&Beat]) {
    let [event] = told else { panic!("one event, not {told:#?}") };
    assert_eq!(event.kind, kind);
    for key in ["l".to_owned(), format!("a:{}", event.subject.replace('-', ""))] {
        assert!(event.keys.contains(&key), "{key} of {event:#?}");
    }
    for key in beats.iter().flat_map(|beat| beat.keys()) {
        assert!(event.keys.contains(&key), "{kind} leaves {key}: {:#?}", event.keys);
    }
    for key in spared.iter().flat_map(|beat| beat.keys()) {
        assert!(!event.keys.contains(&key), "{kind} tells of {key}: {:#?}", event.keys);
    }
}

on_both! {
    fn publishing_anew_purges_what_showed_the_article_before(site: &Site) {
        let (sea, land) = (Beat::make(site, "sea"), Beat::make(site, "land"));
        let (live, told) = site.told_by(|| site.editor().publish(&draft(site, &sea)).status(200));
        purges(&told, "article.published", &[&sea], &[&land]);
        let moved = moved(site, &live, &land);
        let (_, told) = site.told_by(|| site.editor().publish(&moved).status(200));
        purges(&told, "article.updated", &[&sea, &land], &[]);
    }

    fn what_takes_an_article_down_purges_what_readers_saw_and_tells_of_no_draft(site: &Site) {
        let (sea, land) = (Beat::make(site, "sea"), Beat::make(site, "land"));
        let live = site.editor().publish(&draft(site, &sea)).status(200);
        let edited = moved(site, &live, &land);
        let correction = json!({"kind": "correction", "text": "It does, slowly."});
        let (corrected, told) = site.told_by(|| site.editor().act(&edited, "corrections", correction).status(201));
        purges(&told, "article.updated", &[&sea], &[&land]);
        let note = json!({"text": "The minister calls back."});
        let path = format!("/v1/editorial/articles/{}", live.id());
        let by = site.editor();
        let noted = by.request("PUT", &format!("{path}/internal-note")).if_match(corrected.etag()).json(&note);
        let (noted, told) = site.told_by(|| noted.send().status(200));
        assert_eq!(told.iter().map(|told| told.keys.len()).sum::<usize>(), 0, "a note changes nothing: {told:#?}");
        let (down, told) = site.told_by(|| site.editor().act(&noted, "unpublish", json!({})).status(200));
        purges(&told, "article.unpublished", &[&sea], &[&land]);
        let (again, told) = site.told_by(|| site.editor().publish(&down).status(200));
        purges(&told, "article.published", &[&land], &[]);
        assert!(told[0].keys.contains(&"a:news-of-sea".to_owned()), "the former address redirects again: {told:#?}");
        let edited = moved(site, &again, &sea);
        let reason = json!({"kind": "error", "public_reason": "It was wrong."});
        let (_, told) = site.told_by(|| site.editor().act(&edited, "withdraw", reason).status(200));
        purges(&told, "article.withdrawn", &[&land], &[]);
        assert!(told[0].keys.contains(&"a:news-of-sea".to_owned()), "the former address is gone too: {told:#?}");
        assert!(!told[0].keys.contains(&sea.keys()[1]), "the draft is in another section: {told:#?}");
    }

    fn what_the_clock_does_purges_what_was_and_what_is(site: &Site) {
        let (sea, land) = (Beat::make(site, "sea"), Beat::make(site, "land"));
        let live = site.editor().publish(&draft(site, &sea)).status(200);
        let moved = moved(site, &live, &land);
        let hour = |n: i64| (site.now() + TimeDelta::hours(n)).to_rfc3339();
        let order = json!({"goes_live_at": hour(1), "expires_at": hour(2)});
        let (_, told) = site.told_by(|| site.editor().act(&moved, "publish", order).status(200));
        purges(&told, "article.scheduled", &[&sea, &land], &[]);
        site.wait(TimeDelta::minutes(61));
        let (_, told) = site.told_by(|| site.work());
        purges(&told, "article.updated", &[&sea, &land], &[]);
        site.wait(TimeDelta::minutes(60));
        let (_, told) = site.told_by(|| site.work());
        purges(&told, "article.expired", &[&land], &[]);
    }

    fn an_edit_after_a_change_by_the_clock_purges_what_was_before_that(site: &Site) {
        let (sea, land) = (Beat::make(site, "sea"), Beat::make(site, "land"));
        let live = site.editor().publish(&draft(site, &sea)).status(200);
        let edited = moved(site, &live, &land);
        let at = (site.now() + TimeDelta::hours(1)).to_rfc3339();
        site.editor().act(&edited, "publish", json!({"goes_live_at": at})).status(200);
        site.wait(TimeDelta::hours(1));
        // Nobody has announced it yet: it is told along with the correction, which replaces what is kept of it.
        let seen = site.editor().working_copy(&live.id());
        let correction = json!({"kind": "correction", "text": "It does, slowly."});
        let (_, told) = site.told_by(|| site.editor().act(&seen, "corrections", correction).status(201));
        assert_eq!(told.len(), 2, "{told:#?}");
        purges(&told[1..], "article.updated", &[&sea, &land], &[]);
    }

    // abuse: OP-10
    fn what_the_clock_did_is_told_before_what_is_done_after_it(site: &Site) {
        let hour = TimeDelta::hours(1);
        let later = || (site.now() + hour).to_rfc3339();
        let kinds = |told: &[Told]| told.iter().map(|told| told.kind.clone()).collect::<Vec<_>>();
        let reason = json!({"kind": "legal", "public_reason": "A court says so."});
        // It goes live, and is withdrawn before anybody has announced that.
        let due = draft(site, &Beat::make(site, "sea"));
        let scheduled = site.editor().act(&due, "publish", json!({"goes_live_at": later()})).status(200);
        site.wait(hour);
        let (_, told) = site.told_by(|| site.editor().act(&scheduled, "withdraw", reason).status(200));
        assert_eq!(kinds(&told), ["article.published", "article.withdrawn"]);
        // It ends, and is published again as soon.
        let ending = draft(site, &Beat::make(site, "land"));
        let live = site.editor().act(&ending, "publish", json!({"expires_at": later()})).status(200);
        site.wait(hour);
        let (_, told) = site.told_by(|| site.editor().act(&live, "publish", json!({"expires_at": null})).status(200));
        assert_eq!(kinds(&told), ["article.expired", "article.published"]);
        let (_, told) = site.told_by(|| {
            site.wait(hour);
            site.work()
        });
        assert_eq!(kinds(&told), [""; 0], "nothing is left to be announced");
    }

    fn what_shows_a_photo_no_longer_purges_its_renditions(site: &Site) {
        let (sea, photo) = (Beat::make(site, "sea"), site.photo_editor().upload_whole(2).id());
        let path = |article: &Answer| format!("/v1/editorial/articles/{}", article.id());
        let begun = draft(site, &sea);
        let shown = site.editor().patch(&path(&begun), begun.etag(), json!({"lead_photo": {"photo": photo}})).status(200);
        let live = site.editor().publish(&shown).status(200);
        let bare = site.editor().patch(&path(&live), live.etag(), json!({"lead_photo": null})).status(200);
        let (_, told) = site.told_by(|| site.editor().publish(&bare).status(200));
        let key = format!("p:{}", photo.replace('-', ""));
        assert!(told[0].keys.contains(&key), "{told:#?}");
    }

    fn an_embargo_that_is_lifted_publishes_what_waited(site: &Site) {
        let sea = Beat::make(site, "sea");
        let begun = draft(site, &sea);
        let path = format!("/v1/editorial/articles/{}/embargo", begun.id());
        let at = (site.now() + TimeDelta::hours(1)).to_rfc3339();
        let scheduled = site.editor().act(&begun, "publish", json!({"goes_live_at": at})).status(200);
        let by = site.editor();
        let held = by.request("PUT", &path).if_match(scheduled.etag()).json(&json!({}));
        let (_, told) = site.told_by(|| held.send().status(200));
        purges(&told, "article.changed", &[&sea], &[]);
        site.wait(TimeDelta::hours(2));
        site.reader().article("news-of-sea").refused(404, "not_found");
        let seen = site.editor().working_copy(&begun.id());
        let by = site.editor();
        let lifted = by.request("DELETE", &path).if_match(seen.etag());
        let (_, told) = site.told_by(|| lifted.send().status(200));
        site.reader().article("news-of-sea").status(200);
        purges(&told, "article.published", &[&sea], &[]);
    }
}
