//! PNG, by the crate png: every depth and colour type comes as 8 bits a sample.

use domain::photo::file::Pixels;
use std::io::Cursor;

use ::png::{BitDepth, ColorType, Decoder, Limits, Transformations};

use super::exif;
use super::raw::{Raw, Samples};
use crate::refusal::Refusal;
use crate::size;
use crate::sniff::Sniffed;

/// Most bytes that chunks beside the picture may take, inflated: its profile and Exif.
const CHUNK_BYTES: usize = 8 * 1024 * 1024;

pub(super) fn decode(file: &[u8], seen: Sniffed) -> Result<Raw, Refusal> {
    let mut decoder = Decoder::new_with_limits(Cursor::new(file), Limits { bytes: CHUNK_BYTES });
    decoder.set_transformations(Transformations::normalize_to_color8());
    // Texts may inflate to anything, and are read elsewhere.
    decoder.set_ignore_text_chunk(true);
    let mut reader = decoder.read_info().map_err(Refusal::unreadable)?;
    let samples = match reader.output_color_type() {
        (ColorType::Grayscale, BitDepth::Eight) => Samples::Grey,
        (ColorType::GrayscaleAlpha, BitDepth::Eight) => Samples::GreyAlpha,
        (ColorType::Rgb, BitDepth::Eight) => Samples::Rgb,
        (ColorType::Rgba, BitDepth::Eight) => Samples::Rgba,
        other => return Err(Refusal::unreadable(format!("a PNG in {other:?} is not read"))),
    };
    let size = Pixels { width: seen.width, height: seen.height };
    let mut pixels = vec![0; size::bytes(size, samples.bytes())];
    if reader.output_buffer_size() != Some(pixels.len()) {
        return Err(Refusal::unreadable("its headers contradict each other"));
    }
    reader.next_frame(&mut pixels).map_err(Refusal::unreadable)?;
    // Some write what they say of the picture behind it. Where that is broken, the picture is whole all the same.
    drop(reader.finish());
    let info = reader.info();
    Ok(Raw {
        size,
        samples,
        pixels,
        profile: info.icc_profile.as_deref().map(<[u8]>::to_vec),
        orientation: exif::orientation(info.exif_metadata.as_deref()),
    })
}
