//! What is said of a body that is not one: every fault at its place inside the block.

use masthead_tests::on_both;
use serde_json::json;

on_both! {
    // abuse: IN-03, IN-04
    fn every_fault_inside_a_block_is_told_at_its_place_and_nothing_is_stored(site: &Site) {
        let mark = json!({"type": "link", "href": "javascript:alert(1)"});
        let draft = json!({
            "headline": "Reef recovers",
            "standfirst": [{"text": "a\u{0}b"}],
            "dateline": {"place": "Varn", "country_code": "Norway", "sauce": "Nordwire"},
            "headline_variants": {"short": "a".repeat(81)},
            "lead_photo": {"photo": "reef", "crop": {"x": 0.5, "y": 0, "width": 0.6, "height": 1}},
            "related": [7],
            "body": [
                {"type": "divider", "size": "wide"},
                {"type": "html", "html": "<b>"},
                {"type": "paragraph", "content": [{"text": "a".repeat(10_001), "marks": [mark]}], "contnet": []},
                {"type": "gallery", "photos": [{"photo": "019ba157-1f00-7c3d-9a41-5b7e2f60d8a4", "alt": 7}, {}]},
                {"type": "fact_box", "title": "Gates", "blocks": [{"type": "paragraph", "content": [{"text": "\u{1}"}]}]},
                "Eleven gates.",
            ],
        });
        let refused = site.editor().post("/v1/editorial/articles", draft).refused(422, "validation_failed");
        let faults = refused.json()["errors"].clone();
        let told: Vec<_> = faults.as_array().unwrap().iter()
            .map(|fault| (fault["pointer"].as_str().unwrap(), fault["code"].as_str().unwrap()))
            .collect();
        assert_eq!(told, [
            ("/headline_variants/short", "too_long"),
            ("/standfirst/0/text", "control_character"),
            ("/related/0", "wrong_type"),
            ("/dateline/country_code", "bad_format"),
            ("/dateline/sauce", "unknown_field"),
            ("/lead_photo/photo", "bad_format"),
            ("/lead_photo/crop", "out_of_range"),
            ("/body/0/size", "unknown_field"),
            ("/body/1/type", "unknown_value"),
            ("/body/2/content/0/text", "too_long"),
            ("/body/2/content/0/marks/0/href", "bad_url"),
            ("/body/2/contnet", "unknown_field"),
            ("/body/3/photos/0/alt", "wrong_type"),
            ("/body/3/photos/1/photo", "required"),
            ("/body/4/blocks/0/content/0/text", "control_character"),
            ("/body/5", "wrong_type"),
        ]);
        assert_eq!(faults[9]["limit"], 10_000);
        assert!(faults[11]["detail"].as_str().unwrap().contains("`content`"));
        site.editor().get("/v1/editorial/articles?count=exact").says("/page/total", 0);
    }

    fn a_photo_that_nobody_uploaded_is_told_where_it_is_named(site: &Site) {
        let photo = json!({"photo": "019ba157-1f00-7c3d-9a41-5b7e2f60d8a4"});
        let body = [json!({"type": "photo", "photo": photo["photo"], "size": "wide"}), json!({"type": "gallery", "photos": [photo, photo]})];
        let draft = json!({"headline": "Reef recovers", "lead_photo": photo, "body": body});
        let refused = site.editor().post("/v1/editorial/articles", draft).refused(422, "validation_failed");
        for place in ["/lead_photo/photo", "/body/0/photo", "/body/1/photos/0/photo", "/body/1/photos/1/photo"] {
            let refused = &refused;
            let faults = refused.json()["errors"].clone();
            let named = faults.as_array().unwrap().iter().any(|fault| fault["pointer"] == place && fault["code"] == "unknown_reference");
            assert!(named, "{place}: {faults}");
        }
    }

    fn what_is_read_can_be_changed_and_sent_back(site: &Site) {
        let body = [
            json!({"type": "heading", "level": 2, "content": [{"text": "A rare chance"}]}),
            json!({"type": "list", "ordered": true, "items": [{"content": [{"text": "One"}], "list": {"ordered": false, "items": [{"content": []}]}}]}),
            json!({"type": "table", "caption": null, "header_rows": 1, "rows": [[{"content": [{"text": "Year"}]}]]}),
            json!({"type": "quote", "content": [{"text": "Ask them.", "marks": [{"type": "strong"}]}]}),
        ];
        let draft = json!({"headline": "Reef recovers", "body": body, "dateline": {"place": "Varn"}});
        let made = site.editor().post("/v1/editorial/articles", draft).status(201);
        let mut content = made.json()["content"].clone();
        let path = format!("/v1/editorial/articles/{}", made.id());
        site.editor().patch(&path, made.etag(), content.clone()).status(200).says("/revision", 1);
        content["kicker"] = json!("Sea");
        let changed = site.editor().patch(&path, made.etag(), content.clone()).status(200).says("/revision", 2);
        assert_eq!(changed.json()["content"], content);
    }
}
