//! Files of photos: each is refused or becomes upright pixels within its limits, and of these a rendition that is a
//! picture again.

#![no_main]

use domain::block::photo::{FocalPoint, Share};
use domain::photo::variant::Variant;
use libfuzzer_sys::fuzz_target;
use media::limits::Limits;
use media::pixels::Picture;
use media::renditions::{self, Notice};
use media::sniff;

/// Small, so that each run is quick and a file that escapes them is seen at once.
const LIMITS: Limits =
    Limits { max_bytes: 65_536, max_pixels: 250_000, max_side: 2_000, max_frames: 20, max_memory_bytes: 4_000_000 };

fuzz_target!(|file: &[u8]| {
    let seen = sniff::look(file, &LIMITS);
    let Ok(picture) = Picture::read(file, &LIMITS) else { return };
    let seen = seen.expect("what is read has a header within its limits");
    let (full, stored) = (picture.full_size(), (seen.width, seen.height));
    assert!((full.width, full.height) == stored || (full.height, full.width) == stored);
    let corner = FocalPoint { x: Share::WHOLE, y: Share::NONE };
    let made = renditions::make(&picture, Variant::SquareJpeg, corner, &Notice::default());
    let made = made.expect("every picture has its crops").expect("of every size");
    let again = Picture::read(&made.bytes, &Limits::DEFAULT).expect("what is served is a picture");
    assert_eq!(again.full_size(), made.pixels);
});
