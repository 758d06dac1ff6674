//! Captions with credits: what stays is how the caption began, and nothing is taken off twice.

#![no_main]

use std::sync::LazyLock;

use domain::photo::credit::agencies::Agencies;
use domain::photo::credit::caption;
use domain::photo::credit::line::{self, Known};
use libfuzzer_sys::fuzz_target;

static AGENCIES: LazyLock<Agencies> = LazyLock::new(Agencies::known);

fuzz_target!(|text: &str| {
    let known = Known { agencies: &AGENCIES, creators: &[] };
    let parted = caption::part(text, known);
    let stays = text.starts_with(&parted.caption)
        || parted.caption.strip_suffix('.').is_some_and(|left| text.starts_with(left));
    assert!(stays, "{parted:?}");
    let again = caption::part(&parted.caption, known);
    assert_eq!((&again.caption, again.credit), (&parted.caption, None));
    let _ = line::read(text, known);
});
