//! JPEG, by zune-jpeg.

use domain::photo::file::Pixels;
use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use super::exif;
use super::raw::{Raw, Samples};
use crate::refusal::Refusal;
use crate::size;
use crate::sniff::Sniffed;

/// Most scans of a progressive file. Encoders write about ten; each may cost a pass over all pixels for a few bytes.
const MAX_SCANS: usize = 64;

pub(super) fn decode(file: &[u8], seen: Sniffed) -> Result<Raw, Refusal> {
    let (width, height) = (seen.width as usize, seen.height as usize);
    let options = DecoderOptions::default()
        .set_max_width(width)
        .set_max_height(height)
        .set_strict_mode(false)
        .jpeg_set_max_scans(MAX_SCANS);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(file), options);
    decoder.decode_headers().map_err(Refusal::unreadable)?;
    if decoder.dimensions() != Some((width, height)) {
        return Err(Refusal::unreadable("its headers contradict each other"));
    }
    let stored = decoder.input_colorspace().ok_or_else(|| Refusal::unreadable("it tells no colours"))?;
    let (out, samples) = match stored {
        ColorSpace::Luma => (ColorSpace::Luma, Samples::Grey),
        ColorSpace::YCbCr | ColorSpace::RGB => (ColorSpace::RGB, Samples::Rgb),
        // The decoder hands out stored values, which are not yet amounts of ink.
        ColorSpace::CMYK | ColorSpace::YCCK => (stored, Samples::Cmyk),
        other => return Err(Refusal::unreadable(format!("a JPEG in {other:?} is not read"))),
    };
    // Bytes between the segments of the head are passed over, as some cameras leave them; of the picture itself nothing
    // may be missing.
    decoder.set_options(options.set_strict_mode(true).jpeg_set_out_colorspace(out));
    let size = Pixels { width: seen.width, height: seen.height };
    let mut pixels = vec![0; size::bytes(size, samples.bytes())];
    decoder.decode_into(&mut pixels).map_err(Refusal::unreadable)?;
    match stored {
        ColorSpace::CMYK => inks_of_inverted(&mut pixels),
        ColorSpace::YCCK => inks_of_ycck(&mut pixels),
        _ => {}
    }
    let orientation = exif::orientation(decoder.exif().map(Vec::as_slice));
    Ok(Raw { size, samples, pixels, profile: decoder.icc_profile(), orientation })
}

/// Photoshop stores inks the other way round, and all others have followed it.
fn inks_of_inverted(pixels: &mut [u8]) {
    for value in pixels {
        *value = 255 - *value;
    }
}

/// Inks as luminance and colour difference, black apart and the other way round (T.871 for the first three).
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to a byte")]
fn inks_of_ycck(pixels: &mut [u8]) {
    for [y, cb, cr, k] in pixels.as_chunks_mut().0 {
        let (light, blue, red) = (f32::from(*y), f32::from(*cb) - 128.0, f32::from(*cr) - 128.0);
        let byte = |value: f32| value.round().clamp(0.0, 255.0) as u8;
        let inks = [light + 1.402 * red, light - 0.344_136 * blue - 0.714_136 * red, light + 1.772 * blue];
        [*y, *cb, *cr] = inks.map(byte);
        *k = 255 - *k;
    }
}
