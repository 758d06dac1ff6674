//! What comes out of files of every kind, whole and broken.

use ::png::{BitDepth, ColorType};
use jpeg_encoder::ColorType as JpegColour;
use moxcms::ColorProfile;

use super::*;
use crate::samples::{exif, jpeg, png, png_with, scene};

fn read(file: &[u8]) -> Picture {
    Picture::read(file, &Limits::DEFAULT).unwrap()
}

fn size(width: u32, height: u32) -> Pixels {
    Pixels { width, height }
}

/// Whether every channel is as near as a lossy file can be.
fn near(is: &[u8], should: &[u8], by: u8) -> bool {
    is.len() == should.len() && is.iter().zip(should).all(|(a, b)| a.abs_diff(*b) <= by)
}

/// The letter F, three wide and five high, which no turn leaves as it was.
const LETTER: [[u8; 3]; 5] = [[1, 1, 1], [1, 0, 0], [1, 1, 0], [1, 0, 0], [1, 0, 0]];

/// The letter as a camera stores it that is held so: by Exif's definition of where its first row and column are seen.
fn stored(orientation: u8) -> (u32, u32, Vec<u8>) {
    let turned = orientation >= 5;
    let (width, height) = if turned { (5, 3) } else { (3, 5) };
    let mut pixels = Vec::new();
    for row in 0..height {
        for column in 0..width {
            let (x, y) = if turned { (row, column) } else { (column, row) };
            let x = if matches!(orientation, 2 | 3 | 6 | 7) { 2 - x } else { x };
            let y = if matches!(orientation, 3 | 4 | 7 | 8) { 4 - y } else { y };
            pixels.push(LETTER[y][x] * 200);
        }
    }
    (width.try_into().unwrap(), height.try_into().unwrap(), pixels)
}

#[test]
fn a_picture_is_upright_however_the_camera_was_held() {
    let upright: Vec<u8> = LETTER.iter().flatten().flat_map(|&on| [on * 200; 3]).collect();
    for orientation in 1..=8 {
        let (width, height, pixels) = stored(orientation);
        let file = png_with(
            width,
            height,
            (ColorType::Grayscale, BitDepth::Eight),
            &pixels,
            &[(*b"eXIf", exif(orientation))],
        );
        let picture = read(&file);
        assert_eq!((picture.full_size(), &picture.pixels), (size(3, 5), &upright), "{orientation}");
        assert_eq!(picture.orientation().number(), orientation);
    }
}

#[test]
fn jpeg_and_webp_are_turned_upright_too() {
    let samples = scene(64, 32);
    let held =
        jpeg(64, 32, JpegColour::Rgb, &samples, |encoder| encoder.add_exif_metadata(&exif(6)).unwrap());
    assert_eq!(read(&held).full_size(), size(32, 64));
    let plain = ::webp::Encoder::from_rgb(&samples, 64, 32).encode(90.0);
    let mut held = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x08\0\0\0\x3f\0\0\x1f\0\0".to_vec();
    held.extend(&plain[12..]);
    held.extend(b"EXIF\x1a\0\0\0");
    held.extend(exif(8));
    let riff = u32::try_from(held.len() - 8).unwrap();
    held[4..8].copy_from_slice(&riff.to_le_bytes());
    assert_eq!(read(&held).full_size(), size(32, 64));
}

#[test]
fn colours_of_a_profile_become_those_of_srgb() {
    let profile = ColorProfile::new_display_p3().encode().unwrap();
    let samples = [200, 100, 80].repeat(16 * 16);
    let wide = jpeg(16, 16, JpegColour::Rgb, &samples, |encoder| encoder.add_icc_profile(&profile).unwrap());
    let plain = jpeg(16, 16, JpegColour::Rgb, &samples, |_| ());
    // By the primaries of Display P3 and sRGB, which share their white and their curve.
    assert!(near(&read(&wide).pixels[..3], &[214, 94, 73], 3), "{:?}", &read(&wide).pixels[..3]);
    assert!(near(&read(&plain).pixels[..3], &[200, 100, 80], 3));
}

#[test]
fn a_profile_that_is_broken_or_for_other_samples_is_left_aside() {
    let samples = [200, 100, 80].repeat(64);
    let grey = ColorProfile::new_gray_with_gamma(1.0).encode().unwrap();
    for profile in [b"no profile at all".to_vec(), grey] {
        let file =
            jpeg(8, 8, JpegColour::Rgb, &samples, |encoder| encoder.add_icc_profile(&profile).unwrap());
        assert!(near(&read(&file).pixels[..3], &[200, 100, 80], 3));
    }
}

#[test]
fn inks_become_light() {
    for (inks, light) in [
        ([255, 0, 0, 0], [0, 255, 255]),
        ([0, 255, 255, 0], [255, 0, 0]),
        ([0, 0, 0, 255], [0, 0, 0]),
        ([0, 0, 0, 0], [255, 255, 255]),
        ([0, 128, 0, 128], [127, 63, 127]),
    ] {
        for colour in [JpegColour::Cmyk, JpegColour::CmykAsYcck] {
            let samples = inks.repeat(64);
            let file = jpeg(8, 8, colour, &samples, |_| ());
            let picture = read(&file);
            assert!(near(&picture.pixels[..3], &light, 4), "{inks:?} {colour:?} {:?}", &picture.pixels[..3]);
        }
    }
}

#[test]
fn png_of_every_kind_comes_as_eight_bits() {
    let grey = read(&png(1, 1, ColorType::Grayscale, BitDepth::Sixteen, &[0x80, 0xff]));
    assert_eq!((grey.has_alpha(), grey.pixels), (false, vec![0x80; 3]));
    let colours = [0xff, 0, 0x40, 0, 0, 0xff, 0x7f, 0xff];
    let sixteen = read(&png(1, 1, ColorType::Rgba, BitDepth::Sixteen, &colours));
    assert_eq!((sixteen.has_alpha(), sixteen.pixels), (true, vec![0xff, 0x40, 0, 0x7f]));
    let veiled = read(&png(1, 1, ColorType::GrayscaleAlpha, BitDepth::Eight, &[9, 8]));
    assert_eq!(veiled.pixels, [9, 9, 9, 8]);
    let one_bit = read(&png(2, 1, ColorType::Grayscale, BitDepth::One, &[0b0100_0000]));
    assert_eq!(one_bit.pixels, [0, 0, 0, 255, 255, 255]);
    let palette = [(*b"PLTE", vec![1, 2, 3, 4, 5, 6]), (*b"tRNS", vec![255, 7])];
    let mut indexed = png_with(2, 1, (ColorType::Grayscale, BitDepth::Eight), &[0, 1], &palette);
    indexed[25] = 3;
    let crc = crc(&indexed[12..29]);
    indexed[29..33].copy_from_slice(&crc.to_be_bytes());
    assert_eq!(read(&indexed).pixels, [1, 2, 3, 255, 4, 5, 6, 7]);
}

/// The check sum of a chunk of PNG.
fn crc(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for &byte in bytes {
        crc ^= u32::from(byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

#[test]
fn the_thinnest_pictures_are_pictures() {
    for (width, height) in [(1, 1), (1, 700), (700, 1), (4000, 1), (1, 4000)] {
        let picture = read(&png(width, height, ColorType::Rgb, BitDepth::Eight, &scene(width, height)));
        assert_eq!(picture.full_size(), size(width, height));
    }
}

#[test]
fn a_large_picture_comes_as_large_as_its_renditions_need() {
    let file = jpeg(3000, 2000, JpegColour::Rgb, &[90, 120, 60].repeat(3000 * 2000), |_| ());
    let picture = read(&file);
    assert_eq!((picture.full_size(), picture.size()), (size(3000, 2000), size(2048, 1365)));
    assert_eq!(picture.pixels.len(), 2048 * 1365 * 3);
}

#[test]
fn of_a_moving_picture_the_first_frame_is_the_photo() {
    let palette = [255, 0, 0, 0, 255, 0];
    let mut file = Vec::new();
    let mut encoder = ::gif::Encoder::new(&mut file, 4, 2, &palette).unwrap();
    for (index, left) in [(0, 2), (1, 0)] {
        let frame =
            ::gif::Frame { left, width: 2, height: 2, buffer: vec![index; 4].into(), ..Default::default() };
        encoder.write_frame(&frame).unwrap();
    }
    drop(encoder);
    let picture = read(&file);
    let row = [[0, 0, 0, 0], [0, 0, 0, 0], [255, 0, 0, 255], [255, 0, 0, 255]].concat();
    assert_eq!((picture.full_size(), picture.pixels), (size(4, 2), row.repeat(2)));

    let (red, green) = ([250, 10, 10, 255].repeat(32 * 32), [10, 250, 10, 255].repeat(32 * 32));
    let config = ::webp::WebPConfig::new().unwrap();
    let mut encoder = ::webp::AnimEncoder::new(32, 32, &config);
    for (number, pixels) in [&red, &green].into_iter().enumerate() {
        let at = i32::try_from(number).unwrap() * 100;
        encoder.add_frame(::webp::AnimFrame::from_rgba(pixels, 32, 32, at));
    }
    let picture = read(&encoder.encode());
    assert!(near(&picture.pixels[..3], &[250, 10, 10], 12), "{:?}", &picture.pixels[..3]);
}

#[test]
fn a_file_that_is_cut_short_is_refused_and_never_half_shown() {
    let samples = scene(200, 150);
    let files = [
        ("png", png(200, 150, ColorType::Rgb, BitDepth::Eight, &samples)),
        ("jpeg", jpeg(200, 150, JpegColour::Rgb, &samples, |_| ())),
        ("progressive", jpeg(200, 150, JpegColour::Rgb, &samples, |encoder| encoder.set_progressive(true))),
        ("webp", ::webp::Encoder::from_rgb(&samples, 200, 150).encode(80.0).to_vec()),
        ("lossless", ::webp::Encoder::from_rgb(&samples, 200, 150).encode_lossless().to_vec()),
        ("gif", gif_of_noise()),
    ];
    for (name, file) in files {
        read(&file);
        for percent in [0, 1, 5, 20, 50, 80, 95, 99] {
            let cut = &file[..file.len() * percent / 100];
            assert!(Picture::read(cut, &Limits::DEFAULT).is_err(), "{name} {percent} %");
        }
    }
}

fn gif_of_noise() -> Vec<u8> {
    let mut file = Vec::new();
    let palette: Vec<u8> = (0..=255).flat_map(|grey| [grey; 3]).collect();
    let mut encoder = ::gif::Encoder::new(&mut file, 100, 100, &palette).unwrap();
    let buffer: Vec<u8> = scene(100, 100).chunks_exact(3).map(|pixel| pixel[0]).collect();
    encoder
        .write_frame(&::gif::Frame { width: 100, height: 100, buffer: buffer.into(), ..Default::default() })
        .unwrap();
    drop(encoder);
    file
}

#[test]
fn a_file_with_a_damaged_middle_is_refused_or_read_and_never_fatal() {
    let samples = scene(96, 64);
    let files = [
        png(96, 64, ColorType::Rgb, BitDepth::Eight, &samples),
        jpeg(96, 64, JpegColour::Rgb, &samples, |_| ()),
        jpeg(96, 64, JpegColour::Rgb, &samples, |encoder| encoder.set_progressive(true)),
        ::webp::Encoder::from_rgb(&samples, 96, 64).encode(80.0).to_vec(),
        ::webp::Encoder::from_rgb(&samples, 96, 64).encode_lossless().to_vec(),
        gif_of_noise(),
    ];
    let small = Limits { max_pixels: 100_000, max_memory_bytes: 10_000_000, ..Limits::DEFAULT };
    let mut noise = 1_u32;
    for file in files {
        for _ in 0..200 {
            let mut file = file.clone();
            for _ in 0..3 {
                noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let at = noise as usize % file.len();
                file[at] = noise.to_be_bytes()[1];
            }
            drop(Picture::read(&file, &small));
        }
    }
}
