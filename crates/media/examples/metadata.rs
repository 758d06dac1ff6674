//! Writes files with ExifTool, reads them with it and by ourselves, and tells where the readings differ: `make
//! test-metadata`. With `keep DIR` it also lays down what is kept for tests on machines without ExifTool.

#![expect(clippy::expect_used, clippy::panic, reason = "what fails here fails the comparison")]

#[path = "../tests/conformance/cases.rs"]
mod cases;
#[path = "../tests/conformance/exiftool.rs"]
mod exiftool;
#[path = "../tests/conformance/rows.rs"]
mod rows;
#[path = "../tests/conformance/table.rs"]
mod table;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use domain::photo::file_metadata::MetadataSource as Source;
use md5::{Digest, Md5};
use media::metadata::blocks::Blocks;
use media::metadata::found::Field;
use serde_json::Value as Json;

use self::cases::Case;

fn main() -> ExitCode {
    let keep: Option<PathBuf> =
        std::env::args_os().skip_while(|argument| argument != "keep").nth(1).map(Into::into);
    let dir = tempfile::tempdir().expect("a directory");
    let cases = cases::all();
    for case in &cases {
        write(case, &dir.path().join(&case.name));
    }
    let read = read(&cases, dir.path());
    if let Some(keep) = keep {
        lay_down(&cases, &read, dir.path(), &keep);
    }
    report(&cases, &read, dir.path())
}

fn plain(name: &str) -> PathBuf {
    let extension = Path::new(name).extension().expect("a format");
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/plain/plain").with_extension(extension)
}

fn write(case: &Case, file: &Path) {
    fs::copy(plain(&case.name), file).expect("a copy");
    for arguments in &case.writes {
        exiftool::write(file, arguments);
    }
    fs::write(file, (case.edit)(fs::read(file).expect("the file"))).expect("the file");
}

/// What ExifTool reads of each file, by its name. It is started once for all that need the same telling.
fn read(cases: &[Case], dir: &Path) -> BTreeMap<String, Json> {
    let mut by_telling: BTreeMap<&[&str], Vec<PathBuf>> = BTreeMap::new();
    for case in cases {
        by_telling.entry(case.told).or_default().push(dir.join(&case.name));
    }
    let mut read = BTreeMap::new();
    for (told, files) in by_telling {
        let files: Vec<_> = files.iter().map(PathBuf::as_path).collect();
        for (file, json) in files.iter().zip(exiftool::read(&files, told)) {
            read.insert(file.file_name().expect("a name").to_string_lossy().into_owned(), json);
        }
    }
    read
}

/// Keeps files and what ExifTool read of them; what tells of the machine is left out.
fn lay_down(cases: &[Case], read: &BTreeMap<String, Json>, dir: &Path, keep: &Path) {
    let mut told = Vec::new();
    for case in cases.iter().filter(|case| case.kept) {
        fs::copy(dir.join(&case.name), keep.join(&case.name)).expect("a copy");
        let mut json = read[&case.name].clone();
        let members = json.as_object_mut().expect("an object");
        members.retain(|tag, _| {
            ["XMP-", "IPTC:", "IFD0:", "ExifIFD:", "Photoshop:"].iter().any(|group| tag.starts_with(group))
        });
        members.insert("SourceFile".into(), case.name.clone().into());
        told.push(json);
    }
    fs::write(keep.join("read-by-exiftool.json"), serde_json::to_string_pretty(&told).expect("JSON") + "\n")
        .expect("the file");
}

fn report(cases: &[Case], read: &BTreeMap<String, Json>, dir: &Path) -> ExitCode {
    // How many files told a field in a source, and in how many the readings agreed.
    let mut rows: BTreeMap<(Field, Source), (u32, u32)> = BTreeMap::new();
    let (mut explained, mut unexplained) = (Vec::new(), Vec::new());
    for case in cases {
        let blocks = blocks(&dir.join(&case.name));
        let (theirs, ours) =
            (table::theirs(&read[&case.name]), table::ours(&media::metadata::raw(&blocks).0));
        if !same_digests(&blocks, &read[&case.name]) {
            unexplained.push(format!("{}: the digest of IIM, as it is or as it was", case.name));
        }
        let mut told: Vec<_> = theirs.keys().chain(ours.keys()).collect();
        told.sort_unstable();
        told.dedup();
        for key @ &(source, field) in told {
            let (files, agreed) = rows.entry((field, source)).or_default();
            *files += 1;
            if ours.get(key) == theirs.get(key) {
                *agreed += 1;
                continue;
            }
            let said = format!(
                "{}: {field:?} in {source:?}: ExifTool {:?}, ours {:?}",
                case.name,
                theirs.get(key),
                ours.get(key)
            );
            match case.explained.iter().find(|(at, of, _)| (*at, *of) == (source, field)) {
                Some((_, _, why)) => explained.push(format!("{said}: {why}")),
                None => unexplained.push(said),
            }
        }
    }
    for ((field, source), (files, agreed)) in &rows {
        println!(
            "{:<20} {:<5} {agreed:>4} of {files:>4} files agree",
            format!("{field:?}"),
            format!("{source:?}")
        );
    }
    for said in &explained {
        println!("explained: {said}");
    }
    for said in &unexplained {
        println!("DIFFERENT: {said}");
    }
    let compared: u32 = rows.values().map(|(files, _)| files).sum();
    println!(
        "{} rows × {} files, {compared} readings compared with ExifTool {}: {} differ and are explained, {} are not",
        rows.len(),
        cases.len(),
        exiftool::version(),
        explained.len(),
        unexplained.len()
    );
    if unexplained.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Whether both found the same octets of IIM and the same digest of what they were.
fn same_digests(blocks: &Blocks, read: &Json) -> bool {
    let hexadecimal =
        |octets: &[u8]| octets.iter().map(|octet| format!("{octet:02x}")).collect::<Vec<_>>().concat();
    let now = blocks.iim.as_ref().map(|iim| hexadecimal(&Md5::digest(iim)));
    let then = blocks.iim_digest.map(|digest| hexadecimal(&digest));
    [("File:CurrentIPTCDigest", now), ("Photoshop:IPTCDigest", then)]
        .iter()
        // ExifTool tells no digest of IIM where its standard has none, as in PNG.
        .all(|(tag, ours)| read.get(tag).is_none_or(|theirs| theirs.as_str() == ours.as_deref()))
}

fn blocks(file: &Path) -> Blocks {
    Blocks::find(fs::File::open(file).expect("the file")).expect("a file that can be read")
}
