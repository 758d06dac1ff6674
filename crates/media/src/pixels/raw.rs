//! Pixels as a decoder made them: in the colours and the position of the file.

use domain::photo::file::{Orientation, Pixels};

use super::{orientation, resize};
use crate::refusal::Refusal;

pub(super) struct Raw {
    pub(super) size: Pixels,
    pub(super) samples: Samples,
    pub(super) pixels: Vec<u8>,
    /// The ICC profile that the file brings; without one it is taken for sRGB.
    pub(super) profile: Option<Vec<u8>>,
    pub(super) orientation: Orientation,
}

/// What a pixel consists of; one byte each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Samples {
    Grey,
    GreyAlpha,
    Rgb,
    Rgba,
    /// How much of each ink: 255 is all of it.
    Cmyk,
}

impl Samples {
    pub(super) fn bytes(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::GreyAlpha => 2,
            Self::Rgb => 3,
            Self::Rgba | Self::Cmyk => 4,
        }
    }
}

impl Raw {
    /// The same no larger than `enough`.
    pub(super) fn reduced(mut self, enough: Pixels) -> Result<Self, Refusal> {
        if enough != self.size {
            let kind = match self.samples {
                Samples::Grey => resize::Kind::One,
                Samples::GreyAlpha => resize::Kind::OneAndAlpha,
                Samples::Rgb => resize::Kind::Three,
                Samples::Rgba => resize::Kind::ThreeAndAlpha,
                Samples::Cmyk => resize::Kind::Four,
            };
            self.pixels = resize::resize(&self.pixels, self.size, kind, resize::Part::All, enough)?;
            self.size = enough;
        }
        Ok(self)
    }

    pub(super) fn turned_upright(mut self) -> Self {
        self.pixels = orientation::turn(self.orientation, self.pixels, self.size, self.samples.bytes());
        self.size = orientation::upright(self.orientation, self.size);
        self
    }
}
