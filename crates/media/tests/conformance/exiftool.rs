//! ExifTool as a writer and as a second reader.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value as Json;

/// What to do where it is missing.
const MISSING: &str =
    "ExifTool is missing, which writes and reads the files: `apt-get install libimage-exiftool-perl`";

/// Writes into a file; complaints of values that are too long are minor, since that is what they are for.
pub(crate) fn write(file: &Path, arguments: &[String]) {
    let output = run(["-m", "-q", "-overwrite_original"]
        .iter()
        .map(OsStr::new)
        .chain(arguments.iter().map(OsStr::new))
        .chain([file.as_os_str()]));
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// What it reads of files, in their order, told how to read what does not say so itself.
pub(crate) fn read(files: &[&Path], told: &[&str]) -> Vec<Json> {
    let options = ["-j", "-G1", "-struct", "-n"].iter().chain(told).map(OsStr::new);
    let output = run(options.chain(files.iter().map(|file| file.as_os_str())));
    serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)))
}

/// Its version, which the report names.
pub(crate) fn version() -> String {
    String::from_utf8_lossy(&run([OsStr::new("-ver")]).stdout).trim().to_owned()
}

fn run<'a>(arguments: impl IntoIterator<Item = &'a OsStr>) -> Output {
    Command::new("exiftool").args(arguments).output().unwrap_or_else(|error| panic!("{MISSING} ({error})"))
}
