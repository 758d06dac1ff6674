//! XMP: any octets are read, and a packet that comes twice says nothing more.

#![no_main]

use libfuzzer_sys::fuzz_target;
use media::metadata::xmp;

fuzz_target!(|packet: &[u8]| {
    let once = xmp::read(&[packet.to_vec()]);
    let twice = xmp::read(&[packet.to_vec(), packet.to_vec()]);
    assert_eq!(once, twice);
});
