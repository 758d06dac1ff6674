//! What the standards of feeds and sitemaps require, as checks of a document.

use chrono::DateTime;
use roxmltree::{Document, Node};
use serde_json::Value;

pub(super) const ATOM: &str = "http://www.w3.org/2005/Atom";
pub(super) const DC: &str = "http://purl.org/dc/elements/1.1/";
pub(super) const MEDIA: &str = "http://search.yahoo.com/mrss/";
pub(super) const SITEMAP: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
pub(super) const NEWS: &str = "http://www.google.com/schemas/sitemap-news/0.9";

/// The texts of the children of this name; those of RSS are in no namespace.
pub(super) fn texts(of: Node<'_, '_>, name: (&str, &str)) -> Vec<String> {
    children(of, name).map(|node| node.text().unwrap_or_default().to_owned()).collect()
}

pub(super) fn children<'a, 'b>(
    of: Node<'a, 'b>,
    (namespace, name): (&'a str, &'a str),
) -> impl Iterator<Item = Node<'a, 'b>> {
    of.children().filter(move |node| {
        node.is_element()
            && node.tag_name().name() == name
            && node.tag_name().namespace().unwrap_or_default() == namespace
    })
}

/// The only text of that name, which is not empty.
#[track_caller]
pub(super) fn one(of: Node<'_, '_>, name: (&str, &str)) -> String {
    let mut found = texts(of, name);
    assert_eq!(found.len(), 1, "{} {}s in {:?}", found.len(), name.1, of.tag_name());
    let text = found.remove(0);
    assert!(!text.is_empty(), "an empty {}", name.1);
    text
}

#[track_caller]
fn absolute(url: &str) {
    assert!(url.starts_with("http://") || url.starts_with("https://"), "{url} is not absolute");
}

/// RSS 2.0 and the profile of the RSS Advisory Board. The headlines of its items.
#[track_caller]
pub(super) fn rss(xml: &str, address: &str) -> Vec<String> {
    let parsed = Document::parse(xml).expect("well-formed XML");
    let root = parsed.root_element();
    assert_eq!((root.tag_name().name(), root.attribute("version")), ("rss", Some("2.0")));
    let channel = children(root, ("", "channel")).next().expect("a channel");
    for required in ["title", "link", "description", "language"] {
        one(channel, ("", required));
    }
    absolute(&one(channel, ("", "link")));
    let own = children(channel, (ATOM, "link")).next().expect("a link to itself");
    assert_eq!((own.attribute("rel"), own.attribute("href")), (Some("self"), Some(address)));
    let items: Vec<_> = children(channel, ("", "item")).collect();
    if !items.is_empty() {
        DateTime::parse_from_rfc2822(&one(channel, ("", "lastBuildDate"))).expect("a date of RFC 822");
    }
    let mut known = Vec::new();
    let told = items.into_iter().map(|item| {
        absolute(&one(item, ("", "link")));
        DateTime::parse_from_rfc2822(&one(item, ("", "pubDate"))).expect("a date of RFC 822");
        let guid = children(item, ("", "guid")).next().expect("a guid");
        assert_eq!(guid.attribute("isPermaLink"), Some("false"));
        assert!(guid.text().unwrap_or_default().starts_with("urn:uuid:"));
        known.push(guid.text().map(str::to_owned));
        for photo in children(item, (MEDIA, "content")) {
            absolute(photo.attribute("url").expect("the url of a photo"));
            assert_eq!(
                (photo.attribute("medium"), photo.attribute("type")),
                (Some("image"), Some("image/jpeg"))
            );
        }
        one(item, ("", "title"))
    });
    let told: Vec<_> = told.collect();
    known.sort_unstable();
    known.dedup();
    assert_eq!(known.len(), told.len(), "two items of one guid");
    told
}

/// Atom (RFC 4287). The headlines of its entries.
#[track_caller]
pub(super) fn atom(xml: &str, address: &str) -> Vec<String> {
    let parsed = Document::parse(xml).expect("well-formed XML");
    let root = parsed.root_element();
    assert!(root.has_tag_name((ATOM, "feed")));
    let common = |node: Node<'_, '_>| {
        for required in ["id", "title", "updated"] {
            one(node, (ATOM, required));
        }
        DateTime::parse_from_rfc3339(&one(node, (ATOM, "updated"))).expect("a date of RFC 3339");
        for person in ["author", "contributor"] {
            children(node, (ATOM, person)).for_each(|person| drop(one(person, (ATOM, "name"))));
        }
    };
    common(root);
    let has_author = children(root, (ATOM, "author")).count() > 0;
    let own = children(root, (ATOM, "link")).find(|link| link.attribute("rel") == Some("self"));
    assert_eq!(own.and_then(|link| link.attribute("href")), Some(address));
    let told = children(root, (ATOM, "entry")).map(|entry| {
        common(entry);
        assert!(one(entry, (ATOM, "id")).starts_with("urn:uuid:"));
        assert!(has_author || children(entry, (ATOM, "author")).count() > 0, "an entry without an author");
        let page = children(entry, (ATOM, "link")).find(|link| link.attribute("rel") == Some("alternate"));
        absolute(page.and_then(|link| link.attribute("href")).expect("a page to read it at"));
        one(entry, (ATOM, "title"))
    });
    told.collect()
}

/// JSON Feed 1.1. The headlines of its items.
#[track_caller]
pub(super) fn json_feed(feed: &Value, address: &str) -> Vec<String> {
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["feed_url"], address);
    assert!(feed["title"].is_string() && !feed.to_string().contains(":null"), "{feed}");
    absolute(feed["home_page_url"].as_str().expect("a home page"));
    let told = feed["items"].as_array().expect("items").iter().map(|item| {
        assert!(item["id"].as_str().is_some_and(|id| id.starts_with("urn:uuid:")), "{item}");
        assert!(item["content_text"].is_string() || item["content_html"].is_string(), "{item}");
        absolute(item["url"].as_str().expect("a url"));
        for date in ["date_published", "date_modified"] {
            DateTime::parse_from_rfc3339(item[date].as_str().expect("a date")).expect("a date of RFC 3339");
        }
        for author in item["authors"].as_array().into_iter().flatten() {
            assert!(author["name"].is_string(), "{item}");
        }
        item["title"].as_str().expect("a title").to_owned()
    });
    told.collect()
}

/// The addresses of a sitemap, or of an index (sitemaps.org, 0.9).
#[track_caller]
pub(super) fn sitemap(xml: &str, root: &str, element: &str) -> Vec<String> {
    assert!(xml.len() <= 50 << 20, "{} octets", xml.len());
    let parsed = Document::parse(xml).expect("well-formed XML");
    assert!(parsed.root_element().has_tag_name((SITEMAP, root)), "{:?}", parsed.root_element());
    let told = children(parsed.root_element(), (SITEMAP, element)).map(|entry| {
        let url = one(entry, (SITEMAP, "loc"));
        absolute(&url);
        assert!(url.len() <= 2048);
        for changed in texts(entry, (SITEMAP, "lastmod")) {
            DateTime::parse_from_rfc3339(&changed).expect("a date of W3C");
        }
        url
    });
    let told: Vec<_> = told.collect();
    assert!(told.len() <= 50_000);
    told
}

/// The headlines of a sitemap of news, as Google requires them.
#[track_caller]
pub(super) fn news(xml: &str) -> Vec<String> {
    sitemap(xml, "urlset", "url");
    let parsed = Document::parse(xml).expect("well-formed XML");
    let told = children(parsed.root_element(), (SITEMAP, "url")).map(|entry| {
        let news = children(entry, (NEWS, "news")).next().expect("news");
        let publication = children(news, (NEWS, "publication")).next().expect("a publication");
        one(publication, (NEWS, "name"));
        assert!((2..=5).contains(&one(publication, (NEWS, "language")).len()));
        DateTime::parse_from_rfc3339(&one(news, (NEWS, "publication_date"))).expect("a date of W3C");
        one(news, (NEWS, "title"))
    });
    let told: Vec<_> = told.collect();
    assert!(told.len() <= 1000);
    told
}
