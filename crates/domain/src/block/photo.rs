//! The use of a photo: what an article says of it instead of what the photo says of itself. Photos themselves are not here.

mod reading;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa::openapi::schema::{Object, ObjectBuilder, Type};

pub(super) use self::reading::photo_use;
use crate::bounded::bounded;
use crate::codes::codes;
use crate::id::PhotoId;
use crate::schema::{self, described};
use crate::violation::{Rule, Violation};

/// A photo as a block.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PhotoBlock {
    /// Which, and how it is used.
    #[serde(flatten)]
    pub photo: PhotoUse,
    /// How much room it takes.
    pub size: PhotoSize,
}

described!(PhotoBlock: photo_block(), with PhotoUse, PhotoSize);

/// The members of a photo use, and the size.
fn photo_block() -> Object {
    let mut block = schema::object::<PhotoUse>();
    block.properties.insert("size".to_owned(), schema::reference::<PhotoSize>());
    block.required.push("size".to_owned());
    block
}

codes! {
    /// How much room a photo takes beside the text.
    pub enum PhotoSize {
        /// Part of the width of the text.
        Small = "small",
        /// The width of the text.
        Standard = "standard",
        /// Wider than the text.
        Wide = "wide",
        /// The width of the page.
        Full = "full",
    }
}

/// A photo in an article. What is left out comes from the photo.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PhotoUse {
    /// Which.
    pub photo: PhotoId,
    /// What it shows, in this article.
    pub caption: Option<PhotoCaption>,
    /// What it shows, for those who cannot see it.
    pub alt: Option<AltText>,
    /// The credit line, in this article.
    pub credit_display: Option<CreditDisplay>,
    /// What must stay visible however it is cut.
    pub focal_point: Option<FocalPoint>,
    /// The part that is shown.
    pub crop: Option<Crop>,
    /// Whether it tells nothing that the text does not, so that it needs no alternative text.
    #[serde(default)]
    #[schema(examples(false))]
    pub decorative: bool,
}

impl PhotoUse {
    /// A use that says nothing of its own.
    pub const fn of(photo: PhotoId) -> Self {
        Self {
            photo,
            caption: None,
            alt: None,
            credit_display: None,
            focal_point: None,
            crop: None,
            decorative: false,
        }
    }
}

bounded! {
    /// What a photo shows.
    PhotoCaption: lines up to 2000, "the caption of IPTC, IIM 2:120",
        like "The sea gates of Varn at high tide on Friday.";
    /// What a photo shows, for those who cannot see it.
    AltText: one_line up to 250, "the alt text of the IPTC Photo Metadata Standard",
        like "Waves break against closed steel gates";
    /// A credit line.
    CreditDisplay: one_line up to 250, "a chain of creator, agency and libraries on one line",
        like "Photo by Ivo Grane/Nordwire";
}

/// A share of the width or height of a photo, in ten-thousandths: finer than a pixel of any screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "f64", into = "f64")]
pub struct Share(u16);

impl Share {
    /// Nothing of it.
    pub const NONE: Self = Self(0);
    /// All of it.
    pub const WHOLE: Self = Self(10_000);

    /// Parses a number from 0 to 1, rounded to four decimals.
    pub fn parse(raw: f64) -> Result<Self, Violation> {
        if !(0.0..=1.0).contains(&raw) {
            return Err(Violation::new(Rule::OutOfRange, "must be a number from 0 to 1"));
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "0 to 10,000 by the check above"
        )]
        let ten_thousandths = (raw * f64::from(Self::WHOLE.0)).round() as u16;
        Ok(Self(ten_thousandths))
    }

    /// It as a number from 0 to 1.
    pub fn number(self) -> f64 {
        f64::from(self.0) / f64::from(Self::WHOLE.0)
    }
}

described!(Share: ObjectBuilder::new()
    .schema_type(Type::Number)
    .description(Some("A share of the width or height of a photo, with up to four decimals."))
    .minimum(Some(Self::NONE.number()))
    .maximum(Some(Self::WHOLE.number()))
    .examples([0.5]));

impl TryFrom<f64> for Share {
    type Error = Violation;

    fn try_from(raw: f64) -> Result<Self, Violation> {
        Self::parse(raw)
    }
}

impl From<Share> for f64 {
    fn from(share: Share) -> Self {
        share.number()
    }
}

/// A point of a photo, from its top left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct FocalPoint {
    /// From the left.
    pub x: Share,
    /// From the top.
    pub y: Share,
}

/// A part of a photo: not empty, and within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "RawCrop", into = "RawCrop")]
pub struct Crop {
    at: FocalPoint,
    width: Share,
    height: Share,
}

impl Crop {
    /// The part of `width` and `height` whose top left is `at`.
    pub fn parse(at: FocalPoint, width: Share, height: Share) -> Result<Self, Violation> {
        let within =
            |start: Share, length: Share| length > Share::NONE && start.0 + length.0 <= Share::WHOLE.0;
        if !within(at.x, width) || !within(at.y, height) {
            return Err(Violation::new(Rule::OutOfRange, "must be a part of the photo"));
        }
        Ok(Self { at, width, height })
    }

    /// Its top left.
    pub const fn at(&self) -> FocalPoint {
        self.at
    }

    /// Its width.
    pub const fn width(&self) -> Share {
        self.width
    }

    /// Its height.
    pub const fn height(&self) -> Share {
        self.height
    }
}

described!(Crop: schema::object::<RawCrop>(), with Share);

/// A part of a photo, from its top left: not empty, and within it.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RawCrop {
    x: Share,
    y: Share,
    width: Share,
    height: Share,
}

impl TryFrom<RawCrop> for Crop {
    type Error = Violation;

    fn try_from(RawCrop { x, y, width, height }: RawCrop) -> Result<Self, Violation> {
        Self::parse(FocalPoint { x, y }, width, height)
    }
}

impl From<Crop> for RawCrop {
    fn from(Crop { at: FocalPoint { x, y }, width, height }: Crop) -> Self {
        Self { x, y, width, height }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    // abuse: IN-08
    #[test]
    fn numbers_that_are_no_share_are_refused() {
        for raw in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -0.0001, 1.0001] {
            assert_eq!(Share::parse(raw).unwrap_err().rule, Rule::OutOfRange, "{raw}");
        }
        assert_eq!(Share::parse(-0.0), Ok(Share::NONE));
    }

    #[test]
    fn a_crop_may_not_leave_the_photo() {
        let share = |raw| Share::parse(raw).unwrap();
        let at = FocalPoint { x: share(0.5), y: share(0.5) };
        assert!(Crop::parse(at, share(0.5), share(0.5)).is_ok());
        assert!(Crop::parse(at, share(0.6), share(0.5)).is_err());
        assert!(Crop::parse(at, share(0.5), Share::NONE).is_err());
    }
}
