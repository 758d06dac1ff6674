//! Files of a few bytes, as hostile ones are.

use super::*;
use crate::refusal::Foreign;

fn unsupported(file: &[u8]) -> Foreign {
    match look(file, &Limits::DEFAULT) {
        Err(Refusal::Unsupported(foreign)) => foreign,
        other => panic!("{other:?}"),
    }
}

fn too_large(file: &[u8]) -> Excess {
    match look(file, &Limits::DEFAULT) {
        Err(Refusal::TooLarge(excess)) => excess,
        other => panic!("{other:?}"),
    }
}

fn png(width: u32, height: u32, colour: u8) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    file.extend(width.to_be_bytes());
    file.extend(height.to_be_bytes());
    file.extend([8, colour, 0, 0, 0, 0, 0, 0, 0]);
    file.extend(b"\0\0\0\0IDAT\0\0\0\0");
    file
}

fn jpeg(width: u16, height: u16, marker: u8) -> Vec<u8> {
    let mut file = vec![0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, marker, 0, 17, 8];
    file.extend(height.to_be_bytes());
    file.extend(width.to_be_bytes());
    file.extend([3, 1, 0x22, 0, 2, 0x11, 1, 3, 0x11, 1]);
    file.extend([0xff, 0xda, 0, 12, 3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0]);
    file
}

fn webp_extended(width: u32, height: u32, frames: u32) -> Vec<u8> {
    let mut file = b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0".to_vec();
    file.extend(&(width - 1).to_le_bytes()[..3]);
    file.extend(&(height - 1).to_le_bytes()[..3]);
    for _ in 0..frames {
        file.extend(b"ANMF\0\0\0\0");
    }
    file
}

fn gif(width: u16, height: u16, frames: u32) -> Vec<u8> {
    let mut file = b"GIF89a".to_vec();
    file.extend(width.to_le_bytes());
    file.extend(height.to_le_bytes());
    file.extend([0x80, 0, 0, 0, 0, 0, 255, 255, 255]);
    for _ in 0..frames {
        file.extend([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x4c, 1, 0]);
    }
    file.push(0x3b);
    file
}

// abuse: MED-01
#[test]
fn what_is_no_picture_is_named_by_its_content() {
    assert_eq!(unsupported(b"<?xml version='1.0'?>\n<svg onload='x'>"), Foreign::Svg);
    assert_eq!(unsupported(b"\xef\xbb\xbf <SVG>"), Foreign::Svg);
    assert_eq!(unsupported(b"<!doctype html><script>"), Foreign::Markup);
    assert_eq!(unsupported(b"<?xml version='1.0'?><a/>"), Foreign::Markup);
    assert_eq!(unsupported(b"\x1f\x8b\x08svgz"), Foreign::Archive);
    assert_eq!(unsupported(b"%PDF-1.7"), Foreign::Pdf);
    assert_eq!(unsupported(b"GIF89a=1;alert(document.domain)//"), Foreign::Unknown);
    assert_eq!(unsupported(b"II*\0\x08\0\0\0"), Foreign::Tiff);
    assert_eq!(unsupported(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), Foreign::Heic);
    assert_eq!(unsupported(b"\0\0\0\x18ftypisom\0\0\0\0isomiso2"), Foreign::Video);
    assert_eq!(unsupported(b""), Foreign::Empty);
    assert_eq!(unsupported(b"\xff\xd8"), Foreign::Unknown);
}

#[test]
fn a_header_tells_format_and_size() {
    let told = |file: &[u8]| {
        look(file, &Limits::DEFAULT).map(|seen| (seen.format, seen.width, seen.height, seen.frames))
    };
    assert_eq!(told(&png(64, 48, 6)), Ok((Format::Png, 64, 48, 1)));
    assert_eq!(told(&jpeg(60, 40, 0xc2)), Ok((Format::Jpeg, 60, 40, 1)));
    assert_eq!(told(&webp_extended(300, 200, 7)), Ok((Format::Webp, 300, 200, 7)));
    assert_eq!(told(&gif(10, 20, 2)), Ok((Format::Gif, 10, 20, 2)));
}

// abuse: MED-03
#[test]
fn a_picture_that_declares_too_many_pixels_is_refused_by_its_header() {
    assert!(matches!(too_large(&png(100_000, 100_000, 2)), Excess::Side { .. }));
    assert!(matches!(too_large(&png(1, 1 << 31, 2)), Excess::Side { .. }));
    assert!(matches!(too_large(&png(16_384, 16_384, 6)), Excess::Pixels { .. }));
    assert!(matches!(too_large(&jpeg(65_500, 65_500, 0xc0)), Excess::Side { .. }));
    assert!(matches!(too_large(&jpeg(20_000, 20_000, 0xc0)), Excess::Pixels { .. }));
    assert!(matches!(too_large(&webp_extended(1 << 24, 1, 0)), Excess::Side { .. }));
    assert!(matches!(too_large(&webp_extended(16, 16, 5_000)), Excess::Frames { most: 300 }));
    assert!(matches!(too_large(&gif(16, 16, 5_000)), Excess::Frames { most: 300 }));
}

// abuse: MED-03
#[test]
fn a_file_that_is_too_short_for_its_pixels_is_refused_by_its_header() {
    for file in [jpeg(20_000, 5_000, 0xc0), jpeg(8_000, 8_000, 0xc2), png(10_000, 10_000, 2)] {
        let refused = look(&file, &Limits::DEFAULT).unwrap_err();
        assert_eq!(refused, reader::cut_short());
    }
}

#[test]
fn memory_and_bytes_have_limits_of_their_own() {
    let limits = Limits { max_memory_bytes: 6 * 640 * 480 - 1, ..Limits::DEFAULT };
    let refused = look(&jpeg(640, 480, 0xc2), &limits).map(|_| ());
    assert_eq!(refused, Err(Excess::Memory { is: 6 * 640 * 480, most: 6 * 640 * 480 - 1 }.into()));
    let limits = Limits { max_bytes: 20, ..Limits::DEFAULT };
    assert!(matches!(look(&png(1, 1, 0), &limits), Err(Refusal::TooLarge(Excess::Bytes { most: 20, .. }))));
}

#[test]
fn rare_and_broken_headers_are_unreadable() {
    let unreadable = |file: &[u8]| matches!(look(file, &Limits::DEFAULT), Err(Refusal::Unreadable(_)));
    assert!(unreadable(&jpeg(10, 10, 0xc3)), "lossless");
    assert!(unreadable(&jpeg(10, 10, 0xc9)), "arithmetic");
    assert!(unreadable(&jpeg(0, 10, 0xc0)), "no width");
    let mut apart = jpeg(10, 10, 0xc0);
    let scan = apart.len() - 10;
    apart[scan] = 1;
    assert!(unreadable(&apart), "components apart, with fewer rows for some");
    apart[19] = 0x21;
    assert!(!unreadable(&apart), "components apart, with as many rows for all");
    assert!(unreadable(&jpeg(10, 10, 0xc0)[..15]), "cut short");
    assert!(unreadable(&[0xff, 0xd8, 0xff, 0xda, 0, 2]), "a scan without a frame");
    assert!(unreadable(b"\0\0\0\x14ftypavif\0\0\0\0avif"), "no boxes");
    assert!(
        unreadable(b"\0\0\0\x14ftypavif\0\0\0\0avif\0\0\0\x01meta\xff\xff\xff\xff\xff\xff\xff\xff"),
        "an endless box"
    );
}
