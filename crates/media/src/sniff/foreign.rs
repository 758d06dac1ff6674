//! What a file is that is not taken, so that its refusal can name it.

use crate::refusal::Foreign;

/// How far into a text its first tag is looked for.
const TEXT_BYTES: usize = 1024;

pub(super) fn name(head: &[u8]) -> Foreign {
    match head {
        [] => Foreign::Empty,
        [b'%', b'P', b'D', b'F', ..] => Foreign::Pdf,
        [b'I', b'I', 0x2a | 0x2b | b'R' | b'U', ..] | [b'M', b'M', 0, 0x2a | 0x2b, ..] => Foreign::Tiff,
        [b'B', b'M', ..] => Foreign::Bmp,
        [b'8', b'B', b'P', b'S', ..] => Foreign::Psd,
        [0xff, 0x0a, ..] | [0, 0, 0, 0x0c, b'J', b'X', b'L', b' ', ..] => Foreign::JpegXl,
        [0, 0, 0, 0x0c, b'j', b'P', b' ', b' ', ..] | [0xff, 0x4f, 0xff, 0x51, ..] => Foreign::Jpeg2000,
        [0x1a, 0x45, 0xdf, 0xa3, ..] => Foreign::Video,
        [_, _, _, _, b'f', b't', b'y', b'p', rest @ ..] => film(rest),
        // Compressed SVG is gzip, and nobody can tell it from other gzip without inflating it.
        [b'P', b'K', 3 | 5, ..] | [0x1f, 0x8b, ..] => Foreign::Archive,
        _ => text(head),
    }
}

/// Still or moving pictures in the boxes of ISO: the brand tells.
fn film(brands: &[u8]) -> Foreign {
    const HEIC: [&[u8]; 8] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"];
    let brand = brands.get(..4).unwrap_or_default();
    if HEIC.contains(&brand) { Foreign::Heic } else { Foreign::Video }
}

fn text(head: &[u8]) -> Foreign {
    let head = &head[..head.len().min(TEXT_BYTES)];
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    if !text.starts_with(b"<") {
        return Foreign::Unknown;
    }
    if text.windows(4).any(|four| four.eq_ignore_ascii_case(b"<svg")) {
        Foreign::Svg
    } else {
        Foreign::Markup
    }
}
