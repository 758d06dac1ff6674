//! docs/security.md names, for each case, the tests that cite it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The document with the table of cases.
const SECURITY: &str = include_str!("../../../../docs/security.md");

#[test]
fn every_test_that_cites_a_case_stands_beside_it() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let sources = ["bench", "crates", "tests"].into_iter().flat_map(|dir| rust_files(&root.join(dir)));
    let faults: Vec<_> = sources
        .flat_map(|file| citations(&fs::read_to_string(file).expect("a source file")))
        .filter(|(case, test)| !row_of(SECURITY, case).is_some_and(|row| row.contains(&format!("`{test}`"))))
        .map(|(case, test)| format!("{case}: {test}"))
        .collect();
    assert!(faults.is_empty(), "docs/security.md does not name them:\n{}", faults.join("\n"));
}

#[test]
fn a_citation_without_a_place_in_the_table_is_found() {
    let source = "// abuse: AZ-1, AZ-2\n#[test]\nfn nobody_gets_in() {}\nfn helper() {}\n";
    let cited: BTreeMap<_, _> = citations(source).into_iter().collect();
    assert_eq!(cited.len(), 2);
    assert_eq!(cited["AZ-2"], "nobody_gets_in");
    assert!(row_of("| AZ-1 | what | `nobody_gets_in` |", "AZ-2").is_none());
}

fn row_of<'a>(table: &'a str, case: &str) -> Option<&'a str> {
    table.lines().find(|line| line.starts_with(&format!("| {case} |")))
}

/// The cases that comments cite, with the function behind each.
fn citations(source: &str) -> Vec<(String, String)> {
    let (mut found, mut waiting) = (Vec::new(), Vec::new());
    for line in source.lines().map(str::trim) {
        if let Some(cases) = line.strip_prefix("// abuse: ") {
            waiting.extend(cases.split(',').map(|case| case.trim().to_owned()));
        } else if let Some(rest) = line.strip_prefix("fn ") {
            let name = rest.split('(').next().unwrap_or_default();
            found.extend(waiting.drain(..).map(|case| (case, name.to_owned())));
        }
    }
    found
}

fn rust_files(dir: &Path) -> Vec<PathBuf> {
    let entries =
        fs::read_dir(dir).expect("a directory of ours").map(|entry| entry.expect("an entry").path());
    entries
        .flat_map(|path| {
            if path.is_dir() {
                rust_files(&path)
            } else if path.extension().is_some_and(|extension| extension == "rs")
                && !path.ends_with("security.rs")
            {
                vec![path]
            } else {
                Vec::new()
            }
        })
        .collect()
}
