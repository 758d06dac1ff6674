//! What an AVIF declares, in the boxes of ISO/IEC 14496-12 that it consists of.

use super::Declared;
use super::reader::Reader;
use crate::refusal::Refusal;

/// What a box is.
type Kind = [u8; 4];

/// Pixels with alpha, and the planes of up to three colours in two bytes that they come from.
const PIXEL_BYTES: u64 = 4 + 6;

/// Whether a file says in its first box that it is a still or moving AVIF. Brands beyond the sixteenth are not looked at.
pub(super) fn is_avif(head: &[u8]) -> bool {
    let [_, _, _, length, b'f', b't', b'y', b'p', brands @ ..] = head else { return false };
    let major = brands.get(..4).unwrap_or_default();
    let end = usize::from(*length).saturating_sub(8).min(brands.len());
    let mut compatible = brands.get(8..end).unwrap_or_default().chunks_exact(4).take(16);
    is_avif_brand(major) || (major == b"mif1" && compatible.any(is_avif_brand))
}

fn is_avif_brand(brand: &[u8]) -> bool {
    matches!(brand, b"avif" | b"avis")
}

/// The size of the primary item, as its properties tell it.
pub(super) fn declared(file: &[u8]) -> Result<Declared, Refusal> {
    let meta = child(file, *b"meta")?.get(4..).unwrap_or_default();
    let primary = primary(child(meta, *b"pitm")?)?;
    let properties = child(meta, *b"iprp")?;
    let all = child(properties, *b"ipco")?;
    let mine = associated(child(properties, *b"ipma")?, primary)?;
    let mut boxes = Boxes(Reader::new(all));
    let mut index = 0;
    while let Some((kind, body)) = boxes.next()? {
        index += 1;
        if kind == *b"ispe" && mine.contains(&index) {
            let mut reader = Reader::new(body);
            reader.take(4)?;
            let (width, height) = (reader.u32_be()?, reader.u32_be()?);
            return Ok(Declared { width, height, frames: 1, pixel_bytes: PIXEL_BYTES, least_bytes: 0 });
        }
    }
    Err(Refusal::unreadable("an AVIF tells the size of its picture"))
}

fn primary(pitm: &[u8]) -> Result<u32, Refusal> {
    let mut reader = Reader::new(pitm);
    let [version, _, _, _] = reader.array()?;
    if version == 0 { reader.u16_be().map(u32::from) } else { reader.u32_be() }
}

/// The numbers of the properties of an item, from 1. There are at most 255 of an item, since one byte counts them.
fn associated(ipma: &[u8], item: u32) -> Result<Vec<u16>, Refusal> {
    let mut reader = Reader::new(ipma);
    let [version, _, _, flags] = reader.array()?;
    for _ in 0..reader.u32_be()? {
        let id = if version == 0 { reader.u16_be()?.into() } else { reader.u32_be()? };
        let count = reader.u8()?;
        let mut properties = Vec::with_capacity(count.into());
        for _ in 0..count {
            // The highest bit says that a reader must know the property.
            let index =
                if flags & 1 == 0 { u16::from(reader.u8()? & 0x7f) } else { reader.u16_be()? & 0x7fff };
            properties.push(index);
        }
        if id == item {
            return Ok(properties);
        }
    }
    Err(Refusal::unreadable("an AVIF tells of the properties of its picture"))
}

/// The first box of that kind.
fn child(parent: &[u8], wanted: Kind) -> Result<&[u8], Refusal> {
    let mut boxes = Boxes(Reader::new(parent));
    while let Some((kind, body)) = boxes.next()? {
        if kind == wanted {
            return Ok(body);
        }
    }
    Err(Refusal::unreadable(format!("an AVIF has a box {}", wanted.escape_ascii())))
}

/// Boxes side by side. Each takes at least its eight bytes of head, so that they end.
struct Boxes<'a>(Reader<'a>);

impl<'a> Boxes<'a> {
    fn next(&mut self) -> Result<Option<(Kind, &'a [u8])>, Refusal> {
        if self.0.is_at_end() {
            return Ok(None);
        }
        let (length, kind) = (self.0.u32_be()?, self.0.array()?);
        let body = match length {
            0 => return Ok(Some((kind, self.0.rest()))),
            1 => self.0.u64_be()?.checked_sub(16),
            length => u64::from(length).checked_sub(8),
        };
        let body = body.and_then(|length| usize::try_from(length).ok());
        let body = body.ok_or_else(|| Refusal::unreadable("a box is shorter than its head"))?;
        Ok(Some((kind, self.0.take(body)?)))
    }
}
