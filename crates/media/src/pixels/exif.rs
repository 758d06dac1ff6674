//! The one thing of Exif that pixels need: which side is up. All other metadata is read elsewhere.

use domain::photo::file::Orientation;

const ORIENTATION: u16 = 0x0112;
const SHORT: u16 = 3;

/// The orientation in a block of Exif, with or without the six bytes that JPEG puts before it. What cannot be read says
/// nothing: a broken block is no reason to refuse a picture.
pub(super) fn orientation(block: Option<&[u8]>) -> Orientation {
    let tiff = block.map(|block| block.strip_prefix(b"Exif\0\0").unwrap_or(block));
    let number = tiff.and_then(number).and_then(|number| u8::try_from(number).ok());
    number.and_then(|number| Orientation::parse(number).ok()).unwrap_or(Orientation::UPRIGHT)
}

/// The value of the entry in the first directory; no other directory is followed, so that none can lead in a circle.
fn number(tiff: &[u8]) -> Option<u16> {
    let little = match tiff.get(..4)? {
        [b'I', b'I', 42, 0] => true,
        [b'M', b'M', 0, 42] => false,
        _ => return None,
    };
    let u16_at = |at: usize| -> Option<u16> {
        let pair = tiff.get(at..)?.first_chunk::<2>()?;
        Some(if little { u16::from_le_bytes(*pair) } else { u16::from_be_bytes(*pair) })
    };
    let offset = tiff.get(4..)?.first_chunk::<4>()?;
    let offset = if little { u32::from_le_bytes(*offset) } else { u32::from_be_bytes(*offset) };
    let directory = usize::try_from(offset).ok()?;
    for entry in 0..usize::from(u16_at(directory)?) {
        let at = directory.checked_add(2 + entry * 12)?;
        if u16_at(at)? == ORIENTATION && u16_at(at + 2)? == SHORT {
            return u16_at(at + 8);
        }
    }
    None
}
