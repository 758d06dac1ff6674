//! WebP, by image-webp.

use domain::photo::file::Pixels;
use std::io::Cursor;

use image_webp::WebPDecoder;

use super::exif;
use super::raw::{Raw, Samples};
use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::size;
use crate::sniff::Sniffed;

pub(super) fn decode(file: &[u8], seen: Sniffed, limits: &Limits) -> Result<Raw, Refusal> {
    let mut decoder = WebPDecoder::new(Cursor::new(file)).map_err(Refusal::unreadable)?;
    decoder.set_memory_limit(usize::try_from(limits.max_memory_bytes).unwrap_or(usize::MAX));
    if decoder.dimensions() != (seen.width, seen.height) {
        return Err(Refusal::unreadable("its headers contradict each other"));
    }
    let samples = if decoder.has_alpha() { Samples::Rgba } else { Samples::Rgb };
    let size = Pixels { width: seen.width, height: seen.height };
    let mut pixels = vec![0; size::bytes(size, samples.bytes())];
    decoder.read_image(&mut pixels).map_err(Refusal::unreadable)?;
    // What stands beside the picture is looked at only where it can be read.
    let profile = decoder.icc_profile().ok().flatten();
    let exif = decoder.exif_metadata().ok().flatten();
    let orientation = exif::orientation(exif.as_deref());
    Ok(Raw { size, samples, pixels, profile, orientation })
}
