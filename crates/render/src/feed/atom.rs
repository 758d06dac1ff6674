//! Atom (RFC 4287).

use domain::feed::FeedFormat;

use super::{Feed, media};
use crate::story::{Maker, Part, Story};
use crate::xml::Xml;

/// The date of a feed that had no article yet: one must be told (RFC 4287, 4.2.15).
pub(super) const NEVER: &str = "1970-01-01T00:00:00.000Z";

/// The feed, to be read at `address`.
pub(super) fn write(feed: &Feed, address: &str) -> Vec<u8> {
    let says = [
        ("xmlns", "http://www.w3.org/2005/Atom"),
        ("xmlns:media", media::NAMESPACE),
        ("xml:lang", feed.language.as_str()),
    ];
    Xml::document("feed", &says, |xml| {
        xml.text("id", &feed.subject.urn(address));
        xml.text("title", &feed.title);
        xml.text("subtitle", &feed.description);
        xml.text("updated", &feed.updated_at().map_or_else(|| NEVER.to_owned(), |at| at.to_string()));
        // An entry without an author has this one (4.2.1).
        xml.element("author", &[], |xml| xml.text("name", feed.publisher.as_str()));
        xml.empty("link", &[("rel", "self"), ("type", FeedFormat::Atom.media_type()), ("href", address)]);
        xml.empty("link", &[("rel", "alternate"), ("type", "text/html"), ("href", &feed.home)]);
        for story in &feed.stories {
            xml.element("entry", &[("xml:lang", story.language.as_str())], |xml| entry(xml, story));
        }
    })
}

fn entry(xml: &mut Xml, story: &Story) {
    xml.text("id", &story.urn());
    xml.text("title", story.headline.as_str());
    xml.text("published", &story.published_at.to_string());
    xml.text("updated", &story.updated_at.to_string());
    let page = [
        ("rel", "alternate"),
        ("type", "text/html"),
        ("hreflang", story.language.as_str()),
        ("href", &story.url),
    ];
    xml.empty("link", &page);
    for maker in story.makers(Part::Author) {
        person(xml, "author", maker);
    }
    for maker in story.makers(Part::Contributor) {
        person(xml, "contributor", maker);
    }
    for category in story.categories() {
        xml.empty("category", &[("term", category)]);
    }
    if !story.short.is_empty() {
        xml.text("summary", &story.short);
    }
    if let Some(photo) = &story.photo {
        media::content(xml, photo);
    }
}

fn person(xml: &mut Xml, name: &'static str, maker: &Maker) {
    xml.element(name, &[], |xml| xml.text("name", maker.name.as_str()));
}
