//! What a file is, by its content and never by its name: the format, and the size that its header declares.
//!
//! Nothing is decoded and nothing is allocated by what a header says; each reader walks the file once. What follows the
//! picture, or hides in its comments, does not matter here: only pixels that were decoded and encoded again are served.

mod foreign;
mod gif;
mod isobmff;
mod jpeg;
mod png;
mod reader;
mod webp;

use domain::photo::variant::Format;

use crate::limits::Limits;
use crate::refusal::{Excess, Refusal};
use reader::Reader;

/// What the header of a file declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sniffed {
    /// The format.
    pub format: Format,
    /// The width of the stored pixels, before the picture is turned upright.
    pub width: u32,
    /// Their height.
    pub height: u32,
    /// How many frames an animated file has, counted up to one more than is allowed; 1 for a picture that stands still.
    pub frames: u32,
    /// The most bytes that decoding takes at once, beside the file: the pixels and what the decoder of the format keeps
    /// meanwhile.
    pub memory_bytes: u64,
}

/// The format of a file by its first bytes; 64 are enough.
pub fn format(head: &[u8]) -> Result<Format, Refusal> {
    match head {
        [0xff, 0xd8, 0xff, ..] => Ok(Format::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Ok(Format::Png),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Ok(Format::Gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(Format::Webp),
        _ if isobmff::is_avif(head) => Ok(Format::Avif),
        _ => Err(Refusal::Unsupported(foreign::name(head))),
    }
}

/// What the file is and how large it says it is, if that is within the limits.
pub fn look(file: &[u8], limits: &Limits) -> Result<Sniffed, Refusal> {
    let bytes = file.len() as u64;
    if bytes > limits.max_bytes {
        return Err(Excess::Bytes { is: bytes, most: limits.max_bytes }.into());
    }
    let format = format(file)?;
    let mut reader = Reader::new(file);
    let declared = match format {
        Format::Jpeg => jpeg::declared(&mut reader)?,
        Format::Png => png::declared(&mut reader)?,
        Format::Webp => webp::declared(&mut reader, limits.max_frames)?,
        Format::Gif => gif::declared(&mut reader, limits.max_frames)?,
        Format::Avif => isobmff::declared(file)?,
    };
    declared.within(limits)?;
    if bytes < declared.least_bytes {
        return Err(reader::cut_short());
    }
    Ok(Sniffed {
        format,
        width: declared.width,
        height: declared.height,
        frames: declared.frames,
        memory_bytes: declared.memory_bytes(),
    })
}

/// What a reader of one format found.
struct Declared {
    width: u32,
    height: u32,
    frames: u32,
    /// Bytes for each pixel while decoding, at most.
    pixel_bytes: u64,
    /// How few bytes a file with so many pixels can have, where the format tells: what says that it has a hundred million
    /// in two hundred bytes is refused before it is given memory.
    least_bytes: u64,
}

impl Declared {
    fn pixels(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    fn memory_bytes(&self) -> u64 {
        self.pixels().saturating_mul(self.pixel_bytes)
    }

    fn within(&self, limits: &Limits) -> Result<(), Refusal> {
        let Self { width, height, frames, .. } = *self;
        if width == 0 || height == 0 {
            return Err(Refusal::unreadable("it has no pixels"));
        }
        if width.max(height) > limits.max_side {
            return Err(Excess::Side { width, height, most: limits.max_side }.into());
        }
        if self.pixels() > limits.max_pixels {
            return Err(Excess::Pixels { width, height, most: limits.max_pixels }.into());
        }
        if frames > limits.max_frames {
            return Err(Excess::Frames { most: limits.max_frames }.into());
        }
        if self.memory_bytes() > limits.max_memory_bytes {
            return Err(Excess::Memory { is: self.memory_bytes(), most: limits.max_memory_bytes }.into());
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;
