//! Small files that would become large or slow: pictures of more pixels than a machine holds, streams that swell, metadata
//! that never ends.

use std::fmt::Write as _;
use std::io::Write as _;

use flate2::Compression;
use flate2::write::ZlibEncoder;

use crate::pictures::{jpeg_with, png_of, png_with, xmp_of};

/// A file with what it is.
pub type Bomb = (&'static str, Vec<u8>);

/// Pictures that declare more than is taken: 422 `image_too_large`, by their headers.
pub fn of_pixels() -> Vec<Bomb> {
    let nothing = deflated(b"");
    vec![
        ("png of 100,000 pixels square", png_of(100_000, 100_000, &[], &nothing)),
        ("png of 1 by 2^31 - 1 pixels", png_of(1, (1 << 31) - 1, &[], &nothing)),
        ("png of 16,384 pixels square", png_of(16_384, 16_384, &[], &nothing)),
        ("jpeg of 65,500 pixels square", jpeg_of(65_500, 65_500)),
        ("webp of 5,000 frames", webp_of_frames(5_000)),
        ("gif of 5,000 frames", gif_of_frames(5_000)),
    ]
}

/// Pictures whose pixels do not come: 422 `unreadable_image`.
pub fn of_streams() -> Vec<Bomb> {
    vec![
        ("png of 100 megapixels in a few octets", png_of(10_000, 10_000, &[], &deflated(b""))),
        ("jpeg of 100 megapixels in a few octets", jpeg_of(20_000, 5_000)),
    ]
}

/// Pictures that are good, with something beside their pixels that swells, metadata mostly: taken without it.
pub fn of_metadata() -> Vec<Bomb> {
    let with_xmp = |shade, properties: &str| png_with(40, 30, shade, &[(*b"iTXt", xmp_of(properties))]);
    let profile = [&b"Raw profile type xmp\0\0"[..], &zeros(1024)].concat();
    let segment = [&b"http://ns.adobe.com/xap/1.0/\0<"[..], &[b'x'; 65_000]].concat();
    let circle = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x87\x69\0\x04\0\0\0\x01\0\0\0\x08\0\0\0\x08";
    vec![
        ("1 GiB behind a few pixels", png_of(40, 30, &[], &zeros(1024))),
        ("a billion laughs", png_with(40, 30, 101, &[(*b"iTXt", laughs())])),
        ("80,000 attributes", with_xmp(102, &format!("<dc:title{}/>", numbered(80_000, "a", "='x'")))),
        (
            "100,000 namespaces",
            with_xmp(103, &format!("<dc:title{}/>", numbered(100_000, "xmlns:n", "='u'"))),
        ),
        ("100,000 elements deep", with_xmp(104, &"<dc:title>".repeat(100_000))),
        ("a compressed text of 1 GiB", png_with(40, 30, 105, &[(*b"zTXt", profile)])),
        ("50 MB of segments", jpeg_with(std::iter::repeat_n((0xe1, segment.as_slice()), 750))),
        ("directories in a circle", jpeg_with([(0xe1, circle.as_slice())])),
    ]
}

fn deflated(octets: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(octets).expect("memory takes it");
    encoder.finish().expect("memory takes it")
}

/// A stream that becomes so many MiB of zeros, without anybody having had them: a block that is repeated.
fn zeros(mib: usize) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![0; 1 << 20]).expect("memory takes it");
    encoder.flush().expect("memory takes it");
    let (head, block) = encoder.get_ref().split_at(2);
    [head, &block.repeat(mib)].concat()
}

fn laughs() -> Vec<u8> {
    let mut declared = String::from("<!DOCTYPE x [<!ENTITY l0 'lol'>");
    for level in 1..30 {
        let reference = format!("&l{};", level - 1).repeat(10);
        write!(declared, "<!ENTITY l{level} '{reference}'>").expect("memory takes it");
    }
    let packet = String::from_utf8(xmp_of("<dc:title>&l29;</dc:title>")).expect("our own text");
    packet.replacen("<x:xmpmeta", &format!("{declared}]><x:xmpmeta"), 1).into_bytes()
}

fn numbered(count: usize, begin: &str, end: &str) -> String {
    (0..count).fold(String::new(), |mut all, number| {
        write!(all, " {begin}{number}{end}").expect("memory takes it");
        all
    })
}

/// A JPEG whose header is whole and whose picture ends at once.
fn jpeg_of(width: u16, height: u16) -> Vec<u8> {
    let table = [&[0xff, 0xdb, 0, 67, 0][..], &[16; 64]].concat();
    let huffman = |class: u8| [&[0xff, 0xc4, 0, 20, class, 1][..], &[0; 15], &[0]].concat();
    let size = [height.to_be_bytes(), width.to_be_bytes()].concat();
    let frame = [&[0xff, 0xc0, 0, 17, 8][..], &size, &[3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0]].concat();
    let scan = [0xff, 0xda, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, 63, 0, 0, 0, 0xff, 0xd9];
    [&[0xff, 0xd8][..], &table, &huffman(0), &huffman(0x10), &frame, &scan].concat()
}

fn webp_of_frames(frames: usize) -> Vec<u8> {
    let mut file = b"RIFF\xff\xff\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\xff\x0f\0\xff\x0f\0".to_vec();
    file.extend(b"ANMF\0\0\0\0".repeat(frames));
    file
}

fn gif_of_frames(frames: usize) -> Vec<u8> {
    let mut file = b"GIF89a\x10\0\x10\0\x80\0\0\0\0\0\xff\xff\xff".to_vec();
    file.extend(b"\x2c\0\0\0\0\x10\0\x10\0\0\x02\x02\x4c\x01\0".repeat(frames));
    file.push(0x3b);
    file
}
