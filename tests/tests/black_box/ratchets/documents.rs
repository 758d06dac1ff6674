//! The documents that are printed from the code are committed as it prints them.

use std::fs;
use std::path::Path;

#[test]
fn permissions_are_as_the_policy_table_says() {
    same_as_printed("docs/permissions.md", &masthead::documents::permissions::text(), "make docs");
}

#[test]
fn errors_are_as_the_catalogue_says() {
    same_as_printed("docs/errors.md", &masthead::documents::errors(), "make docs");
}

#[test]
fn the_contract_is_as_the_operations_say() {
    same_as_printed("openapi/openapi.json", &masthead::documents::openapi(), "make openapi");
}

/// Panics where the committed file differs, with the command that mends it.
#[track_caller]
fn same_as_printed(file: &str, printed: &str, mended_by: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file);
    let committed = fs::read_to_string(path).unwrap_or_default();
    let line = (1..).zip(committed.lines().zip(printed.lines())).find(|(_, (old, new))| old != new);
    if let Some((number, (old, new))) = line {
        panic!("{file} has drifted; `{mended_by}` mends it. Line {number}:\n- {old}\n+ {new}");
    }
    assert!(committed == printed, "{file} has drifted in its length; `{mended_by}` mends it");
}
