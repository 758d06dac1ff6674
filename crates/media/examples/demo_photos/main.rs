//! Makes the photos of the demo edition, demo/photos: pictures painted by functions, with metadata written by ExifTool.
//! `make demo-photos`. Their files are committed, so that nobody needs it who does not change them.

#![expect(clippy::expect_used, reason = "what fails here makes no files")]

mod canvas;
mod photos;
mod scenes;

use std::fs;
use std::path::Path;
use std::process::Command;

use self::photos::{PHOTOS, Photo};

/// As many pixels as make each rendition but the widest.
const WIDTH: u16 = 1620;
const HEIGHT: u16 = 1080;

/// Good enough for a demonstration: no file is larger than 200 KB.
const QUALITY: u8 = 72;

fn main() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/photos");
    for Photo { file, scene, told } in PHOTOS {
        let path = dir.join(file);
        fs::write(&path, encode(file, &canvas::paint(*scene, WIDTH, HEIGHT))).expect("a file");
        let written =
            Command::new("exiftool").args(["-q", "-overwrite_original"]).args(*told).arg(&path).status();
        assert!(written.expect("exiftool, of the package libimage-exiftool-perl").success(), "{file}");
        println!("{file}: {} bytes", fs::metadata(&path).expect("the file").len());
    }
}

fn encode(file: &str, pixels: &[u8]) -> Vec<u8> {
    match file.rsplit('.').next() {
        Some("png") => {
            let mut octets = Vec::new();
            let mut encoder = png::Encoder::new(&mut octets, WIDTH.into(), HEIGHT.into());
            encoder.set_color(png::ColorType::Rgb);
            encoder.set_compression(png::Compression::High);
            let mut writer = encoder.write_header().expect("a header");
            writer.write_image_data(pixels).expect("pixels");
            writer.finish().expect("an end");
            octets
        }
        Some("webp") => {
            webp::Encoder::from_rgb(pixels, WIDTH.into(), HEIGHT.into()).encode(QUALITY.into()).to_vec()
        }
        _ => {
            let mut octets = Vec::new();
            let encoder = jpeg_encoder::Encoder::new(&mut octets, QUALITY);
            encoder.encode(pixels, WIDTH, HEIGHT, jpeg_encoder::ColorType::Rgb).expect("pixels");
            octets
        }
    }
}
