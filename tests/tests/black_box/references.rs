//! Sections and tags over HTTP: their tree, their addresses, and what uses them.

use masthead_tests::on_both;
use serde_json::json;

on_both! {
    fn sections_form_a_tree_that_nobody_can_close_to_a_ring(site: &Site) {
        let world = site.editor().post("/v1/editorial/sections", json!({"name": "World"})).status(201);
        let ports = json!({"name": "Ports", "parent": "world"});
        let ports = site.editor().post("/v1/editorial/sections", ports).status(201).says("/parent", world.id());
        let by = site.editor();
        let ring = by.request("PATCH", "/v1/editorial/sections/world").if_match(world.etag());
        ring.json(&json!({"parent": ports.id()})).send().refused(422, "validation_failed").names("/parent", "inconsistent");
        let by = site.editor();
        let used = by.request("DELETE", "/v1/editorial/sections/world").if_match(world.etag());
        let used = used.send().refused(409, "in_use").says("/articles", json!([]));
        used.says("/sections", json!([ports.id()]));
        site.reporter().post("/v1/editorial/sections", json!({"name": "Mine"})).refused(403, "forbidden");
        site.editor().post("/v1/editorial/sections", json!({"name": "World"})).refused(422, "validation_failed").names("/slug", "taken");
    }

    fn a_renamed_section_is_found_by_its_former_slug(site: &Site) {
        let world = site.editor().post("/v1/editorial/sections", json!({"name": "World"})).status(201);
        let by = site.editor();
        let renamed = by.request("PATCH", "/v1/editorial/sections/world").if_match(world.etag());
        renamed.json(&json!({"slug": "abroad"})).send().status(200).says("/version", 2);
        site.editor().get("/v1/editorial/sections/world").status(200).says("/slug", "abroad");
        site.editor().post("/v1/editorial/sections", json!({"name": "World"})).refused(422, "validation_failed");
    }

    fn a_merged_tag_leads_to_its_survivor(site: &Site) {
        let reef = site.editor().post("/v1/editorial/tags", json!({"name": "Reef"})).status(201);
        let sea = site.editor().post("/v1/editorial/tags", json!({"name": "Sea"})).status(201);
        let story = json!({"headline": "Reef recovers", "tags": ["reef", sea.id()]});
        let story = site.editor().post("/v1/editorial/articles", story).status(201);
        let by = site.editor();
        let used = by.request("DELETE", "/v1/editorial/tags/reef").if_match(reef.etag()).send();
        used.refused(409, "in_use").says("/articles", json!([story.id()]));
        let by = site.editor();
        let merge = by.request("POST", "/v1/editorial/tags/reef/merge").if_match(reef.etag());
        merge.json(&json!({"into": "sea"})).send().status(200).says("/id", sea.id());
        site.editor().get("/v1/editorial/tags/reef").status(200).says("/slug", "sea");
        let read = site.editor().working_copy(&story.id()).status(200).json();
        assert!(read["resolved"]["tags"].as_array().unwrap().iter().all(|tag| tag["slug"] == "sea"));
    }

    // abuse: AZ-03
    fn readers_know_only_what_a_visible_article_names(site: &Site) {
        let editor = site.editor();
        editor.post("/v1/editorial/sections", json!({"name": "World"})).status(201);
        editor.post("/v1/editorial/sections", json!({"name": "Ports", "parent": "world"})).status(201);
        editor.post("/v1/editorial/sections", json!({"name": "Secret plans"})).status(201);
        let tag = editor.post("/v1/editorial/tags", json!({"name": "Reef"})).status(201);
        editor.post("/v1/editorial/tags", json!({"name": "Secret plan"})).status(201);
        editor.post("/v1/editorial/contributors", json!({"name": "Mara Lind", "email": "m@varn.example"})).status(201);
        let body = json!([{"type": "paragraph", "content": [{"text": "It grows."}]}]);
        let draft = json!({"headline": "Reef recovers", "section": "ports", "tags": ["reef"], "body": body,
            "bylines": [{"role": "author", "contributor": "mara-lind"}]});
        let draft = editor.post("/v1/editorial/articles", draft).status(201);
        let reader = site.reader();
        for path in ["/v1/sections/world", "/v1/tags/reef", "/v1/contributors/mara-lind"] {
            reader.get(path).refused(404, "not_found");
        }
        reader.get("/v1/sections").status(200).says("/data", json!([]));
        editor.publish(&draft).status(200);
        let tree = reader.get("/v1/sections").status(200).says("/data/0/slug", "world");
        let tree = tree.says("/data/0/sections/0/slug", "ports").json();
        assert_eq!(tree["data"].as_array().map(Vec::len), Some(1));
        reader.get("/v1/sections/ports").status(200).says("/name", "Ports");
        reader.get("/v1/tags").status(200).says("/data/0/slug", "reef").says("/page/next_cursor", json!(null));
        let profile = reader.get("/v1/contributors/mara-lind").status(200);
        assert!(!profile.json().to_string().contains("varn.example"));
        let rename = editor.request("PATCH", "/v1/editorial/tags/reef").if_match(tag.etag());
        rename.json(&json!({"slug": "reefs"})).send().status(200);
        let moved = reader.get("/v1/tags/reef").status(308);
        assert!(moved.header("location").ends_with("/v1/tags/reefs"));
        reader.get("/v1/tags/secret-plan").refused(404, "not_found");
    }
}
