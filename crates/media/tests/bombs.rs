//! Pictures that would take a machine's memory, four at a time. A binary of its own, since it weighs its process.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::time::{Duration, Instant};

use media::limits::Limits;
use media::pixels::Picture;

/// What the process may take beyond what it had.
const MEMORY: u64 = 256 * 1024 * 1024;

/// How long a refusal may take.
const TIME: Duration = Duration::from_secs(2);

/// The most memory that the process has had so far, in octets.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}

fn png(width: u32, height: u32, colour: u8) -> Vec<u8> {
    let mut file = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = b"IHDR".to_vec();
    header.extend(width.to_be_bytes());
    header.extend(height.to_be_bytes());
    header.extend([8, colour, 0, 0, 0]);
    for body in [&header[..], b"IDAT\x78\x9c\x63\x60\0\0"] {
        file.extend(u32::try_from(body.len() - 4).unwrap().to_be_bytes());
        file.extend(body);
        file.extend(crc(body).to_be_bytes());
    }
    file
}

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

/// A JPEG whose header is whole and whose picture is `tail`; `marker` says baseline or progressive.
fn jpeg(width: u16, height: u16, marker: u8, tail: &[u8]) -> Vec<u8> {
    let table = [&[0xff, 0xdb, 0, 67, 0][..], &[16; 64]].concat();
    let huffman = |class: u8| [&[0xff, 0xc4, 0, 20, class, 1][..], &[0; 15], &[0]].concat();
    let mut frame = vec![0xff, marker, 0, 17, 8];
    frame.extend(height.to_be_bytes());
    frame.extend(width.to_be_bytes());
    frame.extend([3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0]);
    let last = if marker == 0xc2 { 0 } else { 63 };
    let scan = [0xff, 0xda, 0, 12, 3, 1, 0, 2, 0, 3, 0, 0, last, 0];
    [&[0xff, 0xd8][..], &table, &huffman(0), &huffman(0x10), &frame, &scan, tail].concat()
}

/// A progressive JPEG of a great many scans that say next to nothing.
fn many_scans() -> Vec<u8> {
    let again = [0xff, 0xda, 0, 8, 1, 1, 0, 1, 63, 0x21, 0x00, 0x00];
    jpeg(4000, 4000, 0xc2, &again.repeat(100_000))
}

fn webp_lossless(width: u32, height: u32) -> Vec<u8> {
    let mut file = b"RIFF\x20\0\0\0WEBPVP8L\x10\0\0\0\x2f".to_vec();
    file.extend(((width - 1) | (height - 1) << 14).to_le_bytes());
    file.extend([0; 11]);
    file
}

fn webp_frames(frames: usize) -> Vec<u8> {
    let mut file = b"RIFF\xff\xff\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0\xff\x0f\0\xff\x0f\0".to_vec();
    file.extend(b"ANMF\0\0\0\0".repeat(frames));
    file
}

fn gif_frames(width: u16, frames: usize) -> Vec<u8> {
    let mut file = b"GIF89a".to_vec();
    file.extend([width.to_le_bytes(), width.to_le_bytes()].concat());
    file.extend([0x80, 0, 0, 0, 0, 0, 255, 255, 255]);
    let mut frame = vec![0x2c, 0, 0, 0, 0];
    frame.extend([width.to_le_bytes(), width.to_le_bytes()].concat());
    frame.extend([0, 2, 2, 0x4c, 1, 0]);
    file.extend(frame.repeat(frames));
    file.push(0x3b);
    file
}

// abuse: MED-03
#[test]
fn pixel_bombs_are_refused_at_once_and_cost_no_memory() {
    let bombs: [(&str, Vec<u8>); 14] = [
        ("png 100,000 square", png(100_000, 100_000, 2)),
        ("png one by 2^31", png(1, 1 << 31, 2)),
        ("png 16,384 square", png(16_384, 16_384, 6)),
        ("png of 100 megapixels in 70 octets", png(10_000, 10_000, 6)),
        ("jpeg 65,500 square", jpeg(65_500, 65_500, 0xc0, b"")),
        ("jpeg of 100 megapixels without a picture", jpeg(20_000, 5_000, 0xc0, b"")),
        ("jpeg of 100 megapixels that ends at once", jpeg(20_000, 5_000, 0xc0, b"\0\0\xff\xd9")),
        ("progressive jpeg of 80 megapixels", jpeg(10_000, 8_000, 0xc2, b"\0\0\xff\xd9")),
        ("jpeg of 100,000 scans", many_scans()),
        ("webp 16,383 square", webp_lossless(16_383, 16_383)),
        ("webp of 100 megapixels in 40 octets", webp_lossless(10_000, 10_000)),
        ("webp of 5,000 frames", webp_frames(5_000)),
        ("gif of 5,000 frames", gif_frames(16, 5_000)),
        ("gif of 64 megapixels in 30 octets", gif_frames(8_000, 1)),
    ];
    let before = peak();
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for (name, file) in &bombs {
                    let began = Instant::now();
                    let answer = Picture::read(file, &Limits::DEFAULT).map(|picture| picture.full_size());
                    assert!(answer.is_err(), "{name} {answer:?}");
                    assert!(began.elapsed() < TIME, "{name} took {:?}", began.elapsed());
                }
            });
        }
    });
    let taken = peak() - before;
    assert!(taken <= MEMORY, "{} MiB", taken / 1024 / 1024);
}
