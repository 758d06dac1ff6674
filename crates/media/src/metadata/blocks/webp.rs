//! WebP: the chunks `EXIF` and `XMP `.

use std::io::{self, Read, Seek};

use super::source::Source;
use super::{Blocks, MAX_PARTS, broken};

/// `RIFF`, a length, `WEBP`.
const HEAD_OCTETS: u64 = 12;

/// Reads the chunks to the end, where metadata stands by rule; the length in the head is not believed.
pub(super) fn read<R: Read + Seek>(source: &mut Source<R>, blocks: &mut Blocks) -> io::Result<()> {
    source.skip(HEAD_OCTETS)?;
    for _ in 0..MAX_PARTS {
        // The format has no end mark: where the file ends between chunks, it is whole.
        let Some(kind) = source.array_or_end::<4>()? else { return Ok(()) };
        let length = u64::from(u32::from_le_bytes(source.array()?));
        let keep: fn(&mut Blocks, Vec<u8>) = match &kind {
            b"EXIF" => |blocks, block| blocks.keep_exif(&block),
            b"XMP " | b"XMP\0" => Blocks::keep_xmp,
            _ => {
                source.skip(length.next_multiple_of(2))?;
                continue;
            }
        };
        match source.block(length)? {
            Some(block) => keep(blocks, block),
            None => blocks.broken = true,
        }
        source.skip(length % 2)?;
    }
    Err(broken("more chunks than a photo has"))
}
