//! Arithmetic of sizes.

use domain::photo::file::Pixels;

/// How many pixels that are.
pub(crate) fn area(size: Pixels) -> u64 {
    u64::from(size.width) * u64::from(size.height)
}

/// Bytes of a picture of that size, with so many for each pixel.
pub(crate) fn bytes(size: Pixels, each: usize) -> usize {
    usize::try_from(area(size)).unwrap_or(usize::MAX).saturating_mul(each)
}

/// The same shape, so wide.
pub(crate) fn at_width(size: Pixels, width: u32) -> Pixels {
    let (full, half) = (u64::from(size.width), u64::from(size.width) / 2);
    let height = (u64::from(size.height) * u64::from(width) + half) / full.max(1);
    Pixels { width, height: u32::try_from(height.max(1)).unwrap_or(u32::MAX) }
}
