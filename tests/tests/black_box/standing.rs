//! What stands when something beside an article changes: references are merged or deleted, an embargo comes and goes.

use chrono::TimeDelta;
use masthead_tests::answer::Answer;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use serde_json::{Value, json};

fn make(site: &Site, kind: &str, name: &str) -> Answer {
    site.editor().post(&format!("/v1/editorial/{kind}"), json!({"name": name})).status(201)
}

/// A live article about reefs and seas, by two writers.
fn live(site: &Site) -> Answer {
    make(site, "sections", "World");
    let by = |name: &str| json!({"role": "author", "contributor": make(site, "contributors", name).id()});
    let article = json!({
        "headline": "Reef recovers",
        "section": "world",
        "tags": [make(site, "tags", "Reef").id(), make(site, "tags", "Sea").id()],
        "bylines": [by("Mara Lind"), by("M. Lind")],
        "body": [{"type": "paragraph", "content": [{"text": "It does."}]}],
    });
    site.editor().publish(&site.editor().post("/v1/editorial/articles", article).status(201)).status(200)
}

fn merge(site: &Site, kind: &str, from: &str, into: &str) {
    let path = format!("/v1/editorial/{kind}/{from}");
    let seen = site.editor().get(&path).status(200);
    let merge = site.editor();
    merge
        .request("POST", &format!("{path}/merge"))
        .if_match(seen.etag())
        .json(&json!({"into": into}))
        .send()
        .status(200);
}

on_both! {
    fn an_article_lives_on_when_what_it_refers_to_was_merged(site: &Site) {
        let article = live(site);
        let id = article.id();
        let before = site.editor().working_copy(&id);
        merge(site, "tags", "reef", "sea");
        merge(site, "contributors", "m-lind", "mara-lind");
        let seen = site.reader().article("reef-recovers").status(200);
        let seen = seen.says("/tags", json!([{"slug": "sea", "name": "Sea"}]));
        seen.says("/bylines/1/name", "M. Lind").says("/bylines/1/contributor/slug", "mara-lind");
        let copy = site.editor().working_copy(&id);
        assert_ne!(copy.etag(), before.etag(), "what the ids mean has changed");
        let by = site.editor();
        by.request("GET", &format!("/v1/editorial/articles/{id}")).if_none_match(before.etag()).send().status(200);
        let correction = json!({"kind": "correction", "text": "It does, slowly."});
        let posted = site.editor().act(&copy, "corrections", correction).status(201);
        let path = format!("/v1/editorial/articles/{id}");
        let content = json!({"tags": copy.json()["content"]["tags"], "headline": "Reef recovers, slowly"});
        let saved = site.editor().patch(&path, posted.etag(), content).status(200);
        let published = site.editor().publish(&saved).status(200);
        let restored = site.editor().act(&published, "revisions/1/restore", json!({})).status(200);
        site.editor().publish(&restored).status(200);
        site.reader().get("/v1/articles?tag=sea&contributor=mara-lind&count=exact").says("/page/total", 1);
        site.reader().get("/v1/articles?tag=reef&count=exact").says("/page/total", 1);
    }

    fn a_restored_revision_that_says_what_is_said_is_no_new_one(site: &Site) {
        let article = live(site);
        let same = site.editor().act(&article, "revisions/1/restore", json!({})).status(200);
        same.says("/revision", 1).says("/version", article.json()["version"].clone());
    }

    fn a_revision_is_restored_only_while_all_that_it_names_is_there(site: &Site) {
        let (section, tag) = (make(site, "sections", "World"), make(site, "tags", "Reef"));
        let (mara, photo) = (make(site, "contributors", "Mara Lind"), site.photo_editor().upload_whole(1));
        let (editor, other) = (site.editor(), site.editor().draft("Reef dies"));
        let text = json!({"type": "paragraph", "content": [{"text": "It does."}]});
        let story = json!({
            "headline": "Reef recovers", "section": section.id(), "tags": [tag.id()], "related": [other.id()],
            "bylines": [{"role": "author", "contributor": mara.id()}], "lead_photo": {"photo": photo.id()},
            "body": [text, {"type": "photo", "photo": photo.id(), "size": "wide"}],
        });
        let bare = json!({"section": null, "tags": [], "related": [], "bylines": [], "lead_photo": null, "body": [text]});
        let first = editor.post("/v1/editorial/articles", story).status(201);
        let path = format!("/v1/editorial/articles/{}", first.id());
        let second = editor.patch(&path, first.etag(), bare.clone()).status(200);
        let restored = editor.act(&second, "revisions/1/restore", json!({})).status(200).says("/revision", 3);
        assert_eq!(restored.json()["content"], first.json()["content"]);
        let bare = editor.patch(&path, restored.etag(), bare).status(200);
        let latest = editor.patch(&path, bare.etag(), json!({"kicker": "Sea"})).status(200);
        for gone in ["tags/reef", "sections/world", "contributors/mara-lind", &format!("articles/{}", other.id())] {
            editor.delete(&format!("/v1/editorial/{gone}"), "*").status(204);
        }
        site.photo_editor().delete(&format!("/v1/editorial/photos/{}", photo.id()), "*").status(204);
        let refused = site.unmoved_by(&[&path, &format!("{path}/revisions")], || {
            editor.act(&latest, "revisions/1/restore", json!({})).refused(422, "validation_failed")
        });
        let gone = ["/section", "/tags/0", "/related/0", "/bylines/0/contributor", "/lead_photo/photo", "/body/1/photo"];
        assert_eq!(refused.json()["errors"].as_array().map(Vec::len), Some(gone.len()), "{refused}");
        for at in gone {
            refused.clone().names(&format!("/content{at}"), "unknown_reference");
        }
        // Another revision, which names nothing of it.
        let restored = editor.act(&latest, "revisions/2/restore", json!({})).status(200).says("/revision", 6);
        restored.says("/content/kicker", Value::Null).says("/content/tags", json!([]));
    }

    fn a_revision_that_names_what_was_merged_is_restored_with_its_survivors(site: &Site) {
        let article = live(site);
        let path = format!("/v1/editorial/articles/{}", article.id());
        let bare = json!({"tags": [], "bylines": [], "no_byline": true});
        site.editor().patch(&path, article.etag(), bare).status(200);
        merge(site, "tags", "reef", "sea");
        merge(site, "contributors", "m-lind", "mara-lind");
        let bare = site.editor().working_copy(&article.id()).status(200);
        let restored = site.editor().act(&bare, "revisions/1/restore", json!({})).status(200);
        let said = article.json()["content"].clone();
        let restored = restored.says("/content/tags", json!([said["tags"][1]]));
        let restored = restored.says("/content/bylines/1/contributor", said["bylines"][0]["contributor"].clone());
        restored.says("/content/bylines/1/name", "M. Lind").says("/content/no_byline", false);
    }

    fn a_draft_that_stands_in_for_what_was_withdrawn_is_in_use(site: &Site) {
        let article = live(site);
        let draft = site.editor().draft("Reef recovers, slowly");
        let path = format!("/v1/editorial/articles/{}", draft.id());
        let order = json!({"kind": "error", "public_reason": "It was wrong.", "replacement": draft.id()});
        let withdrawn = site.editor().act(&article, "withdraw", order).status(200);
        site.unmoved_by(&[&path], || {
            let refused = site.editor().delete(&path, draft.etag()).refused(409, "in_use");
            refused.says("/articles", json!([article.id()]));
        });
        site.admin().act(&withdrawn, "reinstate", json!({})).status(200);
        site.editor().delete(&path, draft.etag()).status(204);
    }

    fn a_slug_waits_with_its_article_as_long_as_an_embargo_lasts(site: &Site) {
        make(site, "sections", "World");
        let text = json!([{"type": "paragraph", "content": [{"text": "It does."}]}]);
        let story = |slug: &str| json!({"headline": "Reef", "slug": slug, "section": "world", "no_byline": true, "body": text});
        let draft = site.editor().post("/v1/editorial/articles", story("reef-recovers")).status(201);
        let id = draft.id();
        let path = format!("/v1/editorial/articles/{id}");
        let at = (site.now() + TimeDelta::hours(1)).to_rfc3339();
        let scheduled = site.editor().act(&draft, "publish", json!({"goes_live_at": at})).status(200);
        let by = site.editor();
        let held = by.request("PUT", &format!("{path}/embargo")).if_match(scheduled.etag()).json(&json!({})).send().status(200);
        site.editor().patch(&path, held.etag(), json!({"slug": "reef-in-peril"})).status(200);
        site.editor().post("/v1/editorial/articles", story("reef-recovers")).refused(409, "slug_taken");
        site.wait(TimeDelta::hours(2));
        let seen = site.editor().working_copy(&id);
        let by = site.editor();
        let lifted = by.request("DELETE", &format!("{path}/embargo")).if_match(seen.etag()).send().status(200);
        site.reader().article("reef-recovers").status(200).says("/id", id.clone());
        site.editor().act(&lifted, "unpublish", json!({})).status(200);
    }

    fn a_slug_that_only_a_dropped_schedule_had_is_free_again(site: &Site) {
        make(site, "sections", "World");
        let text = json!([{"type": "paragraph", "content": [{"text": "It does."}]}]);
        let story = |slug: &str| json!({"headline": "Reef", "slug": slug, "section": "world", "no_byline": true, "body": text});
        let draft = site.editor().post("/v1/editorial/articles", story("reef-recovers")).status(201);
        let at = (site.now() + TimeDelta::hours(1)).to_rfc3339();
        let scheduled = site.editor().act(&draft, "publish", json!({"goes_live_at": at})).status(200);
        let path = format!("/v1/editorial/articles/{}", draft.id());
        let saved = site.editor().patch(&path, scheduled.etag(), json!({"slug": "reef-in-peril"})).status(200);
        site.editor().post("/v1/editorial/articles", story("reef-recovers")).refused(409, "slug_taken");
        site.editor().act(&saved, "unschedule", json!({})).status(200);
        site.editor().post("/v1/editorial/articles", story("reef-recovers")).status(201);
    }

    fn what_only_a_hidden_or_scheduled_revision_uses_is_in_use(site: &Site) {
        make(site, "sections", "World");
        make(site, "sections", "Harbour");
        let text = json!([{"type": "paragraph", "content": [{"text": "It does."}]}]);
        let story = json!({"headline": "Reef", "section": "world", "no_byline": true, "body": text});
        let draft = site.editor().post("/v1/editorial/articles", story).status(201);
        let path = format!("/v1/editorial/articles/{}", draft.id());
        let at = (site.now() + TimeDelta::hours(1)).to_rfc3339();
        let scheduled = site.editor().act(&draft, "publish", json!({"goes_live_at": at})).status(200);
        let moved = site.editor().patch(&path, scheduled.etag(), json!({"section": "harbour"})).status(200);
        let unused = || {
            let section = site.editor().get("/v1/editorial/sections/world").status(200);
            site.editor().delete("/v1/editorial/sections/world", section.etag())
        };
        unused().refused(409, "in_use").says("/articles/0", draft.id());
        let by = site.editor();
        let held = by.request("PUT", &format!("{path}/embargo")).if_match(moved.etag()).json(&json!({})).send().status(200);
        unused().refused(409, "in_use").says("/articles/0", draft.id());
        site.wait(TimeDelta::days(365));
        site.reader().article("reef").refused(404, "not_found");
        let dropped = site.editor().act(&held, "unschedule", json!({})).status(200);
        assert_eq!(dropped.json()["publication"], json!(null));
        unused().status(204);
    }

    fn the_end_of_a_dropped_schedule_falls_with_it(site: &Site) {
        let article = live(site);
        let hour = |n: i64| (site.now() + TimeDelta::hours(n)).to_rfc3339_opts(chrono::SecondsFormat::Millis, true);
        let (path, third, ninth) = (format!("/v1/editorial/articles/{}", article.id()), hour(3), hour(9));
        let edited = site.editor().patch(&path, article.etag(), json!({"kicker": "Sea"})).status(200);
        let order = json!({"goes_live_at": hour(1), "expires_at": third});
        let scheduled = site.editor().act(&edited, "publish", order).status(200);
        let scheduled = scheduled.says("/publication/expires_at", third.clone());
        let dropped = site.editor().act(&scheduled, "unschedule", json!({})).status(200);
        let dropped = dropped.says("/publication/expires_at", json!(null)).says("/publication/state", "live");
        // What is live has an end of its own, which an update after it does not move either.
        let ending = site.editor().act(&dropped, "publish", json!({"expires_at": third})).status(200);
        let edited = site.editor().patch(&path, ending.etag(), json!({"kicker": "Land"})).status(200);
        let order = json!({"goes_live_at": hour(6), "expires_at": ninth});
        let scheduled = site.editor().act(&edited, "publish", order).status(200);
        scheduled.says("/publication/expires_at", ninth.clone()).says("/publication/state", "live");
        let kicker = |hours: i64| {
            site.wait(TimeDelta::hours(hours));
            let seen = site.reader().article("reef-recovers");
            if seen.status == 200 { seen.text_at("/kicker") } else { String::new() }
        };
        let state = || site.editor().working_copy(&article.id()).text_at("/publication/state");
        assert_eq!((kicker(2), state()), ("Sea".to_owned(), "live".to_owned()));
        assert_eq!((kicker(2), state()), (String::new(), "scheduled".to_owned()), "its own end came");
        let listed = site.editor().get("/v1/editorial/articles?publication=scheduled&count=exact");
        listed.says("/page/total", 1);
        assert_eq!((kicker(3), state()), ("Land".to_owned(), "live".to_owned()));
        assert_eq!((kicker(3), state()), (String::new(), "expired".to_owned()));
    }
}
