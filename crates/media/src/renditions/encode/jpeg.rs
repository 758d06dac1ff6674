//! JPEG, by jpeg-encoder: progressive, so that a slow line sees the whole picture early.

use std::borrow::Cow;

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::pixels::{Channels, Picture};
use crate::refusal::Refusal;

/// On a photo few see a difference to the original, with colours at half the resolution.
const QUALITY: u8 = 80;

/// What stands before XMP in its segment.
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";

pub(super) fn encode(picture: &Picture, xmp: Option<&str>) -> Result<Vec<u8>, Refusal> {
    let mut file = Vec::with_capacity(picture.pixels.len() / 8);
    let mut encoder = Encoder::new(&mut file, QUALITY);
    encoder.set_sampling_factor(SamplingFactor::R_4_2_0);
    encoder.set_progressive(true);
    // Tables for this picture and not for any: a few per cent fewer bytes.
    encoder.set_optimized_huffman_tables(true);
    if let Some(xmp) = xmp {
        encoder.add_app_segment(1, [XMP, xmp.as_bytes()].concat()).map_err(Refusal::unreadable)?;
    }
    let side = |side| u16::try_from(side).map_err(|_| Refusal::unreadable("a JPEG cannot be as high"));
    let (width, height) = (side(picture.size.width)?, side(picture.size.height)?);
    encoder.encode(&on_white(picture), width, height, ColorType::Rgb).map_err(Refusal::unreadable)?;
    Ok(file)
}

/// What can be seen through is laid on white, as on a page.
fn on_white(picture: &Picture) -> Cow<'_, [u8]> {
    match picture.channels {
        Channels::Rgb => Cow::Borrowed(&picture.pixels),
        Channels::Rgba => Cow::Owned(picture.pixels.as_chunks().0.iter().copied().flat_map(opaque).collect()),
    }
}

fn opaque([red, green, blue, alpha]: [u8; 4]) -> [u8; 3] {
    [red, green, blue].map(|colour| {
        let light = u32::from(colour) * u32::from(alpha) + 255 * u32::from(255 - alpha);
        u8::try_from((light + 127) / 255).unwrap_or(u8::MAX)
    })
}
