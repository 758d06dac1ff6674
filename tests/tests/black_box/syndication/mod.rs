//! What others take over from a site: feeds, sitemaps, structured data and ninjs.

mod feeds;
mod ninjs;
mod rules;
mod sitemaps;
mod structured;

use masthead_tests::answer::Answer;
use masthead_tests::site::Site;
use serde_json::{Value, json};

/// A section, a tag and a contributor: "World" with "Ports" below it, "Sea gates", Mara Lind.
fn furnish(site: &Site) {
    let editor = site.editor();
    editor.post("/v1/editorial/sections", json!({"name": "World"})).status(201);
    editor.post("/v1/editorial/sections", json!({"name": "Ports", "parent": "world"})).status(201);
    editor.post("/v1/editorial/tags", json!({"name": "Sea gates"})).status(201);
    editor.post("/v1/editorial/contributors", json!({"name": "Mara Lind"})).status(201);
}

/// A draft that may be published, with `more` of what an article can say.
#[track_caller]
fn drafted(site: &Site, headline: &str, more: &Value) -> Answer {
    let mut story = json!({
        "headline": headline, "section": "ports", "tags": ["sea-gates"],
        "bylines": [{"role": "author", "contributor": "mara-lind", "location": "Varn"}],
        "body": [{"type": "paragraph", "content": [{"text": "The tide came in."}]}],
    });
    story.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    site.editor().post("/v1/editorial/articles", story).status(201)
}

/// The same, published.
#[track_caller]
fn published(site: &Site, headline: &str, more: &Value) -> Answer {
    let draft = drafted(site, headline, more);
    site.editor().publish(&draft).status(200)
}

/// The body as text.
#[track_caller]
fn text(answer: &Answer) -> String {
    String::from_utf8(answer.body.clone()).expect("UTF-8")
}
