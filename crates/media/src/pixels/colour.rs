//! From the colours of a file to sRGB, by its ICC profile.
//!
//! A profile that is broken, over-long, or made for other samples than the file has is left aside, and the file taken for
//! sRGB: showing a photo a little pale is better than refusing it. Inks without a profile are mixed by the plain formula.

use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::Channels;
use super::raw::{Raw, Samples};
use crate::size;

/// Longest profile that is looked at. Those of presses have up to 3 MB.
const MAX_PROFILE_BYTES: usize = 4 * 1024 * 1024;

pub(super) fn to_srgb(raw: Raw) -> (Channels, Vec<u8>) {
    let channels = match raw.samples {
        Samples::Grey | Samples::Rgb | Samples::Cmyk => Channels::Rgb,
        Samples::GreyAlpha | Samples::Rgba => Channels::Rgba,
    };
    let pixels = match profile(&raw).and_then(|profile| by_profile(&raw, channels, &profile)) {
        Some(pixels) => pixels,
        None => plainly(raw),
    };
    (channels, pixels)
}

/// The file's profile, if it is one for samples as it has.
fn profile(raw: &Raw) -> Option<ColorProfile> {
    let bytes = raw.profile.as_deref().filter(|bytes| bytes.len() <= MAX_PROFILE_BYTES)?;
    let profile = ColorProfile::new_from_slice(bytes).ok()?;
    let fits = match raw.samples {
        Samples::Grey | Samples::GreyAlpha => DataColorSpace::Gray,
        Samples::Rgb | Samples::Rgba => DataColorSpace::Rgb,
        Samples::Cmyk => DataColorSpace::Cmyk,
    };
    (profile.color_space == fits).then_some(profile)
}

fn by_profile(raw: &Raw, channels: Channels, profile: &ColorProfile) -> Option<Vec<u8>> {
    let from = match raw.samples {
        Samples::Grey => Layout::Gray,
        Samples::GreyAlpha => Layout::GrayAlpha,
        Samples::Rgb => Layout::Rgb,
        Samples::Rgba | Samples::Cmyk => Layout::Rgba,
    };
    let to = match channels {
        Channels::Rgb => Layout::Rgb,
        Channels::Rgba => Layout::Rgba,
    };
    let srgb = ColorProfile::new_srgb();
    let transform = profile.create_transform_8bit(from, &srgb, to, TransformOptions::default()).ok()?;
    let mut pixels = vec![0; size::bytes(raw.size, channels.bytes())];
    transform.transform(&raw.pixels, &mut pixels).ok()?;
    Some(pixels)
}

fn plainly(raw: Raw) -> Vec<u8> {
    let pixels = raw.pixels;
    match raw.samples {
        Samples::Rgb | Samples::Rgba => pixels,
        Samples::Grey => pixels.into_iter().flat_map(|grey| [grey; 3]).collect(),
        Samples::GreyAlpha => {
            pixels.as_chunks().0.iter().flat_map(|&[grey, alpha]| [grey, grey, grey, alpha]).collect()
        }
        Samples::Cmyk => {
            pixels.as_chunks().0.iter().flat_map(|&[c, m, y, k]| [c, m, y].map(|ink| left(ink, k))).collect()
        }
    }
}

/// The light that paper gives back under two inks.
fn left(ink: u8, black: u8) -> u8 {
    let light = u32::from(255 - ink) * u32::from(255 - black);
    // At most 255 × 255, rounded.
    u8::try_from((light + 127) / 255).unwrap_or(u8::MAX)
}
