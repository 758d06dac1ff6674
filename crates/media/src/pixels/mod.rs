//! From a file to upright pixels in sRGB, no larger than the renditions need.
//!
//! In this order: the header is held against the limits, the format's decoder makes its pixels, these are made as small as
//! the largest rendition needs, turned upright, and brought to sRGB. Making them smaller comes second because all that
//! follows then costs a tenth.
//!
//! **Memory.** At the peak a picture takes what [`Sniffed::memory_bytes`] tells, mostly 3 bytes a pixel (a progressive JPEG
//! 9), and about 12 bytes for each pixel of the largest rendition. How many are decoded at once is the caller's to bound.
//!
//! **Files that are cut short or damaged are refused**, even where a half picture could be shown: a desk that sends half
//! a picture wants to hear of it before its readers do. (A JPEG that itself says early that it ends is taken for whole: its
//! decoder does not tell.)

mod colour;
mod exif;
mod gif;
mod jpeg;
mod orientation;
mod png;
mod raw;
pub(crate) mod resize;
mod webp;

use std::panic::{AssertUnwindSafe, catch_unwind};

use domain::photo::file::{Orientation, Pixels};
use domain::photo::variant::Format;

use crate::limits::Limits;
use crate::refusal::{Foreign, Refusal};
use crate::renditions::sizes;
use crate::sniff::{self, Sniffed};
use orientation::upright;
use resize::Part;

/// An upright picture in sRGB, 8 bits a channel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The size of these pixels.
    pub(crate) size: Pixels,
    /// The size of the upright picture in its file, which may be larger.
    full: Pixels,
    /// How the file asks to be turned, which has been done.
    orientation: Orientation,
    pub(crate) channels: Channels,
    pub(crate) pixels: Vec<u8>,
}

/// What a pixel of a [`Picture`] consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Channels {
    /// Red, green, blue.
    Rgb,
    /// The same with how opaque it is, not multiplied into the colours.
    Rgba,
}

impl Channels {
    /// How such pixels are made fewer.
    pub(crate) fn kind(self) -> resize::Kind {
        match self {
            Self::Rgb => resize::Kind::Three,
            Self::Rgba => resize::Kind::ThreeAndAlpha,
        }
    }

    pub(crate) fn bytes(self) -> usize {
        match self {
            Self::Rgb => 3,
            Self::Rgba => 4,
        }
    }
}

impl Picture {
    /// The picture in the file: the first frame of several.
    pub fn read(file: &[u8], limits: &Limits) -> Result<Self, Refusal> {
        let seen = sniff::look(file, limits)?;
        // A decoder that panics over a file has refused it. Nothing of it is used afterwards.
        catch_unwind(AssertUnwindSafe(|| Self::decode(file, seen, limits)))
            .unwrap_or_else(|_| Err(Refusal::unreadable("its decoder gave up")))
    }

    fn decode(file: &[u8], seen: Sniffed, limits: &Limits) -> Result<Self, Refusal> {
        let raw = match seen.format {
            Format::Jpeg => jpeg::decode(file, seen)?,
            Format::Png => png::decode(file, seen)?,
            Format::Webp => webp::decode(file, seen, limits)?,
            Format::Gif => gif::decode(file, seen, limits)?,
            Format::Avif => return Err(Refusal::Unsupported(Foreign::Avif)),
        };
        let orientation = raw.orientation;
        let full = upright(orientation, raw.size);
        let raw = raw.reduced(upright(orientation, sizes::enough(full)))?.turned_upright();
        let size = raw.size;
        let (channels, pixels) = colour::to_srgb(raw);
        Ok(Self { size, full, orientation, channels, pixels })
    }

    /// The size of the upright picture in its file.
    pub fn full_size(&self) -> Pixels {
        self.full
    }

    /// How the file asked to be turned. The pixels here are upright already.
    pub fn orientation(&self) -> Orientation {
        self.orientation
    }

    /// The size of the pixels here.
    pub(crate) fn size(&self) -> Pixels {
        self.size
    }

    /// A part of it, so large.
    pub(crate) fn part(&self, part: Part, to: Pixels) -> Result<Self, Refusal> {
        if matches!(part, Part::All) && to == self.size {
            return Ok(self.clone());
        }
        let pixels = resize::resize(&self.pixels, self.size, self.channels.kind(), part, to)?;
        Ok(Self { size: to, full: to, orientation: self.orientation, channels: self.channels, pixels })
    }

    /// Whether any of it may be seen through.
    pub fn has_alpha(&self) -> bool {
        self.channels == Channels::Rgba
    }
}

#[cfg(test)]
mod tests;
