//! What is shown before a picture has come: a blur of some twenty bytes, and one colour.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use domain::photo::file::{Color, Pixels, ThumbHash};

use crate::pixels::resize::{Kind, Part, resize};
use crate::pixels::{Channels, Picture};
use crate::refusal::Refusal;

/// Longest side of the picture that the blur is made of; the format allows 100.
const BLUR_SIDE: u32 = 100;

/// Side of the square in which colours are counted.
const COLOUR_SIDE: u32 = 32;

/// The blur, as `ThumbHash`, and the colour that most of the picture has.
pub fn placeholder(picture: &Picture) -> Result<(ThumbHash, Color), Refusal> {
    let longest = picture.size.width.max(picture.size.height).max(1);
    let scaled = |side: u32| {
        let side = u64::from(side) * u64::from(BLUR_SIDE.min(longest)) / u64::from(longest);
        u32::try_from(side.max(1)).unwrap_or(BLUR_SIDE)
    };
    let blur = Pixels { width: scaled(picture.size.width), height: scaled(picture.size.height) };
    let hash =
        thumbhash::rgba_to_thumb_hash(blur.width as usize, blur.height as usize, &rgba(picture, blur)?);
    let hash = ThumbHash::parse(&STANDARD.encode(hash)).map_err(|_| Refusal::unreadable("it has no blur"))?;
    let square = Pixels { width: COLOUR_SIDE, height: COLOUR_SIDE };
    Ok((hash, Color::new(dominant(&rgba(picture, square)?))))
}

fn rgba(picture: &Picture, to: Pixels) -> Result<Vec<u8>, Refusal> {
    match picture.channels {
        Channels::Rgba => resize(&picture.pixels, picture.size, Kind::ThreeAndAlpha, Part::All, to),
        Channels::Rgb => {
            let small = resize(&picture.pixels, picture.size, Kind::Three, Part::All, to)?;
            Ok(small.as_chunks().0.iter().flat_map(|&[r, g, b]| [r, g, b, 255]).collect())
        }
    }
}

/// The mean of the commonest colours: each channel in four steps makes 64 kinds, and the kind with the most pixels wins,
/// the darker one of two. What can be seen through does not count; nothing left is white, as the page behind it.
fn dominant(pixels: &[u8]) -> [u8; 3] {
    let mut kinds = [(0_u32, [0_u32; 3]); 64];
    for &[red, green, blue, alpha] in pixels.as_chunks().0 {
        if alpha >= 128 {
            let kind = usize::from(red >> 6) << 4 | usize::from(green >> 6) << 2 | usize::from(blue >> 6);
            let (count, sums) = &mut kinds[kind];
            *count += 1;
            for (sum, value) in sums.iter_mut().zip([red, green, blue]) {
                *sum += u32::from(value);
            }
        }
    }
    let (count, sums) = kinds.into_iter().rev().max_by_key(|(count, _)| *count).unwrap_or_default();
    match count {
        0 => [255; 3],
        count => sums.map(|sum| u8::try_from(sum / count).unwrap_or(u8::MAX)),
    }
}
