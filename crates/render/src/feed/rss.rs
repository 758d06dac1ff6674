//! RSS 2.0 (rssboard.org/rss-specification), as the profile of the RSS Advisory Board asks for it.

use domain::feed::FeedFormat;
use domain::time::Moment;

use super::{Feed, media};
use crate::html::page::Page;
use crate::story::{Part, Story};
use crate::xml::Xml;

const NAMESPACES: [(&str, &str); 4] = [
    ("version", "2.0"),
    ("xmlns:atom", "http://www.w3.org/2005/Atom"),
    ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
    ("xmlns:media", media::NAMESPACE),
];

/// The feed, to be read at `address`.
pub(super) fn write(feed: &Feed, address: &str) -> Vec<u8> {
    Xml::document("rss", &NAMESPACES, |xml| {
        xml.element("channel", &[], |xml| {
            xml.text("title", &feed.title);
            xml.text("link", &feed.home);
            xml.text("description", &feed.description);
            xml.text("language", feed.language.as_str());
            let own = [("href", address), ("rel", "self"), ("type", FeedFormat::Rss.media_type())];
            xml.empty("atom:link", &own);
            xml.any_text("lastBuildDate", feed.updated_at().map(Moment::http_date).as_deref());
            for story in &feed.stories {
                xml.element("item", &[], |xml| item(xml, story));
            }
        });
    })
}

fn item(xml: &mut Xml, story: &Story) {
    xml.text("title", story.headline.as_str());
    xml.text("link", &story.url);
    xml.element("guid", &[("isPermaLink", "false")], |xml| xml.words(&story.urn()));
    xml.text("pubDate", &story.published_at.http_date());
    xml.text("atom:updated", &story.updated_at.to_string());
    for maker in story.makers(Part::Author) {
        xml.text("dc:creator", maker.name.as_str());
    }
    for category in story.categories() {
        xml.text("category", category);
    }
    if !story.short.is_empty() {
        xml.text("description", &hypertext(&story.short));
    }
    if let Some(photo) = &story.photo {
        media::content(xml, photo);
    }
}

/// Text as the HTML that readers take a description to be: what looks like markup in it stays text.
fn hypertext(text: &str) -> String {
    let mut page = Page::default();
    page.element("p", &[], |page| page.text(text));
    page.into_html()
}
