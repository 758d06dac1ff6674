//! From pixels to the bytes that readers get.

mod avif;
mod avif_xmp;
mod jpeg;
mod webp;

use domain::photo::variant::RenditionFormat;

use crate::pixels::Picture;
use crate::refusal::Refusal;

/// The file, with the packet of XMP if there is one.
pub(super) fn encode(
    picture: &Picture,
    format: RenditionFormat,
    xmp: Option<&str>,
) -> Result<Vec<u8>, Refusal> {
    match format {
        RenditionFormat::Jpeg => jpeg::encode(picture, xmp),
        RenditionFormat::Webp => webp::encode(picture, xmp),
        RenditionFormat::Avif => avif::encode(picture, xmp),
    }
}
