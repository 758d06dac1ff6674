//! IIM: any octets are read, and zeros that fill a block up change nothing.

#![no_main]

use libfuzzer_sys::fuzz_target;
use media::metadata::iim;

fuzz_target!(|block: &[u8]| {
    let (found, broken) = iim::read(block);
    if !broken {
        let filled = [block, &[0; 16]].concat();
        assert_eq!(iim::read(&filled), (found, false));
    }
});
