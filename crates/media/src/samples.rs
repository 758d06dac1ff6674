//! Files for tests, made here.

use png::{BitDepth, ColorType, chunk::ChunkType};

/// A block of Exif that says only how the camera was held.
pub(crate) fn exif(orientation: u8) -> Vec<u8> {
    let mut block = b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0".to_vec();
    block.extend([orientation, 0, 0, 0, 0, 0, 0]);
    block
}

/// A PNG of these samples.
pub(crate) fn png(width: u32, height: u32, colour: ColorType, depth: BitDepth, samples: &[u8]) -> Vec<u8> {
    png_with(width, height, (colour, depth), samples, &[])
}

/// The same with chunks between its header and its picture.
pub(crate) fn png_with(
    width: u32,
    height: u32,
    (colour, depth): (ColorType, BitDepth),
    samples: &[u8],
    chunks: &[([u8; 4], Vec<u8>)],
) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    let mut writer = encoder.write_header().unwrap();
    for (kind, body) in chunks {
        writer.write_chunk(ChunkType(*kind), body).unwrap();
    }
    writer.write_image_data(samples).unwrap();
    writer.finish().unwrap();
    file
}

/// A JPEG of these samples without loss of colour resolution.
pub(crate) fn jpeg(
    width: u16,
    height: u16,
    colour: jpeg_encoder::ColorType,
    samples: &[u8],
    set: impl FnOnce(&mut jpeg_encoder::Encoder<&mut Vec<u8>>),
) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = jpeg_encoder::Encoder::new(&mut file, 95);
    encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::R_4_4_4);
    set(&mut encoder);
    encoder.encode(samples, width, height, colour).unwrap();
    file
}

/// Red, green and blue of a scene with edges, gradients and grain, the same each time.
pub(crate) fn scene(width: u32, height: u32) -> Vec<u8> {
    let mut noise = 0x9e37_79b9_u32;
    let mut pixels = Vec::with_capacity((width * height * 3) as usize);
    for y in 0..height {
        for x in 0..width {
            noise ^= noise << 13;
            noise ^= noise >> 17;
            noise ^= noise << 5;
            let light = 255 * x / width.max(1) / 2 + 255 * y / height.max(1) / 3 + (noise & 15);
            let tile = if (x / 24 + y / 16) % 3 == 0 { 30 } else { 0 };
            pixels.extend(
                [light, light / 2 + tile, 255 - light].map(|value| u8::try_from(value.min(255)).unwrap()),
            );
        }
    }
    pixels
}
