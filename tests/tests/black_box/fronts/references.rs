//! The sections and tags from which fronts are filled.

use masthead_tests::on_both;
use serde_json::{Value, json};

on_both! {
    fn what_a_front_is_filled_from_is_in_use(site: &Site) {
        let editor = site.editor();
        let section = editor.post("/v1/editorial/sections", json!({"name": "World"})).status(201);
        let tag = editor.post("/v1/editorial/tags", json!({"name": "Sea"})).status(201);
        let fill = json!({"section": "world", "tag": "sea", "up_to": 5});
        let front = editor.post("/v1/editorial/fronts", json!({"name": "Front page", "fill_from": fill})).status(201);
        for (path, seen) in [("/v1/editorial/sections/world", &section), ("/v1/editorial/tags/sea", &tag)] {
            let used = editor.delete(path, seen.etag()).refused(409, "in_use");
            used.says("/articles", json!([])).says("/fronts", json!([front.id()]));
        }
        editor.rearrange(&front, json!({"fill_from": null})).status(200);
        editor.delete("/v1/editorial/sections/world", section.etag()).status(204);
        editor.delete("/v1/editorial/tags/sea", tag.etag()).status(204);
    }

    fn a_front_is_filled_from_what_its_tag_became(site: &Site) {
        let editor = site.editor();
        editor.post("/v1/editorial/sections", json!({"name": "World"})).status(201);
        let sea = editor.post("/v1/editorial/tags", json!({"name": "Sea"})).status(201);
        let ocean = editor.post("/v1/editorial/tags", json!({"name": "Ocean"})).status(201);
        let story = json!({"headline": "Reef recovers", "section": "world", "tags": ["ocean"], "no_byline": true,
            "body": [{"type": "paragraph", "content": [{"text": "It grows."}]}]});
        editor.publish(&editor.post("/v1/editorial/articles", story).status(201)).status(200);
        let front = json!({"name": "Front page", "slug": "home", "fill_from": {"tag": "sea", "up_to": 5}});
        let front = editor.post("/v1/editorial/fronts", front).status(201);
        let other = editor.post("/v1/editorial/fronts", json!({"name": "Other", "fill_from": {"up_to": 5}})).status(201);
        site.reader().front("home").status(200).says("/data", json!([]));
        let (_, told) = site.told_by(|| {
            editor.request("POST", "/v1/editorial/tags/sea/merge").if_match(sea.etag()).json(&json!({"into": "ocean"})).send().status(200)
        });
        let of: Vec<_> = told.iter().map(|told| (told.kind.as_str(), told.subject.clone())).collect();
        assert_eq!(of, [("front.changed", front.id()), ("tag.changed", sea.id())]);
        let moved = editor.kept_front("home").status(200).says("/version", 2).says("/fill_from/tag", ocean.id());
        moved.says("/resolved/tag/slug", "ocean").says("/resolved/section", Value::Null);
        editor.kept_front("other").status(200).says("/version", 1);
        assert_eq!(site.reader().front("home").status(200).front_headlines(), ["Reef recovers"]);
        editor.rearrange(&front, json!({"items": []})).refused(412, "stale_version");
        editor.rearrange(&other, json!({"fill_from": {"tag": "sea", "up_to": 5}})).status(200).says("/fill_from/tag", ocean.id());
    }
}
