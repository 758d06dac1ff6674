//! Our reading of files that ExifTool wrote, against its own reading of them, both kept beside this test. `make
//! test-metadata` does the same with all files, written and read anew.

#![expect(clippy::expect_used, reason = "what fails here fails the test")]

mod table;

use std::fs;
use std::path::Path;

use media::metadata::blocks::Blocks;
use media::metadata::found::Found;
use serde_json::Value as Json;

#[test]
fn kept_files_read_as_exiftool_reads_them() {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files");
    let theirs = fs::read(dir.join("read-by-exiftool.json")).expect("what ExifTool read");
    let theirs: Vec<Json> = serde_json::from_slice(&theirs).expect("JSON");
    assert!(theirs.len() > 20, "the files are found");
    for file in &theirs {
        let name = file["SourceFile"].as_str().expect("a name");
        let bytes = fs::read(dir.join(name)).expect("the file");
        assert_eq!(table::ours(&found(&bytes)), table::theirs(file), "{name}");
    }
}

fn found(bytes: &[u8]) -> Vec<Found> {
    let blocks = Blocks::find(std::io::Cursor::new(bytes)).expect("bytes can be read");
    media::metadata::raw(&blocks).0
}
