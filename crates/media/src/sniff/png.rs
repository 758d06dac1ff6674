//! What a PNG declares in its first chunk, and whether it is animated.

use super::Declared;
use super::reader::Reader;
use crate::refusal::Refusal;

/// How many bytes a byte of Deflate can stand for (zlib's technical note: 1032 to one).
const MOST_INFLATED: u64 = 1032;

pub(super) fn declared(reader: &mut Reader<'_>) -> Result<Declared, Refusal> {
    reader.take(8)?;
    if (reader.u32_be()?, &reader.array::<4>()?) != (13, b"IHDR") {
        return Err(Refusal::unreadable("a PNG begins with its header"));
    }
    let (width, height) = (reader.u32_be()?, reader.u32_be()?);
    let (depth, colour) = (reader.u8()?, reader.u8()?);
    reader.skip(3 + 4);
    // Decoded to 8 bits as grey, grey with alpha, RGB or RGBA; colours of a palette may be transparent.
    let (pixel_bytes, samples) = match colour {
        0 => (2, 1),
        3 => (4, 1),
        4 => (4, 2),
        2 => (4, 3),
        6 => (4, 4),
        other => return Err(Refusal::unreadable(format!("a PNG has no colour type {other}"))),
    };
    let bits = u64::from(width).saturating_mul(height.into()).saturating_mul(samples * u64::from(depth));
    let least_bytes = bits / 8 / MOST_INFLATED;
    Ok(Declared { width, height, frames: frames(reader)?, pixel_bytes, least_bytes })
}

/// How many frames an animated PNG says it has; its chunk comes before the pixels.
fn frames(reader: &mut Reader<'_>) -> Result<u32, Refusal> {
    loop {
        let (length, kind) = (reader.u32_be()?, reader.array::<4>()?);
        match &kind {
            b"IDAT" | b"IEND" => return Ok(1),
            b"acTL" => return reader.u32_be().map(|frames| frames.max(1)),
            _ => reader.skip(u64::from(length) + 4),
        }
    }
}
