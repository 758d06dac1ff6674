//! HTML as blocks, and those as HTML again: what is kept reads back as the same blocks.

#![no_main]

use domain::article::content::body::Body;
use domain::block::NewBlock;
use domain::block::id::BlockId;
use domain::id::ArticleId;
use libfuzzer_sys::fuzz_target;
use render::body::span::LinkedArticle;
use render::body::{ArticleRef, Articles, Block, delivered};

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
    let Ok(kept) = render::import::html::blocks(source, "/body/html") else { return };
    let Some(once) = shown(kept) else { return };
    let html = render::html::html(&once);
    let again = render::import::html::blocks(&html, "/body/html").expect("what we write can be kept");
    assert_eq!(shown(again), Some(once), "{html}");
});

/// As they are delivered; `None` where they are more than a body holds.
fn shown(blocks: Vec<NewBlock>) -> Option<Vec<Block>> {
    let mut ids = (0..).map(|n: u32| BlockId::parse(&format!("b{n}")).expect("an id"));
    let body = Body::assemble(blocks, &Body::default(), || ids.next().expect("no end of ids")).ok()?;
    Some(delivered(body.blocks(), &Nothing))
}
