//! Whole files: whatever one holds, what is read of it can be stored and read back.

#![no_main]

use std::io::Cursor;

use domain::photo::file_metadata::FileMetadata;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|file: &[u8]| {
    let read = media::metadata::read(Cursor::new(file)).expect("bytes can be read");
    let stored = serde_json::to_string(&read).expect("what is read can be stored");
    let back: FileMetadata = serde_json::from_str(&stored).expect("what is stored can be read");
    assert_eq!(back, read);
});
