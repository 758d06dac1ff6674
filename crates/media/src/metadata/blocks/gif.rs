//! GIF: XMP as an application extension, whose text runs through the octets that otherwise are lengths.

use std::io::{self, Read, Seek};

use super::source::Source;
use super::{Blocks, MAX_BLOCK_BYTES, MAX_PARTS, broken};

const XMP: &[u8; 11] = b"XMP DataXMP";

/// Most sub-blocks of a picture, of 255 octets at most each: 256 MiB.
const MAX_SUB_BLOCKS: usize = 1 << 20;

/// Reads the blocks to the end; pictures are passed.
pub(super) fn read<R: Read + Seek>(source: &mut Source<R>, blocks: &mut Blocks) -> io::Result<()> {
    let [.., flags, _background, _aspect] = source.array::<13>()?;
    skip_colours(source, flags)?;
    for _ in 0..MAX_PARTS {
        match source.octet()? {
            0x3b => return Ok(()),
            0x2c => {
                let [.., flags] = source.array::<9>()?;
                skip_colours(source, flags)?;
                source.skip(1)?;
                skip_sub_blocks(source)?;
            }
            0x21 => {
                let [label, length] = source.array()?;
                if label == 0xff && length == 11 {
                    if source.array()? == *XMP {
                        keep_xmp(source, blocks)?;
                        continue;
                    }
                } else {
                    source.skip(length.into())?;
                }
                if length > 0 {
                    skip_sub_blocks(source)?;
                }
            }
            _ => return Err(broken("neither a picture nor an extension")),
        }
    }
    Err(broken("more blocks than a picture has"))
}

/// Passes a table of colours, if the flags announce one.
fn skip_colours<R: Read + Seek>(source: &mut Source<R>, flags: u8) -> io::Result<()> {
    if flags & 0x80 == 0 { Ok(()) } else { source.skip(3 << ((flags & 7) + 1)) }
}

fn skip_sub_blocks<R: Read + Seek>(source: &mut Source<R>) -> io::Result<()> {
    for _ in 0..MAX_SUB_BLOCKS {
        match source.octet()? {
            0 => return Ok(()),
            length => source.skip(length.into())?,
        }
    }
    Err(broken("a picture without end"))
}

/// Keeps the packet. Its octets are read as lengths too, whatever they are; a trailer of all octets downward, which no
/// text holds, leads each such reader to the end mark.
fn keep_xmp<R: Read + Seek>(source: &mut Source<R>, blocks: &mut Blocks) -> io::Result<()> {
    let mut packet = Vec::new();
    loop {
        let length = source.octet()?;
        if length == 0 {
            break;
        }
        packet.push(length);
        packet.extend(source.block(length.into())?.unwrap_or_default());
        if packet.len() > MAX_BLOCK_BYTES {
            return Err(broken("a packet too large"));
        }
    }
    if let Some(end) = packet.windows(3).position(|at| at == [0x01, 0xff, 0xfe]) {
        packet.truncate(end);
        blocks.keep_xmp(packet);
    } else {
        blocks.broken = true;
    }
    Ok(())
}
