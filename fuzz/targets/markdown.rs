//! Markdown as blocks, which are then written in every form.

#![no_main]

use domain::article::content::body::Body;
use domain::block::id::BlockId;
use domain::id::ArticleId;
use libfuzzer_sys::fuzz_target;
use render::body::span::LinkedArticle;
use render::body::{ArticleRef, Articles, delivered};

/// Readers can open nothing of ours.
struct Nothing;

impl Articles for Nothing {
    fn linked(&self, _: ArticleId) -> Option<(LinkedArticle, String)> {
        None
    }

    fn related(&self, _: ArticleId) -> Option<ArticleRef> {
        None
    }
}

fuzz_target!(|source: &str| {
    let Ok(kept) = render::import::markdown::blocks(source, "/body/markdown") else { return };
    let mut ids = (0..).map(|n: u32| BlockId::parse(&format!("b{n}")).expect("an id"));
    let Ok(body) = Body::assemble(kept, &Body::default(), || ids.next().expect("no end of ids")) else { return };
    let shown = delivered(body.blocks(), &Nothing);
    let html = render::html::html(&shown);
    assert!(render::import::html::blocks(&html, "/body/html").is_ok(), "{html}");
    let _ = (render::text::text(&shown), render::portable::portable_text(&shown));
});
