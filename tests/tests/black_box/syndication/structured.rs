//! `include=json_ld`: what search engines read, ready to stand in a page.

use masthead_tests::on_both;
use serde_json::{Value, json};

use super::{furnish, published};

on_both! {
    fn an_article_is_told_to_search_engines_with_its_rights_and_corrections(site: &Site) {
        furnish(site);
        let photo = site.photo_editor().upload_whole(1);
        let path = format!("/v1/editorial/photos/{}", photo.id());
        site.photo_editor().patch(&path, photo.etag(), json!({
            "web_statement_url": "https://nordwire.example/rights",
            "licensors": [{"name": "Ivo Grane"}, {"name": "Nordwire", "url": "https://nordwire.example/licences"}],
        })).status(200);
        let live = published(site, "Sea gates hold", &json!({
            "lead_photo": {"photo": photo.id()},
            "dateline": {"place": "Varn"},
            "bylines": [{"role": "author", "contributor": "mara-lind"}, {"role": "agency", "name": "Nordwire"}],
        }));
        site.editor().act(&live, "corrections", json!({"kind": "correction", "text": "It was nine."})).status(201);
        site.reader().article("sea-gates-hold").status(200).says("/json_ld", Value::Null);
        let read = site.reader().get("/v1/articles/sea-gates-hold?include=json_ld").status(200).json();
        let told: Value = serde_json::from_str(read["json_ld"].as_str().unwrap()).unwrap();
        for (pointer, expected) in [
            ("/@type", json!("NewsArticle")),
            ("/headline", read["headline"].clone()),
            ("/url", read["url"].clone()),
            ("/datePublished", read["published_at"].clone()),
            ("/dateModified", read["updated_at"].clone()),
            ("/author/0", json!({"@type": "Person", "name": "Mara Lind"})),
            ("/author/1", json!({"@type": "Organization", "name": "Nordwire"})),
            ("/articleSection", json!(["World", "Ports"])),
            ("/dateline", json!("VARN")),
            ("/image/0/creditText", json!("Photo by Ivo Grane/Nordwire")),
            ("/image/0/creator/0/name", json!("Ivo Grane")),
            ("/image/0/license", json!("https://nordwire.example/rights")),
            ("/image/0/acquireLicensePage", json!("https://nordwire.example/licences")),
            ("/correction/0/@type", json!("CorrectionComment")),
            ("/correction/0/text", json!("It was nine.")),
        ] {
            assert_eq!(told.pointer(pointer), Some(&expected), "{pointer} of {told:#}");
        }
        let rights = &read["lead_photo"]["rights"];
        assert_eq!(rights["web_statement_url"], "https://nordwire.example/rights");
        assert_eq!(rights["licensor_url"], "https://nordwire.example/licences");
    }

    // abuse: OUT-05
    fn nothing_gets_out_of_the_element_of_json_ld(site: &Site) {
        furnish(site);
        let hostile = "</script><script>alert(1)</script><!-- ]]> </SCRIPT x & y";
        site.editor().post("/v1/editorial/tags", json!({"name": hostile, "slug": "hostile"})).status(201);
        let photo = site.photo_editor().upload_whole(2);
        published(site, hostile, &json!({
            "slug": "hostile", "summary": format!("{hostile}\u{2028}\u{2029}x"), "tags": ["hostile"],
            "bylines": [{"role": "author", "name": hostile}],
            "lead_photo": {"photo": photo.id(), "caption": hostile, "credit_display": hostile},
        }));
        let read = site.reader().get("/v1/articles/hostile?include=json_ld").status(200).json();
        let written = read["json_ld"].as_str().unwrap();
        assert!(!written.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{written}");
        let told: Value = serde_json::from_str(written).unwrap();
        for pointer in ["/headline", "/keywords/0", "/author/0/name", "/image/0/caption", "/image/0/creditText"] {
            assert_eq!(told.pointer(pointer), Some(&json!(hostile)), "{pointer} of {told:#}");
        }
        assert_eq!(told["description"], format!("{hostile}\u{2028}\u{2029}x"));
    }
}
