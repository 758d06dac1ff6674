//! Fewer pixels from more, by Lanczos with three lobes.
//!
//! It works on the stored values, as browsers, cameras and the common tools do, and not on linear light: that is what
//! picture desks see in their other tools, and takes half the memory. Colours that can be seen through are weighed by how
//! opaque they are, so that what is hidden does not shine through at edges.

use domain::photo::file::Pixels;
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{FilterType, PixelType, ResizeAlg, ResizeOptions, Resizer};

use crate::refusal::Refusal;

/// The bytes of a pixel, and whether the last of them is how opaque it is.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    One,
    OneAndAlpha,
    Three,
    ThreeAndAlpha,
    Four,
}

/// What of the source is looked at.
#[derive(Clone, Copy)]
pub(crate) enum Part {
    All,
    /// A rectangle in it, from the top left; its edges may fall between pixels.
    Box {
        left: f64,
        top: f64,
        width: f64,
        height: f64,
    },
}

pub(crate) fn resize(
    pixels: &[u8],
    from: Pixels,
    kind: Kind,
    part: Part,
    to: Pixels,
) -> Result<Vec<u8>, Refusal> {
    let pixel = match kind {
        Kind::One => PixelType::U8,
        Kind::OneAndAlpha => PixelType::U8x2,
        Kind::Three => PixelType::U8x3,
        Kind::ThreeAndAlpha | Kind::Four => PixelType::U8x4,
    };
    let alpha = matches!(kind, Kind::OneAndAlpha | Kind::ThreeAndAlpha);
    let options =
        ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3)).use_alpha(alpha);
    let options = match part {
        Part::All => options,
        Part::Box { left, top, width, height } => options.crop(left, top, width, height),
    };
    let source = ImageRef::new(from.width, from.height, pixels, pixel).map_err(Refusal::unreadable)?;
    let mut target = Image::new(to.width, to.height, pixel);
    Resizer::new().resize(&source, &mut target, &options).map_err(Refusal::unreadable)?;
    Ok(target.into_vec())
}
