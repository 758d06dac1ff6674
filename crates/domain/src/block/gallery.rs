//! Galleries of photos.

use serde::{Deserialize, Serialize};

use super::photo::PhotoUse;
use crate::violation::{Rule, Violation};

/// Several photos that belong together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawGallery")]
pub struct Gallery {
    photos: Vec<PhotoUse>,
}

impl Gallery {
    /// Fewest photos: one is a photo block.
    pub const MIN: usize = 2;
    /// Most photos: more than readers look through.
    pub const MAX: usize = 50;

    /// Takes over 2 to 50 photos.
    pub fn parse(photos: Vec<PhotoUse>) -> Result<Self, Violation> {
        if photos.len() < Self::MIN {
            return Err(Violation::limited(Rule::TooFew, Self::MIN, "a gallery needs 2 photos"));
        }
        if photos.len() > Self::MAX {
            return Err(Violation::limited(Rule::TooMany, Self::MAX, "at most 50 photos fit"));
        }
        Ok(Self { photos })
    }

    /// The photos in order.
    pub fn photos(&self) -> &[PhotoUse] {
        &self.photos
    }
}

#[derive(Deserialize)]
struct RawGallery {
    photos: Vec<PhotoUse>,
}

impl TryFrom<RawGallery> for Gallery {
    type Error = Violation;

    fn try_from(raw: RawGallery) -> Result<Self, Violation> {
        Self::parse(raw.photos)
    }
}
