//! What a GIF declares: the size of its screen, and how many frames it has.

use super::Declared;
use super::reader::Reader;
use crate::refusal::{Foreign, Refusal};

/// The canvas with alpha, and the first frame beside it.
const PIXEL_BYTES: u64 = 4 + 4;

pub(super) fn declared(reader: &mut Reader<'_>, max_frames: u32) -> Result<Declared, Refusal> {
    reader.take(6)?;
    let (width, height) = (reader.u16_le()?, reader.u16_le()?);
    let flags = reader.u8()?;
    reader.take(2)?;
    skip_colours(reader, flags);
    let mut frames = 0;
    while frames <= max_frames {
        match reader.u8() {
            Ok(0x21) => {
                reader.skip(1);
                skip_blocks(reader);
            }
            Ok(0x2c) => {
                frames += 1;
                reader.skip(8);
                let flags = reader.u8()?;
                skip_colours(reader, flags);
                reader.skip(1);
                skip_blocks(reader);
            }
            // A script may begin with the six letters of a GIF; its next bytes are no block of one.
            _ if frames == 0 => return Err(Refusal::Unsupported(Foreign::Unknown)),
            _ => break,
        }
    }
    Ok(Declared {
        width: width.into(),
        height: height.into(),
        frames,
        pixel_bytes: PIXEL_BYTES,
        least_bytes: 0,
    })
}

fn skip_colours(reader: &mut Reader<'_>, flags: u8) {
    if flags & 0x80 != 0 {
        reader.skip(3 << ((flags & 7) + 1));
    }
}

fn skip_blocks(reader: &mut Reader<'_>) {
    while let Ok(length @ 1..) = reader.u8() {
        reader.skip(length.into());
    }
}
