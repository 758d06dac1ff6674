//! Looking for words in what readers see.

mod changes;
mod found;
mod hidden;
mod pages;
mod signs;

use masthead_tests::answer::Answer;
use masthead_tests::site::Site;
use serde_json::{Value, json};

use crate::abuse::story::paragraph;

/// What a reader is answered who looks for this text; `more` are other parameters.
#[track_caller]
fn search(site: &Site, text: &str, more: &str) -> Answer {
    let q: String = text.bytes().map(|octet| format!("%{octet:02X}")).collect();
    site.reader().get(&format!("/v1/search?q={q}{more}"))
}

/// The headlines of what a search finds, in its order.
#[track_caller]
fn found(site: &Site, text: &str) -> Vec<String> {
    found_with(site, text, "")
}

#[track_caller]
fn found_with(site: &Site, text: &str, more: &str) -> Vec<String> {
    let answer = search(site, text, more).status(200).json();
    let data = answer["data"].as_array().expect("a page");
    data.iter().map(|article| article["headline"].as_str().expect("a headline").to_owned()).collect()
}

/// A draft with this body and other members, ready to be published, in the section `world`.
#[track_caller]
fn draft(site: &Site, headline: &str, body: &str, other: &Value) -> Answer {
    let editor = site.editor();
    let sections = editor.get("/v1/editorial/sections").ok().json();
    if sections["data"].as_array().is_none_or(Vec::is_empty) {
        editor.post("/v1/editorial/sections", json!({"name": "World"})).status(201);
    }
    let mut draft =
        json!({"headline": headline, "section": "world", "no_byline": true, "body": [paragraph(body)]});
    for (name, value) in other.as_object().expect("members") {
        draft[name] = value.clone();
    }
    editor.post("/v1/editorial/articles", draft).status(201)
}

/// The same, published.
#[track_caller]
fn live(site: &Site, headline: &str, body: &str, other: &Value) -> Answer {
    site.editor().publish(&draft(site, headline, body, other)).status(200)
}
