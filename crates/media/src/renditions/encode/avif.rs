//! AVIF, by ravif and its rav1e: half as large as WebP, and forty times slower. So a worker makes it, later.

use ravif::{Encoder, Img, RGB8, RGBA8};

use super::avif_xmp::with_xmp;
use crate::pixels::{Channels, Picture};
use crate::refusal::Refusal;

/// To the eye as good as the JPEG and the WebP beside it.
const QUALITY: f32 = 65.0;

/// 1 is small, 10 is fast. Beyond 8 files grow quickly; below 6 a megapixel takes many seconds, since the encoder is built
/// without its assembler, which would ask for another compiler.
const SPEED: u8 = 8;

pub(super) fn encode(picture: &Picture, xmp: Option<&str>) -> Result<Vec<u8>, Refusal> {
    // One thread: how many pictures are made at once is the worker's to say.
    let encoder = Encoder::new().with_quality(QUALITY).with_alpha_quality(QUALITY).with_speed(SPEED);
    let encoder = encoder.with_num_threads(Some(1));
    let (width, height) = (picture.size.width as usize, picture.size.height as usize);
    let made = match picture.channels {
        Channels::Rgb => {
            let pixels: Vec<_> =
                picture.pixels.as_chunks().0.iter().map(|&[r, g, b]| RGB8 { r, g, b }).collect();
            encoder.encode_rgb(Img::new(&pixels, width, height))
        }
        Channels::Rgba => {
            let pixels: Vec<_> =
                picture.pixels.as_chunks().0.iter().map(|&[r, g, b, a]| RGBA8 { r, g, b, a }).collect();
            encoder.encode_rgba(Img::new(&pixels, width, height))
        }
    };
    let plain = made.map_err(Refusal::unreadable)?.avif_file;
    match xmp {
        None => Ok(plain),
        Some(xmp) => with_xmp(&plain, xmp).ok_or_else(|| Refusal::unreadable("ravif made no AVIF")),
    }
}
