//! Cursors: one that we did not write for this question is none, and one that we did has one spelling.

#![no_main]

use std::sync::LazyLock;

use identity::keys::{KeySet, Subkey};
use libfuzzer_sys::fuzz_target;

/// A key that no earlier run had.
static KEY: LazyLock<Subkey> = LazyLock::new(|| {
    let dir = std::env::temp_dir().join(format!("masthead-fuzz-{}", std::process::id()));
    let keys = KeySet::load_or_make(&dir).expect("a directory for keys");
    keys.secret().derive("cursors")
});

fuzz_target!(|parts: (&str, &str)| {
    let (question, cursor) = parts;
    http::fuzzing::cursor(&KEY, question, cursor);
});
