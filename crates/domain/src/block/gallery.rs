//! Galleries of photos.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::schema::Array;

use super::photo::PhotoUse;
use crate::schema::{self, described};
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

described!(Gallery: schema::object::<RawGallery>(), with PhotoUse);

/// Several photos that belong together.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RawGallery {
    #[schema(schema_with = photos)]
    photos: Vec<PhotoUse>,
}

fn photos() -> Array {
    schema::list::<PhotoUse>("The photos in order.", Gallery::MAX).min_items(Some(Gallery::MIN)).build()
}

impl TryFrom<RawGallery> for Gallery {
    type Error = Violation;

    fn try_from(raw: RawGallery) -> Result<Self, Violation> {
        Self::parse(raw.photos)
    }
}
