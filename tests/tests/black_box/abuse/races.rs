//! Writers who get in each other's way: what each was told is what happened.

use std::thread;
use std::time::{Duration, Instant};

use chrono::TimeDelta;
use masthead_tests::answer::Answer;
use masthead_tests::database::Database;
use masthead_tests::on_both;
use masthead_tests::postgres;
use masthead_tests::site::Site;
use masthead_tests::together::together;
use serde_json::{Value, json};

use super::story;

on_both! {
    // abuse: CC-04
    fn of_fifty_who_change_what_they_saw_one_does_and_every_text_is_kept(database: Database) {
        let site = &Site::of_two_nodes(database);
        let draft = site.editor().draft("Reef recovers");
        let path = format!("/v1/editorial/articles/{}", draft.id());
        let (mut seen, mut accepted) = (draft, vec!["Reef recovers".to_owned()]);
        for round in 0..3 {
            let answers = together(50, |n| {
                let change = json!({"headline": format!("Round {round}, writer {n}")});
                site.editor().at_node(n).patch(&path, seen.etag(), change)
            });
            let won: Vec<_> = answers.iter().filter(|answer| answer.status == 200).collect();
            assert_eq!(won.len(), 1, "{:?}", answers.iter().map(|answer| answer.status).collect::<Vec<_>>());
            for lost in answers.iter().filter(|answer| answer.status != 200) {
                lost.clone().refused(412, "stale_version").says("/etag", won[0].etag());
            }
            accepted.push(won[0].text_at("/content/headline"));
            seen = won[0].clone();
        }
        let revisions = site.editor().get(&format!("{path}/revisions?limit=100")).status(200).json();
        let numbers: Vec<_> = revisions["data"].as_array().unwrap().iter().map(|revision| revision["number"].as_u64().unwrap()).collect();
        assert_eq!(numbers, [4, 3, 2, 1], "no number twice, and none left out");
        for (n, headline) in (1..).zip(&accepted) {
            site.editor().get(&format!("{path}/revisions/{n}")).status(200).says("/content/headline", headline.as_str());
        }
    }

    // abuse: CC-04
    fn a_condition_is_one_strong_tag_or_the_stated_wish_to_overwrite(site: &Site) {
        let draft = site.editor().draft("Reef recovers");
        let path = format!("/v1/editorial/articles/{}", draft.id());
        let by = site.editor();
        let change = json!({"headline": "Reef in peril"});
        site.unmoved_by(&[&path], || {
            for (method, path, body) in [("PATCH", path.clone(), change.clone()), ("DELETE", path.clone(), json!({})), ("POST", format!("{path}/submit"), json!({})), ("PUT", format!("{path}/embargo"), json!({}))] {
                by.request(method, &path).json(&body).send().refused(428, "if_match_required");
                for malformed in ["W/\"1\"", "\"1\", \"2\"", "1", "\"1", "'1'", "\"\"", "**", "\"*\"", "", "\"1\" \"1\"", "\"one\""] {
                    let answer = by.request(method, &path).if_match(malformed).json(&body).send();
                    assert_eq!(answer.status, 400, "{method} {malformed}: {answer}");
                    answer.refused(400, "malformed_request");
                }
                by.request(method, &path).if_match("\"1\"").if_match("\"1\"").json(&body).send().refused(400, "malformed_request");
                by.request(method, &path).if_match("\"2\"").json(&body).send().refused(412, "stale_version").says("/etag", "\"1\"");
            }
        });
        // A tag of what readers see is no version of what editors change.
        let live = site.editor().publish(&story::ready(site, &by, "Live")).status(200);
        let seen = site.reader().article("live").status(200);
        let live_path = format!("/v1/editorial/articles/{}", live.id());
        let answer = by.request("PATCH", &live_path).if_match(seen.etag()).json(&change).send();
        assert!(matches!(answer.status, 400 | 412), "{answer}");
        by.request("PATCH", &path).if_match("*").json(&change).send().status(200).says("/version", 2);
    }

    // abuse: CC-04
    fn many_who_begin_articles_of_one_headline_all_do(database: Database) {
        let site = &Site::of_two_nodes(database);
        let answers = together(30, |n| site.editor().at_node(n).draft("Weather today").text_at("/content/slug"));
        let mut slugs = answers;
        slugs.sort_unstable();
        slugs.dedup();
        assert_eq!(slugs.len(), 30, "each has a slug of its own");
        assert!(slugs.iter().all(|slug| slug.starts_with("weather-today")));
    }

    // abuse: CC-05
    fn whatever_is_done_to_an_article_at_once_has_some_order(database: Database) {
        let site = &Site::of_two_nodes(database);
        site.editor();
        site.admin();
        for round in 0..6 {
            let draft = story::ready(site, &site.editor(), &format!("Story {round}"));
            let (id, slug) = (draft.id(), draft.text_at("/content/slug"));
            let live = if round % 2 == 0 { draft } else { site.editor().publish(&draft).status(200) };
            let path = format!("/v1/editorial/articles/{id}");
            let later = (site.now() + TimeDelta::hours(1)).to_rfc3339();
            let deeds: [(&str, &str, Value); 9] = [
                ("POST", "/publish", json!({})), ("POST", "/publish", json!({"goes_live_at": later})), ("POST", "/unpublish", json!({})),
                ("POST", "/withdraw", json!({"kind": "error", "public_reason": "it was wrong"})), ("DELETE", "", json!({})), ("POST", "/unschedule", json!({})),
                ("PATCH", "", json!({"kicker": "Reef"})), ("POST", "/submit", json!({})), ("POST", "/reinstate", json!({})),
            ];
            for condition in [live.etag().to_owned(), "*".to_owned()] {
                let answers = together(18, |n| {
                    let (method, action, body) = &deeds[n % deeds.len()];
                    let by = site.admin().at_node(n);
                    // A save of what is there already changes nothing, not even the version.
                    let body = if *method == "PATCH" { &json!({"kicker": format!("Reef {condition} {n}").replace('"', "")}) } else { body };
                    by.request(method, &format!("{path}{action}")).if_match(&condition).json(body).send()
                });
                for answer in &answers {
                    assert!(matches!(answer.status, 200 | 204 | 404 | 409 | 412), "{answer}");
                }
                if condition != "*" {
                    let done = answers.iter().filter(|answer| answer.status < 300).count();
                    assert!(done <= 1, "of many who saw the same version one may act: {done}");
                }
            }
            one_story(site, &id, &slug);
        }
    }

    // abuse: CC-05
    fn a_draft_is_deleted_or_stands_in_for_what_is_withdrawn(database: Database) {
        let site = &Site::of_two_nodes(database);
        for round in 0..10 {
            let live = site.published(&format!("Story {round}"));
            let draft = site.editor().draft(&format!("Draft {round}"));
            let order = json!({"kind": "error", "public_reason": "It was wrong.", "replacement": draft.id()});
            let answers = together(2, |who| match who {
                0 => site.editor().delete(&format!("/v1/editorial/articles/{}", draft.id()), "*"),
                _ => site.editor().at_node(1).act(&live, "withdraw", order.clone()),
            });
            let [deleted, withdrawn] = &answers[..] else { panic!("two of them") };
            match (deleted.status, withdrawn.status) {
                (204, _) => withdrawn.clone().refused(422, "validation_failed").names("/replacement", "unknown_reference"),
                (_, 200) => deleted.clone().refused(409, "in_use").says("/articles", json!([live.id()])),
                _ => panic!("{deleted}\n{withdrawn}"),
            };
        }
    }

    // abuse: AZ-14, CC-05
    fn a_photo_loses_its_credit_or_is_published_and_never_both(database: Database) {
        let site = &Site::of_two_nodes(database);
        let photo = site.photo_editor().upload_whole(1);
        let path = format!("/v1/editorial/photos/{}", photo.id());
        let lead = json!({"lead_photo": {"photo": photo.id()}});
        for round in 0..20 {
            let draft = site.draft_to_publish(&format!("Story {round}"));
            // Every second one is live without the photo, and amended.
            let (article, action, order) = if round % 2 == 0 {
                let article = format!("/v1/editorial/articles/{}", draft.id());
                (site.editor().patch(&article, draft.etag(), lead.clone()).status(200), "publish", json!({}))
            } else {
                (site.editor().publish(&draft).status(200), "amend", json!({"patch": lead}))
            };
            let answers = together(2, |who| match who {
                0 => site.editor().act(&article, action, order.clone()),
                _ => site.photo_editor().at_node(1).patch(&path, "*", json!({"credit": null})),
            });
            let [published, stripped] = &answers[..] else { panic!("two of them") };
            match (published.status, stripped.status) {
                (200, _) => {
                    stripped.clone().refused(409, "in_use").says("/articles", json!([article.id()]));
                    site.editor().act(published, "unpublish", json!({})).status(200);
                }
                (_, 200) => {
                    published.clone().refused(409, "not_publishable");
                    let credit = json!({"credit": {"organizations": ["Nordwire"]}});
                    site.photo_editor().patch(&path, "*", credit).status(200);
                }
                _ => panic!("{published}\n{stripped}"),
            }
        }
    }

    // abuse: CC-04
    fn who_wishes_to_overwrite_a_reference_does_and_who_comes_after_its_end_is_told_so(database: Database) {
        let site = &Site::of_two_nodes(database);
        for kind in ["tags", "contributors", "sections"] {
            let made =
                site.editor().post(&format!("/v1/editorial/{kind}"), json!({"name": "Reefs"})).status(201);
            let path = format!("/v1/editorial/{kind}/{}", made.id());
            let change = |n: usize| {
                let by = site.editor().at_node(n);
                by.request("PATCH", &path).if_match("*").json(&json!({"name": format!("Reefs {n}")})).send()
            };
            let statuses: Vec<_> = together(20, |n| change(n).status);
            assert!(statuses.iter().all(|status| *status == 200), "{kind}: {statuses:?}");
            let seen = site.editor().get(&path).status(200);
            assert_eq!(seen.etag(), "\"21\"", "{kind}");
            let ends = together(20, |n| match n % 4 {
                0 => site.editor().at_node(n).delete(&path, "*"),
                _ => change(n),
            });
            let count = |status: u16| ends.iter().filter(|answer| answer.status == status).count();
            assert_eq!(
                (count(204), count(200) + count(404)),
                (1, 19),
                "{kind}: {:?}",
                ends.iter().map(|answer| answer.status).collect::<Vec<_>>()
            );
        }
    }

    // abuse: CC-05
    fn what_an_article_names_is_gone_before_it_or_in_use_after_it(database: Database) {
        let site = &Site::of_two_nodes(database);
        for kind in ["sections", "tags", "contributors", "photos"] {
            for (n, (table, method)) in (0..).zip([("articles", "POST"), ("articles", "PATCH"), (kind, "PATCH")]) {
                let named = unnamed(site, kind, n);
                let draft = format!("/v1/editorial/articles/{}", site.admin().draft("Reef recovers").id());
                let (content, place) = naming(kind, &named.id());
                let save = || match method {
                    "POST" => site.admin().post("/v1/editorial/articles", content.clone()),
                    _ => site.admin().patch(&draft, "*", content.clone()),
                };
                let path = format!("/v1/editorial/{kind}/{}", named.id());
                let delete = || site.admin().at_node(1).delete(&path, "*");
                let (saved, deleted) = if table == "articles" {
                    in_between(site, database, table, save, delete)
                } else {
                    let (deleted, saved) = in_between(site, database, table, delete, save);
                    (saved, deleted)
                };
                match (saved.status, deleted.status) {
                    (422, 204) => saved.refused(422, "validation_failed").names(place, "unknown_reference"),
                    (200 | 201, 409) => deleted.refused(409, "in_use").says("/articles", json!([saved.id()])),
                    _ => panic!("{kind}, {method}, {table}: {saved}\n{deleted}"),
                };
            }
        }
    }
}

/// Something of this kind that no article names yet.
#[track_caller]
fn unnamed(site: &Site, kind: &str, n: u8) -> Answer {
    match kind {
        "photos" => site.admin().upload_whole(n),
        _ => {
            let name = json!({"name": format!("Reefs {n}")});
            site.admin().post(&format!("/v1/editorial/{kind}"), name).status(201)
        }
    }
}

/// A content that names something of this kind, and where it does.
fn naming(kind: &str, id: &str) -> (Value, &'static str) {
    let (mut content, place) = match kind {
        "sections" => (json!({"section": id}), "/section"),
        "tags" => (json!({"tags": [id]}), "/tags/0"),
        "contributors" => {
            (json!({"bylines": [{"role": "author", "contributor": id}]}), "/bylines/0/contributor")
        }
        _ => (json!({"lead_photo": {"photo": id}}), "/lead_photo/photo"),
    };
    content["headline"] = json!("Reef recovers");
    (content, place)
}

/// What two are answered who act at once. On PostgreSQL the second does it in between: while the first, who has looked
/// already, waits to write to `table`.
#[track_caller]
fn in_between(
    site: &Site,
    database: Database,
    table: &str,
    first: impl FnOnce() -> Answer + Send,
    second: impl FnOnce() -> Answer,
) -> (Answer, Answer) {
    const WAITING: &str = "SELECT count(*) FROM pg_stat_activity \
        WHERE datname = current_database() AND wait_event = 'relation'";
    let hold = || postgres::hold_open(site.database_url(), &format!("LOCK TABLE {table} IN SHARE MODE"));
    let held = (database == Database::Postgres).then(hold);
    thread::scope(|scope| {
        let first = scope.spawn(first);
        let until = Instant::now() + Duration::from_secs(10);
        while held.is_some() && postgres::ask(site.database_url(), WAITING) == ["0"] {
            assert!(Instant::now() < until, "nobody waits");
        }
        let second = second();
        drop(held);
        (first.join().expect("it is answered"), second)
    })
}

/// That the newsroom, the readers and the log tell the same story of an article.
#[track_caller]
fn one_story(site: &Site, id: &str, slug: &str) {
    let copy: Answer = site.admin().working_copy(id);
    let read = site.reader().article(slug);
    if copy.status == 404 {
        read.refused(404, "not_found");
        return;
    }
    let copy = copy.status(200).json();
    let expected = match copy["publication"]["state"].as_str() {
        Some("live") => 200,
        Some("withdrawn") => 410,
        None | Some("scheduled" | "expired" | "unpublished") => 404,
        Some(other) => panic!("no such state: {other}"),
    };
    assert_eq!(read.status, expected, "{copy:#}\n{read}");
    // Every version was made by one entry of the log, in their order.
    let log =
        site.admin().get(&format!("/v1/editorial/audit?subject=article:{id}&limit=100")).status(200).json();
    let log = log["data"].as_array().unwrap();
    assert_eq!(json!(log.len()), copy["version"], "{log:#?}");
    let ids: Vec<_> = log.iter().map(|entry| entry["id"].as_str().unwrap()).collect();
    assert!(ids.windows(2).all(|pair| pair[0] > pair[1]), "newest first");
    // So are the events that followers are told, in the order of the commits.
    let acts = log.iter().rev().map(|entry| entry["action"].as_str().unwrap());
    let told: Vec<_> = site.events(0).into_iter().filter(|event| event.subject == id).collect();
    assert!(told.windows(2).all(|pair| pair[0].seq < pair[1].seq));
    let told: Vec<_> = told.iter().map(|event| event.kind.as_str()).collect();
    let due: Vec<_> = acts.filter_map(event_of).collect();
    assert_eq!(told.len(), due.len(), "{told:?} for {due:?}");
    for (told, due) in told.iter().zip(&due) {
        assert!(due.contains(told), "{told:?} for {due:?}");
    }
}

/// The events of which one tells of an act.
fn event_of(act: &str) -> Option<&'static [&'static str]> {
    Some(match act {
        "article.published" => &["article.published", "article.updated"],
        "article.scheduled" => &["article.scheduled"],
        "article.unscheduled" => &["article.unscheduled"],
        "article.unpublished" => &["article.unpublished"],
        "article.withdrawn" => &["article.withdrawn"],
        "article.reinstated" => &["article.reinstated"],
        "article.embargoed" | "article.noted" | "article.assigned" => &["article.changed"],
        "article.embargo_lifted" => &["article.changed", "article.published"],
        "article.amended" | "correction.posted" | "correction.superseded" => &["article.updated"],
        _ => return None,
    })
}
