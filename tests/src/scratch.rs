//! Directories of one test run, removed when its process ends, however it ends.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;

/// The directory of this run. A shell waits for the end of our process, which closes its standard input even when
/// we are killed, and then removes it.
pub fn run_dir() -> &'static Path {
    static RUN: OnceLock<(PathBuf, Child)> = OnceLock::new();
    &RUN.get_or_init(|| {
        let dir = new_dir("masthead-tests-");
        let janitor = Command::new("sh")
            .args(["-c", r#"cat >/dev/null; rm -rf "$0""#])
            .arg(&dir)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            // An interrupt from the keyboard must not end it before us.
            .process_group(0)
            .spawn()
            .expect("sh starts");
        (dir, janitor)
    })
    .0
}

/// A new directory in the system's place for temporary ones, which other users may enter.
pub fn new_dir(prefix: &str) -> PathBuf {
    let dir = tempfile::Builder::new().prefix(prefix).tempdir().expect("a temporary directory").keep();
    fs::set_permissions(&dir, fs::Permissions::from_mode(0o755)).expect("our own directory");
    dir
}
