//! Our reading of files that ExifTool wrote, against its own reading of them, both kept beside this test. `make
//! test-metadata` does the same with all files, written and read anew.

#![expect(clippy::expect_used, clippy::panic, reason = "what fails here fails the test")]

mod believed;
mod by_hand;
mod table;

use std::fs;
use std::path::Path;

use media::metadata::blocks::Blocks;
use media::metadata::found::Found;
use serde_json::Value as Json;

#[test]
fn kept_files_read_as_exiftool_reads_them() {
    let theirs: Vec<Json> = serde_json::from_slice(&file("read-by-exiftool.json")).expect("JSON");
    assert!(theirs.len() > 20, "the files are found");
    for read in &theirs {
        let name = read["SourceFile"].as_str().expect("a name");
        assert_eq!(table::ours(&found(&file(name))), table::theirs(read), "{name}");
    }
}

/// A file that is kept.
fn file(name: &str) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files").join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn found(bytes: &[u8]) -> Vec<Found> {
    let blocks = Blocks::find(std::io::Cursor::new(bytes)).expect("bytes can be read");
    media::metadata::raw(&blocks).0
}
