//! WebP, by Google's libwebp: no encoder in Rust under a licence that everybody can use makes lossy WebP yet.
//!
//! libwebp makes the picture; XMP is put beside it here, since that is only chunks.

use domain::photo::file::Pixels;
use webp::{Encoder, WebPConfig};

use crate::pixels::{Channels, Picture};
use crate::refusal::Refusal;

/// To the eye as good as the JPEG beside it, at about three quarters of the bytes.
const QUALITY: f32 = 80.0;

/// 0 is fast, 6 is small; 4 is what libwebp does by itself.
const METHOD: i32 = 4;

/// Flags of the extended header (RFC 9649, 2.7).
const HAS_XMP: u8 = 0x04;

pub(super) fn encode(picture: &Picture, xmp: Option<&str>) -> Result<Vec<u8>, Refusal> {
    let mut config =
        WebPConfig::new().map_err(|()| Refusal::unreadable("libwebp does not fit its headers"))?;
    config.quality = QUALITY;
    config.method = METHOD;
    let Pixels { width, height } = picture.size;
    let encoder = match picture.channels {
        Channels::Rgb => Encoder::from_rgb(&picture.pixels, width, height),
        Channels::Rgba => Encoder::from_rgba(&picture.pixels, width, height),
    };
    let plain =
        encoder.encode_advanced(&config).map_err(|error| Refusal::unreadable(format!("{error:?}")))?;
    match xmp {
        None => Ok(plain.to_vec()),
        Some(xmp) => {
            with_xmp(&plain, picture.size, xmp).ok_or_else(|| Refusal::unreadable("libwebp made no WebP"))
        }
    }
}

/// The same picture in the extended form, with XMP as the last chunk.
fn with_xmp(plain: &[u8], size: Pixels, xmp: &str) -> Option<Vec<u8>> {
    let chunks = plain.get(12..)?;
    let (flags, chunks) = match chunks.first_chunk::<4>()? {
        b"VP8X" => (*chunks.get(8)?, chunks.get(18..)?),
        _ => (0, chunks),
    };
    let mut body = b"WEBPVP8X\x0a\0\0\0".to_vec();
    body.extend([flags | HAS_XMP, 0, 0, 0]);
    for side in [size.width, size.height] {
        body.extend(&(side - 1).to_le_bytes()[..3]);
    }
    body.extend(chunks);
    body.extend(b"XMP ");
    body.extend(u32::try_from(xmp.len()).ok()?.to_le_bytes());
    body.extend(xmp.as_bytes());
    body.extend((xmp.len() % 2 == 1).then_some(0));
    let mut file = b"RIFF".to_vec();
    file.extend(u32::try_from(body.len()).ok()?.to_le_bytes());
    file.append(&mut body);
    Some(file)
}
