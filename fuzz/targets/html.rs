//! HTML as blocks, and those as HTML again: what is kept reads back as the same blocks.

#![no_main]

mod shown;

use libfuzzer_sys::fuzz_target;

use self::shown::shown;

fuzz_target!(|source: &str| {
    let Ok(kept) = render::import::html::blocks(source, "/body/html") else { return };
    let Some(once) = shown(kept) else { return };
    let html = render::html::html(&once);
    let again = render::import::html::blocks(&html, "/body/html").expect("what we write can be kept");
    assert_eq!(shown(again), Some(once), "{html}");
});
