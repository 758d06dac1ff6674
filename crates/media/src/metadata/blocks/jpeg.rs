//! JPEG: the segments before the picture. Exif and XMP are APP1, Photoshop's resources APP13; each may be in parts.

use std::collections::BTreeMap;
use std::io::{self, Read, Seek};

use super::source::Source;
use super::{Blocks, MAX_BLOCK_BYTES, MAX_PARTS, broken};

const EXIF: &[u8] = b"Exif\0";
const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const EXTENDED_XMP: &[u8] = b"http://ns.adobe.com/xmp/extension/\0";
const PHOTOSHOP: &[u8] = b"Photoshop 3.0\0";

/// What the main packet says before the GUID of its extension: an attribute or an element.
const EXTENSION_NAMED: &[u8] = b"HasExtendedXMP";

/// Octets of a GUID, in hexadecimal digits.
const GUID_OCTETS: usize = 32;

type Guid = [u8; GUID_OCTETS];

/// Reads the segments until the picture begins.
pub(super) fn read<R: Read + Seek>(source: &mut Source<R>, blocks: &mut Blocks) -> io::Result<()> {
    let mut parts = Parts::default();
    let read = segments(source, blocks, &mut parts);
    if !parts.photoshop.is_empty() {
        blocks.keep_resources(&parts.photoshop);
    }
    let extension = blocks.xmp.first().and_then(|main| extension_of(main));
    if let Some(guid) = extension {
        match parts.extended(guid) {
            Some(packet) => blocks.xmp.push(packet),
            None => blocks.broken = true,
        }
    }
    read
}

fn segments<R: Read + Seek>(
    source: &mut Source<R>,
    blocks: &mut Blocks,
    parts: &mut Parts,
) -> io::Result<()> {
    source.skip(2)?;
    for _ in 0..MAX_PARTS {
        match marker(source)? {
            // Of no length: filling and restarts.
            0x01 | 0xd0..=0xd8 => {}
            // The picture, or the end without one.
            0xd9 | 0xda => return Ok(()),
            marker => {
                let length = u16::from_be_bytes(source.array()?);
                let length =
                    length.checked_sub(2).ok_or_else(|| broken("a segment shorter than its length"))?;
                if matches!(marker, 0xe1 | 0xed) {
                    let segment = source.block(length.into())?.unwrap_or_default();
                    keep(marker, &segment, blocks, parts);
                } else {
                    source.skip(length.into())?;
                }
            }
        }
    }
    Err(broken("more segments than a photo has"))
}

/// The next marker, which any number of 0xff may precede.
fn marker<R: Read + Seek>(source: &mut Source<R>) -> io::Result<u8> {
    if source.octet()? != 0xff {
        return Err(broken("no marker where one must be"));
    }
    for _ in 0..MAX_PARTS {
        match source.octet()? {
            0xff => {}
            marker => return Ok(marker),
        }
    }
    Err(broken("nothing but filling"))
}

fn keep(marker: u8, segment: &[u8], blocks: &mut Blocks, parts: &mut Parts) {
    if marker == 0xed {
        if let Some(part) = segment.strip_prefix(PHOTOSHOP) {
            blocks.broken |= !parts.add_photoshop(part);
        }
    } else if let Some(packet) = segment.strip_prefix(XMP) {
        blocks.keep_xmp(packet.to_vec());
    } else if let Some(part) = segment.strip_prefix(EXTENDED_XMP) {
        blocks.broken |= !parts.add_extension(part);
    } else if let Some([_, block @ ..]) = segment.strip_prefix(EXIF) {
        blocks.keep_exif(block);
    }
}

/// The GUID that a main packet gives for its extension.
fn extension_of(main: &[u8]) -> Option<Guid> {
    let named = main.windows(EXTENSION_NAMED.len()).position(|at| at == EXTENSION_NAMED)?;
    let rest = main.get(named.checked_add(EXTENSION_NAMED.len())?..)?;
    // After it stand `="`, `='` or `>`, perhaps with spaces; a GUID is all hexadecimal.
    let begin = rest.iter().take(8).position(u8::is_ascii_hexdigit)?;
    let guid: Guid = rest.get(begin..)?.first_chunk().copied()?;
    guid.iter().all(u8::is_ascii_hexdigit).then_some(guid)
}

/// What segments hold in parts.
#[derive(Default)]
struct Parts {
    photoshop: Vec<u8>,
    /// The parts of extensions by GUID and offset.
    extensions: BTreeMap<(Guid, u32), Vec<u8>>,
    /// Octets in all parts of extensions.
    extension_bytes: usize,
    /// The octets of all parts of an extension, as each part tells it.
    extension_length: Option<u32>,
}

impl Parts {
    /// Whether the part was taken: together they may be no larger than a block.
    fn add_photoshop(&mut self, part: &[u8]) -> bool {
        let fits = self.photoshop.len().saturating_add(part.len()) <= MAX_BLOCK_BYTES;
        if fits {
            self.photoshop.extend_from_slice(part);
        }
        fits
    }

    /// Whether the part was taken: GUID, length of the whole, offset of this part, and its octets.
    fn add_extension(&mut self, part: &[u8]) -> bool {
        let Some((guid, rest)) = part.split_first_chunk::<GUID_OCTETS>() else { return false };
        let Some((length, rest)) = rest.split_first_chunk() else { return false };
        let Some((offset, octets)) = rest.split_first_chunk() else { return false };
        let total = self.extension_bytes.saturating_add(octets.len());
        if total > MAX_BLOCK_BYTES || u32::from_be_bytes(*length) as usize > MAX_BLOCK_BYTES {
            return false;
        }
        self.extension_bytes = total;
        self.extension_length = Some(u32::from_be_bytes(*length));
        self.extensions.entry((*guid, u32::from_be_bytes(*offset))).or_insert_with(|| octets.to_vec());
        true
    }

    /// The extension of this GUID, if its parts follow one another without a gap to its whole length.
    fn extended(&self, guid: Guid) -> Option<Vec<u8>> {
        let mut packet = Vec::new();
        for (&(_, offset), octets) in self.extensions.range((guid, 0)..=(guid, u32::MAX)) {
            if offset as usize != packet.len() {
                return None;
            }
            packet.extend_from_slice(octets);
        }
        (!packet.is_empty() && self.extension_length.is_some_and(|length| length as usize == packet.len()))
            .then_some(packet)
    }
}
