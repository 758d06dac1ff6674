//! That search engines find what they ask for, and that nothing in it can get out of its element.

use domain::article::byline::BylineRole;
use domain::site::SiteName;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::json_ld;
use crate::samples::{OPEN, correction, credited_photo, delivered_of, maker, story};
use crate::story::{Being, Story};

fn read(story: &Story, text: &str) -> (String, Value) {
    let photo = json!({"id": "c", "type": "photo", "photo": OPEN, "size": "wide", "caption": text});
    let written = json_ld(
        story,
        &delivered_of(&json!([photo])),
        &[correction(text)],
        &SiteName::parse("Varn Press").unwrap(),
    );
    let value = serde_json::from_str(&written).unwrap();
    (written, value)
}

#[test]
fn a_news_article_has_its_makers_its_image_with_rights_and_its_corrections() {
    let mut story = story("Reef recovers");
    story.makers = vec![
        maker("Mara Lind", BylineRole::Author, Being::Person),
        maker("Nordwire", BylineRole::Agency, Being::Organization),
        maker("Ivo Grane", BylineRole::Photographer, Being::Person),
    ];
    story.photo = Some(credited_photo());
    let (_, told) = read(&story, "It was nine.");
    for (pointer, expected) in [
        ("/@context", json!("https://schema.org")),
        ("/@type", json!("NewsArticle")),
        ("/headline", json!("Reef recovers")),
        ("/url", json!("https://varn.example/reef-recovers?a=1&b=2")),
        ("/mainEntityOfPage/@id", json!("https://varn.example/reef-recovers?a=1&b=2")),
        ("/datePublished", json!("2026-01-09T06:00:00.000Z")),
        ("/dateModified", json!("2026-01-10T06:00:00.000Z")),
        ("/articleSection", json!(["World", "Sea"])),
        ("/keywords", json!(["Ports"])),
        (
            "/author",
            json!([{"@type": "Person", "name": "Mara Lind"}, {"@type": "Organization", "name": "Nordwire"}]),
        ),
        ("/contributor", json!([{"@type": "Person", "name": "Ivo Grane"}])),
        ("/publisher", json!({"@type": "Organization", "name": "Varn Press"})),
        ("/image/0/@type", json!("ImageObject")),
        ("/image/0/contentUrl", json!("https://varn.example/w640.jpg")),
        ("/image/0/width", json!(400)),
        ("/image/0/creditText", json!("Photo by Ivo Grane/Nordwire")),
        ("/image/0/creator", json!([{"@type": "Person", "name": "Ivo Grane"}])),
        ("/image/0/copyrightNotice", json!("© 2026 Nordwire")),
        ("/image/0/license", json!("https://nordwire.example/rights")),
        ("/image/0/acquireLicensePage", json!("https://nordwire.example/licences")),
        ("/correction/0/@type", json!("CorrectionComment")),
        ("/correction/0/text", json!("It was nine.")),
        ("/correction/0/datePublished", json!("2026-01-10T06:00:00.000Z")),
    ] {
        assert_eq!(told.pointer(pointer), Some(&expected), "{pointer}");
    }
}

#[test]
fn an_article_without_a_byline_is_its_publishers() {
    let (_, told) = read(&story("Reef recovers"), "It was nine.");
    assert_eq!(told["author"], json!([{"@type": "Organization", "name": "Varn Press"}]));
    // A photo without a rendition is no image, and what is not known is not told as nothing.
    assert!(
        told.get("image").is_none() && told.get("contributor").is_none() && told.get("dateline").is_none()
    );
}

proptest! {
    // abuse: OUT-05
    #[test]
    fn no_text_gets_out_of_its_element(text in "(</script>|</SCRIPT |<!--|]]>|[a-z\u{2028}\u{2029}<>&'\"\\\\]){1,30}x") {
        let mut story = story("Reef recovers");
        story.short = text.clone();
        story.topics[0].name = text.clone();
        let (written, told) = read(&story, &text.replace(['\u{2028}', '\u{2029}'], ""));
        prop_assert!(!written.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{}", written);
        prop_assert_eq!(told["description"].as_str(), Some(text.as_str()));
        prop_assert_eq!(told["keywords"][0].as_str(), Some(text.as_str()));
    }
}
