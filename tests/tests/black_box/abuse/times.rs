//! Times in every place that takes one: what is no instant is refused, what is one is kept to the millisecond.

use masthead_tests::on_both;
use serde_json::json;

use super::story;

/// What is no instant, or none that we take.
const NO_TIMES: [&str; 34] = [
    "2026-01-01T12:00:00",
    "2026-01-01",
    "12:00:00Z",
    "2026-01-01T24:00:00Z",
    "2026-01-01T23:59:60Z",
    "2026-06-30T23:59:60Z",
    "2026-02-30T12:00:00Z",
    "2025-02-29T12:00:00Z",
    "2026-04-31T00:00:00Z",
    "2026-13-01T00:00:00Z",
    "2026-00-01T00:00:00Z",
    "2026-01-00T00:00:00Z",
    "0000-01-01T00:00:00Z",
    "10000-01-01T00:00:00Z",
    "-0001-01-01T00:00:00Z",
    "+2026-01-01T00:00:00Z",
    "1899-12-31T23:59:59Z",
    "2201-01-01T00:00:00Z",
    "2026-01-01T12:00:00+15:00",
    "2026-01-01T12:00:00-24:00",
    "2026-01-01T12:60:00Z",
    "2026-01-01T12:00Z",
    "2026-1-1T12:00:00Z",
    "20260101T120000Z",
    "2026-W01-1T12:00:00Z",
    "1767268800",
    "Thu, 01 Jan 2026 12:00:00 GMT",
    "2026-01-01T12:00:00 Z",
    " 2026-01-01T12:00:00Z",
    "2026-01-01T12:00:00.Z",
    "٢٠٢٦-01-01T12:00:00Z",
    "now",
    "",
    "2026-01-01T12:00:00[Europe/Berlin]",
];

on_both! {
    // abuse: IN-10
    fn what_is_no_instant_is_refused_wherever_a_time_stands(site: &Site) {
        let article = story::ready(site, &site.editor(), "Reef recovers");
        let path = format!("/v1/editorial/articles/{}", article.id());
        let editor = site.editor();
        let comments = format!("Thu, 01 Jan 2026 12:00:00 GMT {}", "(a)".repeat(67));
        for time in NO_TIMES.iter().copied().chain([comments.as_str()]) {
            site.unmoved_by(&[&path], || {
                for member in ["goes_live_at", "expires_at", "published_at"] {
                    let answer = editor.act(&article, "publish", json!({member: time})).refused(422, "validation_failed");
                    let code = answer.json()["errors"][0]["code"].clone();
                    assert!(code == "bad_format" || code == "out_of_range", "{time}: {answer}");
                }
                let embargo = editor.request("PUT", &format!("{path}/embargo")).if_match(article.etag()).json(&json!({"until": time}));
                embargo.send().refused(422, "validation_failed");
                let update = json!({"headline": "Live", "body": [{"type": "update", "time": time, "title": null, "blocks": []}]});
                editor.post("/v1/editorial/articles", update).refused(422, "validation_failed");
            });
            let encoded: String = time.bytes().map(|b| format!("%{b:02x}")).collect();
            for parameter in ["published_after", "published_before", "updated_after"] {
                site.reader().get(&format!("/v1/articles?{parameter}={encoded}")).refused(422, "validation_failed");
            }
            editor.get(&format!("/v1/editorial/articles?updated_after={encoded}")).refused(422, "validation_failed");
        }
        for wrong in [json!(1_767_268_800), json!(1.5), json!(true), json!(["2026-01-01T12:00:00Z"]), json!({})] {
            editor.act(&article, "publish", json!({"goes_live_at": wrong})).refused(422, "validation_failed").names("/goes_live_at", "wrong_type");
        }
        // In an order that time does not have.
        let order = json!({"goes_live_at": "2026-01-03T12:00:00Z", "expires_at": "2026-01-02T12:00:00Z"});
        editor.act(&article, "publish", order).refused(422, "validation_failed");
    }

    // abuse: IN-10
    fn an_instant_is_kept_to_the_millisecond_whatever_its_offset(site: &Site) {
        for (sent, kept) in [
            ("2026-01-02T12:00:00.123456789Z", "2026-01-02T12:00:00.123Z"), ("2026-01-02T12:00:00.999999999+00:00", "2026-01-02T12:00:00.999Z"),
            ("2026-01-02T12:00:00+14:00", "2026-01-01T22:00:00.000Z"), ("2026-03-29T02:30:00+01:00", "2026-03-29T01:30:00.000Z"),
            ("2026-10-25T02:30:00+02:00", "2026-10-25T00:30:00.000Z"), ("2026-01-02t12:00:00z", "2026-01-02T12:00:00.000Z"),
            ("2028-02-29T23:59:59.001-11:30", "2028-03-01T11:29:59.001Z"), ("2200-12-31T23:59:59.999Z", "2200-12-31T23:59:59.999Z"),
        ] {
            let article = story::ready(site, &site.editor(), "Reef recovers");
            let scheduled = site.editor().act(&article, "publish", json!({"goes_live_at": sent})).status(200);
            scheduled.says("/publication/next/goes_live_at", kept);
            site.editor().working_copy(&article.id()).says("/publication/next/goes_live_at", kept);
        }
    }
}
