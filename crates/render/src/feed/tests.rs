//! That each format has what its standard requires, whatever the texts of the articles are.

use domain::article::byline::BylineRole;
use domain::feed::FeedFormat;
use proptest::prelude::*;
use roxmltree::{Document, Node};
use serde_json::Value;

use super::*;
use crate::samples::{maker, story};
use crate::story::Being;

const ADDRESS: &str = "https://api.varn.example/feeds/latest.rss";
const ATOM: &str = "http://www.w3.org/2005/Atom";
const DC: &str = "http://purl.org/dc/elements/1.1/";

fn feed(stories: Vec<Story>) -> Feed {
    Feed {
        subject: Subject::Site,
        title: "The Varn Courier".to_owned(),
        description: "Tides & <gates>".to_owned(),
        home: "https://varn.example/".to_owned(),
        language: Language::parse("en").unwrap(),
        publisher: SiteName::parse("Varn Press").unwrap(),
        stories,
    }
}

fn written(format: FeedFormat, feed: &Feed) -> String {
    String::from_utf8(feed.write(format, ADDRESS).unwrap()).unwrap()
}

/// The texts of the elements of this name below one.
fn texts(below: Node<'_, '_>, name: (&str, &str)) -> Vec<String> {
    let found = below.descendants().filter(|node| match name {
        ("", local) => node.tag_name().namespace().is_none() && node.tag_name().name() == local,
        name => node.has_tag_name(name),
    });
    found.map(|node| node.text().unwrap_or_default().to_owned()).collect()
}

#[test]
fn an_item_of_rss_says_who_wrote_it_and_is_known_by_its_urn() {
    let mut story = story("Reef <recovers> & grows");
    story.makers = vec![
        maker("Mara Lind", BylineRole::Author, Being::Person),
        maker("Ivo Grane", BylineRole::Photographer, Being::Person),
        maker("Nordwire", BylineRole::Agency, Being::Organization),
    ];
    story.short = "A <b> & more".to_owned();
    let xml = written(FeedFormat::Rss, &feed(vec![story]));
    let parsed = Document::parse(&xml).unwrap();
    let item = parsed.descendants().find(|node| node.has_tag_name("item")).unwrap();
    assert_eq!(texts(item, (DC, "creator")), ["Mara Lind", "Nordwire"]);
    assert_eq!(texts(item, ("", "guid")), ["urn:uuid:01970000-0000-7000-8000-000000000001"]);
    assert_eq!(texts(item, ("", "title")), ["Reef <recovers> & grows"]);
    assert_eq!(texts(item, ("", "pubDate")), ["Fri, 09 Jan 2026 06:00:00 GMT"]);
    assert_eq!(texts(item, ("", "category")), ["Sea", "Ports"]);
    // Readers take a description to be HTML.
    assert_eq!(texts(item, ("", "description")), ["<p>A &lt;b&gt; &amp; more</p>"]);
    let own = parsed.descendants().find(|node| node.has_tag_name((ATOM, "link"))).unwrap();
    assert_eq!((own.attribute("rel"), own.attribute("href")), (Some("self"), Some(ADDRESS)));
}

#[test]
fn an_entry_of_atom_tells_authors_from_others() {
    let mut story = story("Reef recovers");
    story.makers = vec![
        maker("Mara Lind", BylineRole::Author, Being::Person),
        maker("Ivo Grane", BylineRole::Photographer, Being::Person),
    ];
    let xml = written(FeedFormat::Atom, &feed(vec![story]));
    let parsed = Document::parse(&xml).unwrap();
    let entry = parsed.descendants().find(|node| node.has_tag_name((ATOM, "entry"))).unwrap();
    let named = |role| {
        let found = entry.children().filter(|node| node.has_tag_name((ATOM, role)));
        found.flat_map(|node| texts(node, (ATOM, "name"))).collect::<Vec<_>>()
    };
    assert_eq!(
        (named("author"), named("contributor")),
        (vec!["Mara Lind".to_owned()], vec!["Ivo Grane".to_owned()])
    );
    assert_eq!(
        texts(parsed.root_element(), (ATOM, "updated")),
        ["2026-01-10T06:00:00.000Z", "2026-01-10T06:00:00.000Z"]
    );
}

#[test]
fn a_feed_of_nothing_has_all_that_its_format_requires() {
    let empty = feed(Vec::new());
    let xml = written(FeedFormat::Atom, &empty);
    let parsed = Document::parse(&xml).unwrap();
    for (name, expected) in
        [("id", ADDRESS), ("title", "The Varn Courier"), ("updated", atom::NEVER), ("name", "Varn Press")]
    {
        assert_eq!(texts(parsed.root_element(), (ATOM, name)), [expected], "{name}");
    }
    let xml = written(FeedFormat::Rss, &empty);
    let parsed = Document::parse(&xml).unwrap();
    for (name, expected) in
        [("title", "The Varn Courier"), ("link", "https://varn.example/"), ("description", "Tides & <gates>")]
    {
        assert_eq!(texts(parsed.root_element(), ("", name)), [expected], "{name}");
    }
    let json: Value = serde_json::from_str(&written(FeedFormat::Json, &empty)).unwrap();
    assert_eq!(
        (&json["version"], &json["items"]),
        (&"https://jsonfeed.org/version/1.1".into(), &Value::Array(Vec::new()))
    );
}

proptest! {
    // abuse: OUT-06
    #[test]
    fn a_feed_is_read_back_whatever_is_written_in_an_article(text in "(?s)(.|[\\x00-\\x20<>&'\"\\]\u{7f}-\u{a0}\u{2028}\u{fffe}\u{ffff}\u{1f600}\u{10ffff}]){1,40}") {
        let mut story = story("Reef recovers");
        story.short = text.clone();
        story.sections = vec![text.clone()];
        let feed = feed(vec![story]);
        let held: String = text.chars().filter(|c| !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')).collect();
        let xml = written(FeedFormat::Atom, &feed);
        let parsed = Document::parse(&xml).unwrap();
        prop_assert_eq!(texts(parsed.root_element(), (ATOM, "summary")), vec![held.clone()]);
        let term = parsed.descendants().find_map(|node| node.attribute("term")).map(str::to_owned);
        prop_assert_eq!(term, Some(held.clone()));
        let xml = written(FeedFormat::Rss, &feed);
        let parsed = Document::parse(&xml).unwrap();
        prop_assert_eq!(texts(parsed.root_element(), ("", "category"))[0].clone(), held);
        let json: Value = serde_json::from_str(&written(FeedFormat::Json, &feed)).unwrap();
        prop_assert_eq!(json["items"][0]["content_text"].as_str(), Some(text.as_str()));
    }
}
