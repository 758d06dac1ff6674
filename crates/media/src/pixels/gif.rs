//! The first frame of a GIF, by the crate gif.

use domain::photo::file::{Orientation, Pixels};
use std::num::NonZeroU64;

use ::gif::{ColorOutput, DecodeOptions, Frame, MemoryLimit};

use super::raw::{Raw, Samples};
use crate::limits::Limits;
use crate::refusal::Refusal;
use crate::size;
use crate::sniff::Sniffed;

pub(super) fn decode(file: &[u8], seen: Sniffed, limits: &Limits) -> Result<Raw, Refusal> {
    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::Indexed);
    options.check_frame_consistency(true);
    options.set_memory_limit(
        NonZeroU64::new(limits.max_memory_bytes).map_or(MemoryLimit::Unlimited, MemoryLimit::Bytes),
    );
    let mut decoder = options.read_info(file).map_err(Refusal::unreadable)?;
    if (u32::from(decoder.width()), u32::from(decoder.height())) != (seen.width, seen.height) {
        return Err(Refusal::unreadable("its headers contradict each other"));
    }
    let shared = decoder.global_palette().map(<[u8]>::to_vec);
    let profile = decoder.icc_profile().map(<[u8]>::to_vec);
    let frame = decoder.read_next_frame().map_err(Refusal::unreadable)?;
    let frame = frame.ok_or_else(|| Refusal::unreadable("it has no frame"))?;
    let palette = frame.palette.as_deref().or(shared.as_deref()).unwrap_or_default();
    let size = Pixels { width: seen.width, height: seen.height };
    let fills = (u32::from(frame.width), u32::from(frame.height)) == (size.width, size.height);
    let (samples, pixels) = if fills && frame.transparent.is_none() {
        (Samples::Rgb, opaque(frame, palette))
    } else {
        (Samples::Rgba, on_canvas(frame, palette, size))
    };
    Ok(Raw { size, samples, pixels, profile, orientation: Orientation::UPRIGHT })
}

/// The colour of an index; black where the palette is shorter.
fn colour(palette: &[u8], index: u8) -> [u8; 3] {
    palette.as_chunks().0.get(usize::from(index)).copied().unwrap_or_default()
}

fn opaque(frame: &Frame<'_>, palette: &[u8]) -> Vec<u8> {
    frame.buffer.iter().flat_map(|&index| colour(palette, index)).collect()
}

/// The frame where it lies on its canvas, which may be seen through elsewhere.
fn on_canvas(frame: &Frame<'_>, palette: &[u8], size: Pixels) -> Vec<u8> {
    let mut pixels = vec![0; size::bytes(size, 4)];
    let (left, top) = (usize::from(frame.left), usize::from(frame.top));
    let rows = pixels.chunks_exact_mut(size.width as usize * 4).skip(top);
    for (row, indexes) in rows.zip(frame.buffer.chunks_exact(usize::from(frame.width).max(1))) {
        for (pixel, &index) in row.as_chunks_mut().0.iter_mut().skip(left).zip(indexes) {
            if frame.transparent != Some(index) {
                let [red, green, blue] = colour(palette, index);
                *pixel = [red, green, blue, 255];
            }
        }
    }
    pixels
}
