//! The body of a new article: read, or refused with faults that are few and short. What is read is written and read
//! again as the same.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|octets: &[u8]| http::fuzzing::new_article(octets));
