//! Blocks as they are delivered to readers who can open nothing else of ours.

use domain::article::content::body::Body;
use domain::block::NewBlock;
use domain::block::id::BlockId;
use domain::block::photo::PhotoUse;
use domain::id::ArticleId;
use render::body::photo::Photo;
use render::body::span::LinkedArticle;
use render::body::{ArticleRef, Articles, Block, delivered};

struct Nothing;

impl Articles for Nothing {
    fn linked(&self, _: ArticleId) -> Option<(LinkedArticle, String)> {
        None
    }

    fn photo(&self, _: &PhotoUse) -> Option<Photo> {
        None
    }

    fn related(&self, _: ArticleId) -> Option<ArticleRef> {
        None
    }
}

/// As they are delivered; `None` where they are more than a body holds.
pub fn shown(blocks: Vec<NewBlock>) -> Option<Vec<Block>> {
    let mut ids = (0..).map(|n: u32| BlockId::parse(&format!("b{n}")).expect("an id"));
    let body = Body::assemble(blocks, &Body::default(), || ids.next().expect("no end of ids")).ok()?;
    Some(delivered(body.blocks(), &Nothing))
}
