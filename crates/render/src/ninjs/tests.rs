//! That a document keeps the schema of ninjs 3.1, and says what partners need.

use domain::article::byline::BylineRole;
use domain::id::ArticleId;
use domain::site::SiteName;
use domain::tag::TagKind;
use jsonschema::Validator;
use serde_json::{Value, json};

use super::Ninjs;
use crate::body::{ArticleRef, Articles};
use crate::samples::{OPEN, One, correction, credited_photo, delivered, maker, story};
use crate::story::{Being, Topic};

/// The schema of the IPTC. What it takes over from elsewhere, maps of places, we have not.
fn schema() -> Validator {
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fixtures/ninjs-schema_3.1.json");
    let mut schema: Value = serde_json::from_str(&std::fs::read_to_string(file).unwrap()).unwrap();
    let elsewhere =
        schema.pointer_mut("/$defs/ninjsType/properties/places/items/properties/geoJSON").unwrap();
    *elsewhere = json!(false);
    jsonschema::options().should_validate_formats(true).build(&schema).unwrap()
}

#[test]
fn an_article_with_everything_keeps_the_schema() {
    let mut story = story("Reef <recovers>");
    story.makers = vec![maker("Mara Lind", BylineRole::Author, Being::Person)];
    story.photo = Some(credited_photo());
    story.byline_text = Some("By Mara Lind".to_owned());
    story.place = Some("VARN".to_owned());
    let topic = |kind: TagKind| Topic { kind, ..story.topics[0].clone() };
    story.topics = TagKind::ALL.iter().copied().map(topic).collect();
    let related: ArticleRef = One.related(ArticleId::parse(OPEN).unwrap()).unwrap();
    let publisher = SiteName::parse("Varn Press").unwrap();
    let ninjs = Ninjs::of(&story, &delivered(), &[correction("It was nine.")], &[related], &publisher);
    let told = serde_json::to_value(ninjs).unwrap();
    let schema = schema();
    let faults: Vec<_> =
        schema.iter_errors(&told).map(|fault| format!("{}: {fault}", fault.instance_path())).collect();
    assert!(faults.is_empty(), "{faults:#?}\n{told:#}");
    for (pointer, expected) in [
        ("/standard/version", json!("3.1")),
        ("/uri", json!(format!("urn:uuid:{OPEN}"))),
        ("/version", json!("4")),
        ("/headlines/0/value", json!("Reef <recovers>")),
        (
            "/descriptions/1",
            json!({"role": "correction", "contentType": "text/plain", "value": "It was nine."}),
        ),
        ("/bodies/0/contentType", json!("text/html")),
        ("/bodies/1/contentType", json!("text/plain")),
        ("/infoSources/0", json!({"name": "Mara Lind", "role": "author"})),
        ("/located", json!("VARN")),
        ("/subjects/0/name", json!("Sea")),
        ("/people/0/literal", json!("ports")),
        ("/associations/0/name", json!("photo-lead")),
        ("/associations/0/by", json!("Photo by Ivo Grane/Nordwire")),
        ("/associations/0/copyrightNotice", json!("© 2026 Nordwire")),
        ("/associations/0/rightsInfo", json!({"linkedRights": "https://nordwire.example/rights"})),
        ("/associations/0/renditions/0/contentType", json!("image/jpeg")),
    ] {
        assert_eq!(told.pointer(pointer), Some(&expected), "{pointer}");
    }
    assert_eq!(told["associations"].as_array().unwrap().last().unwrap()["rel"], "related");
}

#[test]
fn an_article_with_little_keeps_the_schema_and_has_no_null() {
    let publisher = SiteName::parse("Varn Press").unwrap();
    let told = serde_json::to_value(Ninjs::of(&story("Reef recovers"), &[], &[], &[], &publisher)).unwrap();
    assert!(schema().is_valid(&told), "{told:#}");
    assert!(!told.to_string().contains("null"), "{told:#}");
}
