//! A photo as a camera of 24 megapixels makes it, drawn here: sky, hills, a wall of windows, leaves and grain. Its detail
//! is what makes decoders and encoders work; a plain gradient would flatter them.

use std::io;
use std::path::Path;

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

/// Its width.
pub(super) const WIDTH: u16 = 6000;
/// Its height.
pub(super) const HEIGHT: u16 = 4000;

/// What cameras call fine.
const QUALITY: u8 = 93;

/// Draws it and writes it as JPEG; answers its octets.
pub(super) fn write(file: &Path) -> io::Result<u64> {
    let pixels = drawn();
    let mut encoder = Encoder::new_file(file, QUALITY).map_err(io::Error::other)?;
    encoder.set_sampling_factor(SamplingFactor::R_4_2_2);
    encoder.encode(&pixels, WIDTH, HEIGHT, ColorType::Rgb).map_err(io::Error::other)?;
    Ok(std::fs::metadata(file)?.len())
}

fn drawn() -> Vec<u8> {
    let (width, height) = (u32::from(WIDTH), u32::from(HEIGHT));
    let mut pixels = Vec::with_capacity(width as usize * height as usize * 3);
    for y in 0..height {
        for x in 0..width {
            let ridge = height / 2 - smooth(x, 0, 700) * 3;
            let light = if y < ridge {
                sky(x, y)
            } else if x < width / 3 {
                wall(x, y)
            } else {
                leaves(x, y)
            };
            let grain = i32::try_from(hash(x, y, 7) % 15).unwrap_or(0) - 7;
            pixels.extend(light.map(|value| u8::try_from((value + grain).clamp(0, 255)).unwrap_or(0)));
        }
    }
    pixels
}

fn sky(x: u32, y: u32) -> [i32; 3] {
    let cloud = signed(smooth(x, y * 2, 400) + smooth(x, y * 2, 90) / 2) / 3;
    [120 + cloud, 150 + cloud, 215 + cloud / 3]
}

fn wall(x: u32, y: u32) -> [i32; 3] {
    let window = x % 160 > 40 && y % 220 > 60;
    let texture = signed(smooth(x, y, 3)) / 12;
    if window {
        [40 + texture, 52 + texture, 66 + texture]
    } else {
        [176 + texture, 150 + texture, 128 + texture]
    }
}

fn leaves(x: u32, y: u32) -> [i32; 3] {
    let leaf = signed(smooth(x, y, 24) + smooth(x, y, 6) + smooth(x, y, 2) / 2) / 3;
    [30 + leaf / 2, 50 + leaf * 3 / 4, 20 + leaf / 3]
}

fn signed(value: u32) -> i32 {
    i32::try_from(value).unwrap_or(i32::MAX)
}

/// Noise from 0 to 255 that changes over so many pixels.
fn smooth(x: u32, y: u32, step: u32) -> u32 {
    let (column, row, right, down) = (x / step, y / step, x % step, y % step);
    let corner = |across, along| hash(column + across, row + along, step) % 256;
    let above = corner(0, 0) * (step - right) + corner(1, 0) * right;
    let below = corner(0, 1) * (step - right) + corner(1, 1) * right;
    (above * (step - down) + below * down) / (step * step)
}

/// A number that looks like chance, the same each time.
fn hash(x: u32, y: u32, salt: u32) -> u32 {
    let mut value =
        x.wrapping_mul(0x9e37_79b1) ^ y.wrapping_mul(0x85eb_ca77) ^ salt.wrapping_mul(0xc2b2_ae3d);
    value ^= value >> 15;
    value = value.wrapping_mul(0x2c1b_3c6d);
    value ^ value >> 12
}
