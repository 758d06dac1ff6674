//! What of a front readers do not see, and must not know of.

use chrono::TimeDelta;
use masthead_tests::answer::Answer;
use masthead_tests::fronts::items;
use masthead_tests::on_both;
use masthead_tests::site::Site;
use serde_json::{Value, json};

/// All of an answer but what differs from request to request.
fn bytes(answer: &Answer) -> (u16, Vec<(String, String)>, String) {
    let headers = answer.headers.iter();
    let headers =
        headers.map(|(name, value)| (name.to_string(), value.to_str().unwrap_or_default().to_owned()));
    let mut headers: Vec<_> = headers.filter(|(name, _)| name != "x-request-id" && name != "date").collect();
    headers.sort();
    (answer.status, headers, String::from_utf8_lossy(&answer.body).into_owned())
}

/// Articles that readers must not know of, one of each kind.
fn hidden(site: &Site) -> Vec<Answer> {
    let editor = site.editor();
    let in_an_hour = (site.now() + TimeDelta::hours(1)).to_rfc3339();
    let scheduled = site.draft_to_publish("To come");
    let scheduled = editor.act(&scheduled, "publish", json!({"goes_live_at": in_an_hour})).status(200);
    let gone = editor.act(&site.published("Taken down"), "unpublish", json!({})).status(200);
    let reason = json!({"kind": "error", "public_reason": "It was wrong."});
    let withdrawn = editor.act(&site.published("All wrong"), "withdraw", reason).status(200);
    let embargoed = site.draft_to_publish("Under embargo");
    let path = format!("/v1/editorial/articles/{}/embargo", embargoed.id());
    let order = json!({"until": in_an_hour});
    let embargoed = editor.request("PUT", &path).if_match(embargoed.etag()).json(&order).send().status(200);
    vec![site.draft_to_publish("Only a draft"), scheduled, gone, withdrawn, embargoed]
}

on_both! {
    // abuse: AZ-05
    fn a_front_with_what_readers_must_not_know_of_is_the_same_as_one_without(site: &Site) {
        let (reef, seals) = (site.published("Reef recovers"), site.published("Seals return"));
        let hidden = hidden(site);
        let front = site.editor().front_page(&[&reef.id(), &seals.id()]);
        let (before, list) = (bytes(&site.reader().front("home").status(200)), bytes(&site.reader().get("/v1/fronts").status(200)));
        let mut ids = vec![reef.id()];
        ids.extend(hidden.iter().map(Answer::id));
        ids.push(seals.id());
        let mut mixed = items(&ids.iter().map(String::as_str).collect::<Vec<_>>());
        mixed[1]["headline"] = json!("Nobody knows of this");
        let kept = site.editor().rearrange(&front, json!({"items": mixed})).status(200);
        let told = site.reader().front("home").status(200);
        assert_eq!(bytes(&told), before);
        assert_eq!(bytes(&site.reader().get("/v1/fronts").status(200)), list);
        let heads = format!("{:?}", told.headers);
        for article in &hidden {
            let id = article.id();
            for told in [id.as_str(), &id.replace('-', ""), &article.text_at("/content/slug")] {
                assert!(!heads.contains(told) && !before.2.contains(told), "{told}");
            }
        }
        // The newsroom is told which are seen.
        let states = kept.json()["resolved"]["articles"].as_array().unwrap().iter().map(|article| article["publication"].clone()).collect::<Vec<_>>();
        assert_eq!(states, [json!("live"), Value::Null, json!("scheduled"), json!("unpublished"), json!("withdrawn"), Value::Null, json!("live")]);
        // Nor does any of them show by what is done to it while it stays hidden.
        for (n, article) in [(2, "To come"), (3, "Taken down")] {
            let change = json!({"headline": format!("{article} after all")});
            let article = site.editor().working_copy(&ids[n]);
            site.editor().patch(&format!("/v1/editorial/articles/{}", article.id()), article.etag(), change).status(200);
        }
        site.editor().act(&site.editor().working_copy(&ids[2]), "unschedule", json!({})).status(200);
        assert_eq!(bytes(&site.reader().front("home").status(200)), before);
        site.editor().publish(&site.editor().working_copy(&ids[1])).status(200);
        assert_eq!(site.reader().front("home").status(200).front_headlines(), ["Reef recovers", "Nobody knows of this", "Seals return"]);
    }

    fn a_front_of_nothing_that_readers_see_is_empty(site: &Site) {
        let draft = site.draft_to_publish("Only a draft");
        site.editor().front_page(&[&draft.id()]);
        let empty = site.reader().front("home").status(200).says("/data", json!([]));
        site.reader().request("GET", "/v1/fronts/home").if_none_match(empty.etag()).send().status(304);
        site.reader().request("HEAD", "/v1/fronts/home").send().status(200);
    }
}
