//! Turning pixels upright, by the eight ways to hold a camera that Exif knows.

use domain::photo::file::{Orientation, Pixels};

use crate::size;

/// The size of the upright picture, from that of the stored one; and the other way round.
pub(super) fn upright(orientation: Orientation, stored: Pixels) -> Pixels {
    if orientation.is_turned() { Pixels { width: stored.height, height: stored.width } } else { stored }
}

/// The upright pixels of stored ones, each of so many bytes.
pub(super) fn turn(orientation: Orientation, pixels: Vec<u8>, stored: Pixels, bytes: usize) -> Vec<u8> {
    if orientation == Orientation::UPRIGHT {
        return pixels;
    }
    let (width, height) = (stored.width as usize, stored.height as usize);
    let to = upright(orientation, stored);
    let mut turned = Vec::with_capacity(size::bytes(to, bytes));
    for y in 0..to.height as usize {
        for x in 0..to.width as usize {
            let (column, row) = match orientation.number() {
                2 => (width - 1 - x, y),
                3 => (width - 1 - x, height - 1 - y),
                4 => (x, height - 1 - y),
                5 => (y, x),
                6 => (y, height - 1 - x),
                7 => (width - 1 - y, height - 1 - x),
                8 => (width - 1 - y, x),
                _ => (x, y),
            };
            let at = (row * width + column) * bytes;
            turned.extend_from_slice(&pixels[at..at + bytes]);
        }
    }
    turned
}
