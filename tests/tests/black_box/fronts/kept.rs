//! What is kept of a front is let go as soon as something of it is different.

use chrono::TimeDelta;
use masthead_tests::fronts::items;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use masthead_tests::together::together;
use serde_json::json;

/// How many times two get in each other's way.
const ROUNDS: usize = 12;

fn short(kind: char, id: &str) -> String {
    format!("{kind}:{}", id.replace('-', ""))
}

/// The headlines on the front page, of which it is sure that it is kept.
#[track_caller]
fn shown(site: &Site) -> Vec<String> {
    let shown = site.reader().front("home").status(200).front_headlines();
    let before = site.statements();
    assert_eq!(site.reader().front("home").status(200).front_headlines(), shown);
    assert_eq!(site.statements(), before, "it is not kept");
    shown
}

fn in_seconds(site: &Site, seconds: i64) -> String {
    (site.now() + TimeDelta::seconds(seconds)).to_rfc3339()
}

on_both! {
    fn readers_see_at_once_what_an_editor_did(site: &Site) {
        let (reef, seals) = (site.published("Reef recovers"), site.draft_to_publish("Seals return"));
        site.reader().front("home").refused(404, "not_found");
        let front = site.editor().front_page(&[&seals.id(), &reef.id()]);
        assert_eq!(shown(site), ["Reef recovers"]);
        let live = site.editor().publish(&seals).status(200);
        assert_eq!(shown(site), ["Seals return", "Reef recovers"]);
        let path = format!("/v1/editorial/articles/{}", live.id());
        let edited = site.editor().patch(&path, live.etag(), json!({"headline": "Seals are back"})).status(200);
        assert_eq!(shown(site), ["Seals return", "Reef recovers"]);
        let live = site.editor().publish(&edited).status(200);
        assert_eq!(shown(site), ["Seals are back", "Reef recovers"]);
        let down = site.editor().act(&live, "unpublish", json!({})).status(200);
        assert_eq!(shown(site), ["Reef recovers"]);
        site.editor().publish(&down).status(200);
        let turned = json!([{"article": reef.id(), "headline": "It grows"}, {"article": seals.id()}]);
        let front = site.editor().rearrange(&front, json!({"items": turned})).status(200);
        assert_eq!(shown(site), ["It grows", "Seals are back"]);
        site.reader().get("/v1/fronts").status(200).says("/data/0/name", "Front page");
        let front = site.editor().rearrange(&front, json!({"name": "Today"})).status(200);
        site.reader().front("home").status(200).says("/name", "Today");
        site.reader().get("/v1/fronts").status(200).says("/data/0/name", "Today");
        site.admin().patch("/v1/editorial/sections/world", "*", json!({"name": "Overseas"})).status(200);
        site.reader().front("home").status(200).says("/data/0/section/name", "Overseas");
        site.reader().front("today").refused(404, "not_found");
        let front = site.editor().rearrange(&front, json!({"slug": "today"})).status(200);
        site.reader().front("today").status(200);
        site.reader().front("home").status(308);
        let reason = json!({"kind": "error", "public_reason": "It was wrong."});
        site.editor().act(&site.editor().working_copy(&reef.id()), "withdraw", reason).status(200);
        assert_eq!(site.reader().front("today").status(200).front_headlines(), ["Seals are back"]);
        site.editor().delete(&format!("/v1/editorial/fronts/{}", front.id()), front.etag()).status(204);
        site.reader().front("today").refused(404, "not_found");
        site.reader().get("/v1/fronts").status(200).says("/data", json!([]));
    }

    fn a_front_names_itself_and_what_it_shows(site: &Site) {
        let (reef, draft) = (site.published("Reef recovers"), site.draft_to_publish("Seals return"));
        let front = site.editor().front_page(&[&reef.id(), &draft.id()]);
        let names = || site.reader().front("home").status(200).header("surrogate-key").split(' ').map(str::to_owned).collect::<Vec<_>>();
        let own = names();
        assert!(own.contains(&short('f', &front.id())) && own.contains(&short('a', &reef.id())), "{own:?}");
        // It is no list that any article may change, and of a draft it tells nothing.
        assert!(!own.contains(&"l".to_owned()) && !own.contains(&short('a', &draft.id())), "{own:?}");
        let listed = site.reader().get("/v1/fronts").status(200);
        assert!(listed.header("surrogate-key").contains(&short('f', &front.id())), "{listed}");
        let lifetime = site.reader().front("home").header("cache-control").to_owned();
        assert!(lifetime.contains("s-maxage=10"), "{lifetime}");
        // A cache outside, which knows the front by its own name, is told of it when the draft is published.
        let (_, told) = site.told_by(|| site.editor().publish(&draft).status(200));
        assert!(told.iter().any(|told| told.kind == "article.published" && told.keys.contains(&short('f', &front.id()))), "{told:?}");
        let (_, told) = site.told_by(|| site.editor().rearrange(&front, json!({"items": [], "fill_from": {"up_to": 3}})).status(200));
        let of: Vec<_> = told.iter().map(|told| (told.kind.as_str(), told.subject.clone())).collect();
        assert_eq!(of, [("front.changed", front.id())]);
        assert!(told[0].keys.contains(&short('f', &front.id())), "{told:?}");
        assert!(names().contains(&"l".to_owned()), "what is filled may change with any article");
        let (_, told) = site.told_by(|| site.editor().delete(&format!("/v1/editorial/fronts/{}", front.id()), "*").status(204));
        assert_eq!(told.iter().map(|told| told.kind.as_str()).collect::<Vec<_>>(), ["front.deleted"]);
    }

    // abuse: CA-06
    fn an_article_comes_to_a_front_and_goes_at_its_instants(site: &Site) {
        site.published("Reef recovers");
        let soon = site.draft_to_publish("Seals return");
        let front = site.editor().front_page(&[&soon.id(), "reef-recovers"]);
        let order = json!({"goes_live_at": in_seconds(site, 30), "expires_at": in_seconds(site, 60)});
        site.editor().act(&soon, "publish", order).status(200);
        assert_eq!(shown(site), ["Reef recovers"]);
        let before = site.reader().front("home").header("cache-control").to_owned();
        site.wait(TimeDelta::milliseconds(29_999));
        assert_eq!(shown(site), ["Reef recovers"]);
        // What is to come shortens nothing.
        assert_eq!(site.reader().front("home").header("cache-control"), before);
        site.wait(TimeDelta::milliseconds(1));
        assert_eq!(shown(site), ["Seals return", "Reef recovers"]);
        site.wait(TimeDelta::seconds(1));
        let (_, told) = site.told_by(|| site.work());
        assert!(told.iter().any(|told| told.keys.contains(&short('f', &front.id()))), "{told:?}");
        site.wait(TimeDelta::seconds(24));
        let lifetime = site.reader().front("home").header("cache-control").to_owned();
        assert!(lifetime.contains("max-age=5") && lifetime.contains("s-maxage=5"), "{lifetime}");
        site.wait(TimeDelta::milliseconds(5_000));
        assert_eq!(shown(site), ["Reef recovers"]);
    }

    // abuse: CA-04
    fn who_publishes_what_is_being_put_on_a_front_has_it_there(database: Database) {
        let site = &Site::of_two_nodes(database);
        let mut front = site.editor().front_page(&[]);
        let drafts: Vec<_> = (0..ROUNDS).map(|n| site.draft_to_publish(&format!("Story {n}"))).collect();
        for (n, draft) in drafts.iter().enumerate() {
            let order = json!({"items": items(&[&draft.id()])});
            let answers = together(3, |who| match who {
                0 => Some(site.editor().publish(draft).status(200)),
                1 => Some(site.editor().rearrange(&front, order.clone()).status(200)),
                _ => {
                    (0..20).for_each(|_| drop(site.reader().front("home").status(200)));
                    None
                }
            });
            front = answers[1].clone().expect("the front");
            assert_eq!(site.reader().front("home").status(200).front_headlines(), [format!("Story {n}")]);
        }
    }

    // abuse: CC-05
    fn a_draft_that_is_deleted_while_it_is_put_on_a_front_is_on_none(database: Database) {
        let site = &Site::of_two_nodes(database);
        let front = site.editor().front_page(&[]);
        let path = format!("/v1/editorial/fronts/{}", front.id());
        for n in 0..ROUNDS {
            let draft = site.editor().draft(&format!("Draft {n}"));
            let order = json!({"items": items(&[&draft.id()])});
            let answers = together(2, |who| match who {
                0 => site.editor().delete(&format!("/v1/editorial/articles/{}", draft.id()), "*"),
                _ => site.editor().at_node(1).patch(&path, "*", order.clone()),
            });
            assert_eq!(answers[0].status, 204, "{}", answers[0]);
            assert!([200, 422].contains(&answers[1].status), "{}", answers[1]);
            site.editor().kept_front("home").status(200).says("/items", json!([]));
        }
    }
}
