//! Articles for these tests.

use masthead_tests::answer::Answer;
use masthead_tests::client::Client;
use masthead_tests::site::Site;
use serde_json::{Value, json};

/// A block of one plain text.
pub(crate) fn paragraph(text: &str) -> Value {
    json!({"type": "paragraph", "content": [{"text": text}]})
}

/// An article with all that it needs to be published, in the section `world`.
#[track_caller]
pub(crate) fn ready(site: &Site, by: &Client<'_>, headline: &str) -> Answer {
    let editor = site.editor();
    let sections = editor.get("/v1/editorial/sections").ok().json();
    if sections["data"].as_array().is_none_or(Vec::is_empty) {
        editor.post("/v1/editorial/sections", json!({"name": "World"})).status(201);
    }
    let body = [paragraph("It grows.")];
    let draft = json!({"headline": headline, "section": "world", "no_byline": true, "body": body});
    by.post("/v1/editorial/articles", draft).status(201)
}
