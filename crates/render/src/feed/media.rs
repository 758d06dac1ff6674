//! The photo of an article in feeds of XML (Media RSS 1.5.1), with whom it is owed to.

use crate::body::photo::{Photo, PhotoRendition};
use crate::xml::Xml;

/// The namespace of Media RSS.
pub(super) const NAMESPACE: &str = "http://search.yahoo.com/mrss/";

/// The photo; nothing where it has no rendition yet that every reader shows.
pub(super) fn content(xml: &mut Xml, photo: &Photo) {
    let Some(PhotoRendition { variant: _, url, width, height, content_type, bytes }) = photo.widest() else {
        return;
    };
    let (bytes, width, height) = (bytes.to_string(), width.to_string(), height.to_string());
    let shown = [
        ("url", url.as_str()),
        ("type", content_type),
        ("medium", "image"),
        ("fileSize", &bytes),
        ("width", &width),
        ("height", &height),
    ];
    xml.element("media:content", &shown, |xml| {
        if let Some(caption) = &photo.caption {
            xml.element("media:description", &[("type", "plain")], |xml| xml.words(caption));
        }
        xml.any_text("media:credit", photo.credit.as_ref().map(|credit| credit.line.as_str()));
        xml.any_text("media:copyright", photo.rights.copyright_notice.as_deref());
    });
}
