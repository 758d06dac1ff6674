//! What a WebP declares in its first chunk, and how many frames an animated one has.

use super::Declared;
use super::reader::Reader;
use crate::refusal::Refusal;

/// Pixels with alpha, and the planes or the cache that the decoder keeps beside them.
const LOSSY_BYTES: u64 = 4 + 2;
const LOSSLESS_BYTES: u64 = 4 + 4;
/// The first frame of an animation is decoded apart and laid on the canvas.
const EXTENDED_BYTES: u64 = 4 + 4 + 2;

pub(super) fn declared(reader: &mut Reader<'_>, max_frames: u32) -> Result<Declared, Refusal> {
    reader.take(12)?;
    let (kind, length) = (reader.array::<4>()?, reader.u32_le()?);
    match &kind {
        b"VP8 " => {
            let [_, _, _, a, b, c] = reader.array()?;
            if [a, b, c] != [0x9d, 0x01, 0x2a] {
                return Err(Refusal::unreadable("a WebP begins with a key frame"));
            }
            let (width, height) = (reader.u16_le()? & 0x3fff, reader.u16_le()? & 0x3fff);
            Ok(Declared {
                width: width.into(),
                height: height.into(),
                frames: 1,
                pixel_bytes: LOSSY_BYTES,
                least_bytes: 0,
            })
        }
        b"VP8L" => {
            reader.take(1)?;
            let bits = reader.u32_le()?;
            let (width, height) = ((bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1);
            Ok(Declared { width, height, frames: 1, pixel_bytes: LOSSLESS_BYTES, least_bytes: 0 })
        }
        b"VP8X" => {
            reader.take(4)?;
            let (width, height) = (reader.u24_le()? + 1, reader.u24_le()? + 1);
            reader.skip(u64::from(length.saturating_sub(10)) + u64::from(length & 1));
            let frames = frames(reader, max_frames).max(1);
            Ok(Declared { width, height, frames, pixel_bytes: EXTENDED_BYTES, least_bytes: 0 })
        }
        _ => Err(Refusal::unreadable("a WebP begins with its picture")),
    }
}

/// The frames of an animation, counted until there are more than may be.
fn frames(reader: &mut Reader<'_>, most: u32) -> u32 {
    let mut frames = 0;
    while frames <= most
        && let (Ok(kind), Ok(length)) = (reader.array::<4>(), reader.u32_le())
    {
        frames += u32::from(&kind == b"ANMF");
        reader.skip(u64::from(length) + u64::from(length & 1));
    }
    frames
}
