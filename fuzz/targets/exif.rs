//! Exif: any octets are read, in either order of octets.

#![no_main]

use libfuzzer_sys::fuzz_target;
use media::metadata::exif;

fuzz_target!(|block: &[u8]| {
    let (found, _) = exif::read(block);
    assert!(found.len() <= 4, "{found:?}");
    assert!(exif::orientation(block).is_none_or(|turned| (1..=8).contains(&turned)));
});
