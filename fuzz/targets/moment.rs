//! Instants: one that is read is written, and read again as the same.

#![no_main]

use domain::time::Moment;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|raw: &str| {
    if let Ok(at) = Moment::parse(raw) {
        assert_eq!(Moment::parse(&at.to_string()), Ok(at));
    }
});
