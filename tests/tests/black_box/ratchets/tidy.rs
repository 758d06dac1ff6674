//! What every source file keeps: its length, its opening sentence, and words that may not stand in it.

use std::fs;
use std::path::{Path, PathBuf};

/// Most lines of a file. One of 400 asks to be split already.
const MAX_LINES: usize = 500;

/// File names that say nothing of what is in them.
const EMPTY_NAMES: [&str; 7] = ["common", "helper", "helpers", "prelude", "shared", "util", "utils"];

/// What may not stand in a line, and why. Each is in two parts, so that this file keeps its own rule.
const FORBIDDEN: [(&str, &str, &str); 8] = [
    ("#[ign", "ore", "a test runs or is not there"),
    ("#[al", "low(", "`#[expect(…, reason = \"…\")]` says why and ends by itself"),
    ("#![al", "low(", "`#![expect(…, reason = \"…\")]` says why and ends by itself"),
    ("to", "do!(", "what is not there is not called"),
    ("unimple", "mented!(", "what is not there is not called"),
    ("TO", "DO", "open work is an issue"),
    ("FIX", "ME", "open work is an issue"),
    ("XX", "X", "open work is an issue"),
];

/// Our crates, none of which passes on the names of another.
const OURS: [&str; 7] = ["delivery", "domain", "http", "identity", "newsroom", "render", "store"];

#[test]
fn every_source_file_is_tidy() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the workspace");
    let mut files = Vec::new();
    ["bench", "crates", "tests"].iter().for_each(|dir| sources(&root.join(dir), &mut files));
    assert!(files.len() > 30, "the sources are found");
    let faults: Vec<_> = files
        .iter()
        .flat_map(|file| {
            let name = file.strip_prefix(root).expect("below the root");
            faults_of(name, &fs::read_to_string(file).expect("text"))
        })
        .collect();
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn each_rule_finds_what_breaks_it() {
    let broken = |name: &str, text: &str| faults_of(Path::new(name), text).len();
    assert_eq!(broken("a.rs", "//! Good.\n"), 0);
    assert_eq!(broken("a.rs", "fn unexplained() {}\n"), 1);
    assert_eq!(broken("utils.rs", "//! Bad name.\n"), 1);
    assert_eq!(broken("helpers/mod.rs", "//! Bad name.\n"), 1);
    assert_eq!(broken("a.rs", "//! Passes on.\npub use domain::id;\n"), 1);
    assert_eq!(broken("a.rs", &format!("//! Long.\n{}", "\n".repeat(MAX_LINES))), 1);
    for (head, tail, _) in FORBIDDEN {
        assert_eq!(broken("a.rs", &format!("//! Bad word.\n{head}{tail}\n")), 1, "{head}{tail}");
    }
}

fn faults_of(name: &Path, text: &str) -> Vec<String> {
    let shown = name.display();
    let mut faults = Vec::new();
    if !text.starts_with("//! ") {
        faults.push(format!("{shown}: must open with a `//!` sentence: what is here, and what is not"));
    }
    let lines = text.lines().count();
    if lines > MAX_LINES {
        faults.push(format!("{shown}: {lines} lines, over {MAX_LINES}: split it by what it holds"));
    }
    if name.with_extension("").iter().any(|part| EMPTY_NAMES.iter().any(|empty| part == *empty)) {
        faults.push(format!("{shown}: the name does not say what it holds"));
    }
    for (number, line) in (1..).zip(text.lines()) {
        for (head, tail, why) in FORBIDDEN {
            if line.contains(&format!("{head}{tail}")) {
                faults.push(format!("{shown}:{number}: `{head}{tail}`: {why}"));
            }
        }
        let passed_on = line.trim_start().strip_prefix("pub use ").and_then(|path| path.split("::").next());
        if passed_on.is_some_and(|path| OURS.contains(&path)) {
            faults.push(format!("{shown}:{number}: passes on names of another crate"));
        }
    }
    faults
}

fn sources(dir: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(dir).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}
