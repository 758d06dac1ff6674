//! The sizes and formats that a photo is served in.
//!
//! Each is decoded and encoded again, so that nothing of the uploaded file reaches a reader but its picture: no trailing
//! bytes, no places, no serial numbers, no embedded previews. What each says of its rights is written by us ([`Notice`]).
//! The pixels are sRGB and carry no profile, which is how every browser reads such files.
//!
//! All are made from the picture that [`Picture::read`] gave, not each from the next larger one: resizing costs a tenth of
//! encoding, and what is resized many times is soft. The same picture gives the same bytes on the same kind of processor.

mod encode;
mod notice;
mod placeholder;
pub mod sizes;

use domain::block::photo::FocalPoint;
use domain::photo::file::Pixels;
use domain::photo::variant::Variant;

use crate::pixels::Picture;
use crate::refusal::Refusal;
pub use notice::{Licensor, Notice};
pub use placeholder::placeholder;

/// A file that is served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Which rendition it is.
    pub variant: Variant,
    /// Its size.
    pub pixels: Pixels,
    /// The file.
    pub bytes: Vec<u8>,
}

/// One rendition; nothing where the picture has no such one, because it is too small.
///
/// JPEG and WebP take some tens of milliseconds each, AVIF three seconds for every megapixel.
pub fn make(
    picture: &Picture,
    variant: Variant,
    focus: FocalPoint,
    notice: &Notice,
) -> Result<Option<Made>, Refusal> {
    let Some(pixels) = sizes::pixels(picture.full_size(), variant.size()) else { return Ok(None) };
    let shown = picture.part(sizes::part(picture.size(), variant.size(), focus), pixels)?;
    let bytes = encode::encode(&shown, variant.format(), notice.xmp().as_deref())?;
    Ok(Some(Made { variant, pixels, bytes }))
}

#[cfg(test)]
mod tests;
