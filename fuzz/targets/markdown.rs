//! Markdown as blocks, which are then written in every form.

#![no_main]

mod shown;

use libfuzzer_sys::fuzz_target;

use self::shown::shown;

fuzz_target!(|source: &str| {
    let Ok(kept) = render::import::markdown::blocks(source, "/body/markdown") else { return };
    let Some(shown) = shown(kept) else { return };
    let html = render::html::html(&shown);
    assert!(render::import::html::blocks(&html, "/body/html").is_ok(), "{html}");
    let _ = (render::text::text(&shown), render::portable::portable_text(&shown));
});
