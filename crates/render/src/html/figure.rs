//! Photos as HTML: a figure with the sizes that exist, and the caption with its credit below.

use domain::photo::variant::{RenditionFormat, Size};

use super::page::Page;
use crate::body::photo::{Photo, PhotoRendition};

/// A photo with its caption.
pub(super) fn figure(page: &mut Page, class: &str, photo: &Photo) {
    page.element("figure", &[("class", class)], |page| {
        picture(page, photo);
        if photo.caption.is_some() || photo.credit.is_some() {
            page.element("figcaption", &[], |page| caption(page, photo));
        }
    });
}

/// The caption, and the credit set apart.
fn caption(page: &mut Page, photo: &Photo) {
    if let Some(caption) = &photo.caption {
        page.text(caption);
    }
    if let Some(credit) = &photo.credit {
        if photo.caption.is_some() {
            page.text(" ");
        }
        page.element("small", &[], |page| page.text(&credit.line));
    }
}

fn picture(page: &mut Page, photo: &Photo) {
    page.element("picture", &[], |page| {
        for (kind, set) in [("image/avif", &photo.srcset.avif), ("image/webp", &photo.srcset.webp)] {
            if !set.is_empty() {
                page.open("source", &[("type", kind), ("srcset", set)]);
            }
        }
        let (width, height) = (photo.width.to_string(), photo.height.to_string());
        let mut says =
            vec![("alt", photo.alt.as_str()), ("width", &width), ("height", &height), ("loading", "lazy")];
        if let Some(plain) = plain(photo) {
            says.push(("src", &plain.url));
        }
        if !photo.srcset.jpeg.is_empty() {
            says.push(("srcset", &photo.srcset.jpeg));
        }
        page.open("img", &says);
    });
}

/// What browsers show that know nothing of `srcset`: the JPEG nearest to the width of a text.
fn plain(photo: &Photo) -> Option<&PhotoRendition> {
    let widths = photo.renditions.iter().filter(|rendition| {
        matches!(rendition.variant.size(), Size::Width(_))
            && rendition.variant.format() == RenditionFormat::Jpeg
    });
    widths.min_by_key(|rendition| rendition.width.abs_diff(960))
}
