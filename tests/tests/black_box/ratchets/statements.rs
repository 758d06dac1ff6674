//! The number of SQL statements for a request does not depend on how much it answers.

use masthead_tests::on_both;
use masthead_tests::site::Site;
use serde_json::json;

/// How many statements a request takes once the site has answered it before.
fn statements(site: &Site, path: &str) -> u64 {
    let by = site.editor();
    by.get(path).status(200);
    let before = site.statements();
    by.get(path).status(200);
    site.statements() - before
}

fn publish(site: &Site, n: usize) {
    let body = json!([{"type": "paragraph", "content": [{"text": "The tide came in."}]}]);
    let tag = site.editor().post("/v1/editorial/tags", json!({"name": format!("Tag {n}")})).status(201).id();
    let contributor = json!({"name": format!("Writer {n}")});
    let contributor = site.editor().post("/v1/editorial/contributors", contributor).status(201).id();
    let bylines = json!([{"role": "author", "contributor": contributor}]);
    let article = json!({
        "headline": format!("Tide {n}"), "section": "world", "tags": [tag], "bylines": bylines, "body": body,
    });
    let draft = site.editor().post("/v1/editorial/articles", article).status(201);
    site.editor().publish(&draft).status(200);
}

on_both! {
    fn a_list_of_ten_takes_as_many_statements_as_a_list_of_one(site: &Site) {
        site.editor().post("/v1/editorial/sections", json!({"name": "World"})).status(201);
        let paths = [
            "/v1/articles?count=exact",
            "/v1/articles/tide-0",
            "/v1/articles?section=world&kind=news&sort=-updated_at",
            "/v1/sections",
            "/v1/tags",
            "/v1/contributors",
            "/v1/editorial/articles?count=exact",
            "/v1/editorial/sections",
            "/v1/editorial/articles?section=world",
        ];
        publish(site, 0);
        let one: Vec<_> = paths.into_iter().map(|path| (path, statements(site, path))).collect();
        (1..10).for_each(|n| publish(site, n));
        for (path, before) in one {
            assert_eq!(statements(site, path), before, "{path}");
            assert!(before <= 16, "{path} takes {before} statements");
        }
    }
}
